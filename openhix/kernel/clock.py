"""The one place that knows what day it is. Rules take dates as arguments; views and actions ask here.

In a running exchange the site installs a clock that reads the demonstration's offset from the database;
without one, it is today in Massachusetts.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

MASSACHUSETTS = ZoneInfo("America/New_York")


def _real() -> datetime:
    return datetime.now(MASSACHUSETTS)


_now: Callable[[], datetime] = _real


def install(source: Callable[[], datetime]) -> None:
    """Let `source` tell the business time from now on."""
    global _now
    _now = source


def now() -> datetime:
    """Business time in Massachusetts."""
    return _now()


def today() -> date:
    """The business day in Massachusetts."""
    return now().date()


def written(day: date) -> str:
    """`January 1, 2026`, as it stands in what we write down for staff, who read English."""
    return f"{day:%B} {day.day}, {day.year}"
