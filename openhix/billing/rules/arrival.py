"""When money has arrived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from openhix.kernel.clock import MASSACHUSETTS


def counts_on(submitted_at: datetime) -> date:
    """The day on which an electronic payment counts: the day in Massachusetts on which it was submitted, weekends and
    holidays too (assumed; 956 CMR 12.12(1) says only when the premium is due). 23:59 on the 23rd is the 23rd."""
    return submitted_at.astimezone(MASSACHUSETTS).date()


def arrived_on(*, due: int, chosen_on: date, payments: Iterable[tuple[date, int]]) -> date | None:
    """The day since which the payments cover what is due (cents), at the earliest that of the choice; None if they do
    not. 45 CFR 155.400(e): the first payment must be full.

    `payments` are (day on which it counts, cents), returned ones below zero, in the order in which they were posted.
    """
    have, since = 0, chosen_on
    for day, cents in payments:
        had, have = have, have + cents
        if had < due <= have:
            since = max(since, day)
    return since if have >= due else None
