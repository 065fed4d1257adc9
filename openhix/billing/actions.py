"""Charge what is due, send the bill, take payments; the first full payment completes an enrollment.

Each action is one transaction that locks the household first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from openhix.billing import paper, queries
from openhix.billing.models import BankAccount, Bill, Payment, Transfer
from openhix.billing.rules import arrival, bank_accounts
from openhix.billing.rules import bill as lines
from openhix.billing.rules.charges import Charge, Charged, difference, expected
from openhix.enrollment import actions as enrollment
from openhix.enrollment import queries as chosen
from openhix.enrollment.queries import Standing, Status
from openhix.history import actions as history
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Account, Household

BOOKS = {  # from which book to which a charge moves; taken back, it moves the other way
    Transfer.Why.PREMIUM: (Transfer.Book.HOUSEHOLD, Transfer.Book.CARRIER),
    Transfer.Why.CREDIT: (Transfer.Book.TREASURY, Transfer.Book.HOUSEHOLD),
    Transfer.Why.SUBSIDY: (Transfer.Book.COMMONWEALTH, Transfer.Book.HOUSEHOLD),
}
MOST = 100_000_00  # cents of one payment: more is a slip of the keyboard (assumed)


class BadAmount(ValueError):
    """A payment is above zero and at most `MOST` cents."""


class OwedChanged(ValueError):
    """What is owed is no longer what the household was shown: another tab, or a changed plan. `owed`: cents now."""

    def __init__(self, owed: int) -> None:
        super().__init__(f"{owed} cents are owed now")
        self.owed = owed


@dataclass(frozen=True)
class BankDetails:
    """A bank account as it was typed; checked by `rules.bank_accounts`."""

    routing_number: str
    number: str
    is_savings: bool
    holder: str


@transaction.atomic
def charge(*, household: Household, kind: str) -> list[Transfer]:
    """Post the difference between what should have been charged and what was; nothing when they agree.

    When all is covered by what was paid before, what was chosen is complete.
    """
    household = people.lock(household.pk)
    transfers = _post_difference(household, kind)
    _complete_if_paid(household, kind)
    return transfers


@transaction.atomic
def bill(*, household: Household, kind: str) -> Bill | None:
    """A bill for what was charged since the last one, read from the ledger.

    None where nothing is owed, nothing was charged since the last bill, or the last day for a first payment is over.
    """
    household = people.lock(household.pk)
    today = clock.today()
    last = queries.latest_bill(household, kind)
    since = [each for each in queries.transfers(household, kind) if last is None or each.pk > last.read_to]
    if not any(each.is_charge for each in since):
        return None
    read = lines.read(queries.moved(since), last_balance=_left_by(last))
    standings = {each.policy.pk: each for each in chosen.standings(household, kind)}
    asked = [standings[pk] for pk in read.policies] or _still_charged(household, kind, standings)
    account = queries.account(household, kind)
    if not read.owed or not asked or account.is_late(today):
        return None
    policy = asked[0].policy
    day = Law(policy.starts.replace(day=1)).open_enrollment.payment_deadline_day
    due_on = lines.due_on(today=today, pay_by=account.pay_by or policy.pay_by, deadline_day=day)
    made = Bill.objects.create(
        household=household,
        kind=kind,
        policy=policy,
        month=read.month or policy.starts,
        dated=today,
        due_on=due_on,
        owed=read.owed,
        read_to=since[-1].pk,
        content=paper.content(household, read, asked, standings, last=last, dated=today, due_on=due_on),
    )
    _note("billed", f"The {kind} plan is to be paid by {clock.written(due_on)}.", household, bill=made.pk)
    return made


@transaction.atomic
def pay(
    *,
    household: Household,
    account: Account,
    kind: str,
    cents: int,
    bank: BankDetails | BankAccount,
    key: str,
    shown: int | None = None,
) -> Payment:
    """A payment from a bank account, submitted now: it counts on this Massachusetts day, weekends and holidays too.

    The same `key` again is the same payment. `shown`: the cents owed that the household was shown. Raises
    bank_accounts.Refused, BadAmount, OwedChanged.
    """
    now = clock.now()  # before waiting for the lock: who pays at 23:59 has paid at 23:59
    household = people.lock(household.pk)
    before = queries.payment_with(household, key)
    if before is not None:
        return before
    if not 0 < cents <= MOST:
        raise BadAmount(f"{cents} cents")
    _post_difference(household, kind)  # the choice may be younger than its charges: nothing is complete before these
    owed = queries.owed(household, kind)
    if shown is not None and shown != owed:
        raise OwedChanged(owed)
    payment = Payment.objects.create(
        household=household,
        kind=kind,
        cents=cents,
        bank_account=_bank_account(household, bank),
        submitted_at=now,
        submitted_by=account,
        key=key,
    )
    Transfer.objects.create(
        household=household,
        kind=kind,
        from_book=Transfer.Book.BANK,
        to_book=Transfer.Book.HOUSEHOLD,
        cents=cents,
        why=Transfer.Why.PAYMENT,
        payment=payment,
        posted_at=now,
        counts_on=arrival.counts_on(now),
        who=f"account {account.pk}",
        because="It was paid online from a bank account.",
        key=f"payment {payment.pk}",
    )
    why = f"The {kind} plan was paid for online, from a bank account."
    _note("payment_received", why, household, who=f"account {account.pk}", payment=payment.pk)
    _complete_if_paid(household, kind)
    return payment


def _post_difference(household: Household, kind: str) -> list[Transfer]:
    standings = {each.policy.pk: each for each in chosen.standings(household, kind)}
    posted = queries.transfers(household, kind)
    due = expected(_as_charged(each) for each in standings.values() if each.status is not Status.WITHDRAWN)
    missing = difference(due, queries.charged(posted))
    if not missing:
        return []
    now = clock.now()
    transfers = [
        _post_charge(charge, cents, standings[charge.policy], posted=posted, now=now)
        for charge, cents in missing.items()
    ]
    _note("charged", f"The charges follow what the {kind} plan costs.", household, transfers=len(transfers))
    return transfers


def _as_charged(each: Standing) -> Charged:
    policy = each.policy
    return Charged(
        policy=policy.pk,
        people=each.people,
        premium=policy.premium,
        credit=policy.credit,
        subsidy=policy.subsidy,
        starts=policy.starts,
        ends=each.ends or date(policy.plan_year + 1, 1, 1),
        pay_by=policy.pay_by,
        waiting=each.status is Status.WAITING,
    )


def _post_charge(
    charge: Charge, cents: int, standing: Standing, *, posted: Iterable[Transfer], now: datetime
) -> Transfer:
    policy = standing.policy
    source, target = BOOKS[Transfer.Why(charge.why)]
    if cents < 0:
        source, target = target, source
    nth = sum((each.policy_id, each.month, each.why) == charge for each in posted)
    return Transfer.objects.create(
        household_id=policy.household_id,
        kind=policy.kind,
        from_book=source,
        to_book=target,
        cents=abs(cents),
        why=charge.why,
        month=charge.month,
        policy=policy,
        posted_at=now,
        counts_on=now.date(),
        who="system",
        because=_because(standing, is_charged=cents > 0, is_first=not nth),
        key=f"{charge.why} of policy {charge.policy} for {charge.month}, {nth}",
    )


def _because(standing: Standing, *, is_charged: bool, is_first: bool) -> str:
    """Why a charge is posted, or taken back: what became of its policy, or of the choice in its place."""
    if is_charged and is_first:
        return standing.steps[0].why
    if is_charged:
        return "What was chosen in its place has ended, so it is charged again."
    if standing.status is Status.COMPLETE:
        return "A choice that waits for its payment is charged in its place."
    return standing.steps[-1].why


def _complete_if_paid(household: Household, kind: str) -> None:
    """Once the first month of what waits is paid in full, coverage begins, in the same transaction; what else is owed
    does not matter to it."""
    waiting = chosen.waiting(household, kind)
    first = queries.first_payment_of(waiting, queries.transfers(household, kind))
    if first is None:
        return
    chosen_on = max(arrival.counts_on(each.policy.chosen_at) for each in waiting)
    arrived = arrival.arrived_on(due=first.due, chosen_on=chosen_on, payments=first.payments)
    if arrived is not None:
        enrollment.complete(household=household, kind=kind, on=arrived, why="The first premium has arrived.")


def _bank_account(household: Household, bank: BankDetails | BankAccount) -> BankAccount:
    """The household's account, kept once: what is typed anew corrects its kind and holder. Raises Refused."""
    if isinstance(bank, BankAccount):
        return BankAccount.objects.get(household=household, pk=bank.pk)
    bank_accounts.check(bank.routing_number, bank.number)
    account, _is_new = BankAccount.objects.update_or_create(
        household=household,
        routing_number=bank.routing_number,
        number_index__of=bank.number,
        defaults={"is_savings": bank.is_savings, "holder": bank.holder},
        create_defaults={
            "number": bank.number,
            "last_four": bank.number[-4:],
            "is_savings": bank.is_savings,
            "holder": bank.holder,
            "added_at": clock.now(),
        },
    )
    return account


def _left_by(last: Bill | None) -> int:
    """What the last bill asked for."""
    return last.owed if last else 0


def _still_charged(household: Household, kind: str, standings: Mapping[int, Standing]) -> list[Standing]:
    """The policies of the latest month that is charged, for a bill that charges nothing new."""
    charged = [
        charge
        for charge, cents in queries.charged(queries.transfers(household, kind)).items()
        if cents and charge.why == Transfer.Why.PREMIUM
    ]
    month = max((charge.month for charge in charged), default=None)
    return [standings[charge.policy] for charge in sorted(charged) if charge.month == month]


def _note(what: str, why: str, household: Household, *, who: str = "system", **ids: int) -> None:
    history.record(
        kind=f"billing.{what}", who=who, why=why, subject_kind="household", subject_id=household.pk, payload=ids
    )
