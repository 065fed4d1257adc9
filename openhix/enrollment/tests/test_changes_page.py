"""The page to report a change: what it asks, what it opens, and why it says no, beside the field."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import actions
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.tests.events import APRIL, MARCH_10, staff, tell, with_child
from openhix.enrollment.tests.test_pages import field, signed_in, text
from openhix.enrollment.tests.walks import choose, determined, pay, persons, plans, statuses
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]
TOLD = {"event": "loss_of_coverage", "person": "p1", "day_month": "3", "day_day": "31", "day_year": "2026"}


@pytest.fixture
def evans(on_day: OnDay) -> Household:
    household = determined(cast.EVANS)
    on_day(date(2026, 3, 12))
    return household


@pytest.fixture
def client(evans: Household) -> Client:
    return signed_in(evans)


def error(response: Any, name: str) -> str:
    found = re.search(rf'id="{name}-error">([^<]*)<', response.content.decode())
    return found[1] if found else ""


def test_what_happened_opens_a_time_and_the_page_says_from_when_and_what_to_send(
    client: Client, evans: Household
) -> None:
    page = text(client.post("/changes/", TOLD, follow=True))
    assert "Someone lost other health coverage, or will lose it soon Edith Evans, March 31, 2026" in page
    assert "You can choose a health plan until May 30, 2026." in page
    assert "From April 1, 2026, if the first payment is here by March 23, 2026" in page
    assert "Proof that we need by June 10, 2026: a letter of the insurer or the employer" in page
    client.post("/changes/", TOLD)
    assert SpecialEnrollment.objects.count() == 1


def test_nothing_typed_is_asked_for_beside_each_field(client: Client) -> None:
    response = client.post("/changes/", {})
    assert error(response, "event") == "Choose one of the answers."
    assert error(response, "person") == "Choose the person to whom it happened."
    assert error(response, "day") == "Enter the day on which it happened, or will happen."
    assert 'href="#day"' in response.content.decode()


@pytest.mark.parametrize(
    ("told", "field", "says"),
    [
        ({"day_year": "2025"}, "day", "It is too late: because of this you could choose a plan until May 30, 2025."),
        ({"day_month": "7"}, "day", "It is too early: from June 1, 2026 on you can choose a plan because of this."),
        ({"day_year": "9999"}, "day", "Check the year of this day."),
        ({"day_year": "1"}, "day", "Check the year of this day."),
        ({"day_month": "13"}, "day", "Enter a date with a month from 1 to 12"),
        ({"day_year": "0"}, "day", "Enter a date with a month from 1 to 12"),
        ({"event": "marriage", "day_day": "10"}, "covered_before", "One of you two must have had health coverage"),
        ({"event": "tribal_member"}, "person", "Your application does not say that this person is a member"),
        ({"event": "exchange_error"}, "event", "Choose one of the answers in the list."),
        ({"event": "lottery\x00"}, "event", ""),
        ({"person": "p99"}, "person", "Choose one of the answers in the list."),
    ],
)
def test_no_is_said_beside_the_field_and_nothing_typed_is_lost(
    client: Client, told: dict[str, str], field: str, says: str
) -> None:
    typed = {**TOLD, **told}
    response = client.post("/changes/", typed)
    assert response.status_code == 200
    assert error(response, field).startswith(says)
    assert error(response, field)
    assert f'name="day_day" value="{typed["day_day"]}"' in response.content.decode()
    assert not SpecialEnrollment.objects.exists()


def test_a_wedding_with_coverage_before(client: Client) -> None:
    told = {**TOLD, "event": "marriage", "day_day": "10", "covered_before": "yes"}
    assert "Someone married" in text(client.post("/changes/", told, follow=True))


def test_without_an_application_it_says_to_apply() -> None:
    client = signed_in(cast.household(cast.ANA))
    page = text(client.get("/changes/"))
    assert "First send in your application." in page
    assert client.post("/changes/", TOLD).status_code == 200
    assert not SpecialEnrollment.objects.exists()


def test_in_open_enrollment_the_page_says_so() -> None:
    page = text(signed_in(determined(cast.EVANS)).get("/changes/"))
    assert "It is open enrollment: until January 23, 2026 you can choose or change a plan without a reason." in page


def test_the_page_counts_queries_not_what_was_told(
    client: Client, evans: Household, django_assert_max_num_queries: Any
) -> None:
    for event in ("loss_of_coverage", "move", "release_from_jail", "new_child"):
        tell(evans, event)
    with django_assert_max_num_queries(14):
        client.get("/changes/")


def test_what_was_refused_says_so_and_points_to_no_plans(client: Client, evans: Household) -> None:
    told = tell(evans)
    actions.refuse(
        household=evans, account=staff(), event=told.event, person=told.person, event_day=MARCH_10, reason="not_so"
    )
    page = client.get("/changes/")
    assert "We decided that you cannot choose a health plan because of this." in text(page)
    assert "Proof that we need" not in text(page)


def test_plans_outside_open_enrollment_from_the_page_to_the_choice(client: Client, evans: Household) -> None:
    closed = text(client.get("/plans/"))
    assert "Outside these days you can choose one only after certain changes in your life" in closed
    assert "Health plan for" not in closed
    client.post("/changes/", {**TOLD, "day_day": "10"})
    hub = client.get("/plans/?shop=health")
    assert "Covered from April 1, 2026, if the first payment is here by March 23, 2026." in text(hub)
    later = client.get("/plans/?shop=health&from=2026-05-01")
    assert "Covered from May 1, 2026, if the first payment is here by April 23, 2026." in text(later)
    both = persons(evans)
    cheapest = plans(evans, both, starts=APRIL)[0].plan.id
    review = client.get(f"/plans/review/?shop=health&health=p1.p2~{cheapest}&from=2026-05-01")
    sent = {name: field(review, name) for name in ("key", "picked", "agreed-health")}
    assert "from=2026-05-01" in sent["picked"]
    chosen = text(client.post("/plans/review/", sent, follow=True))
    assert "by April 23, 2026, to be covered from May 1, 2026." in chosen
    assert statuses(evans) == ["waiting"]
    assert letters_of(evans)[0].kind == "enrollment.choice"


def test_a_first_day_that_cannot_be_had_is_the_earliest(client: Client, evans: Household) -> None:
    client.post("/changes/", {**TOLD, "day_day": "10"})
    for day in ("2026-12-01", "2026-03-10", "x", "<b>"):
        page = client.get("/plans/", {"shop": "health", "from": day})
        assert "Covered from April 1, 2026" in text(page)


def test_with_a_new_child_the_list_says_why_the_parents_see_their_own_plan_alone(on_day: OnDay) -> None:
    evans = determined(cast.EVANS)
    held = plans(evans, persons(evans))[0]
    choose(evans, (held, persons(evans)), key="january")
    pay(evans)
    on_day(date(2026, 3, 12))
    with_child(evans)
    tell(evans, "new_child")
    client = signed_in(evans)
    listing = text(client.get("/plans/health/1/?shop=health&health=p1.p2.p3&from=2026-04-01"))
    assert "you can add the new person to the plan that you have" in listing
    assert held.plan.name in listing and "1 plan" in listing
    alone = text(client.get("/plans/health/1/?shop=health&health=p3&from=2026-04-01"))
    assert "you can add the new person" not in alone and "1 plan " not in alone
