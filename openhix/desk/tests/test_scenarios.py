"""Staff compare two laws over the households of the exchange: a job makes it in parts, and only sums are kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openhix.application.answers import Income, IncomeSource, Period
from openhix.desk.tests.test_staff import said, staff
from openhix.eligibility.comparison import of_the_exchange
from openhix.eligibility.comparison.sums import GAINS, LOSES, SAME, Comparison
from openhix.eligibility.models import ComparedLaws
from openhix.eligibility.tests.applications import of_cast
from openhix.enrollment.tests.walks import answer, determined
from openhix.history.models import Event
from openhix.people.tests import cast
from openhix.plans import actions as plans
from openhix.plans.files import SHIPPED

__all__ = ["staff"]

Drain = Callable[[], None]
pytestmark = pytest.mark.django_db(transaction=True)
ASKED = {"before": "current-law", "after": "enhanced-500", "month": "2026-01"}


@pytest.fixture(autouse=True)
def shelf(drain: Drain) -> None:
    plans.load_shelf(folder=SHIPPED, by="tests")


def with_income(family: cast.Family, dollars: int) -> Any:
    told = of_cast(family)
    told.people[0].incomes = [Income(IncomeSource.JOB, dollars * 100, Period.YEAR)]
    return told


def made(staff: Client, drain: Drain) -> ComparedLaws:
    """A comparison that staff asked for, as it is when the worker has nothing left to do."""
    response = staff.post(reverse("staff-scenarios"), ASKED)
    assert response.status_code == 302
    drain()
    row = of_the_exchange.latest(1)[0]
    assert response["Location"].endswith(f"/{row.pk}/")
    return row


def test_staff_see_what_scenarios_there_are(staff: Client) -> None:
    page = said(staff, "staff-scenarios")
    for words in ("current-law", "The federal figures of 2027", "that of 2025, 264 dollars", "Nothing yet."):
        assert words in page


def test_a_comparison_counts_each_household_once_by_the_answer_that_counts(
    staff: Client, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(of_the_exchange, "AT_ONCE", 1)
    ana = determined(cast.ANA, with_income(cast.ANA, 30_000))
    answer(ana, with_income(cast.ANA, 70_000))
    determined(cast.DIALLO)
    row = made(staff, drain)
    assert (row.households, row.done, row.stopped_by) == (2, 2, "")
    assert row.ended_at is not None
    assert row.result is not None
    found = Comparison.from_data(row.result)
    assert (found.households, found.people()) == (2, 4)
    assert [found.people(change) for change in (GAINS, SAME, LOSES)] == [1, 3, 0]
    page = said(staff, "staff-compared", pk=row.pk)
    assert "1 people gain, 3 stay as they are, 0 lose" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page and "<desc" in page
    assert "ConnectorCare Plan Type 3D" in page and "$275.00" in page


def test_while_it_is_made_the_page_says_how_far_it_has_come(staff: Client) -> None:
    determined(cast.ANA)
    staff.post(reverse("staff-scenarios"), ASKED)
    row = of_the_exchange.latest(1)[0]
    page = said(staff, "staff-compared", pk=row.pk)
    assert "0 of 1 households are compared." in page and 'http-equiv="refresh"' in page
    part = staff.get(reverse("staff-compared", kwargs={"pk": row.pk}), headers={"HX-Request": "true"})
    assert part.content.decode().startswith('<div id="progress" hx-get=')


def test_a_part_that_is_delivered_twice_counts_once(staff: Client, drain: Drain) -> None:
    determined(cast.ANA)
    row = made(staff, drain)
    of_the_exchange.go_on(compared=row.pk, after=0)
    ComparedLaws.objects.filter(pk=row.pk).update(ended_at=None)
    of_the_exchange.go_on(compared=row.pk, after=0)
    again = of_the_exchange.one(row.pk)
    assert again is not None
    assert (again.done, again.result) == (row.done, row.result)


def test_nobody_can_be_known_from_what_is_kept(staff: Client, drain: Drain) -> None:
    determined(cast.ANA, with_income(cast.ANA, 70_123))
    row = made(staff, drain)
    kept = json.dumps(row.result)
    assert not any(each in kept for each in ("70123", "Ana", "Almeida", "1995"))
    event = Event.objects.get(kind="eligibility.laws_compared")
    assert (event.payload, event.subject_id) == ({"households": 1}, row.pk)
    assert event.who.startswith("account ")


def test_an_exchange_without_answers_has_a_comparison_of_nobody(staff: Client, drain: Drain) -> None:
    row = made(staff, drain)
    assert (row.households, row.done, row.result) == (0, 0, None)
    assert "0 households" in said(staff, "staff-compared", pk=row.pk)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"month": "2025-01"}, "says nothing of plan year 2025"),
        ({"month": "January"}, "January"),
        ({"month": ""}, "Enter the month of coverage"),
        ({"before": "no-such"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_compared_is_told_beside_the_field_and_nothing_begins(
    staff: Client, typed: dict[str, str], sentence: str
) -> None:
    page = staff.post(reverse("staff-scenarios"), {**ASKED, **typed}).content.decode()
    assert sentence in page
    assert of_the_exchange.latest(1) == []


def test_a_comparison_that_is_not_there_is_not_found(staff: Client) -> None:
    assert staff.get(reverse("staff-compared", kwargs={"pk": 1})).status_code == 404


def test_a_scenario_that_is_gone_ends_it_and_the_page_says_so(staff: Client) -> None:
    determined(cast.ANA)
    row = of_the_exchange.start(before="current-law", after="enhanced-500", month=date(2026, 1, 1), who="test")
    ComparedLaws.objects.filter(pk=row.pk).update(after="taken-away")
    with pytest.raises(LookupError):
        of_the_exchange.go_on(compared=row.pk, after=0)
    assert "It failed (UnknownScenario) after 0 of 1 households" in said(staff, "staff-compared", pk=row.pk)
