"""Months in words, and every movement of money in a sentence: for pages, bills and staff, in the active language."""

from __future__ import annotations

from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from openhix.billing.models import BankAccount, Transfer
from openhix.billing.outcome import Outcome
from openhix.eligibility.words import day
from openhix.kernel import cents

# A movement by its reason: as it is due, and taken back.
MOVEMENTS = {
    Transfer.Why.PREMIUM: (marked("Premium: {plan}, {month}"), marked("Premium taken back: {plan}, {month}")),
    Transfer.Why.CREDIT: (marked("Tax credit: {plan}, {month}"), marked("Tax credit taken back: {plan}, {month}")),
    Transfer.Why.SUBSIDY: (
        marked("ConnectorCare subsidy: {plan}, {month}"),
        marked("ConnectorCare subsidy taken back: {plan}, {month}"),
    ),
}


def month(value: date) -> str:
    """`January 2026`, `enero de 2026`, `janeiro de 2026`."""
    return format_skeleton("yMMMM", value, locale=Locale.parse(get_language() or "en"))


def movement(transfer: Transfer, *, plan: str) -> str:
    """What a transfer is, in a phrase. `plan`: the name of the plan that it is for, where it is for one."""
    if transfer.why == Transfer.Why.REVERSAL:
        return _("Payment returned by the bank")
    if transfer.payment is not None:
        return _("Payment from {account}").format(account=bank_account(transfer.payment.bank_account))
    assert transfer.month is not None  # a charge has one
    is_due = (transfer.owed > 0) == (transfer.why == Transfer.Why.PREMIUM)
    due, taken_back = MOVEMENTS[Transfer.Why(transfer.why)]
    return _(due if is_due else taken_back).format(plan=plan, month=month(transfer.month))


def bank_account(account: BankAccount) -> str:
    """`checking account ending in 6789`: no more of it is ever shown."""
    return account_ending(account.last_four, account.is_savings)


def account_ending(last_four: str, is_savings: bool) -> str:
    says = _("savings account ending in {digits}") if is_savings else _("checking account ending in {digits}")
    return says.format(digits=last_four)


def owes(amount: int) -> str:
    """How an account stood: cents that were owed, below zero a credit."""
    if amount > 0:
        return _("{amount} owed").format(amount=cents.dollars(amount))
    if amount < 0:
        return _("{amount} credit").format(amount=cents.dollars(-amount))
    return _("nothing owed")


def state_of_bill(told: Outcome) -> str:
    """What became of a bill, in a sentence or two."""
    if told.paid_on is not None:
        said = _("Paid on {day}: {amount}.").format(day=day(told.paid_on), amount=cents.dollars(told.paid))
        return f"{said} {_too_late(told)}".strip()
    rest = _not_paid(told)
    if not told.paid:
        return rest
    return _("{amount} of it was paid.").format(amount=cents.dollars(told.paid)) + " " + rest


def _too_late(told: Outcome) -> str:
    if told.choice.lapsed_on is None:
        return ""
    return _(
        "That was after {last}, the last day, so the choice has ended. The money counts toward the next plan that you "
        "choose."
    ).format(last=day(told.choice.policy.pay_by))


def _not_paid(told: Outcome) -> str:
    choice = told.choice
    if choice.lapsed_on is not None:
        return _(
            "The choice ended on {day}: the whole first payment was not here by {last}. Nothing is owed for it."
        ).format(day=day(choice.lapsed_on), last=day(choice.policy.pay_by))
    if told.later is not None:
        return _("Bill {number} of {day} takes its place.").format(number=told.later.pk, day=day(told.later.dated))
    if told.is_overdue:
        return _("Not paid in full by {last}.").format(last=day(choice.policy.pay_by))
    if told.is_open:
        return _("{amount} still to pay by {day}.").format(amount=cents.dollars(told.left), day=day(told.bill.due_on))
    return _("Your plan or its price has changed since. Nothing more is owed for it.")
