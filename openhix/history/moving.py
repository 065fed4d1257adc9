"""The demonstration's clock is moved: day by day, each day's nightly work done and the queue empty before the next.

A move is a job that does one day and queues itself again behind everything else, so it goes on whatever dies: any
worker takes it up. How far it has come stands in its row.
"""

from __future__ import annotations

import time
from datetime import date

from django.db import transaction
from django.db.models.functions import Now
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from openhix.history import clock as demonstration
from openhix.history import nightly
from openhix.history.models import ClockMove
from openhix.kernel import clock
from openhix.law.enrollment_dates import OpenEnrollment
from openhix.law.tables import MissingLaw

LAST_OF_ALL = -1_000  # priority: whatever else is queued goes first
LOOK_AGAIN = 0.2  # seconds


class CannotMove(ValueError):
    """The message says why, and what to do."""


@transaction.atomic
def start(*, to: date, who: str) -> ClockMove:
    """Begin to move the clock to the day `to`; a worker does it. To where it stands is done at once.

    Raises NotADemonstration, and CannotMove for an earlier day, one that no law is known for, or a clock that moves.
    """
    demonstration.locked()
    today = clock.today()
    if to < today:
        raise CannotMove(f"The clock never goes back: it stands at {clock.written(today)}.")
    if not _has_law(to):
        raise CannotMove(f"The tables of law do not reach to {clock.written(to)}: choose an earlier day.")
    under_way = ClockMove.objects.filter(ended_at=None).first()
    if under_way:
        there = clock.written(under_way.to_day)
        raise CannotMove(f"The clock is on its way to {there} already: wait until it is there.")
    move = ClockMove.objects.create(who=who, from_day=today, reached=today, to_day=to)
    _queue(move)
    return move


def _has_law(day: date) -> bool:
    """Whether open enrollment is known for the coverage that somebody could ask for on that day."""
    try:
        OpenEnrollment.for_year(day.year + day.month // 12)  # of the month after
    except MissingLaw:
        return False
    return True


def latest() -> ClockMove | None:
    return ClockMove.objects.order_by("-pk").first()


def waiting_jobs() -> int:
    """How many jobs are queued or under way, without the move itself."""
    return ProcrastinateJob.objects.filter(status__in=("todo", "doing")).exclude(task_name=go_on.name).count()


@app.task(name="history.move_clock", priority=LAST_OF_ALL)
def go_on(move: int) -> None:
    """One day more, once nothing else is queued."""
    try:
        with transaction.atomic():
            row = ClockMove.objects.select_for_update().get(pk=move)
            if row.ended_at is None:
                _one_day(row)
    except Exception as error:
        ClockMove.objects.filter(pk=move).update(ended_at=Now(), stopped_by=type(error).__name__)
        raise


def _one_day(row: ClockMove) -> None:
    if waiting_jobs():
        time.sleep(LOOK_AGAIN)
        _queue(row)
        return
    if clock.today() >= row.to_day:
        ClockMove.objects.filter(pk=row.pk).update(reached=row.to_day, ended_at=Now())
        return
    day = demonstration.forward_one_day(who=row.who)
    nightly.run_due(day)
    ClockMove.objects.filter(pk=row.pk).update(reached=min(day, row.to_day))
    _queue(row)


def _queue(row: ClockMove) -> None:
    go_on.defer(move=row.pk)
