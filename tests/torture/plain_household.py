"""A whole household by a plain reading of the law: who is counted for whom, whose income, and what each can have.

Written from 42 CFR 435.603, 130 CMR 506.002 and 506.003, 26 USC 6012 and 36B, person by person and with Fractions. It
shares no code and no figures with the rules. MassHealth's groups, the credit and ConnectorCare are the plain ones that
the tests of the eligibility room have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from openhix.eligibility.tests import plain_masshealth
from openhix.eligibility.tests.plain_marketplace import Person, Return
from openhix.eligibility.tests.plain_masshealth import FULLEST_FIRST, Resident

# Dollars a year for one and for each further person: HHS, January 2024, 2025 and 2026.
GUIDELINES = {2024: (15_060, 5_380), 2025: (15_650, 5_500), 2026: (15_960, 5_680)}
# What a single dependent may earn; have unearned; have above what is earned; have more from 65 on.
FILING = {2025: (15_750, 1_350, 450, 2_000), 2026: (16_100, 1_350, 450, 2_050)}
FILES = ("filer", "joint_filer", "separate_filer")
OUTSIDE = "outside"


@dataclass(frozen=True)
class Somebody:
    """One person as a file tells of them. Money in cents; `parents`, `spouse` and `claimed_by` by id."""

    id: str
    age: int
    role: str
    annual: int = 0
    monthly: int | None = None
    unearned: int = 0
    social_security: int = 0
    expecting: int = 0
    claimed_by: str | None = None
    spouse: str | None = None
    parents: tuple[str, ...] = ()
    applying: bool = True
    immigration: str = "citizen"
    resident: bool = True
    incarcerated: bool = False
    disabled: bool = False
    foster: bool = False
    tribal: bool = False
    caretaker: bool = False
    offer: int | None = None
    family_offer: int | None = None
    other_coverage: str = "none"
    excused: bool = False

    @property
    def is_child(self) -> bool:
        return self.age < 19

    @property
    def current(self) -> int:
        return self.annual if self.monthly is None else 12 * self.monthly

    @property
    def is_considered(self) -> bool:
        return self.applying and self.resident and not self.incarcerated


@dataclass(frozen=True)
class Answer:
    """What the file of answers says of one person. Percentages are exact here."""

    program: str
    also: str
    plan_type: str
    magi_household_size: int
    masshealth_fpl: Fraction
    tax_household_size: int
    fpl_percent: Fraction
    benchmark_premium: int | None
    monthly_credit: int | None


class Home:
    """One household. `prices`: of each silver plan sold there, cents by age."""

    def __init__(self, people: Sequence[Somebody], month: date, prices: Sequence[Sequence[int | None]]):
        self.people, self.month, self.prices = {each.id: each for each in people}, month, prices

    def answers(self) -> dict[str, Answer]:
        found = {}
        for head in self.people.values():
            if self.head(head) is not head:
                continue
            on_it = [each for each in self.people.values() if self.head(each) is head]
            tax_return = self.tax_return(on_it)
            for at, each in enumerate(on_it):
                found[each.id] = self.answer(each, tax_return, at)
        return found

    def answer(self, person: Somebody, tax_return: Return, at: int) -> Answer:
        resident = self.resident(person)
        masshealth = plain_masshealth.masshealth(resident) if person.is_considered else "none"
        plan_type, credit = tax_return.plan_type(at), tax_return.credit
        limited = person.is_considered and plain_masshealth.has_limited(resident)
        security_plan = person.is_considered and plain_masshealth.has_security_plan(resident)
        net = plain_masshealth.safety_net(resident) if person.is_considered else "none"
        if not person.applying:
            program = "none"
        elif masshealth in FULLEST_FIRST:
            program = f"masshealth_{masshealth}"
        elif plan_type != "NONE":
            program = "connectorcare"
        elif tax_return.has_credit(at) and credit:
            program = "credit_only"
        elif tax_return.people[at].may_buy:
            program = "unsubsidized"
        else:
            program = "cmsp" if security_plan else "masshealth_limited" if limited else "none"
        beside = {"masshealth_limited": limited, "cmsp": security_plan, "hsn_full": net == "full"}
        beside["hsn_partial"] = net == "partial"
        return Answer(
            program=program,
            also=";".join(name for name, has in beside.items() if has and name != program),
            plan_type="" if plan_type == "NONE" else plan_type,
            magi_household_size=self.size(self.magi_household(person)),
            masshealth_fpl=resident.percent,
            tax_household_size=tax_return.size,
            fpl_percent=tax_return.percent,
            benchmark_premium=tax_return.benchmark,
            monthly_credit=credit,
        )

    def head(self, person: Somebody) -> Somebody:
        """Who files the return that the person is on; of those on none, the person."""
        if person.role == "joint_filer" and person.spouse:
            return self.people[person.spouse]
        if person.role == "dependent" and person.claimed_by and person.claimed_by != OUTSIDE:
            return self.head(self.people[person.claimed_by])
        return person

    def parents(self, person: Somebody) -> set[str]:
        """With the step-parent: who is married to the only one."""
        found = set(person.parents)
        if len(found) == 1 and (spouse := self.people[person.parents[0]].spouse):
            found.add(spouse)
        return found

    def children(self, person: Somebody) -> list[Somebody]:
        return [each for each in self.people.values() if person.id in self.parents(each)]

    def must_file(self, person: Somebody) -> bool:
        most, unearned_most, more, aged = (100 * each for each in FILING[self.month.year])
        gross = person.annual - min(person.social_security, person.annual)
        unearned = min(person.unearned, gross)
        earned, older = gross - unearned, aged if person.age >= 65 else 0
        both = earned + unearned > max(unearned_most, min(earned, most - more) + more) + older
        return earned > most + older or unearned > unearned_most + older or both

    def by_kin(self, person: Somebody) -> bool:
        """Whether the household is that of people who do not file: 42 CFR 435.603(f)(2) and (3)."""
        if person.role != "dependent":
            return person.role == "not_filing"
        if person.claimed_by == OUTSIDE:
            return True
        claiming = {each.id for each in self.people.values() if each.role in FILES and self.same_return(each, person)}
        parents = self.parents(person)
        return not claiming & parents or (person.is_child and len(parents) == 2 and not parents <= claiming)

    def same_return(self, one: Somebody, other: Somebody) -> bool:
        return self.head(one) is self.head(other)

    def magi_household(self, person: Somebody) -> list[Somebody]:
        return [each for each in self.people.values() if self.counts(person, each)]

    def counts(self, person: Somebody, other: Somebody) -> bool:
        if other is person or other.id == person.spouse:
            return True
        if not self.by_kin(person):
            return self.same_return(person, other)
        siblings = other.is_child and bool(self.parents(person) & self.parents(other))
        mine = other.is_child and person.id in self.parents(other)
        return mine or (person.is_child and (siblings or other.id in self.parents(person)))

    def in_parents_household(self, person: Somebody) -> bool:
        if person.claimed_by == OUTSIDE and person.is_child:
            return True
        for parent in (self.people[each] for each in self.parents(person)):
            if person.is_child if self.by_kin(parent) else self.same_return(parent, person):
                return True
        return False

    def magi_income(self, person: Somebody) -> int:
        """By the year, at the rate of the month."""
        total, by_kin = 0, self.by_kin(person)
        for each in self.magi_household(person):
            left_out = self.in_parents_household(each) if by_kin else each.role == "dependent"
            total += 0 if left_out and not self.must_file(each) else each.current
        return total

    @staticmethod
    def size(people: Sequence[Somebody]) -> int:
        return sum(1 + each.expecting for each in people)

    def percent(self, income: int, size: int) -> Fraction:
        """Of the guideline that MassHealth uses in the month: a new one from 1 March."""
        first, more = GUIDELINES[self.month.year - (self.month.month < 3)]
        return Fraction(income, first + more * (size - 1))

    def resident(self, person: Somebody) -> Resident:
        young = [each for each in self.children(person) if each.is_child]
        spouse = [self.people[person.spouse]] if person.spouse else []
        of_young = sum(
            0 if self.in_parents_household(each) and not self.must_file(each) else each.current for each in young
        )
        disabled_income = person.current + sum(each.current for each in spouse) + of_young
        on_it = [each for each in self.people.values() if self.same_return(each, person)]
        tax_return = self.tax_return(on_it, masshealth=False)
        files = any(each.role in FILES for each in on_it)
        return Resident(
            age=person.age,
            immigration=person.immigration,
            percent=self.percent(self.magi_income(person), self.size(self.magi_household(person))),
            percent_disabled=self.percent(disabled_income, self.size([person, *spouse, *young])),
            percent_return=tax_return.percent if files else Fraction(10**6),
            expecting=person.expecting > 0,
            is_parent=bool(young) or person.caretaker,
            disabled=person.disabled,
            foster=person.foster,
            other_coverage=person.other_coverage,
            affordable_offer=tax_return.offered(on_it.index(person)),
        )

    def tax_return(self, people: list[Somebody], *, masshealth: bool = True) -> Return:
        """`masshealth`: whether to find out who has it, which asks for the return's percentage and offers."""
        ids, files = [each.id for each in people], any(each.role in FILES for each in people)
        told = []
        for each in people:
            has = masshealth and each.is_considered
            told.append(
                Person(
                    age=each.age,
                    files=each.role in FILES,
                    files_separately=each.role == "separate_filer",
                    claimed_from_outside=each.claimed_by == OUTSIDE,
                    married=each.spouse is not None,
                    spouse_here=each.spouse in ids,
                    parents_here=tuple(ids.index(parent) for parent in self.parents(each) if parent in ids),
                    applying=each.applying,
                    immigration=each.immigration,
                    resident=each.resident,
                    incarcerated=each.incarcerated,
                    tribal=each.tribal,
                    offer=each.offer,
                    family_offer=each.family_offer,
                    covered=each.other_coverage != "none",
                    excused=each.excused,
                    masshealth=has and plain_masshealth.masshealth(self.resident(each)) in FULLEST_FIRST,
                )
            )
        income = sum(
            0 if files and each.role == "dependent" and not self.must_file(each) else each.annual for each in people
        )
        return Return(year=self.month.year, size=len(people), income=income, people=tuple(told), prices=self.prices)
