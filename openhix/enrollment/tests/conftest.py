from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime

import pytest

from conftest import NOW
from openhix.eligibility.tests.conftest import shelf_2026
from openhix.kernel import clock

__all__ = ["OnDay", "shelf_2026"]

OnDay = Callable[[date], None]


@pytest.fixture
def on_day() -> Iterator[OnDay]:
    """Let it be noon of a day in Massachusetts until the end of the test."""

    def set_to(day: date) -> None:
        clock.install(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=clock.MASSACHUSETTS))

    yield set_to
    clock.install(lambda: NOW)
