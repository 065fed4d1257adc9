"""Answers as facts: who is on the return, in which role, with which income."""

from __future__ import annotations

from datetime import date
from typing import cast

import numpy as np
import pytest

from openhix.application.answers import (
    Answers,
    Deduction,
    EmployerOffer,
    Income,
    IncomeSource,
    Period,
    Relationship,
    TaxRole,
)
from openhix.eligibility.mapping import Mapped, facts_of
from openhix.eligibility.rules import people
from openhix.eligibility.tests.applications import answers, person
from openhix.kernel.facts import Column
from openhix.plans.geography import OutsideMassachusetts


def mapped(told: Answers) -> Mapped:
    return facts_of(told)


def column(found: Mapped, name: str) -> list[int]:
    """In the order of the application."""
    return [int(each) for each in np.asarray(found.told[name])]


def known(found: Mapped, name: str) -> list[int | None]:
    values, given = cast(Column, found.told[name])
    assert given is not None
    return [int(each) if is_given else None for each, is_given in zip(values, given, strict=True)]


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


def test_who_files_and_claims_and_is_kin_is_told_by_position() -> None:
    mother = person("p2", date(1980, 1, 1), "parent", 40_000, tax_role=TaxRole.FILER, claimed_by="")
    child = person("p1", date(2010, 1, 1), "self", tax_role=TaxRole.DEPENDENT, claimed_by="p2")
    sister = person("p3", date(2012, 1, 1), "sibling", claimed_by="p2")
    found = mapped(answers(child, mother, sister))
    roles = people.TaxRole
    assert column(found, "tax_role") == [roles.DEPENDENT, roles.FILER, roles.DEPENDENT]
    assert column(found, "claimed_by") == [1, people.NOBODY, 1]
    assert column(found, "first_parent") == [1, people.NOBODY, 1]
    assert found.rows == {"p1": 0, "p2": 1, "p3": 2}


def test_each_return_is_a_tax_household_in_the_order_of_who_files() -> None:
    """The rows of the rules stand by return: the brother's after those of the first person's."""
    brother = person("p2", date(1990, 1, 1), "sibling", tax_role=TaxRole.FILER, claimed_by="")
    told = answers(person("p1", date(1980, 1, 1)), brother, person("p3", date(2015, 1, 1), "child"))
    found = mapped(told)
    assert found.rows == {"p1": 0, "p3": 1, "p2": 2}
    assert found.households.tax_household.tolist() == [0, 0, 1]


def test_a_joint_return_whose_filer_is_the_spouse_has_the_children_of_both() -> None:
    told = answers(
        person("p1", date(1980, 1, 1), tax_role=TaxRole.JOINT_FILER),
        person("p2", date(1981, 1, 1), "spouse", 50_000, tax_role=TaxRole.FILER),
        person("p3", date(2015, 1, 1), "stepchild"),
    )
    found = mapped(told)
    assert column(found, "spouse") == [1, 0, people.NOBODY]
    assert (column(found, "first_parent")[2], column(found, "second_parent")[2]) == (0, 1)


def test_family_ties_that_relationships_leave_open_are_those_that_were_told() -> None:
    """An unmarried father, and a grandmother who takes care of a child whose parents are elsewhere."""
    father = person("p3", date(1979, 1, 1), "other", tax_role=TaxRole.FILER, claimed_by="")
    told = answers(
        person("p1", date(1980, 1, 1)),
        person("p2", date(2015, 1, 1), "child", parents=["p3"]),
        father,
        person("p4", date(2018, 1, 1), "grandchild", caretaker="p1"),
    )
    found = mapped(told)
    assert (column(found, "first_parent"), column(found, "second_parent")) == ([-1, 0, -1, -1], [-1, 2, -1, -1])
    assert column(found, "caretaker") == [1, 0, 0, 0]


def test_claims_from_outside_and_the_excuse_to_file_apart() -> None:
    told = answers(
        person("p1", date(1980, 1, 1), tax_role=TaxRole.SEPARATE_FILER, separate_excused=True),
        person("p2", date(2015, 1, 1), "child", claimed_by="outside"),
        person("p3", date(2004, 1, 1), "child", claimed_by="outside_parent"),
    )
    found = mapped(told)
    assert column(found, "claimed_by") == [people.NOBODY, people.OUTSIDE, people.OUTSIDE]
    assert column(found, "separate_return_excused") == [1, 0, 0]


@pytest.mark.parametrize(
    ("coverage", "found"),
    [
        ([], "none"),
        (["masshealth"], "none"),  # whether it goes on is what is asked
        (["employer"], "other"),
        (["other", "medicare"], "medicare"),
        (["va", "tricare"], "tricare"),
    ],
)
def test_coverage_that_a_person_has(coverage: list[str], found: str) -> None:
    told = mapped(answers(person("p1", date(1980, 1, 1), other_coverage=coverage)))
    assert people.OtherCoverage(column(told, "other_coverage")[0]).code == found


def test_a_price_that_is_not_told_is_no_offer_to_the_rules() -> None:
    told = couple()
    told.people[0].employer_offer = EmployerOffer(self_cents=200_00)
    found = mapped(told)
    assert known(found, "employer_offer") == [200_00, None]
    assert known(found, "employer_family_offer") == [None, None]


def test_a_disability_counts_once_it_is_found() -> None:
    told = couple()
    told.people[0].disabled = told.people[1].disabled = told.people[1].disability_found = True
    assert column(mapped(told), "disabled") == [0, 1]


def test_the_month_is_told_apart_where_it_is_no_twelfth_of_the_year() -> None:
    """130 CMR 506.007: $500 a week are $2,166.50 a month, and 52 weeks of it a year."""
    told = couple()
    assert known(mapped(told), "monthly_income") == [None, None]
    told.people[0].incomes = [Income(IncomeSource.JOB, 500_00, Period.WEEK)]
    assert known(mapped(told), "monthly_income") == [2_166_50, 0]  # of both, since they file together
    told.people[0].year_cents = 12_000_00
    assert (incomes(told), known(mapped(told), "monthly_income")) == ([12_000_00, 0], [2_166_50, 0])


def test_income_that_is_not_from_work_and_benefits() -> None:
    told = couple()
    told.people[0].incomes = [
        Income(IncomeSource.JOB, 1_000_00, Period.YEAR),
        Income(IncomeSource.UNEMPLOYMENT, 100_00, Period.MONTH),
        Income(IncomeSource.OTHER, 5_00, Period.YEAR),
        Income(IncomeSource.SOCIAL_SECURITY, 700_00, Period.MONTH),
    ]
    found = mapped(told)
    assert (column(found, "unearned_income")[0], column(found, "social_security")[0]) == (1_205_00, 8_400_00)


def test_who_wants_no_help_is_asked_about_nothing_but_who_may_buy_a_plan() -> None:
    told = couple()
    told.seeks_help = False
    for each in told.people:
        each.tax_role = None  # that page is skipped
    found = mapped(told)
    assert column(found, "tax_role") == [people.TaxRole.NOT_FILING] * 2
    assert incomes(told) == [0, 0]


def test_what_goes_in_is_kept_in_plain_values() -> None:
    given = mapped(couple()).given()
    assert given["people"] == ["p1", "p2"]
    assert given["facts"]["birth_date"] == ["1980-01-01", "1981-01-01"]
    assert given["facts"]["monthly_income"] == [None, None]
    assert given["facts"]["seeks_help"] == [True]


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
