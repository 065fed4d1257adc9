"""The facts that went into a determination, as they were kept: from plain values to columns again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from openhix.eligibility import queries
from openhix.eligibility.households import Households
from openhix.eligibility.rules.people import HOUSEHOLD, PERSON
from openhix.kernel.facts import Array, Column
from openhix.kernel.story import DATE, YES_NO


def households_of(*kept: Mapping[str, Sequence[Any]]) -> Households:
    """Households from what `mapping.Mapped.given` wrote of each, in this order, their people in the order kept.

    A fact that was not kept of one of them is unknown there. Raises KeyError for facts of nobody.
    """
    sizes = {PERSON: [len(facts["tax_role"]) for facts in kept], HOUSEHOLD: [1] * len(kept)}
    people: dict[str, Array | Column] = {}
    others: dict[str, Array | Column] = {}
    for name in dict.fromkeys(name for facts in kept for name in facts):
        entity = queries.rulebook().fact(name).entity
        blank = [[None] * size for size in sizes[entity]]
        values = [each for facts, none in zip(kept, blank, strict=True) for each in facts.get(name, none)]
        (people if entity == PERSON else others)[name] = _column(name, values)
    return Households.arranged(np.repeat(np.arange(len(kept)), sizes[PERSON]), people, others)


def _column(name: str, values: Sequence[Any]) -> Array | Column:
    unit = queries.rulebook().fact(name).unit
    blank = "1900-01-01" if unit == DATE else 0
    dtype = {DATE: "datetime64[D]", YES_NO: "bool"}.get(unit if isinstance(unit, str) else "", "int64")
    column = np.array([blank if each is None else each for each in values], dtype=dtype)
    known = np.array([each is not None for each in values], dtype=np.bool_)
    return column if known.all() else Column(column, known)
