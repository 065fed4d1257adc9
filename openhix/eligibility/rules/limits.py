"""What the rules in code do not weigh yet: who is not decided by them, and who is for all that.

A doubt about one person leaves that person undecided, unless the answer would be the same either way. It leaves the
others of the tax household undecided only where it reaches them: through the credit that they share. Where no help is
asked for, all that matters is who may buy a plan.
"""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from openhix.application.answers import Answers, IncomeSource, PersonAnswers, Relationship, Status, TaxRole
from openhix.application.rules.income import annual_cents, annual_income
from openhix.application.rules.taxes import TaxReturn, tax_returns
from openhix.eligibility.rules.credit import Window
from openhix.eligibility.rules.program import MASSHEALTH, Program
from openhix.kernel import periods
from openhix.kernel.codes import Code
from openhix.kernel.story import _
from openhix.law.tables import Law

OTHER_COVERAGE = frozenset({"va", "masshealth", "other"})
OTHER_PARENT_OLDER_BY = 12  # years: who is less older than a child is not taken for a parent

ANY = frozenset(Program)
NONE: frozenset[Program] = frozenset()
HAS_MASSHEALTH = frozenset(MASSHEALTH)
# MassHealth that other coverage does not take away, and the full price, on which it has no bearing.
BESIDE_OTHER_COVERAGE = frozenset({Program.MASSHEALTH_STANDARD, Program.MASSHEALTH_CAREPLUS, Program.UNSUBSIDIZED})


class Limit(Code):
    """Why a person is not decided yet, in words for that person."""

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


@dataclass(frozen=True)
class Found:
    """What the rules in code say about one person, as if nothing else mattered."""

    program: Program
    window: Window
    credit_known: bool


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
    """An application as the limits see it. `deciding` is the tax return that the rules decide, if there is one;
    `elsewhere` the keys of those who may be on another household's application too."""

    answers: Answers
    law: Law
    deciding: TaxReturn | None
    elsewhere: frozenset[str] = frozenset()

    @classmethod
    def of(cls, answers: Answers, law: Law, elsewhere: frozenset[str] = frozenset()) -> Household:
        return cls(answers, law, deciding_return(answers), elsewhere)

    def age(self, person: PersonAnswers) -> int:
        """Completed years on the first day of the coverage month. Raises ValueError without a birth date."""
        if person.birth_date is None:
            raise ValueError(f"{person.key} has no birth date: the application was never complete")
        return periods.age_on(person.birth_date, self.law.coverage_month)

    @property
    def counted(self) -> tuple[str, ...]:
        """The keys of those on the deciding return, filers first."""
        return () if self.deciding is None else (*self.deciding.filers, *self.deciding.dependents)

    @property
    def filers(self) -> list[PersonAnswers]:
        return [] if self.deciding is None else [self.answers.person(key) for key in self.deciding.filers]

    def is_child_of_filer(self, person: PersonAnswers) -> bool:
        """26 CFR 1.152-1; what the application says of everyone is the relationship to the first person alone."""
        of_filers = {filer.relationship for filer in self.filers}
        if of_filers & {Relationship.SELF, Relationship.SPOUSE}:
            return person.relationship in (Relationship.CHILD, Relationship.STEPCHILD)
        return Relationship.PARENT in of_filers and person.relationship in (Relationship.SELF, Relationship.SIBLING)


def deciding_return(answers: Answers) -> TaxReturn | None:
    """26 CFR 1.36B-1(d): the return with the first person, else the first one; none that a spouse files separately."""
    returns = [each for each in tax_returns(answers) if _role(answers, each.filers[0]) == TaxRole.FILER]
    first = answers.people[0].key
    return next((each for each in returns if first in (*each.filers, *each.dependents)), next(iter(returns), None))


def never_in_coverage_family(person: PersonAnswers) -> bool:
    """26 CFR 1.36B-2(c)(2) and 1.36B-3(b)(1): who wants no plan, or has Medicare or TRICARE, is not in it."""
    return not person.applying or bool({"medicare", "tricare"} & set(person.other_coverage))


def undecided(household: Household, found: Mapping[str, Found]) -> dict[str, tuple[Limit, ...]]:
    """For each applicant the reasons for which there is no answer yet: empty when the rules' answer stands.

    `found` holds what the rules say of everyone whom they were asked about: those of the deciding return when help is
    asked for, else all. A person who is not in it is undecided.
    """
    applying = [person for person in household.answers.people if person.applying]
    doubts = {person.key: list(about(household, person)) for person in household.answers.people}
    open_ = {key: [each for each in doubts[key] if key not in found or _open(each, found[key])] for key in doubts}
    unsettled = {
        person.key
        for person in applying
        if person.key in found and any(found[person.key].program not in each.settled for each in open_[person.key])
    }
    answer = {}
    for person in applying:
        limits = [each.limit for each in open_[person.key]]
        here = found.get(person.key)
        if here is not None and not limits and shares_credit(here):
            limits += [Limit.HOUSEHOLD_CREDIT] if unsettled - {person.key} else []
            limits += [] if here.credit_known or limits else [Limit.BENCHMARK]
        answer[person.key] = tuple(dict.fromkeys(limits))
    return answer


def _open(doubt: Doubt, found: Found) -> bool:
    return found.program not in doubt.stands


def shares_credit(found: Found) -> bool:
    """26 CFR 1.36B-3(d): whose answer changes with who else is in the coverage family."""
    return found.window == Window.WITHIN and found.program not in (*HAS_MASSHEALTH, Program.NONE)


def about(household: Household, person: PersonAnswers) -> Iterator[Doubt]:
    """Every doubt about one person that the answers hold, and whether another household tells of the same one."""
    if person.key in household.elsewhere:  # 45 CFR 155.315(b), 155.320(b): one person, one program
        yield Doubt(Limit.IDENTITY, settled=HAS_MASSHEALTH)
    if not household.answers.seeks_help:
        yield from _may_not_buy(person)
        return
    yield from _of_the_person(household, person)
    yield from _of_the_household(household, person)


def _may_not_buy(person: PersonAnswers) -> Iterator[Doubt]:
    """45 CFR 155.305(a): a plan at full price is for residents who are lawfully present and not in prison."""
    if not _is_lawfully_present(person):
        yield Doubt(Limit.IMMIGRATION)
    if person.incarcerated:
        yield Doubt(Limit.INCARCERATED)
    if "medicare" in person.other_coverage:
        yield Doubt(Limit.MEDICARE, settled=ANY)


def _of_the_person(household: Household, person: PersonAnswers) -> Iterator[Doubt]:
    """What is said about this one person alone."""
    age = household.age(person)
    if person.disabled:  # 130 CMR 505.002(E), 505.004: Standard is the fullest; CommonHealth has no income limit
        yield Doubt(Limit.DISABILITY, frozenset({Program.MASSHEALTH_STANDARD}), HAS_MASSHEALTH)
    if person.applying and (doubt := _immigration(person, age)):
        yield doubt
    if person.employer_offer is not None or "employer" in person.other_coverage:  # 26 CFR 1.36B-2(c)(3)
        yield Doubt(Limit.EMPLOYER_OFFER, BESIDE_OTHER_COVERAGE)
    if "tricare" in person.other_coverage:  # 26 CFR 1.36B-2(c)(2)
        yield Doubt(Limit.OTHER_COVERAGE, BESIDE_OTHER_COVERAGE - {Program.UNSUBSIDIZED}, ANY)
    elif OTHER_COVERAGE & set(person.other_coverage):  # 130 CMR 505.005(B): Family Assistance is for the uninsured
        yield Doubt(Limit.OTHER_COVERAGE, BESIDE_OTHER_COVERAGE)
    if "medicare" in person.other_coverage:  # 42 USC 1395ss(d)(3); 130 CMR 505.008(A)
        yield Doubt(Limit.MEDICARE, settled=ANY)
    elif age >= household.law.masshealth.adult_under:  # 130 CMR 505.001: from 65 by 130 CMR 515 and following
        yield Doubt(Limit.AGE_65)
    if person.incarcerated:  # 45 CFR 155.305(a)(2); 130 CMR 503.003
        yield Doubt(Limit.INCARCERATED)
    if person.tribal_member:  # 45 CFR 155.350; 42 CFR 435.603(e)(3)
        yield Doubt(Limit.TRIBAL_MEMBER, BESIDE_OTHER_COVERAGE, HAS_MASSHEALTH)


def _immigration(person: PersonAnswers, age: int) -> Doubt | None:
    """26 USC 36B(e); 130 CMR 504.003, 505.002(B), (D), 505.005(B), (C).

    Lawfully present without a qualified status (or barred for five years): children, young adults and pregnant people
    have MassHealth as citizens have, and all have plans and credits; other adults only MassHealth Limited. Pregnant
    people have Standard with any status, PRUCOL children Family Assistance.
    """
    if person.status in (Status.CITIZEN, Status.QUALIFIED):
        return None
    lawful = person.status in (Status.QUALIFIED_BARRED, Status.LAWFULLY_PRESENT)
    stands = {Program.CONNECTORCARE, Program.CREDIT_ONLY, Program.UNSUBSIDIZED} if lawful else set()
    if person.expecting or (lawful and age < 21):
        stands.add(Program.MASSHEALTH_STANDARD)
    if age < 19 and (lawful or person.status == Status.PRUCOL):
        stands.add(Program.MASSHEALTH_FAMILY_ASSISTANCE)
    return Doubt(Limit.IMMIGRATION, frozenset(stands))


def _of_the_household(household: Household, person: PersonAnswers) -> Iterator[Doubt]:
    """What is said about tax returns, and about who lives with whom."""
    if person.key not in household.counted:
        yield Doubt(_not_on_the_return(person))
        return
    if _spouses_apart(household):  # 26 USC 36B(c)(1)(C); 130 CMR 506.002(B)(1)
        yield Doubt(Limit.SEPARATE_RETURNS)
    if any(_income_in_doubt(household, each) for each in _dependents(household)):
        yield Doubt(Limit.DEPENDENT_INCOME)
    if _relatives_may_count(household, person):
        yield Doubt(Limit.RELATIVES)
    if _parents_may_be_apart(household, person):
        yield Doubt(Limit.PARENTS_APART)
    if _may_be_caretaker(household, person):
        yield Doubt(Limit.CARETAKER, ANY - {Program.MASSHEALTH_CAREPLUS}, HAS_MASSHEALTH)


def _not_on_the_return(person: PersonAnswers) -> Limit:
    if person.tax_role == TaxRole.SEPARATE_FILER:
        return Limit.SEPARATE_RETURNS
    if person.tax_role == TaxRole.NOT_FILING:
        return Limit.NOT_FILING
    if person.tax_role == TaxRole.DEPENDENT and person.claimed_by == "outside":
        return Limit.CLAIMED_OUTSIDE
    return Limit.OTHER_RETURN


def _spouses_apart(household: Household) -> bool:
    """Whether one of two spouses is on the deciding return and does not file it together with the other."""
    spouses = [
        each.key for each in household.answers.people if each.relationship in (Relationship.SELF, Relationship.SPOUSE)
    ]
    filers = set(household.deciding.filers) if household.deciding else set()
    return len(spouses) == 2 and bool(set(spouses) & set(household.counted)) and not set(spouses) <= filers


def _income_in_doubt(household: Household, dependent: PersonAnswers) -> bool:
    """26 USC 6012(a)(1)(C), 63(c)(5): the rules take all income as earned; here whether that decides otherwise.

    Social Security is left out of gross income at these amounts (26 USC 86). Over 65 one may have more.
    """
    threshold = household.law.filing_threshold
    must_file = annual_income(dependent) > threshold.earned
    if household.age(dependent) >= 65:
        return must_file
    earned, unearned = (
        sum(annual_cents(each) for each in dependent.incomes if each.source in sources)
        for sources in (
            {IncomeSource.JOB, IncomeSource.SELF_EMPLOYMENT},
            {IncomeSource.UNEMPLOYMENT, IncomeSource.OTHER},
        )
    )
    obliged = bool(threshold.obliges(np.array([max(earned, 0)]), np.array([unearned]))[0])
    return annual_income(dependent) != 0 and obliged != must_file


def _relatives_may_count(household: Household, person: PersonAnswers) -> bool:
    """130 CMR 506.002(B)(2), (3): a dependent of neither parent nor spouse is counted with spouse, parents, siblings
    and children who live there. The rules count that person alone, which is right when only the filers and, for their
    parents and siblings, their own children live there too."""
    if person not in _dependents(household) or household.is_child_of_filer(person):
        return False
    kin_of_filer = person.relationship in (Relationship.PARENT, Relationship.SIBLING)
    return not all(
        (each in household.filers and household.age(each) >= 19) or (kin_of_filer and household.is_child_of_filer(each))
        for each in household.answers.people
        if each is not person
    )


def _parents_may_be_apart(household: Household, person: PersonAnswers) -> bool:
    """130 CMR 506.002(B)(2)(b): a child under 19 who lives with both parents, when these do not file jointly."""
    if person not in _dependents(household) or not household.is_child_of_filer(person) or len(household.filers) == 2:
        return False
    relations = {Relationship.OTHER}
    if household.filers[0].relationship == Relationship.PARENT:
        relations.add(Relationship.PARENT)
    return household.age(person) < 19 and any(
        each.relationship in relations
        and each not in household.filers
        and household.age(each) >= household.age(person) + OTHER_PARENT_OLDER_BY
        for each in household.answers.people
    )


def _may_be_caretaker(household: Household, person: PersonAnswers) -> bool:
    """130 CMR 505.002(C): Standard is for caretaker relatives too; the rules see the filers' own children alone."""
    return any(
        household.age(each) < 19
        and each is not person
        and not (each in _dependents(household) and household.is_child_of_filer(each))
        for each in household.answers.people
    )


def _dependents(household: Household) -> list[PersonAnswers]:
    return (
        [] if household.deciding is None else [household.answers.person(key) for key in household.deciding.dependents]
    )


def _is_lawfully_present(person: PersonAnswers) -> bool:
    return person.status in {Status.CITIZEN, Status.QUALIFIED, Status.QUALIFIED_BARRED, Status.LAWFULLY_PRESENT}


def _role(answers: Answers, key: str) -> TaxRole | None:
    return answers.person(key).tax_role
