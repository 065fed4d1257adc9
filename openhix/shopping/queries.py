"""The estimate: what a household may qualify for, what plans cost it there, and why. Nothing is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

import numpy as np

from openhix.eligibility import queries as eligibility
from openhix.eligibility import telling
from openhix.eligibility.households import Households, one_return
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import TaxRole
from openhix.eligibility.rules.program import BUYS_A_PLAN, MASSHEALTH, Program
from openhix.kernel.facts import Facts, Ints
from openhix.kernel.story import Told, _
from openhix.law.tables import CURRENT_LAW, Law
from openhix.plans.geography import Place
from openhix.plans.shelf import Shelf
from openhix.shopping import offers
from openhix.shopping.offers import Help, LeftOut, Offer

SPOUSE_FROM = 19


@dataclass(frozen=True)
class EstimatePerson:
    """One person as the estimate asks: age in years on the first day of coverage, children expected.

    `is_child`: of those who file, not just someone whom they claim.
    """

    age: int
    tax_role: TaxRole
    is_child: bool = False
    expecting: int = 0


@dataclass(frozen=True)
class PersonAnswer:
    """What one person may have. `contribution`: monthly cents in the lowest-cost ConnectorCare plan, else None."""

    person: EstimatePerson
    program: Program
    plan_type: PlanType
    contribution: int | None

    @property
    def has_masshealth(self) -> bool:
        return self.program in MASSHEALTH


@dataclass(frozen=True)
class Estimate:
    """The whole answer. Monthly cents and hundredths of a percent; None where a figure does not apply."""

    law: Law
    place: Place
    people: tuple[PersonAnswer, ...]
    fpl_percent: int
    household_income: int
    benchmark_premium: int | None
    expected_contribution: int | None
    monthly_credit: int | None
    health: tuple[Offer, ...]
    dental: tuple[Offer, ...]
    left_out: tuple[LeftOut, ...]
    facts: Facts

    def story(self, person: int) -> Told:
        """Why: the tree of facts behind one person's program."""
        return telling.why(self.facts, person)

    @property
    def plan_type(self) -> PlanType:
        return max(answer.plan_type for answer in self.people)


# What an estimate takes for granted; said wherever it is shown.
ASSUMED = (
    _("The income is that of your whole household for the year, before taxes."),
    _("Everyone lives in Massachusetts, is a citizen or lawfully present, and is not in jail or prison."),
    _("Nobody has Medicare, an offer of coverage from a job, or other health coverage."),
    _("Everyone listed is on one tax return."),
)


def assumed_people(ages: Sequence[int], expecting: Sequence[int] = ()) -> tuple[EstimatePerson, ...]:
    """Who is who when only ages are told: the first files, a second of 19 or older is the spouse, the rest children."""
    people = []
    for at, (age, babies) in enumerate(zip_longest(ages, expecting, fillvalue=0)):
        role = TaxRole.DEPENDENT
        if at == 0:
            role = TaxRole.FILER
        elif at == 1 and age >= SPOUSE_FROM:
            role = TaxRole.JOINT_FILER
        people.append(EstimatePerson(age, role, is_child=role == TaxRole.DEPENDENT, expecting=babies))
    return tuple(people)


def estimate(
    *,
    people: Sequence[EstimatePerson],
    place: Place,
    income_cents: int,
    coverage_month: date,
    shelf: Shelf,
    seeks_help: bool = True,
    scenario: str = CURRENT_LAW,
) -> Estimate:
    """Eligibility and offers for one household; the income (annual cents) is counted as the filer's.

    Raises MissingLaw, and UnknownScenario.
    """
    law = Law(coverage_month, scenario)
    filer = [person.tax_role for person in people].index(TaxRole.FILER)
    together, roles = np.zeros(len(people), dtype=np.int64), _column(person.tax_role for person in people)
    households = Households.arranged(
        together,
        {
            **one_return(together, roles, is_child=np.array([person.is_child for person in people])),
            "tax_role": roles,
            "age": _column(person.age for person in people),
            "expecting": _column(person.expecting for person in people),
            "annual_income": _column(income_cents if at == filer else 0 for at in range(len(people))),
        },
        {
            "place": _column([place.index]),
            "rating_area": _column([place.rating_area]),
            "seeks_help": np.asarray([seeks_help]),
        },
    )
    facts = eligibility.determine(households=households, law=law, shelf=shelf)
    answers = tuple(_answer(facts, at, person) for at, person in enumerate(people))
    ages = [person.age for person in people]
    covered = [at for at, answer in enumerate(answers) if answer.program in BUYS_A_PLAN]
    credit = _figure(facts, "monthly_credit")
    plan_type = max(answer.plan_type for answer in answers)
    minimum = max(answer.contribution or 0 for answer in answers)
    help = Help(credit or 0, plan_type, minimum)
    health, without_price = offers.health(law=law, shelf=shelf, place=place, ages=ages, people=covered, help=help)
    dental, without_dental_price = offers.dental(shelf=shelf, place=place, ages=ages)
    return Estimate(
        law=law,
        place=place,
        people=answers,
        fpl_percent=int(facts["fpl_percent"].values[0]),
        household_income=income_cents,
        benchmark_premium=_figure(facts, "benchmark_premium"),
        expected_contribution=_figure(facts, "expected_contribution"),
        monthly_credit=credit,
        health=tuple(health),
        dental=tuple(dental),
        left_out=(*without_price, *without_dental_price),
        facts=facts,
    )


def _column(values: Iterable[int]) -> Ints:
    return np.fromiter((int(each) for each in values), dtype=np.int64)


def _answer(facts: Facts, at: int, person: EstimatePerson) -> PersonAnswer:
    contribution = facts["contribution"]
    return PersonAnswer(
        person=person,
        program=Program(int(facts["program"].values[at])),
        plan_type=PlanType(int(facts["plan_type"].values[at])),
        contribution=int(contribution.values[at]) if contribution.is_known(at) else None,
    )


def _figure(facts: Facts, name: str) -> int | None:
    column = facts[name]
    return int(column.values[0]) if column.is_known(0) else None
