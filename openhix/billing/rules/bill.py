"""A bill's lines: what happened on an account since the last bill, in the order of the exchange's own bill."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from openhix.kernel.periods import first_of_next_month


@dataclass(frozen=True)
class Moved:
    """One movement on the account. Cents by which the household owes more, or below zero less.

    `why`: premium, credit or subsidy of a policy's month; payment; reversal of one.
    """

    why: str
    owed: int
    on: date
    policy: int | None = None
    month: date | None = None


@dataclass(frozen=True)
class Adjustment:
    """A line in the member's favor (below zero) or against: a month of a policy, or of none a payment that came back.
    `on`: the day of that payment's return."""

    cents: int
    policy: int | None = None
    month: date | None = None
    on: date | None = None


@dataclass(frozen=True)
class Lines:
    """All lines, in cents. premium - credit - subsidy = price; price + due_from_last + adjusted = owed - credit_left.

    `month` and `policies`: those of the first four lines, None and empty where nothing new is asked for.
    """

    month: date | None
    policies: tuple[int, ...]
    premium: int
    credit: int
    subsidy: int
    last_balance: int
    payments: tuple[tuple[date, int], ...]
    adjustments: tuple[Adjustment, ...]

    @property
    def price(self) -> int:
        return self.premium - self.credit - self.subsidy

    @property
    def due_from_last(self) -> int:
        return self.last_balance - sum(cents for _day, cents in self.payments)

    @property
    def adjusted(self) -> int:
        return sum(each.cents for each in self.adjustments)

    @property
    def balance(self) -> int:
        return self.price + self.due_from_last + self.adjusted

    @property
    def owed(self) -> int:
        return max(self.balance, 0)

    @property
    def credit_left(self) -> int:
        return max(-self.balance, 0)


def read(moved: Sequence[Moved], *, last_balance: int) -> Lines:
    """The lines of what moved since the last bill, which asked for `last_balance` cents (below zero: it left a credit).

    The plan's lines are what was newly charged for the latest month. What was charged or taken back for anything else
    is an adjustment; what was both charged and taken back since then is not told. Lines: MA Health Care Learning
    Series, Fall 2025, sample bill.
    """
    net: dict[tuple[int, date], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in moved:
        if each.policy is not None and each.month is not None:
            net[each.policy, each.month][each.why] += each.owed
    new = {key: parts for key, parts in net.items() if parts["premium"] > 0}
    month = max((month for _policy, month in new), default=None)
    asked = {key: parts for key, parts in new.items() if key[1] == month}
    changed = [Adjustment(sum(net[key].values()), *key) for key in sorted(net) if key not in asked]
    returned = [Adjustment(each.owed, on=each.on) for each in moved if each.why == "reversal"]
    return Lines(
        month=month,
        policies=tuple(sorted(policy for policy, _month in asked)),
        premium=_sum(asked.values(), "premium"),
        credit=-_sum(asked.values(), "credit"),
        subsidy=-_sum(asked.values(), "subsidy"),
        last_balance=last_balance,
        payments=tuple((each.on, -each.owed) for each in moved if each.why == "payment"),
        adjustments=tuple(each for each in (*changed, *returned) if each.cents),
    )


def _sum(parts: Iterable[dict[str, int]], why: str) -> int:
    return sum(each[why] for each in parts)


def due_on(*, today: date, pay_by: date, deadline_day: int) -> date:
    """The day by which to pay: of a first payment its last day; after that the next deadline day. 956 CMR 12.12(1)."""
    if today <= pay_by:
        return pay_by
    month = today if today.day <= deadline_day else first_of_next_month(today)
    return month.replace(day=deadline_day)
