"""Answers as facts: who is on the return, in which role, with which income."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from openhix.application.answers import Answers, Deduction, Income, IncomeSource, Period, Relationship, TaxRole
from openhix.eligibility.mapping import Mapped, facts_of
from openhix.eligibility.rules import people
from openhix.eligibility.rules.limits import Household
from openhix.eligibility.tests.applications import answers, person
from openhix.kernel.facts import Column
from openhix.law.tables import Law
from openhix.plans.geography import OutsideMassachusetts

LAW = Law(date(2026, 1, 1))


def mapped(told: Answers) -> Mapped:
    found = facts_of(Household.of(told, LAW))
    assert found is not None
    return found


def column(found: Mapped, name: str) -> list[int]:
    return [int(each) for each in np.asarray(found.households.facts[name])]


def incomes(told: Answers) -> list[int]:
    return column(mapped(told), "annual_income")


def couple() -> Answers:
    return answers(person("p1", date(1980, 1, 1), dollars=60_000), person("p2", date(1981, 1, 1), "spouse"))


@pytest.mark.parametrize(
    ("income", "yearly"),
    [
        (Income(IncomeSource.JOB, 700_00, Period.WEEK), 36_400_00),
        (Income(IncomeSource.UNEMPLOYMENT, 1_400_00, Period.TWO_WEEKS), 36_400_00),
        (Income(IncomeSource.SOCIAL_SECURITY, 3_000_00, Period.MONTH), 36_000_00),
        (Income(IncomeSource.OTHER, 1, Period.YEAR), 1),
    ],
)
def test_every_income_goes_in_by_the_year(income: Income, yearly: int) -> None:
    told = answers(person("p1", date(1980, 1, 1), incomes=[income]))
    assert incomes(told) == [yearly]


def test_deductions_lower_the_income_but_never_below_nothing() -> None:
    told = couple()
    told.people[0].deductions = [Deduction("ira", 5_000_00, Period.YEAR)]
    assert incomes(told) == [55_000_00, 0]
    told.people[0].deductions = [Deduction("ira", 65_000_00, Period.YEAR)]
    assert incomes(told) == [0, 0]


def test_a_loss_of_one_joint_filer_lowers_the_income_of_the_other() -> None:
    told = couple()
    told.people[1].incomes = [Income(IncomeSource.SELF_EMPLOYMENT, -5_000_00, Period.YEAR)]
    assert incomes(told) == [55_000_00, 0]


def test_the_loss_of_a_dependent_lowers_nothing() -> None:
    loss = [Income(IncomeSource.SELF_EMPLOYMENT, -5_000_00, Period.YEAR)]
    told = answers(*couple().people, person("p3", date(2007, 1, 1), "child", incomes=loss))
    assert incomes(told) == [60_000_00, 0, 0]


def test_roles_and_relationships_are_seen_from_the_filers() -> None:
    mother = person("p2", date(1980, 1, 1), "parent", 40_000, tax_role=TaxRole.FILER, claimed_by="")
    child = person("p1", date(2010, 1, 1), "self", tax_role=TaxRole.DEPENDENT, claimed_by="p2")
    sister = person("p3", date(2012, 1, 1), "sibling", claimed_by="p2")
    found = mapped(answers(child, mother, sister))
    assert found.keys == ("p2", "p1", "p3")
    assert column(found, "tax_role") == [people.TaxRole.FILER, people.TaxRole.DEPENDENT, people.TaxRole.DEPENDENT]
    assert column(found, "claimed_by") == [people.NOBODY, 0, 0]
    assert column(found, "first_parent") == [people.NOBODY, 0, 0]


def test_a_joint_return_whose_filer_is_the_spouse_has_the_children_of_both() -> None:
    told = answers(
        person("p1", date(1980, 1, 1), tax_role=TaxRole.JOINT_FILER),
        person("p2", date(1981, 1, 1), "spouse", 50_000, tax_role=TaxRole.FILER),
        person("p3", date(2015, 1, 1), "stepchild"),
    )
    found = mapped(told)
    assert found.keys == ("p2", "p1", "p3")
    assert column(found, "spouse") == [1, 0, people.NOBODY]
    assert (column(found, "first_parent")[2], column(found, "second_parent")[2]) == (0, 1)


def test_people_without_a_plan_of_ours_are_known_not_to_be_in_the_coverage_family() -> None:
    told = couple()
    told.people[0].other_coverage = ["medicare"]
    in_family = mapped(told).households.facts["in_coverage_family"]
    assert isinstance(in_family, Column) and in_family.known is not None
    assert [in_family.is_known(0), in_family.is_known(1)] == [True, False]
    assert not in_family.values[0]


def test_what_goes_in_is_kept_in_plain_values() -> None:
    given = mapped(couple()).given()
    assert given["people"] == ["p1", "p2"]
    assert given["facts"]["birth_date"] == ["1980-01-01", "1981-01-01"]
    assert given["facts"]["in_coverage_family"] == [None, None]
    assert given["facts"]["seeks_help"] == [True]


def test_nobody_who_files_means_nothing_to_ask() -> None:
    told = answers(person("p1", date(1980, 1, 1), tax_role=TaxRole.NOT_FILING))
    assert facts_of(Household.of(told, LAW)) is None


def test_an_answer_that_every_application_has_is_missed() -> None:
    told = couple()
    told.seeks_help = None
    with pytest.raises(ValueError, match="help"):
        mapped(told)
    told = couple()
    told.home.zip = "10001"
    with pytest.raises(OutsideMassachusetts):
        mapped(told)


def test_twins_and_fifteen_people_are_one_household() -> None:
    told = couple()
    told.people += [person(f"p{number}", date(2015, 3, 4), "child") for number in range(3, 16)]
    assert len(mapped(told).keys) == 15
    assert {each.relationship for each in told.people[2:]} == {Relationship.CHILD}
