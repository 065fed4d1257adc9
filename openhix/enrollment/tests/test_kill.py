"""Whatever dies while a household chooses or is completed: it is done whole, or not at all and can be done again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import Error, connection
from procrastinate.exceptions import ConnectorException

from openhix.correspondence.queries import letters_of
from openhix.enrollment.models import Coverage, Policy, Step
from openhix.enrollment.tests.walks import choose, covered, determined, pay, persons, plans, statuses
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.plans import actions as shelves
from openhix.plans.shelf import DATA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bruno() -> Iterator[Household]:
    """With one choice that waits, so that another one has something to replace."""
    shelves.load_shelf(folder=DATA / "shelf_2026", by="tests")
    household = determined(cast.BRUNO)
    choose(household, (plans(household, persons(household))[0], persons(household)), key="first")
    yield household


def killed_at(table: str, act: Callable[[], object]) -> None:
    """The database ends the connection as soon as a row of the table is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create function die() returns trigger language plpgsql as"
            " $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$"
        )
        cursor.execute(f"create trigger die after insert on {table} for each row execute function die()")
    try:
        with pytest.raises((Error, ConnectorException)):
            act()
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("drop function die cascade")


@pytest.mark.parametrize(
    "table",
    [
        "enrollment_policy",
        "enrollment_member",
        "enrollment_step",
        "history_event",
        "correspondence_letter",
        "procrastinate_jobs",
    ],
)
def test_a_choice_that_is_killed_leaves_the_one_before(bruno: Household, table: str) -> None:
    other = plans(bruno, persons(bruno))[1]
    before = (Policy.objects.count(), Step.objects.count(), Event.objects.count(), letters_of(bruno).count())
    killed_at(table, lambda: choose(bruno, (other, persons(bruno)), key="second"))
    assert (Policy.objects.count(), Step.objects.count(), Event.objects.count(), letters_of(bruno).count()) == before
    choose(bruno, (other, persons(bruno)), key="second")
    assert statuses(bruno) == ["withdrawn", "waiting"]


@pytest.mark.parametrize("table", ["enrollment_step", "enrollment_coverage", "correspondence_letter"])
def test_a_completion_that_is_killed_covers_nobody(bruno: Household, table: str) -> None:
    killed_at(table, lambda: pay(bruno))
    assert (statuses(bruno), Coverage.objects.count()) == (["waiting"], 0)
    pay(bruno)
    assert len(covered(bruno)) == 1


def test_the_same_form_sent_twice_at_the_same_moment_is_one_choice(bruno: Household) -> None:
    other = plans(bruno, persons(bruno))[1]
    start, made = threading.Barrier(2), []

    def send() -> None:
        start.wait()
        made.append([policy.pk for policy in choose(bruno, (other, persons(bruno)), key="second")])
        connection.close()

    senders = [threading.Thread(target=send) for _ in range(2)]
    for each in senders:
        each.start()
    for each in senders:
        each.join()
    assert made[0] == made[1]
    assert statuses(bruno) == ["withdrawn", "waiting"]
