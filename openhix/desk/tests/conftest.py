from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest
from django.db import connection
from django.utils import translation

from conftest import NOW
from openhix.eligibility.tests.conftest import shelf_2026
from openhix.history.worker import work
from openhix.kernel import clock
from openhix.plans import actions
from openhix.plans.shelf import DATA

__all__ = ["shelf_2026"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def on_day() -> Iterator[Callable[[date], None]]:
    """Let it be noon of a day in Massachusetts until the end of the test."""

    def set_to(day: date) -> None:
        clock.install(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=clock.MASSACHUSETTS))

    yield set_to
    clock.install(lambda: NOW)


@pytest.fixture
def drain(transactional_db: None) -> Callable[[], None]:
    """Does what is queued, as a worker does, beside the test: so the plans of 2026 are really on the shelf."""
    actions.load_shelf(folder=DATA / "shelf_2026", by="tests")
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")
    return lambda: work(until_empty=True)
