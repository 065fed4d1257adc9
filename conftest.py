"""What every test stands on: a database of the tests' own, English, and a clock that stands at 15 November 2025.

Their home is set in tests/settings.py; with DATABASE_URL they make their databases there. Test sessions that run at
the same time, and the workers of one session, share the server; the last to leave stops it. Each has a database of
its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

import psutil
import psycopg
import pytest
from django.db import connection, transaction
from django.utils import translation
from psycopg import sql

from openhix.kernel import clock
from openhix.site import database

OnDay = Callable[[date], None]
NOW = datetime(2025, 11, 15, 12, 0, tzinfo=clock.MASSACHUSETTS)
TEST_DATABASE = "test_openhix_"  # and the number of the process that made it
# A test database need not outlive the machine. Vacuuming would take note of tables as empty in which, in a transaction
# that is rolled back in the end, there are the plans of a year; then every join with them is planned the slow way.
PASSING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}


@pytest.fixture(scope="session", autouse=True)
def november() -> None:
    """Business time stands still on the demonstration's first day; a test may install another clock."""
    clock.install(lambda: NOW)


@pytest.fixture(scope="session", autouse=True)
def no_timed_work() -> None:
    """What comes by itself at a minute of the real hour would come into whatever test runs then; tests ask for it."""
    from procrastinate.contrib.django import app

    timed = app.periodic_registry.periodic_tasks
    assert ("history.nights", "") in timed
    timed.clear()


@pytest.fixture
def on_day() -> Iterator[OnDay]:
    """Let it be noon of a day in Massachusetts until the end of the test."""

    def set_to(day: date) -> None:
        clock.install(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=clock.MASSACHUSETTS))

    yield set_to
    clock.install(lambda: NOW)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page leaves its language behind for whoever asks for an address next."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def shelf_2026(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The plans of 2026 in the database for the tests of a module, loaded once and rolled back after the last."""
    from openhix.plans import actions
    from openhix.plans.files import SHIPPED

    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shelf(folder=SHIPPED, by="tests")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def drain(transactional_db: None) -> Callable[[], None]:
    """Does whatever is queued in this test, as a worker does beside it, until nothing is."""
    from openhix.history.worker import work

    empty_queue()
    return lambda: work(until_empty=True)


def empty_queue() -> None:
    """Of what other tests have left: Django, which empties the tables between tests, does not know of the queue's."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django asks for this before it makes the first test database: here the server starts."""
    from django.conf import settings

    with database.running(**PASSING):
        if database.embedded():
            _drop_left_over()
        settings.DATABASES["default"]["TEST"]["NAME"] = f"{TEST_DATABASE}{os.getpid()}"
        yield


def _drop_left_over() -> None:
    """Databases of test processes that were killed."""
    address = database.conninfo(database.Role.OWNER)
    with psycopg.connect(**address, autocommit=True) as connection:
        names = connection.execute("select datname from pg_database where starts_with(datname, %s)", [TEST_DATABASE])
        for (name,) in names.fetchall():
            if not psutil.pid_exists(int(name.removeprefix(TEST_DATABASE))):
                connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
