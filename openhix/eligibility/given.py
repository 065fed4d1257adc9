"""The facts that went into a determination, as they were kept: from plain values to columns again. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from openhix.eligibility import queries
from openhix.eligibility.households import Households
from openhix.eligibility.rules.people import PERSON
from openhix.kernel.facts import Array, Column
from openhix.kernel.story import DATE, YES_NO


def households_of(facts: Mapping[str, Sequence[Any]]) -> Households:
    """One household from what `mapping.Mapped.given` wrote, its people in the same order."""
    people: dict[str, Array | Column] = {}
    others: dict[str, Array | Column] = {}
    for name, values in facts.items():
        is_of_person = queries.rulebook().fact(name).entity == PERSON
        (people if is_of_person else others)[name] = _column(name, values)
    return Households.arranged(np.zeros(len(facts["tax_role"]), dtype=np.int64), people, others)


def _column(name: str, values: Sequence[Any]) -> Array | Column:
    unit = queries.rulebook().fact(name).unit
    blank = "1900-01-01" if unit == DATE else 0
    dtype = {DATE: "datetime64[D]", YES_NO: "bool"}.get(unit if isinstance(unit, str) else "", "int64")
    column = np.array([blank if each is None else each for each in values], dtype=dtype)
    known = np.array([each is not None for each in values], dtype=np.bool_)
    return column if known.all() else Column(column, known)
