"""Charge what is due, take payments, and let the first full payment complete an enrollment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from openhix.billing import queries
from openhix.billing.models import BankAccount, Payment, Transfer
from openhix.billing.rules import bank_accounts
from openhix.billing.rules.charges import Charge, Charged, difference, expected
from openhix.enrollment import actions as enrollment
from openhix.enrollment import queries as chosen
from openhix.enrollment.queries import Standing, Status
from openhix.history import actions as history
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.people.sealed import blind_index

BOOKS = {  # from which book to which a charge moves; taken back, it moves the other way
    Transfer.Why.PREMIUM: (Transfer.Book.HOUSEHOLD, Transfer.Book.CARRIER),
    Transfer.Why.CREDIT: (Transfer.Book.TREASURY, Transfer.Book.HOUSEHOLD),
    Transfer.Why.SUBSIDY: (Transfer.Book.COMMONWEALTH, Transfer.Book.HOUSEHOLD),
}


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

    When nothing is owed any more, what was chosen is complete.
    """
    household = people.lock(household.pk)
    transfers = _post_difference(household, kind)
    _complete_if_paid(household, kind)
    return transfers


@transaction.atomic
def pay(*, household: Household, account: Account, kind: str, cents: int, bank: BankDetails, key: str) -> Payment:
    """A payment from a bank account, submitted now: it counts on this Massachusetts day, weekends and holidays too.

    The same `key` again is the same payment. Raises bank_accounts.Refused, ValueError for an amount that is not above
    zero.
    """
    household = people.lock(household.pk)
    _post_difference(household, kind)  # the choice may be younger than its charges: nothing is complete before these
    before = Payment.objects.filter(household=household, key=key).first()
    if before is not None:
        return before
    bank_accounts.check(bank.routing_number, bank.number)
    now = clock.now()
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
        posted_at=now,
        counts_on=now.date(),
        key=f"payment {payment.pk}",
    )
    history.record(
        kind="billing.payment_received",
        who=f"account {account.pk}",
        why=f"a {kind} payment from a bank account",
        subject_kind="household",
        subject_id=household.pk,
        payload={"payment": payment.pk},
    )
    _complete_if_paid(household, kind)
    return payment


def _post_difference(household: Household, kind: str) -> list[Transfer]:
    policies = [_as_charged(each) for each in chosen.standings(household, kind) if each.status is not Status.WITHDRAWN]
    posted = queries.transfers(household, kind)
    due = expected(policies, sorted({each.starts for each in policies}))
    missing = difference(due, queries.charged(posted))
    return [_post_charge(household, kind, charge, cents, posted) for charge, cents in missing.items()]


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
        waiting=each.status is Status.WAITING,
    )


def _post_charge(household: Household, kind: str, charge: Charge, cents: int, posted: Iterable[Transfer]) -> Transfer:
    source, target = BOOKS[Transfer.Why(charge.why)]
    if cents < 0:
        source, target = target, source
    nth = sum(
        each.policy_id == charge.policy and each.month == charge.month and each.why == charge.why for each in posted
    )
    now = clock.now()
    return Transfer.objects.create(
        household=household,
        kind=kind,
        from_book=source,
        to_book=target,
        cents=abs(cents),
        why=charge.why,
        month=charge.month,
        policy_id=charge.policy,
        posted_at=now,
        counts_on=now.date(),
        key=f"{charge.why} of policy {charge.policy} for {charge.month}, {nth}",
    )


def _complete_if_paid(household: Household, kind: str) -> None:
    """The money has arrived when nothing is owed: then, and in the same transaction, coverage begins."""
    today = clock.today()
    waiting = [each for each in chosen.waiting(household, kind) if each.policy.pay_by >= today]
    if waiting and not queries.owed(household, kind):
        enrollment.complete(household=household, kind=kind, on=today, why="the first premium has arrived")


def _bank_account(household: Household, bank: BankDetails) -> BankAccount:
    account, _is_new = BankAccount.objects.get_or_create(
        household=household,
        routing_number=bank.routing_number,
        number_index=blind_index("bank account", bank.number),
        defaults={
            "number": bank.number,
            "last_four": bank.number[-4:],
            "is_savings": bank.is_savings,
            "holder": bank.holder,
            "added_at": clock.now(),
        },
    )
    return account
