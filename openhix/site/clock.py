"""The demonstration's clock: real time in Massachusetts, moved by the offset in the database.

Outside the demonstration it is not installed: the kernel's clock then tells real time, and cannot be moved.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from openhix.history import actions as history
from openhix.kernel import clock
from openhix.site.models import ClockOffset


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


@transaction.atomic
def set_once(*, day: date, who: str) -> bool:
    """Let the demonstration begin on `day`. False when its clock has been set before. Raises NotADemonstration."""
    if not settings.DEMONSTRATION:
        raise NotADemonstration("The clock of a real exchange cannot be moved.")
    real = datetime.now(clock.MASSACHUSETTS).date()
    _, is_new = ClockOffset.objects.get_or_create(id=1, defaults={"offset": day - real})
    if is_new:
        why = f"The demonstration begins on {day.isoformat()}."
        history.record(kind="site.clock_set", who=who, why=why, subject_kind="site.ClockOffset", subject_id=1)
    return is_new
