"""Work that is done once for each day. Rooms declare it in their `jobs.py`:

    @nightly("enrollment.withdraw_unpaid")
    def withdraw_unpaid(day: date) -> None: ...

It is done on the day itself, soon after midnight; days that were missed are caught up, in order. The work and the row
which says that it is done are one transaction; what takes long queues one job for each chunk of households.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from openhix.history.models import Night
from openhix.journey import ROOMS

Work = Callable[[date], None]

_declared: dict[str, Work] = {}


def nightly(name: str) -> Callable[[Work], Work]:
    """Declare the nightly work `room.what`, a function of the day. Raises ValueError for a bad name."""
    if name in _declared or _room(name) not in ROOMS:
        raise ValueError(f"{name}: nightly work is named after its room, and each is declared once")

    def declare(work: Work) -> Work:
        _declared[name] = work
        return work

    return declare


def in_order() -> list[str]:
    """The names of all nightly work: a household's rooms from top to bottom, and as declared within a room."""
    return sorted(_declared, key=lambda name: ROOMS.index(_room(name)))


def _room(name: str) -> str:
    return name.partition(".")[0]


def run_due(today: date) -> list[Night]:
    """Do what is due up to today, day by day, and return it. An exchange that has had no night yet begins with today.

    An error ends it: what was done stays done, and the next time goes on with the work that failed.
    """
    last = Night.objects.aggregate(last=Max("day"))["last"] or today
    done = []
    for ahead in range((today - last).days + 1):
        day = last + timedelta(days=ahead)
        done += [night for name in in_order() if (night := _do(name, day))]
    return done


def _do(name: str, day: date) -> Night | None:
    """The work of one day, or None where it is done already; one under way at the same time is waited for."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                night = Night.objects.create(name=name, day=day)
        except IntegrityError:
            return None
        _declared[name](day)
        return night
