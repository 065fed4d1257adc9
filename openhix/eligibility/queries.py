"""Determine: ask the rules of this room about households."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np

from openhix.eligibility.households import Households
from openhix.eligibility.rules import connectorcare, credit, household, masshealth, people, program
from openhix.kernel.facts import Facts, Rulebook
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf


@cache
def rulebook() -> Rulebook:
    """Every rule of eligibility, checked to fit together."""
    return Rulebook([people, household, masshealth, credit, connectorcare, program], shared=("law", "shelf"))


def determine(*, households: Households, law: Law, shelf: Shelf, unproven: Iterable[str] = ()) -> Facts:
    """The facts of some households for the coverage month that `law` answers for; nothing is computed until asked.

    The households give at least tax_role, relationship, annual_income, expecting and birth_date or age (one row a
    person), and place and rating_area (one row a household). Asking for help paying is assumed unless given.
    """
    given = {
        "position": np.arange(len(households.household)),
        "seeks_help": np.ones(len(households), dtype=np.bool_),
        **households.facts,
    }
    return Facts(rulebook(), households.population(), given, {"law": law, "shelf": shelf}, unproven)
