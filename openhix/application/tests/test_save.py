"""Saving: each page as it is answered; of two who save at the same time, the second is told."""

from __future__ import annotations

import pytest
from django.db import connection

from openhix.application import actions, queries
from openhix.application.actions import NoDraft, StaleDraft
from openhix.application.tests.households import ana, family, member, signed
from openhix.history.models import Event

pytestmark = pytest.mark.django_db


def test_a_save_is_kept_and_counted() -> None:
    account, household = member()
    first = actions.begin(household=household, account=account)
    saved = actions.save(household=household, account=account, revision=first.revision, answers=ana())
    assert saved.revision == first.revision + 1
    found = queries.draft_of(household)
    assert found is not None
    assert queries.answers_of(found) == ana()
    assert Event.objects.filter(kind="application.saved").count() == 1


def test_the_later_save_of_two_is_refused_and_the_first_stands() -> None:
    account, household = member()
    opened = actions.begin(household=household, account=account).revision
    actions.save(household=household, account=account, revision=opened, answers=ana())
    with pytest.raises(StaleDraft):
        actions.save(household=household, account=account, revision=opened, answers=family())
    found = queries.draft_of(household)
    assert found is not None
    assert queries.answers_of(found) == ana()


def test_the_same_save_sent_twice_counts_once() -> None:
    account, household = member()
    opened = actions.begin(household=household, account=account).revision
    first, second = (
        actions.save(household=household, account=account, revision=opened, answers=ana()) for _ in range(2)
    )
    assert first.revision == second.revision
    assert Event.objects.filter(kind="application.saved").count() == 1


def test_nothing_is_saved_after_signing() -> None:
    account, household, version = signed(ana())
    with pytest.raises(NoDraft):
        actions.save(household=household, account=account, revision=version.revision, answers=family())


def test_the_database_holds_nothing_that_can_be_read() -> None:
    account, household = member()
    opened = actions.begin(household=household, account=account).revision
    actions.save(household=household, account=account, revision=opened, answers=ana())
    with connection.cursor() as cursor:
        cursor.execute("select answers from application_draft")
        [(sealed,)] = cursor.fetchall()
    assert not any(secret in bytes(sealed) for secret in (b"Silva", b"123456789", b"02118", b"people"))
