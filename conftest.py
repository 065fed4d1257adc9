"""What every test stands on: a database of the tests' own, and a clock that stands at 15 November 2025.

Their home is set in tests/settings.py; with DATABASE_URL they make their databases there. Test sessions that run at
the same time, and the workers of one session, share the server; the last to leave stops it. Each has a database of
its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime

import psutil
import psycopg
import pytest
from psycopg import sql

from openhix.kernel import clock
from openhix.site import database

NOW = datetime(2025, 11, 15, 12, 0, tzinfo=clock.MASSACHUSETTS)
TEST_DATABASE = "test_openhix_"  # and the number of the process that made it


@pytest.fixture(scope="session", autouse=True)
def november() -> None:
    """Business time stands still on the demonstration's first day; a test may install another clock."""
    clock.install(lambda: NOW)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """pytest-django asks for this before it makes the first test database: here the server starts."""
    from django.conf import settings

    with database.running(fsync="off"):  # a test database need not outlive the machine
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
