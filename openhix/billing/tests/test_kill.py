"""Whatever dies while a payment is made: it is made whole, or not at all and the same form makes it once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import Error, connection
from procrastinate.exceptions import ConnectorException

from openhix.billing import queries
from openhix.billing.models import BankAccount, Payment, Transfer
from openhix.billing.tests import a_payer
from openhix.billing.tests.payers import chosen, pay
from openhix.enrollment.models import Coverage, Step
from openhix.enrollment.tests.walks import statuses
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.plans import actions as plans
from openhix.plans.shelf import DATA

pytestmark = pytest.mark.django_db(transaction=True)

# Each step of a payment: what it writes, in this order.
STEPS = (
    "billing_transfer",
    "billing_bankaccount",
    "billing_payment",
    "history_event",
    "enrollment_step",
    "enrollment_coverage",
    "correspondence_letter",
)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def bruno() -> Household:
    plans.load_shelf(folder=DATA / "shelf_2026", by="tests")
    return chosen()[0]


@contextmanager
def trigger(table: str, does: str) -> Iterator[None]:
    """While this lasts, whoever writes a row to the table does this."""
    with connection.cursor() as cursor:
        cursor.execute(f"create function die() returns trigger language plpgsql as $$ begin {does} return null; end $$")
        cursor.execute(f"create trigger die after insert on {table} for each row execute function die()")
    try:
        yield
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("drop function die cascade")


def assert_nothing_is_left(household: Household, events: int) -> None:
    assert not Transfer.objects.exists() and not Payment.objects.exists() and not BankAccount.objects.exists()
    assert not Coverage.objects.exists()
    assert statuses(household) == ["waiting"]
    assert Event.objects.count() == events


def assert_paid_once(household: Household) -> None:
    assert pay(household, 152_00) == pay(household, 152_00)
    assert Payment.objects.count() == Transfer.objects.filter(why="payment").count() == 1
    assert queries.balance(household, "health") == 0
    assert Coverage.objects.count() == Step.objects.filter(what="complete").count() == 1


@pytest.mark.parametrize("table", STEPS)
def test_a_database_that_dies_leaves_nothing_half_done(table: str, bruno: Household) -> None:
    events = Event.objects.count()
    with trigger(table, "perform pg_terminate_backend(pg_backend_pid());"), pytest.raises((Error, ConnectorException)):
        pay(bruno, 152_00)
    assert_nothing_is_left(bruno, events)
    assert_paid_once(bruno)


def test_a_process_that_is_killed_leaves_nothing_half_done(bruno: Household) -> None:
    """It is killed while its payment is written and its coverage is not; the database notices that it is gone."""
    events = Event.objects.count()
    with trigger("enrollment_coverage", "perform pg_sleep(60);"):
        process = subprocess.Popen(
            [sys.executable, "-m", a_payer.__name__, connection.settings_dict["NAME"], str(bruno.pk)], cwd=ROOT
        )
        backend = asleep()
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        with connection.cursor() as cursor:
            cursor.execute("select pg_terminate_backend(%s, 10000)", [backend])
    assert_nothing_is_left(bruno, events)
    assert_paid_once(bruno)


def asleep() -> int:
    """The process of the database that sleeps in our trigger, as soon as there is one."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "select pid from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()"
            )
            found = cursor.fetchone()
        if found:
            return int(found[0])
        time.sleep(0.1)
    raise AssertionError("nothing came as far as the coverage")


def test_the_same_form_sent_at_the_same_time_pays_once(bruno: Household) -> None:
    made: list[int] = []

    def send() -> None:
        try:
            made.append(pay(bruno, 152_00).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 4 and len(set(made)) == 1
    assert_paid_once(bruno)
