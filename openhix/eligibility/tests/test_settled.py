"""What counts once a claim was not shown in time: what data services say, or else that it was not shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from openhix.application.answers import Answers, Deduction, Income, IncomeSource, Period, Status
from openhix.application.rules.income import annual_income
from openhix.eligibility.settled import as_settled, why_not
from openhix.eligibility.tests.applications import answers, person


@dataclass(frozen=True)
class Gone:
    claim: str
    known: dict[str, Any] = field(default_factory=dict)
    person: str = "p1"


def couple() -> Answers:
    return answers(
        person("p1", date(1985, 2, 28), dollars=30_000, deductions=[Deduction("ira", 1_000_00, Period.YEAR)]),
        person("p2", date(1986, 3, 1), "spouse", 20_000, status=Status.QUALIFIED),
    )


def test_nothing_gone_changes_nothing() -> None:
    assert as_settled(couple(), []) == couple()


def test_what_was_told_stays_as_it_was_told() -> None:
    told = couple()
    as_settled(told, [Gone("income", {"annual_income": 72_800_00}), Gone("residence")])
    assert told == couple()


def test_income_is_what_others_know() -> None:
    """45 CFR 155.315(f)(5): of the person alone; the deductions are in it."""
    settled = as_settled(couple(), [Gone("income", {"annual_income": 72_800_00})])
    assert [annual_income(each) for each in settled.people] == [72_800_00, 20_000_00]
    assert settled.people[0].incomes == [Income(IncomeSource.OTHER, 72_800_00, Period.YEAR)]
    assert settled.seeks_help is True


def test_nobody_gets_help_with_an_income_that_nobody_knows() -> None:
    """45 CFR 155.320(c)(3)(vi)."""
    assert as_settled(couple(), [Gone("income")]).seeks_help is False


@pytest.mark.parametrize(
    ("gone", "status"),
    [
        (Gone("citizenship"), Status.OTHER),
        (Gone("identity", {"died": True}), Status.OTHER),
        (Gone("citizenship", {"status": "qualified"}), Status.QUALIFIED),
    ],
)
def test_a_status_that_was_not_shown_is_another_one(gone: Gone, status: Status) -> None:
    """130 CMR 502.003: another noncitizen, unless others know which."""
    settled = as_settled(couple(), [gone])
    assert [each.status for each in settled.people] == [status, Status.QUALIFIED]


def test_immigration_is_what_homeland_security_says() -> None:
    settled = as_settled(couple(), [Gone("immigration", {"status": "qualified_barred"}, "p2")])
    assert [each.status for each in settled.people] == [Status.CITIZEN, Status.QUALIFIED_BARRED]


def test_the_status_of_who_does_not_apply_is_nobodys_business() -> None:
    told = couple()
    told.people[0].applying = False
    assert as_settled(told, [Gone("identity")]).people[0].status == Status.CITIZEN


def test_where_they_live_is_shown_by_one_for_all() -> None:
    assert [each.resident for each in as_settled(couple(), [Gone("residence")]).people] == [False, False]


def test_who_is_reported_in_jail_is_in_jail() -> None:
    settled = as_settled(couple(), [Gone("incarceration", {"incarcerated": True})])
    assert [each.incarcerated for each in settled.people] == [True, False]


def test_who_is_reported_by_nobody_is_not() -> None:
    """45 CFR 155.315(e)(2)."""
    settled = as_settled(couple(), [Gone("incarceration")])
    assert [each.incarcerated for each in settled.people] == [False, False]
    assert why_not("p1", [Gone("incarceration")]) == ()


def test_coverage_that_others_know_of_is_added() -> None:
    told = couple()
    told.people[0].other_coverage = ["va"]
    settled = as_settled(told, [Gone("other_coverage", {"other_coverage": ["medicare"]})])
    assert settled.people[0].other_coverage == ["medicare", "va"]


def test_an_event_changes_no_program() -> None:
    assert as_settled(couple(), [Gone("qualifying_event")]) == couple()


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        (Gone("identity", {"died": True}), "someone whose citizenship or immigration status is not known."),
        (Gone("citizenship"), "this person counts as someone whose status is not known."),
        (
            Gone("immigration", {"status": "qualified_barred"}),
            "knows: a qualified noncitizen for less than five years.",
        ),
        (Gone("income"), "nobody else knows the income."),
        (
            Gone("income", {"annual_income": 72_800_00}),
            "the income counts that other agencies know: $72,800.00 a year.",
        ),
        (Gone("residence"), "you count as living elsewhere."),
        (Gone("incarceration", {"incarcerated": True}), "what the agency says counts."),
        (Gone("other_coverage", {"other_coverage": ["medicare"]}), "the coverage counts that other agencies know of."),
    ],
)
def test_a_story_begins_with_what_was_not_shown(gone: Gone, says: str) -> None:
    (told,) = why_not("p1", [gone])
    assert says in told.sentence() and "45 CFR 155.315(f)(5)" in told.cites


def test_only_income_and_residence_are_in_the_story_of_another() -> None:
    assert [bool(why_not("p2", [Gone(claim)])) for claim in ("income", "residence", "identity")] == [True, True, False]


def test_coverage_of_which_nobody_knows_changes_nothing_and_is_not_told() -> None:
    assert why_not("p1", [Gone("other_coverage"), Gone("qualifying_event")]) == ()
