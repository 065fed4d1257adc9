"""Which questions are asked of whom, what is sent, and that it is asked once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from openhix.application.answers import Status
from openhix.application.tests.households import ana, family, member
from openhix.history.models import Event
from openhix.verification import actions
from openhix.verification.models import Inquiry
from openhix.verification.tests.households import checked, one, submitted

pytestmark = pytest.mark.django_db


def asked(questions: list[Inquiry]) -> set[tuple[str, str]]:
    return {(each.person.key, each.service) for each in questions}


def test_one_person_is_asked_about_at_every_service_that_may_know() -> None:
    account, household = member()
    questions = actions.ask_services(version=submitted(account, household, ana()))
    services = {"social_security", "tax_returns", "wages", "unemployment", "coverage"}
    assert asked(questions) == {("p1", service) for service in services}
    event = Event.objects.get(kind="verification.services_asked")
    assert event.payload == {"questions": 5}


def test_immigration_is_asked_for_who_has_a_status() -> None:
    account, household = member()
    answers = one(status=Status.QUALIFIED)
    questions = actions.ask_services(version=submitted(account, household, answers))
    assert ("p1", "immigration") in asked(questions)
    request = next(each.request for each in questions if each.service == "immigration")
    assert request["status"] == "qualified"


def test_children_without_a_number_are_asked_about_only_where_names_are_enough() -> None:
    account, household = member()
    questions = actions.ask_services(version=submitted(account, household, family()))
    assert {service for person, service in asked(questions) if person == "p3"} == {"coverage"}


def test_nobody_is_told_more_than_it_needs() -> None:
    account, household = member()
    questions = actions.ask_services(version=submitted(account, household, ana()))
    for each in questions:
        assert set(each.request) == {
            *("first_name", "last_name", "birth_date", "ssn"),
            *("plan_year", "asked_at", "status"),
        }
        assert each.request["status"] == ""


def test_what_is_sent_cannot_be_read_in_the_database() -> None:
    account, household = member()
    actions.ask_services(version=submitted(account, household, ana()))
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(each::text, ' ') from verification_inquiry each")
        [(rows,)] = cursor.fetchall()
    assert "123456789" not in rows and "Silva" not in rows


def test_the_same_version_twice_is_asked_about_once() -> None:
    account, household = member()
    version = submitted(account, household, ana())
    assert actions.ask_services(version=version)
    assert actions.ask_services(version=version) == []
    assert Event.objects.filter(kind="verification.services_asked").count() == 1


def test_a_version_that_was_followed_by_another_is_not_asked_about() -> None:
    account, household = member()
    first = submitted(account, household, ana())
    submitted(account, household, one("219099902"))
    assert actions.ask_services(version=first) == []


def test_what_is_confirmed_is_asked_anew_only_where_something_else_is_told() -> None:
    account, household = member()
    checked(submitted(account, household, ana()))
    assert actions.ask_services(version=submitted(account, household, ana())) == []
    richer = ana()
    richer.people[0].incomes[0].cents += 1
    questions = actions.ask_services(version=submitted(account, household, richer))
    assert asked(questions) == {("p1", service) for service in ("tax_returns", "wages", "unemployment")}


def test_without_data_services_nobody_is_asked(settings: Any, django_capture_on_commit_callbacks: Any) -> None:
    from openhix.verification import jobs

    settings.DATA_SERVICES = ""
    account, household = member()
    answers = one()
    answers.people[0].unproven = ["income"]
    submitted(account, household, answers)
    jobs.check_what_is_claimed(Event.objects.get(kind="application.submitted"))
    assert not Inquiry.objects.exists()
    assert Event.objects.filter(kind="verification.proofs_asked").count() == 1
