"""MassHealth households of random people beside a plain check, written from the text of the law with sets of people.

130 CMR 506.002(B) and (C), 506.003; 42 CFR 435.603(d)(2), (f). Everyone of a household lives together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility.rules.people import NOBODY, OUTSIDE, TaxRole
from openhix.eligibility.tests.homes import MONTHS, ONE_RETURN, Home, Somebody, any_home, determine, told_to
from openhix.law.tables import FilingThreshold

HOMES = st.one_of(ONE_RETURN, any_home())


@dataclass
class Plain:
    """One household, asked person by person; people are their places in it."""

    home: Home
    year: int

    @property
    def everyone(self) -> range:
        return range(len(self.home.people))

    def person(self, who: int) -> Somebody:
        return self.home.people[who]

    def under_19(self, who: int) -> bool:
        return self.person(who).age < 19

    def spouse(self, who: int) -> set[int]:
        return {self.person(who).spouse} - {NOBODY}

    def parents(self, who: int) -> set[int]:
        told = {self.person(who).first_parent, self.person(who).second_parent} - {NOBODY}
        return told | self.spouse(next(iter(told))) if len(told) == 1 else told

    def children(self, who: int) -> set[int]:
        return {each for each in self.everyone if who in self.parents(each)}

    def siblings(self, who: int) -> set[int]:
        return {each for each in self.everyone if each != who and self.parents(each) & self.parents(who)}

    def filers(self, who: int) -> set[int]:
        """Who files the return that this person is on; nobody for people on none."""
        role, claimed_by = self.person(who).tax_role, self.person(who).claimed_by
        if role == TaxRole.DEPENDENT:
            return set() if claimed_by == OUTSIDE else self.filers(claimed_by)
        if role == TaxRole.NOT_FILING:
            return set()
        joint = {each for each in self.spouse(who) if TaxRole.JOINT_FILER in (role, self.person(each).tax_role)}
        return {who} | joint

    def tax_household(self, who: int) -> set[int]:
        filers = self.filers(who)
        return {each for each in self.everyone if filers and self.filers(each) == filers} | {who}

    def by_the_return(self, who: int) -> bool:
        """Whether none of the three exceptions, and not the rule for people who do not file, is this person's."""
        if self.person(who).tax_role != TaxRole.DEPENDENT:
            return self.person(who).tax_role != TaxRole.NOT_FILING
        claimants = self.filers(who)
        if not claimants & self.parents(who):
            return False
        lives_with_both = len(self.parents(who)) == 2
        return not (self.under_19(who) and lives_with_both and not self.parents(who) <= claimants)

    def close_family(self, who: int) -> set[int]:
        family = {who} | self.spouse(who) | {each for each in self.children(who) if self.under_19(each)}
        if self.under_19(who):
            family |= self.parents(who) | {each for each in self.siblings(who) if self.under_19(each)}
        return family

    def household(self, who: int) -> set[int]:
        if self.by_the_return(who):
            return self.tax_household(who) | self.spouse(who)
        return self.close_family(who)

    def size(self, people: set[int]) -> int:
        return len(people) + sum(self.person(each).expecting for each in people)

    def must_file(self, who: int) -> bool:
        person, law = self.person(who), FilingThreshold.for_year(self.year)
        unearned = min(person.facts.get("unearned_income", 0), person.annual_income)
        earned = person.annual_income - unearned
        more = law.aged_plus if person.age >= 65 else 0
        return person.annual_income > max(law.unearned, min(earned + law.earned_plus, law.earned)) + more

    def rate(self, who: int) -> int:
        """Yearly cents at the rate of the month."""
        monthly = self.person(who).facts.get("monthly_income")
        return self.person(who).annual_income if monthly is None else 12 * monthly

    def in_a_parents_household(self, who: int) -> bool:
        claimed_by_parent_elsewhere = self.person(who).claimed_by == OUTSIDE and self.under_19(who)
        return claimed_by_parent_elsewhere or any(
            who in (self.tax_household(parent) if self.by_the_return(parent) else self.close_family(parent))
            for parent in self.parents(who)
        )

    def income(self, who: int) -> int:
        total = 0
        for each in self.household(who):
            if self.by_the_return(who):
                left_out = self.person(each).tax_role == TaxRole.DEPENDENT
            else:
                left_out = self.in_a_parents_household(each)
            total += 0 if left_out and not self.must_file(each) else self.rate(each)
        return total

    def disabled_adult_household(self, who: int) -> set[int]:
        return {who} | self.spouse(who) | {each for each in self.children(who) if self.under_19(each)}

    def disabled_adult_income(self, who: int) -> int:
        left_out = {
            each
            for each in self.children(who)
            if self.under_19(each) and self.in_a_parents_household(each) and not self.must_file(each)
        }
        return sum(self.rate(each) for each in self.disabled_adult_household(who) - left_out)


@given(HOMES, st.sampled_from(MONTHS))
@settings(deadline=None, max_examples=300)
def test_households_and_their_income_are_those_of_the_plain_check(home: Home, month: date) -> None:
    plain, facts = Plain(home, month.year), determine([home], month)
    for name, check in {
        "tax_household_size": lambda who: len(plain.tax_household(who)),
        "nonfiler_rules_apply": lambda who: not plain.by_the_return(who),
        "magi_household_size": lambda who: plain.size(plain.household(who)),
        "magi_income": plain.income,
        "is_parent": lambda who: any(plain.under_19(each) for each in plain.children(who)),
        "must_file": plain.must_file,
        "disabled_adult_size": lambda who: plain.size(plain.disabled_adult_household(who)),
        "disabled_adult_income": plain.disabled_adult_income,
    }.items():
        assert told_to(facts, name) == [check(who) for who in plain.everyone], name


@given(HOMES)
@settings(deadline=None)
def test_spouses_count_each_other_and_everyone_counts_himself(home: Home) -> None:
    facts = determine([home], date(2026, 1, 1))
    number = len(home.people)
    counts = facts["counts"].values.reshape(number, number)
    row_of = {int(position): row for row, position in enumerate(facts["position"].values)}
    for who, person in enumerate(home.people):
        assert counts[row_of[who], row_of[who]]
        if person.spouse != NOBODY:
            assert counts[row_of[who], row_of[person.spouse]]
