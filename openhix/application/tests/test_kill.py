"""Whatever dies while an application is submitted: it is submitted whole, or not at all and can be submitted again."""

from __future__ import annotations

import pytest
from django.db import Error, connection, transaction
from procrastinate.exceptions import ConnectorException

from openhix.application import actions, queries
from openhix.application.models import Draft, Version
from openhix.application.tests.households import family, filled
from openhix.history.models import Event
from openhix.people import queries as people

# Each step of a submit: what it writes, in this order.
STEPS = [
    ("people_person", "INSERT"),
    ("history_event", "INSERT"),
    ("application_version", "INSERT"),
    ("application_draft", "DELETE"),
    ("procrastinate_jobs", "INSERT"),
]


def kill_at(table: str, what: str) -> None:
    """From now on the database ends the connection that does this to a row of the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create function die() returns trigger language plpgsql as"
            " $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$"
        )
        cursor.execute(f"create trigger die after {what} on {table} for each row execute function die()")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("table", "what"), STEPS, ids=[table for table, _what in STEPS])
def test_a_submit_that_is_killed_leaves_nothing_half_done(table: str, what: str) -> None:
    account, household, draft = filled(family())
    before = Event.objects.count()
    kill_at(table, what)
    try:
        with pytest.raises((Error, ConnectorException)):
            actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("drop function die cascade")
    assert not Version.objects.exists()
    assert not people.people_of(household)
    assert Event.objects.count() == before
    assert queries.answers_of(Draft.objects.get()) == family()
    again = actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert again.number == 1
    assert len(people.people_of(household)) == 4


@pytest.mark.django_db(transaction=True)
def test_a_submit_that_is_not_committed_is_none() -> None:
    account, household, draft = filled(family())
    with pytest.raises(InterruptedError), transaction.atomic():
        actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
        raise InterruptedError
    assert not Version.objects.exists()
    assert Draft.objects.count() == 1
