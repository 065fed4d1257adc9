"""What the pages of this room say of an account, a bill and a payment, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from openhix.billing import queries, words
from openhix.billing.ledger import Entry, by_posting
from openhix.billing.models import Bill
from openhix.billing.outcome import Outcome
from openhix.billing.queries import Account
from openhix.eligibility.words import day
from openhix.enrollment import queries as chosen
from openhix.enrollment import telling
from openhix.enrollment.models import Kind
from openhix.enrollment.queries import Status
from openhix.kernel import cents, clock
from openhix.people.models import Household


@dataclass(frozen=True)
class AccountShown:
    """The account of one kind: how it stands, its bills, the newest first, and its movements, by posting."""

    account: Account
    bills: list[Outcome]
    postings: list[list[Entry]]

    @classmethod
    def of(cls, household: Household) -> list[AccountShown]:
        """Health, then dental, where anything has been charged or paid."""
        bills = queries.outcomes(household, clock.today())
        found = [
            cls(
                queries.account(household, kind),
                [each for each in bills if each.bill.kind == kind],
                by_posting(queries.ledger(household, kind)),
            )
            for kind in Kind.values
        ]
        return [each for each in found if each.postings]

    @property
    def title(self) -> str:
        return _("Health plan") if self.account.kind == Kind.HEALTH else _("Dental plan")

    @property
    def listed(self) -> list[tuple[Bill, str]]:
        """Each bill with what became of it."""
        return [(each.bill, words.state_of_bill(each)) for each in self.bills]


@dataclass(frozen=True)
class Paying:
    """The account to which one pays, and what a payment on `today` does."""

    household: Household
    account: Account
    today: date

    @property
    def title(self) -> str:
        return _("Pay for your health plan") if self.account.kind == Kind.HEALTH else _("Pay for your dental plan")

    @property
    def plans(self) -> list[str]:
        """What the money is for: each plan that waits, or that is paid for, with its people."""
        standings = self.account.waiting or tuple(chosen.complete(self.household, self.account.kind))
        return [
            _("{plan}, for {names}, from {day}").format(
                plan=chosen.plan_of(each.policy).name, names=telling.members(each), day=day(each.policy.starts)
            )
            for each in standings
        ]

    @property
    def meanwhile(self) -> str:
        """What holds until a change is paid for."""
        if self.account.pay_by is None or self.is_late:
            return ""
        return telling.meanwhile(self.account.stands, self.account.pay_by)

    @property
    def is_late(self) -> bool:
        return self.account.is_late(self.today)

    @property
    def late(self) -> str:
        """What a payment does that comes after the last day."""
        assert self.account.pay_by is not None  # it is late
        return _(
            "The last day to pay for this plan was {day}. A payment now does not start it. The money stays on your "
            "account as a credit and counts toward the next plan that you choose."
        ).format(day=day(self.account.pay_by))

    def does(self, amount: int) -> str:
        """What paying this amount (cents) does."""
        account = self.account
        if self.is_late:
            return self.late
        if account.pay_by is not None and amount < account.missing:
            return _(
                "It is a part of what you owe. Your enrollment is not complete until we receive the other {rest} too, "
                "by {last}."
            ).format(rest=cents.dollars(account.missing - amount), last=day(account.pay_by))
        rest = account.owed - amount
        said = []
        if account.starts is not None:
            said.append(_("It completes your enrollment: you are covered from {day}.").format(day=day(account.starts)))
        elif rest <= 0:
            said.append(_("It pays all that you owe."))
        if rest > 0:
            said.append(_("You still owe {rest} after it.").format(rest=cents.dollars(rest)))
        if rest < 0:
            more = cents.dollars(-rest)
            said.append(_("{amount} more than you owe stays on your account as a credit.").format(amount=more))
        return " ".join(said)

    @property
    def statuses(self) -> list[tuple[str, str]]:
        """Each plan of the account that waits, is paid for or has ended, and where it stands today."""
        return [
            (chosen.plan_of(each.policy).name, telling.status(each, clock.today()))
            for each in chosen.standings(self.household, self.account.kind)
            if each.status is not Status.WITHDRAWN
        ]
