"""Reading the books of a household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, Sum

from openhix.billing.ledger import Entry, entries
from openhix.billing.models import BankAccount, Bill, Payment, Transfer
from openhix.billing.outcome import Outcome
from openhix.billing.rules.arrival import FirstPayment, first_payment
from openhix.billing.rules.bill import Moved
from openhix.billing.rules.charges import Charge
from openhix.enrollment import queries as chosen
from openhix.enrollment.queries import Standing, Status
from openhix.people.models import Household


@dataclass(frozen=True)
class Account:
    """How a household's account of one kind stands. Cents.

    `waiting`: the choice that its payment would complete, `missing`: what has not come of its first month (0 before it
    is charged), `stands`: the paid plans of its people, which stand until then.
    """

    kind: str
    balance: int
    waiting: tuple[Standing, ...] = ()
    missing: int = 0
    stands: tuple[Standing, ...] = ()

    @property
    def owed(self) -> int:
        return max(-self.balance, 0)

    @property
    def credit(self) -> int:
        """Money that is left on it."""
        return max(self.balance, 0)

    @property
    def pay_by(self) -> date | None:
        """The last day for the first payment of what waits."""
        return min((each.policy.pay_by for each in self.waiting), default=None)

    @property
    def starts(self) -> date | None:
        return min((each.policy.starts for each in self.waiting), default=None)

    def is_late(self, today: date) -> bool:
        """Whether a payment today no longer completes what waits."""
        return self.pay_by is not None and today > self.pay_by


def account(household: Household, kind: str) -> Account:
    posted = transfers(household, kind)
    standings = chosen.standings(household, kind)
    waiting = [each for each in reversed(standings) if each.status is Status.WAITING]
    first = first_payment_of(waiting, posted)
    return Account(
        kind=kind,
        balance=-sum(each.owed for each in posted),
        waiting=tuple(waiting),
        missing=first.missing if first else 0,
        stands=tuple(chosen.stand_until_paid(waiting, standings)),
    )


def first_payment_of(waiting: Iterable[Standing], posted: Sequence[Transfer]) -> FirstPayment | None:
    """The first payment of what waits; None before it is charged."""
    return first_payment(moved(posted), {each.policy.pk: each.policy.price for each in waiting})


def transfers(household: Household, kind: str) -> list[Transfer]:
    """Every movement of one kind, in the order in which they were posted."""
    return list(Transfer.objects.filter(household=household, kind=kind).order_by("pk"))


def moved(posted: Iterable[Transfer]) -> list[Moved]:
    """Movements as the rules see them."""
    return [Moved(each.why, each.owed, each.counts_on, each.policy_id, each.month) for each in posted]


def charged(posted: Iterable[Transfer]) -> dict[Charge, int]:
    """What the household has been charged so far, by what for; cents. A credit and a subsidy count as they stand."""
    so_far: dict[Charge, int] = defaultdict(int)
    for each in posted:
        if each.policy_id is not None and each.month is not None:
            sign = 1 if each.why == Transfer.Why.PREMIUM else -1
            so_far[Charge(each.policy_id, each.month, each.why)] += sign * each.owed
    return dict(so_far)


def balance(household: Household, kind: str) -> int:
    """What came in less what went out of the household's account: below zero it owes, above it has money left."""
    here = Transfer.Book.HOUSEHOLD
    sums = Transfer.objects.filter(household=household, kind=kind).aggregate(
        came=Sum("cents", filter=Q(to_book=here)), went=Sum("cents", filter=Q(from_book=here))
    )
    return int(sums["came"] or 0) - int(sums["went"] or 0)


def owed(household: Household, kind: str) -> int:
    """Cents that the household still has to pay; never below zero."""
    return max(-balance(household, kind), 0)


def bills(household: Household) -> list[Bill]:
    """The newest first."""
    return list(Bill.objects.filter(household=household).order_by("-pk"))


def outcomes(household: Household, today: date) -> list[Outcome]:
    """Every bill with what became of it, the newest first; as many queries for many bills as for one."""
    every = bills(household)
    standings = {each.policy.pk: each for each in chosen.standings(household)}
    posted: dict[str, list[Transfer]] = defaultdict(list)
    for each in Transfer.objects.filter(household=household).order_by("pk"):
        posted[each.kind].append(each)
    later: dict[str, Bill] = {}
    found = []
    for bill in every:
        choice, after = standings[bill.policy_id], later.get(bill.kind)
        found.append(Outcome.of(bill, later=after, choice=choice, posted=posted[bill.kind], today=today))
        later[bill.kind] = bill
    return found


def latest_bill(household: Household, kind: str) -> Bill | None:
    return Bill.objects.filter(household=household, kind=kind).order_by("-pk").first()


def payments(household: Household) -> list[Payment]:
    """The newest first."""
    return list(Payment.objects.filter(household=household).select_related("bank_account").order_by("-pk"))


def payment_with(household: Household, key: str) -> Payment | None:
    """The payment that the form with this key has made."""
    return Payment.objects.filter(household=household, key=key).first()


def bank_accounts(household: Household) -> list[BankAccount]:
    """Those that a payment was made from, the last added first."""
    return list(BankAccount.objects.filter(household=household).order_by("-pk"))


def ledger(household: Household, kind: str) -> list[Entry]:
    """Every movement in words, the oldest first, with who did it, when and why."""
    return entries(household, kind)
