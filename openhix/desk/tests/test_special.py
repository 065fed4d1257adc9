"""Staff see why a household may choose a plan, grant it time, or refuse it: with a reason, by letter, in history."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.desk.tests.test_staff import said, staff
from openhix.enrollment import actions as enrollment
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.tests.events import tell
from openhix.enrollment.tests.walks import determined
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification.tests import owing

__all__ = ["staff"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]
ASKED = {"do": "grant", "event": "hardship_waiver_approved", "person": "p1", "event_day": "3/10/2026"}


@pytest.fixture
def evans(on_day: OnDay) -> Household:
    household = determined(cast.EVANS)
    on_day(date(2026, 3, 12))
    return household


def decide(staff: Client, household: Household, **typed: str) -> str:
    response = staff.post(reverse("staff-special", args=[household.member_id]), typed, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_what_was_told_stands_there_with_its_proof(staff: Client, evans: Household) -> None:
    told = tell(evans)
    page = said(staff, "staff-special", member_id=evans.member_id)
    for part in ("Someone lost other health coverage", "Told by the household (evans@example.com)", "June 10, 2026"):
        assert part in page, part
    assert reverse("staff-proof", args=[told.proof_id]) in page
    assert Event.objects.filter(kind="people.household_looked_at", subject_id=evans.pk).exists()


def test_staff_grant_it(staff: Client, evans: Household) -> None:
    page = decide(staff, evans, **ASKED, reason="told_us")
    assert "Done. The household gets a letter about it." in page
    assert "A hardship waiver was approved: Edith Evans" in page
    special = SpecialEnrollment.objects.get()
    assert special.by is not None and special.by.email == "staff@example.com"
    assert letters_of(evans)[0].kind == "enrollment.special_opened"
    assert "Time to choose a plan opened" in said(staff, "staff-household", member_id=evans.member_id)


def test_staff_refuse_what_was_told(staff: Client, evans: Household) -> None:
    tell(evans)
    typed = {"do": "refuse", "event": "loss_of_coverage", "person": "p1", "event_day": "2026-03-10"}
    page = decide(staff, evans, **typed, reason="not_so")
    assert "We decided that you cannot choose a health plan because of this." in page
    assert "it did not happen, or not on that day" in page
    assert letters_of(evans)[0].kind == "enrollment.special_refused"


@pytest.mark.parametrize(
    ("typed", "says", "at"),
    [
        ({}, "Say why.", "grant-reason"),
        ({"reason": "because"}, "Say why.", "grant-reason"),
        ({"reason": "told_us", "event": "lottery"}, "Choose it anew.", "grant-event"),
        ({"reason": "told_us", "person": "p9"}, "Choose a person.", "grant-person"),
        ({"reason": "told_us", "event_day": "soon"}, "such as 3/15/2026", "grant-event_day"),
        ({"reason": "told_us", "event_day": "12/31/9999"}, "Check the year", "grant-event_day"),
        ({"reason": "told_us", "event": "exchange_error"}, "leaves the first day", "grant-first_day"),
        ({"reason": "told_us", "first_day": "2/1/2026"}, "leave it empty for all others", "grant-first_day"),
        ({"do": "refuse", "reason": "told_us"}, "Say why.", "refuse-reason"),
        ({"do": "refuse", "reason": "not_so", "event_day": "12/31/9999"}, "Check the year", "refuse-event_day"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_done(
    staff: Client, evans: Household, typed: dict[str, str], says: str, at: str
) -> None:
    page = decide(staff, evans, **{**ASKED, **typed})
    assert says in page and f'id="{at}-error"' in page
    assert not SpecialEnrollment.objects.exists()


def test_without_an_application_nothing_can_be_granted(staff: Client) -> None:
    household = cast.household(cast.ANA)
    assert "No application was sent in" in said(staff, "staff-special", member_id=household.member_id)
    assert staff.get(reverse("staff-special", args=["000000000000"])).status_code == 404


def test_the_proof_says_what_was_told_and_of_which_day(staff: Client, evans: Household) -> None:
    told = tell(evans)
    tell(evans, "move")
    page = said(staff, "staff-proof", pk=told.proof_id)
    assert "Someone lost other health coverage, or will lose it soon: March 10, 2026" in page
    assert "Someone moved to Massachusetts, or within Massachusetts: March 10, 2026" in page


def test_who_accepts_a_late_paper_reads_what_was_told_and_that_the_time_is_to_be_granted_anew(
    staff: Client, evans: Household, on_day: OnDay
) -> None:
    told = tell(evans)
    assert told.proof is not None
    owing.paper(evans, told.proof)
    grant = reverse("staff-special", args=[evans.member_id])
    page = said(staff, "staff-proof", pk=told.proof.pk)
    assert "Someone lost other health coverage, or will lose it soon: March 10, 2026" in page and grant not in page
    on_day(date(2026, 6, 11))
    enrollment.end_what_was_not_proved(proof=told.proof)
    page = said(staff, "staff-proof", pk=told.proof.pk)
    assert "Someone lost other health coverage, or will lose it soon: March 10, 2026" in page and grant in page
