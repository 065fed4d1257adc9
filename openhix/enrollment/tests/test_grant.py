"""Staff grant time to choose, or refuse it; a refusal is written, says why, and can be appealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import actions, queries
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.tests.events import APRIL, MARCH_10, staff, tell
from openhix.enrollment.tests.walks import choose, covered, determined, pay, persons, plans, statuses
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification import queries as verification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]
MARCH_12 = date(2026, 3, 12)


@pytest.fixture
def bruno(on_day: OnDay) -> Household:
    household = determined(replace(cast.BRUNO, language="en"))
    on_day(MARCH_12)
    return household


def grant(household: Household, event: str, happened: date = MARCH_10, **other: date) -> SpecialEnrollment:
    return actions.grant(
        household=household,
        account=staff(),
        event=event,
        person=persons(household)[0],
        event_day=happened,
        reason="told_us",
        **other,
    )


def refuse(household: Household, event: str, happened: date = MARCH_10) -> SpecialEnrollment:
    return actions.refuse(
        household=household,
        account=staff(),
        event=event,
        person=persons(household)[0],
        event_day=happened,
        reason="too_late",
    )


def test_staff_grant_what_a_resident_cannot_tell(bruno: Household) -> None:
    granted = grant(bruno, "hardship_waiver_approved")
    assert (granted.opens, granted.ends) == (MARCH_10, date(2026, 5, 9))
    assert verification.owed(bruno, MARCH_12) == []
    assert letters_of(bruno)[0].kind == "enrollment.special_opened"
    event = Event.objects.get(kind="enrollment.special_opened")
    assert event.who == f"account {staff().pk}"


def test_outside_its_window_it_is_open_from_today(bruno: Household) -> None:
    granted = grant(bruno, "loss_of_coverage", date(2025, 12, 1))
    assert (granted.opens, granted.ends) == (MARCH_12, date(2026, 5, 11))


def test_a_day_fitted_to_the_facts_is_the_only_one(bruno: Household) -> None:
    """A mistake of ours kept Bruno from having February: he is given it back."""
    with pytest.raises(actions.NoFirstDay):
        grant(bruno, "exchange_error")
    with pytest.raises(actions.NoFirstDay):
        grant(bruno, "hardship_waiver_approved", first_day=date(2026, 2, 1))
    grant(bruno, "exchange_error", first_day=date(2026, 2, 1))
    (opening,) = queries.openings(bruno, "health", MARCH_12, 2026)
    assert (opening.starts, opening.pay_by) == (date(2026, 2, 1), date(2026, 3, 23))
    offer = plans(bruno, persons(bruno), starts=date(2026, 2, 1))[0]
    choose(bruno, (offer, persons(bruno)), key="k")
    pay(bruno, on=MARCH_12)
    assert [each[2:] for each in covered(bruno)] == [(date(2026, 2, 1), date(2027, 1, 1))]


def test_a_refusal_without_a_time_that_was_open_is_a_record_and_a_letter(bruno: Household) -> None:
    refused = refuse(bruno, "move", date(2025, 11, 1))
    assert (refused.closed_because, refused.closed_why, refused.closed_by) == ("refused", "too_late", staff())
    assert queries.openings(bruno, "health", MARCH_12, 2026) == []
    letter = letters_of(bruno)[0]
    assert letter.kind == "enrollment.special_refused"
    assert "It happened too long ago" in str(letter.content)
    assert "You can appeal within 60 days" in str(letter.content)


def test_refused_after_it_was_told_it_is_closed_and_what_rests_on_it_ends(bruno: Household) -> None:
    tell(bruno)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno), starts=APRIL)[0], persons(bruno)), key="k")
    refused = refuse(bruno, "loss_of_coverage")
    assert SpecialEnrollment.objects.get() == refused
    assert statuses(bruno) == ["withdrawn"]
    assert "the plan does not begin" in str(letters_of(bruno)[0].content)
    assert Event.objects.filter(kind="enrollment.withdrawn").get().payload == {"policy": policy.pk}


def test_a_paid_plan_ends_with_the_month_of_the_refusal(bruno: Household, on_day: OnDay) -> None:
    tell(bruno)
    choose(bruno, (plans(bruno, persons(bruno), starts=APRIL)[0], persons(bruno)), key="k")
    pay(bruno, on=MARCH_12)
    on_day(date(2026, 4, 20))
    refuse(bruno, "loss_of_coverage")
    assert [each[2:] for each in covered(bruno)] == [(APRIL, date(2026, 5, 1))]
    assert "the last day in this plan is April 30, 2026" in str(letters_of(bruno)[0].content)


def test_a_reason_is_one_of_the_list(bruno: Household) -> None:
    with pytest.raises(KeyError):
        actions.refuse(
            household=bruno,
            account=staff(),
            event="move",
            person=persons(bruno)[0],
            event_day=MARCH_10,
            reason="because Bruno is ill",
        )
    assert not SpecialEnrollment.objects.exists()
