"""The demonstration's clock: real time in Massachusetts, moved by the offset in the database.

Outside the demonstration it is not installed: the kernel's clock then tells real time, and cannot be moved.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction

from openhix.history import actions as history
from openhix.history.models import ClockOffset
from openhix.kernel import clock

ONE_DAY = timedelta(days=1)


class NotADemonstration(Exception):
    """The clock of a real exchange cannot be moved."""


def install() -> None:
    if settings.DEMONSTRATION:
        clock.install(now)


def now() -> datetime:
    """Business time: as many days away from real time as the offset says, at the same time of day."""
    real = datetime.now(clock.MASSACHUSETTS)
    row = ClockOffset.objects.first()
    return real + row.offset if row else real


def is_set() -> bool:
    return ClockOffset.objects.exists()


@transaction.atomic
def set_once(*, day: date, who: str) -> bool:
    """Let the demonstration begin on `day`. False when its clock has been set before. Raises NotADemonstration."""
    _refuse_outside_the_demonstration()
    real = datetime.now(clock.MASSACHUSETTS).date()
    _, is_new = ClockOffset.objects.get_or_create(id=1, defaults={"offset": day - real})
    if is_new:
        _note("clock_set", who, f"The demonstration begins on {clock.written(day)}.")
    return is_new


@transaction.atomic
def forward_one_day(*, who: str) -> date:
    """Move the clock to the same time of the next day, which is returned. It never goes back.

    Raises NotADemonstration.
    """
    row = locked()
    row.offset += ONE_DAY
    row.save(update_fields=["offset"])
    today = clock.today()
    _note("clock_moved", who, f"The clock was moved to {clock.written(today)}.")
    return today


def locked() -> ClockOffset:
    """The clock, locked until the transaction ends; never set, it tells real time. Raises NotADemonstration."""
    _refuse_outside_the_demonstration()
    ClockOffset.objects.get_or_create(id=1, defaults={"offset": timedelta()})
    return ClockOffset.objects.select_for_update().get(id=1)


def _refuse_outside_the_demonstration() -> None:
    if not settings.DEMONSTRATION:
        raise NotADemonstration("The clock of a real exchange cannot be moved.")


def _note(what: str, who: str, why: str) -> None:
    history.record(kind=f"history.{what}", who=who, why=why, subject_kind="history.ClockOffset", subject_id=1)
