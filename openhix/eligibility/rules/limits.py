"""Where the law, or what the application tells, leaves a doubt: who is not decided by the rules in code.

A doubt about one person leaves that person undecided, unless the answer would be the same either way. It leaves the
others of the tax household undecided only where it reaches them: through the credit that they share.
"""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from openhix.application.answers import Answers, IncomeSource, PersonAnswers, TaxRole
from openhix.application.rules import ties
from openhix.application.rules.income import annual_cents
from openhix.application.rules.taxes import OUTSIDE_PARENT, tax_returns
from openhix.eligibility.rules.program import BUYS_A_PLAN, MASSHEALTH, Program
from openhix.kernel import periods
from openhix.kernel.codes import Code
from openhix.kernel.story import _
from openhix.law.tables import Law

ANY = frozenset(Program)
NONE: frozenset[Program] = frozenset()
HAS_MASSHEALTH = frozenset(MASSHEALTH)
HAS_HELP = frozenset({Program.CONNECTORCARE, Program.CREDIT_ONLY})
# What an affordable offer from a job closes: 26 CFR 1.36B-2(c)(3), 130 CMR 505.005(B).
CLOSED_BY_OFFER = HAS_HELP | {Program.MASSHEALTH_FAMILY_ASSISTANCE}
BENEFITS_UNTAXED_TO = 25_000_00  # 26 USC 86(c)(1)(A): half of the benefits and all other income of someone not married


class Limit(Code):
    """Why a person is not decided yet, in words for that person. Those of RETIRED stand in older answers alone."""

    DISABILITY = 1, _("MassHealth can offer more to people with a disability. Our staff look at this.")
    IMMIGRATION = 2, _("What this immigration status opens is looked at by our staff.")
    EMPLOYER_OFFER = (
        3,
        _(
            "A job offers health coverage. Our staff look at what it costs, since that decides if you can get help paying."
        ),
    )
    OTHER_COVERAGE = 4, _("You told us about other health coverage. Our staff look at how it works with what we offer.")
    MEDICARE = 5, _("People with Medicare have other choices. Our staff look at them with you.")
    AGE_65 = (
        6,
        _("From the age of 65 MassHealth has other rules, and most people can get Medicare. Our staff look at both."),
    )
    INCARCERATED = 7, _("What is open to someone in jail or prison is looked at by our staff.")
    TRIBAL_MEMBER = 8, _("Members of a tribe have more rights, such as care at no cost. Our staff look at them.")
    NOT_FILING = 9, _("Someone who is on no tax return is counted in another way. Our staff do this.")
    SEPARATE_RETURNS = 10, _("Spouses who file separate tax returns are counted in another way. Our staff do this.")
    CLAIMED_OUTSIDE = (
        11,
        _("Someone outside your household claims this person on a tax return. Our staff look at this."),
    )
    OTHER_RETURN = 12, _("This person is on another tax return than the first person. Our staff look at it.")
    RELATIVES = 13, _("MassHealth may count other relatives in this person's household. Our staff look at this.")
    PARENTS_APART = (
        14,
        _(
            "If both parents of this child live here and do not file jointly, MassHealth counts in another way. Our staff look at this."
        ),
    )
    CARETAKER = (
        15,
        _("Someone who takes care of a child may get more from MassHealth. Our staff look at who takes care of whom."),
    )
    DEPENDENT_INCOME = (
        16,
        _("A dependent has income that is not from work. Our staff look at whether it counts for your household."),
    )
    HOUSEHOLD_CREDIT = (
        17,
        _("The help you share depends on someone in your household who is not decided yet."),
    )
    BENCHMARK = 18, _("We have no price for the plan from which your help is worked out. Our staff look at this.")
    IDENTITY = (  # says the same whatever made us ask, so that it tells nobody who is a member
        19,
        _(
            "Our staff make sure who this person is. If this person is on an earlier application with us, change that one and take the person off here."
        ),
    )


RETIRED = frozenset(
    {
        *(Limit.DISABILITY, Limit.IMMIGRATION, Limit.OTHER_COVERAGE, Limit.INCARCERATED, Limit.TRIBAL_MEMBER),
        *(Limit.NOT_FILING, Limit.SEPARATE_RETURNS, Limit.OTHER_RETURN),
        *(Limit.RELATIVES, Limit.PARENTS_APART, Limit.CARETAKER),
    }
)


@dataclass(frozen=True)
class Found:
    """What the rules in code say about one person, as if nothing else mattered.

    `shares_credit`: the credit of the tax household can help with this person's plan. `affordable_offer`: the monthly
    cents up to which coverage from a job is affordable.
    """

    program: Program
    tax_household: int
    shares_credit: bool
    credit_known: bool
    affordable_offer: int


@dataclass(frozen=True)
class Doubt:
    """One thing about one person that the rules do not weigh.

    `stands`: the programs that are the answer all the same. `settled`: the programs found by the rules with which it
    is certain whether this person's plan counts for the household's credit (26 CFR 1.36B-3(b)(1)).
    """

    limit: Limit
    stands: frozenset[Program] = NONE
    settled: frozenset[Program] = NONE


@dataclass(frozen=True)
class Household:
    """An application as the limits see it. `elsewhere`: keys of those who may be on another household's application."""

    answers: Answers
    law: Law
    elsewhere: frozenset[str] = frozenset()

    def age(self, person: PersonAnswers) -> int:
        """Completed years on the first day of the coverage month. Raises ValueError without a birth date."""
        if person.birth_date is None:
            raise ValueError(f"{person.key} has no birth date: the application was never complete")
        return periods.age_on(person.birth_date, self.law.coverage_month)


def undecided(household: Household, found: Mapping[str, Found]) -> dict[str, tuple[Limit, ...]]:
    """For each applicant the reasons for which there is no answer yet: empty when the rules' answer stands.

    `found` holds what the rules say of everyone on the application.
    """
    doubts = {
        person.key: [each for each in about(household, person, found) if found[person.key].program not in each.stands]
        for person in household.answers.people
        if person.applying
    }
    unsettled = {key for key in doubts if any(found[key].program not in each.settled for each in doubts[key])}
    answer = {}
    for key in doubts:
        limits, here = [each.limit for each in doubts[key]], found[key]
        if not limits and here.shares_credit:
            others = {each for each in unsettled if found[each].tax_household == here.tax_household}
            limits = [Limit.HOUSEHOLD_CREDIT] if others else [] if here.credit_known else [Limit.BENCHMARK]
        answer[key] = tuple(dict.fromkeys(limits))
    return answer


def about(household: Household, person: PersonAnswers, found: Mapping[str, Found]) -> Iterator[Doubt]:
    """Every doubt about one person that the answers hold, and whether another household tells of the same one."""
    if person.key in household.elsewhere:  # 45 CFR 155.315(b), 155.320(b): one person, one program
        yield Doubt(Limit.IDENTITY, settled=HAS_MASSHEALTH)
    if "medicare" in person.other_coverage:
        # 42 USC 1395ss(d)(3) forbids to sell them what Medicare pays for already, 45 CFR 155.305(a) opens plans to them
        yield Doubt(Limit.MEDICARE, ANY - set(BUYS_A_PLAN), settled=ANY)
    if household.answers.seeks_help:
        yield from _about_help(household, person, found)


def _about_help(household: Household, person: PersonAnswers, found: Mapping[str, Found]) -> Iterator[Doubt]:
    if _is_senior(household, person):  # 130 CMR 505.001: from 65 by 130 CMR 515 and following, which are not here
        yield Doubt(Limit.AGE_65, HAS_MASSHEALTH)
    if _price_is_missing(household, person, found[person.key]):
        yield Doubt(Limit.EMPLOYER_OFFER, ANY - CLOSED_BY_OFFER, settled=ANY - HAS_HELP)
    if person.claimed_by == OUTSIDE_PARENT and household.age(person) >= household.law.masshealth.child_under:
        # 42 CFR 435.603(f)(2): the household is that of the parent, of whom nothing is told
        yield Doubt(Limit.CLAIMED_OUTSIDE, frozenset({Program.NONE}), settled=ANY)
    if any(_taxed_benefits(household, each) for each in household.answers.people):
        yield Doubt(Limit.DEPENDENT_INCOME)


def _is_senior(household: Household, person: PersonAnswers) -> bool:
    """Medicare closes what a senior could buy; in jail or away neither is open."""
    looked_at = person.resident and not person.incarcerated and "medicare" not in person.other_coverage
    return looked_at and household.age(person) >= household.law.masshealth.adult_under


def _price_is_missing(household: Household, person: PersonAnswers, found: Found) -> bool:
    """26 CFR 1.36B-2(c)(3)(v): whether a job offers coverage to this person at a price that was not told.

    A family's price is not below the employee's: where that is too much already, the other is not needed.
    """
    if person.employer_offer is not None and person.employer_offer.self_cents is None:
        return True
    return any(
        offer is not None
        and offer.family_cents is None
        and offer.for_family is not False
        and (offer.self_cents or 0) <= found.affordable_offer
        for offer in (each.employer_offer for each in _whose_job_reaches(household, person))
    )


def _whose_job_reaches(household: Household, person: PersonAnswers) -> Iterator[PersonAnswers]:
    """Those who file the return that the person is on, and are spouse or parent of this person (under 26)."""
    answers = household.answers
    kin = {ties.spouse(person, answers)}
    if household.age(person) < household.law.dependent_coverage_under:
        kin |= {key for parent in ties.parents(person, answers) for key in (parent, _spouse(parent, answers))}
    for each in tax_returns(answers):
        if person.key in (*each.filers, *each.dependents):
            yield from (answers.person(key) for key in each.filers if key in kin)


def _spouse(key: str, answers: Answers) -> str:
    return ties.spouse(answers.person(key), answers)


def _taxed_benefits(household: Household, person: PersonAnswers) -> bool:
    """26 USC 86: whether benefits of Social Security may be gross income, and may so oblige a dependent to file."""
    if person.tax_role not in (TaxRole.DEPENDENT, TaxRole.NOT_FILING):
        return False
    earned = _yearly(person, IncomeSource.JOB, IncomeSource.SELF_EMPLOYMENT)
    unearned = _yearly(person, IncomeSource.UNEMPLOYMENT, IncomeSource.OTHER)
    benefits = _yearly(person, IncomeSource.SOCIAL_SECURITY)
    if benefits == 0 or earned + unearned + benefits // 2 <= BENEFITS_UNTAXED_TO:
        return False
    columns = (np.array([max(earned, 0)]), np.array([unearned]), np.array([_is_aged(household, person)]))
    return not household.law.filing_threshold.obliges(*columns)[0]


def _is_aged(household: Household, person: PersonAnswers) -> bool:
    return household.age(person) >= household.law.masshealth.adult_under


def _yearly(person: PersonAnswers, *sources: IncomeSource) -> int:
    return sum(annual_cents(each) for each in person.incomes if each.source in sources)
