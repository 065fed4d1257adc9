"""Beginning: a household has one application, for good."""

from __future__ import annotations

import pytest

from openhix.application import actions, queries
from openhix.application.actions import AlreadyApplied
from openhix.application.answers import Relationship
from openhix.application.models import Application
from openhix.application.tests.households import ana, member, signed
from openhix.history.models import Event

pytestmark = pytest.mark.django_db


def test_a_new_application_asks_about_the_first_person() -> None:
    account, household = member()
    draft = actions.begin(household=household, account=account)
    [first] = queries.answers_of(draft).people
    assert (first.key, first.relationship) == ("p1", Relationship.SELF)
    assert not any(task.done for task in queries.tasks(queries.answers_of(draft)))
    event = Event.objects.get(kind="application.begun")
    assert event.payload == {"draft": draft.pk, "revision": 1}


def test_beginning_twice_goes_on_with_the_same_one() -> None:
    account, household = member()
    first = actions.begin(household=household, account=account)
    answers = ana()
    saved = actions.save(household=household, account=account, revision=first.revision, answers=answers)
    again = actions.begin(household=household, account=account)
    assert (again.pk, again.revision) == (saved.pk, saved.revision)
    assert queries.answers_of(again) == answers


def test_an_existing_member_does_not_begin_again() -> None:
    account, household, _version = signed(ana())
    with pytest.raises(AlreadyApplied):
        actions.begin(household=household, account=account)
    assert Application.objects.count() == 1
    assert queries.draft_of(household) is None
