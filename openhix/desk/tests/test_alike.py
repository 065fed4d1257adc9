"""One person on two applications: staff see both households, tell two people apart, or answer anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from openhix.application import queries as applications
from openhix.desk.tests.test_staff import said, staff
from openhix.eligibility import queries as eligibility
from openhix.eligibility.tests.applications import of_cast
from openhix.enrollment.tests.walks import answer, determined
from openhix.history.models import Event
from openhix.people import queries
from openhix.people.models import Household
from openhix.people.tests import cast

__all__ = ["staff"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


@pytest.fixture
def first() -> Household:
    return determined(cast.CARLA)


@pytest.fixture
def second(first: Household) -> Household:
    """Answered after the first, with the same number."""
    return determined(replace(cast.CARLA, email="carla.again@example.com"))


def address(household: Household) -> str:
    return reverse("staff-alike", kwargs={"member_id": household.member_id, "key": "p1"})


def found(household: Household) -> str:
    answered = eligibility.current(household)
    assert answered is not None
    return eligibility.findings(answered)[0].program


def looks(household: Household) -> int:
    return Event.objects.filter(kind="people.household_looked_at", subject_id=household.pk).count()


def test_the_list_leads_to_both_households(staff: Client, first: Household, second: Household) -> None:
    page = said(staff, "staff-undecided")
    for household in (first, second):
        assert f"/staff/households/{household.member_id}/" in page
    assert address(second) in page
    assert address(first) not in page


def test_both_stand_side_by_side_and_each_household_was_looked_at(
    staff: Client, first: Household, second: Household
) -> None:
    page = staff.get(address(second)).content.decode()
    assert page.count("ends in 9903") == 2
    assert "219099903" not in page
    assert (looks(first), looks(second)) == (1, 1)


def test_told_apart_the_second_is_answered_and_its_history_says_by_whom(
    staff: Client, first: Household, second: Household
) -> None:
    [person] = queries.people_of(second)
    others = [each.pk for each in eligibility.elsewhere([person])[person.pk]]
    response = staff.post(address(second), {"do": "different", "other": others})
    assert response.headers["Location"] == f"/staff/households/{second.member_id}/"
    assert (found(first), found(second)) == ("connectorcare", "connectorcare")
    page = said(staff, "staff-household", member_id=second.member_id)
    assert "Two people told apart" in page
    assert "is told apart" in page
    assert "Nobody waits for a decision." in said(staff, "staff-undecided")


def test_what_has_changed_under_the_page_is_not_decided_by_it(
    staff: Client, first: Household, second: Household
) -> None:
    page = staff.post(address(second), {"do": "different", "other": ["1", "x"]}).content.decode()
    assert "nothing was done" in page
    assert found(second) == ""


def test_taken_off_the_first_application_the_second_is_answered_anew(staff: Client) -> None:
    first = determined(cast.EVANS)
    earl = replace(cast.EVANS.members[1], relationship="self")
    second = determined(replace(cast.ANA, members=(earl,)))
    assert found(second) == ""
    told = of_cast(cast.EVANS)
    told.people = told.people[:1]
    answer(first, told)
    assert "Nobody else stands on another application now" in staff.get(address(second)).content.decode()
    assert staff.post(address(second), {"do": "again"}).status_code == 302
    assert found(second) == "connectorcare"


def test_nobody_is_compared_before_an_answer(staff: Client) -> None:
    household = cast.household()
    assert applications.latest(household) is None
    assert staff.get(address(household)).status_code == 404
    assert staff.get("/staff/households/000000000000/people/p1/alike/").status_code == 404
