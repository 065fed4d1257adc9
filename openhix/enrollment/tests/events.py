"""Households to which something happens after open enrollment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from openhix.application import queries as applications
from openhix.application.answers import PersonAnswers
from openhix.eligibility.tests.applications import person
from openhix.enrollment import actions
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.tests import walks
from openhix.people import queries as people
from openhix.people.models import Account, Household, Person

MARCH_10, APRIL, MAY = date(2026, 3, 10), date(2026, 4, 1), date(2026, 5, 1)


def tell(
    household: Household,
    event: str = "loss_of_coverage",
    happened: date = MARCH_10,
    who: Person | None = None,
    covered_before: bool | None = None,
) -> SpecialEnrollment:
    """The household reports what happened to one of its people, by default the first."""
    return actions.report(
        household=household,
        account=people.accounts_of(household)[0],
        event=event,
        person=who or walks.persons(household)[0],
        event_day=happened,
        covered_before=covered_before,
    )


def staff() -> Account:
    made, _new = Account.objects.get_or_create(email="staff@example.org", role=Account.Role.STAFF)
    return made


def child(key: str, born: date = MARCH_10) -> PersonAnswers:
    return person(key, born, "child", first_name="Nia")


def with_child(household: Household, born: date = MARCH_10) -> None:
    """The application is changed: a child is there, and everybody has an answer anew."""
    version = applications.latest(household)
    assert version is not None
    told = applications.answers_of(version)
    told.people.append(child(told.next_key, born))
    walks.answer(household, replace(told, rights_accepted=True))
