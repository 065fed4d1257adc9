"""What became of a bill: paid, still to be paid, replaced by a later one, or its choice has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from openhix.billing.models import Bill, Transfer
from openhix.billing.rules.arrival import arrived_on
from openhix.enrollment.queries import Standing, Status


@dataclass(frozen=True)
class Outcome:
    """One bill today. Cents: `paid` came in for it before the next one, `left` is owed on the account now.

    `paid_on`: since when it is paid in full; `later`: the bill after it; `choice`: the first policy of its lines.
    """

    bill: Bill
    later: Bill | None
    choice: Standing
    paid: int
    paid_on: date | None
    left: int
    today: date

    @classmethod
    def of(
        cls, bill: Bill, *, later: Bill | None, choice: Standing, posted: Iterable[Transfer], today: date
    ) -> Outcome:
        """`posted`: every movement of its account, in order."""
        posted = list(posted)
        since = [each for each in posted if each.pk > bill.read_to and (later is None or each.pk <= later.read_to)]
        payments = [(each.counts_on, -each.owed) for each in since if not each.is_charge]
        paid_on = arrived_on(due=bill.owed, chosen_on=bill.dated, payments=payments)
        return cls(
            bill=bill,
            later=later,
            choice=choice,
            paid=sum(cents for day, cents in payments if paid_on is None or day <= paid_on),
            paid_on=paid_on,
            left=max(sum(each.owed for each in posted), 0),
            today=today,
        )

    @property
    def is_open(self) -> bool:
        """Whether there is still something to pay for it."""
        return self.later is None and self.paid_on is None and self.left > 0

    @property
    def is_overdue(self) -> bool:
        """The last day for its first payment is over, and the night has not ended its choice yet."""
        return self.is_open and self.choice.status is Status.WAITING and self.today > self.choice.policy.pay_by
