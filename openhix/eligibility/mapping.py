"""From what a household told us to the facts that the rules ask for. Pure: answers in, columns out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from openhix.application.answers import Answers, IncomeSource, Period, PersonAnswers, Status, TaxRole
from openhix.application.rules import ties
from openhix.application.rules.income import annual_cents, annual_income, monthly_income
from openhix.application.rules.taxes import CLAIMED_ELSEWHERE
from openhix.eligibility.households import Households, less_losses
from openhix.eligibility.rules import people
from openhix.eligibility.rules.people import NOBODY, OUTSIDE, OtherCoverage
from openhix.kernel.facts import Array, Column, Ints
from openhix.plans.geography import Geography

# Facts that bear on others of the household too when they rest on one person's word.
SHARED_FACTS = frozenset({"annual_income", "place", "rating_area"})

# MassHealth that a person has is no other coverage: whether it goes on is what we find. Of several the first counts.
COVERAGE = {
    "medicare": OtherCoverage.MEDICARE,
    "tricare": OtherCoverage.TRICARE,
    "va": OtherCoverage.VA,
    "employer": OtherCoverage.OTHER,
    "other": OtherCoverage.OTHER,
}
UNEARNED = (IncomeSource.UNEMPLOYMENT, IncomeSource.OTHER)


@dataclass(frozen=True)
class Mapped:
    """A household for the rules. `told`: the facts of people as they went in, in the order of `keys`."""

    keys: tuple[str, ...]
    households: Households
    told: Mapping[str, Array | Column]
    of_household: Mapping[str, Array | Column]

    @property
    def rows(self) -> dict[str, int]:
        """The row of each person in the columns of the rules, by key, in the order of the application."""
        row_of = {int(told): row for row, told in enumerate(self.households.given_as)}
        return {key: row_of[at] for at, key in enumerate(self.keys)}

    def given(self) -> dict[str, Any]:
        """The facts that went in, by name, as plain values; None where nothing is given."""
        facts = {**self.told, **self.of_household}
        return {"people": list(self.keys), "facts": {name: _plain(each) for name, each in facts.items()}}


def facts_of(answers: Answers) -> Mapped:
    """What the rules are asked: everybody on the application. Where no help is wanted, nothing but who may buy a plan.

    Raises geography.NotFound for a home that is not in Massachusetts, ValueError for an answer that no complete
    application lacks.
    """
    if answers.seeks_help is None:
        raise ValueError("the application does not say whether help is wanted: it was never complete")
    persons = answers.people
    told = {
        "birth_date": np.array([each.birth_date for each in persons], dtype="datetime64[D]"),
        "applying": np.array([each.applying for each in persons]),
        "immigration": np.array([_immigration(each) for each in persons], dtype=np.int64),
        "resident": np.array([each.resident for each in persons]),
        "incarcerated": np.array([bool(each.incarcerated) for each in persons]),
        "tribal_member": np.array([each.tribal_member for each in persons]),
        **(_with_help(answers) if answers.seeks_help else _without_help(len(persons))),
    }
    place = Geography.shipped(answers.plan_year).find(answers.home.zip, answers.home.county or None)
    of_household = {
        "place": np.array([place.index]),
        "rating_area": np.array([place.rating_area]),
        "seeks_help": np.array([answers.seeks_help]),
    }
    household = np.zeros(len(persons), dtype=np.int64)
    arranged = Households.arranged(household, told, of_household)
    return Mapped(tuple(each.key for each in persons), arranged, told, of_household)


def _without_help(number: int) -> dict[str, Array | Column]:
    """Who files and what is earned is not asked: everybody stands alone."""
    nobody, nothing = np.full(number, NOBODY), np.zeros(number, dtype=np.int64)
    kin = dict.fromkeys(("claimed_by", "spouse", "first_parent", "second_parent"), nobody)
    roles = np.full(number, int(people.TaxRole.NOT_FILING))
    return {"tax_role": roles, **kin, "expecting": nothing, "annual_income": nothing}


def _with_help(answers: Answers) -> dict[str, Array | Column]:
    persons = answers.people
    kin = _kin(answers)
    by_year, by_month = _incomes(answers, kin["tax_role"], kin["spouse"])
    parts = [_parts_of_income(each) for each in persons]
    caretakers = {ties.caretaker_of(each, answers) for each in persons}
    offers = [each.employer_offer for each in persons]
    return {
        **kin,
        "expecting": np.array([each.expecting for each in persons], dtype=np.int64),
        "annual_income": by_year,
        "monthly_income": by_month,
        "unearned_income": np.array([unearned for unearned, _benefits in parts], dtype=np.int64),
        "social_security": np.array([benefits for _unearned, benefits in parts], dtype=np.int64),
        # 130 CMR 502.003(E)(2)(b): a disability counts once it is found, not on a person's word
        "disabled": np.array([each.disabled and each.disability_found for each in persons]),
        "former_foster_care": np.array([each.former_foster_care for each in persons]),
        "caretaker": np.array([each.key in caretakers for each in persons]),
        "other_coverage": np.array([_coverage(each) for each in persons], dtype=np.int64),
        "employer_offer": _column([each.self_cents if each else None for each in offers]),
        "employer_family_offer": _column([each.family_cents if each else None for each in offers]),
        "separate_return_excused": np.array([each.separate_excused for each in persons]),
    }


def _kin(answers: Answers) -> dict[str, Ints]:
    """Who files and claims whom, and who is kin to whom, by position."""
    position = {each.key: at for at, each in enumerate(answers.people)}
    parents = [[position[key] for key in ties.parents(each, answers)] for each in answers.people]
    return {
        "tax_role": np.array([_role(each) for each in answers.people], dtype=np.int64),
        "claimed_by": np.array([_claimant(each, position) for each in answers.people], dtype=np.int64),
        "spouse": np.array([position.get(ties.spouse(each, answers), NOBODY) for each in answers.people]),
        "first_parent": np.array([(*each, NOBODY)[0] for each in parents], dtype=np.int64),
        "second_parent": np.array([(*each, NOBODY, NOBODY)[1] for each in parents], dtype=np.int64),
    }


def _role(person: PersonAnswers) -> int:
    if person.tax_role is None:
        raise ValueError(f"{person.key} has no place on tax returns: the application was never complete")
    return int(people.TaxRole[person.tax_role.name])


def _claimant(person: PersonAnswers, position: Mapping[str, int]) -> int:
    if person.tax_role != TaxRole.DEPENDENT:
        return NOBODY
    return OUTSIDE if person.claimed_by in CLAIMED_ELSEWHERE else position[person.claimed_by]


def _immigration(person: PersonAnswers) -> int:
    """Not asked of who wants no coverage (45 CFR 155.310(a)(2)), nor weighed."""
    return int(people.Immigration[(person.status or Status.CITIZEN).name])


def _coverage(person: PersonAnswers) -> int:
    return int(next((found for code, found in COVERAGE.items() if code in person.other_coverage), OtherCoverage.NONE))


def _incomes(answers: Answers, tax_role: Ints, spouse: Ints) -> tuple[Ints, Column]:
    """Yearly cents of each person, and monthly ones where they differ from a twelfth of it; none below zero.

    Of those who file together both or neither have a month of their own.
    """
    household = np.zeros(len(answers.people), dtype=np.int64)
    by_year, by_month = (
        less_losses(household, tax_role, spouse, np.array([income(each) for each in answers.people], dtype=np.int64))
        for income in (annual_income, monthly_income)
    )
    differs = np.array([_month_differs(each) for each in answers.people])
    joint = np.flatnonzero((tax_role == people.TaxRole.JOINT_FILER) & (spouse >= 0))
    differs[joint] = differs[spouse[joint]] = differs[joint] | differs[spouse[joint]]
    return by_year, Column(np.where(differs, by_month, 0), differs)


def _month_differs(person: PersonAnswers) -> bool:
    """Whether a month is no twelfth of the year: 130 CMR 506.003 looks at the month, the credit at the year.

    130 CMR 506.007 takes a month for 4.333 weeks: 500 dollars a week are 26,000 a year, and 2,166.50 a month.
    """
    periods = {each.period for each in person.incomes} | {each.period for each in person.deductions}
    return person.year_cents is not None or bool(periods & {Period.WEEK, Period.TWO_WEEKS})


def _parts_of_income(person: PersonAnswers) -> tuple[int, int]:
    """Yearly cents that are not from work, and benefits of Social Security."""

    def of(*sources: IncomeSource) -> int:
        return sum(annual_cents(each) for each in person.incomes if each.source in sources)

    return of(*UNEARNED), of(IncomeSource.SOCIAL_SECURITY)


def _column(values: list[int | None]) -> Column:
    known = np.array([each is not None for each in values], dtype=np.bool_)
    cents: Ints = np.array([each or 0 for each in values], dtype=np.int64)
    return Column(cents, known)


def _plain(fact: Array | Column) -> list[Any]:
    values, known = fact if isinstance(fact, Column) else (fact, None)
    plain = values.astype(str).tolist() if values.dtype.kind == "M" else values.tolist()
    return plain if known is None else [each if known[row] else None for row, each in enumerate(plain)]
