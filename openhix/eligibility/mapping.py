"""From what a household told us to the facts that the rules ask for. Pure: answers in, columns out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from openhix.application.answers import PersonAnswers, TaxRole
from openhix.application.rules.income import annual_income
from openhix.eligibility.households import Households, one_return
from openhix.eligibility.rules import limits, people
from openhix.kernel.facts import Array, Column
from openhix.plans.geography import Geography

# Facts that bear on others of the household too when they rest on one person's word.
SHARED_FACTS = frozenset({"annual_income", "place", "rating_area"})


@dataclass(frozen=True)
class Mapped:
    """One tax household for the rules, with the key of the person of each row."""

    keys: tuple[str, ...]
    households: Households

    def given(self) -> dict[str, Any]:
        """The facts that went in, by name, as plain values; None where nothing is given."""
        return {
            "people": list(self.keys),
            "facts": {name: _plain(each) for name, each in self.households.facts.items()},
        }


def facts_of(household: limits.Household) -> Mapped | None:
    """What the rules are asked: the people of the deciding tax return, or everyone where no help is wanted.

    None when no return can be decided. Raises geography.NotFound for a home that is not in Massachusetts, ValueError
    for an answer that no complete application lacks.
    """
    answers = household.answers
    if answers.seeks_help is None:
        raise ValueError("the application does not say whether help is wanted: it was never complete")
    keys = household.counted if answers.seeks_help else tuple(each.key for each in answers.people)
    if not keys:
        return None
    persons = [answers.person(key) for key in keys]
    place = Geography.shipped(household.law.plan_year).find(answers.home.zip, answers.home.county or None)
    apart = np.array([limits.never_in_coverage_family(each) for each in persons])
    together = np.zeros(len(keys), dtype=np.int64)
    roles = np.array([_on_the_return(household, each) for each in persons], dtype=np.int64)
    is_child = (roles == people.TaxRole.DEPENDENT) & [household.is_child_of_filer(each) for each in persons]
    of_persons: dict[str, Array | Column] = {
        **one_return(together, roles, is_child),
        "birth_date": np.array([each.birth_date for each in persons], dtype="datetime64[D]"),
        "tax_role": roles,
        "expecting": np.array([each.expecting for each in persons], dtype=np.int64),
        "annual_income": np.array(_incomes(household, persons), dtype=np.int64),
        "resident": np.array([each.resident for each in persons]),
        "in_coverage_family": Column(~apart, apart),
    }
    of_household = {
        "place": np.array([place.index]),
        "rating_area": np.array([place.rating_area]),
        "seeks_help": np.array([answers.seeks_help]),
    }
    return Mapped(keys, Households.arranged(together, of_persons, of_household))


def _on_the_return(household: limits.Household, person: PersonAnswers) -> int:
    """The person's role on the deciding return; nobody has one where no help is wanted."""
    if not household.answers.seeks_help:
        return int(people.TaxRole.NOT_FILING)
    if person not in household.filers:
        return int(people.TaxRole.DEPENDENT)
    is_joint = person.tax_role == TaxRole.JOINT_FILER
    return int(people.TaxRole.JOINT_FILER if is_joint else people.TaxRole.FILER)


def _incomes(household: limits.Household, persons: list[PersonAnswers]) -> list[int]:
    """Yearly cents of each person, never below zero; on a joint return one's loss lowers the other's income.

    26 CFR 1.36B-1(e)(1): incomes are those of the return. With 60,000 dollars of one and a loss of 5,000 of the other
    it has 55,000. Nothing counts where no help is wanted.
    """
    if not household.answers.seeks_help:
        return [0] * len(persons)
    incomes = {each.key: annual_income(each) for each in persons}
    filers = [each.key for each in household.filers]
    if len(filers) == 2 and min(incomes[key] for key in filers) < 0:
        lower, higher = sorted(filers, key=lambda key: incomes[key])
        incomes[higher], incomes[lower] = incomes[higher] + incomes[lower], 0
    return [max(incomes[each.key], 0) for each in persons]


def _plain(fact: Array | Column) -> list[Any]:
    values, known = fact if isinstance(fact, Column) else (fact, None)
    plain = values.astype(str).tolist() if values.dtype.kind == "M" else values.tolist()
    return plain if known is None else [each if known[row] else None for row, each in enumerate(plain)]
