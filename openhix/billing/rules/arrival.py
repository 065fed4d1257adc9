"""When money has arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openhix.billing.rules.bill import Moved
from openhix.kernel.clock import MASSACHUSETTS


def counts_on(submitted_at: datetime) -> date:
    """The day on which an electronic payment counts: the day in Massachusetts on which it was submitted, weekends and
    holidays too (assumed; 956 CMR 12.12(1) says only when the premium is due). 23:59 on the 23rd is the 23rd."""
    return submitted_at.astimezone(MASSACHUSETTS).date()


@dataclass(frozen=True)
class FirstPayment:
    """What completes a choice: cents still `due` for its first month when it was charged, and the payments since, each
    with the day on which it counts; one that the bank returned is below zero."""

    due: int
    payments: tuple[tuple[date, int], ...]

    @property
    def missing(self) -> int:
        """Cents of it that have not come."""
        return max(self.due - sum(cents for _day, cents in self.payments), 0)


def first_payment(moved: Sequence[Moved], waiting: Mapping[int, int]) -> FirstPayment | None:
    """The first payment of what waits (its policies with their monthly prices, cents); None before it is charged.

    45 CFR 155.400(e): it is the first month's premium, nothing else. So what comes in since the choice was charged
    counts toward that month before it counts toward an older debt; what had come in before counts as far as no other
    charge has used it up (both assumed: no rule says what a payment pays first). A debt thus never keeps a choice from
    being complete, and money that paid for something else never completes it.
    """
    since = next((at for at, each in enumerate(moved) if each.policy in waiting), None)
    if since is None:
        return None
    other = sum(each.owed for each in moved if each.policy is not None and each.policy not in waiting)
    before = sum(-each.owed for each in moved[:since] if each.policy is None)
    return FirstPayment(
        due=sum(waiting.values()) - max(before - other, 0),
        payments=tuple((each.on, -each.owed) for each in moved[since:] if each.policy is None),
    )


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
