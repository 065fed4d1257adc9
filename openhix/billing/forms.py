"""The form with which a household pays: from which bank account, and how much.

The account number is never written into a page: once it has been typed and is a possible one, the page carries it
sealed (`kept`), for this household and this form alone.
"""

from __future__ import annotations

import json
import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openhix.billing import queries, words
from openhix.billing.actions import MOST, BankDetails
from openhix.billing.models import BankAccount
from openhix.billing.rules import bank_accounts
from openhix.kernel import cents
from openhix.people import sealed
from openhix.people.models import Household

NEW = "new"
REFUSED = {
    "routing": _("Enter the routing number of your bank: the nine digits at the bottom left of a check."),
    "number": _("Enter the account number: 4 to 17 digits, the second number at the bottom of a check."),
    "card": _(
        "This looks like the number of a card. We cannot take credit or debit cards, only a checking or savings "
        "account. If it is the number of your bank account, call us at 1-877-623-6765 to pay."
    ),
}
NO_AMOUNT = _("Enter an amount above zero in dollars and cents, such as 120.50.")
LONGEST = 100  # letters of a name
TYPED = "payments"  # in the session: forms that are being checked, by their keys
MOST_FORMS = 5
KEY_HALF = 16  # hex digits


class PayForm(forms.Form):
    """`bank` and `cents` are what a valid form asks to pay with, and how much."""

    account = forms.ChoiceField(
        label=_("Which bank account do you want to pay from?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a bank account."), "invalid_choice": _("Choose a bank account.")},
    )
    routing_number = forms.CharField(
        label=_("Routing number"),
        help_text=_("Nine digits, at the bottom left of a check or in your bank's app."),
        widget=forms.TextInput({"inputmode": "numeric"}),
        required=False,
    )
    number = forms.CharField(
        label=_("Account number"),
        help_text=_("Not the number of a card: we cannot take cards."),
        widget=forms.TextInput({"inputmode": "numeric"}),
        required=False,
    )
    type = forms.ChoiceField(
        label=_("Kind of account"),
        choices=[("checking", _("Checking")), ("savings", _("Savings"))],
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Choose checking or savings.")},
    )
    holder = forms.CharField(
        label=_("Name of the account's holder"),
        help_text=_("As it stands on the account. It need not be a member of the household."),
        widget=forms.TextInput({"autocomplete": "name"}),
        required=False,
    )
    amount = forms.ChoiceField(
        label=_("How much do you want to pay?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how much to pay."), "invalid_choice": _("Choose how much to pay.")},
    )
    other = forms.CharField(
        label=_("Another amount, in dollars"), widget=forms.TextInput({"inputmode": "decimal"}), required=False
    )
    key = forms.CharField(widget=forms.HiddenInput, required=False)
    kept = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, typed: QueryDict | None = None, *, household: Household, owed: int) -> None:
        self.household, self.owed = household, owed
        self.saved = {str(each.pk): each for each in queries.bank_accounts(household)}
        self.bank: BankDetails | BankAccount | None = None
        self.cents = 0
        self._typed = _with_a_key(typed, household) if typed is not None else None
        new_form = {"account": next(iter(self.saved), NEW), "amount": "owed", "key": _new_key(household)}
        super().__init__(self._typed, auto_id="%s", label_suffix="", initial=new_form)
        saved = [(pk, capfirst(words.bank_account(each))) for pk, each in self.saved.items()]
        self._offer("account", *saved, (NEW, _("Another account")))
        all_of_it = gettext("All that you owe: {amount}").format(amount=cents.dollars(owed))
        self._offer("amount", ("owed", all_of_it), ("other", _("Another amount")))
        if not self.saved:
            self._put("account", NEW)

    def _offer(self, field: str, *choices: tuple[str, Any]) -> None:
        asked = self.fields[field]
        assert isinstance(asked, forms.ChoiceField)
        asked.choices = list(choices)

    def _put(self, name: str, value: str) -> None:
        """In the place of what was typed."""
        if self._typed is not None:
            self._typed[name] = value

    @property
    def form_key(self) -> str:
        """The name of this payment, however often it is sent."""
        return str(self["key"].value())

    @property
    def kept_ending(self) -> str:
        """The last four digits of the number that the page carries, or nothing."""
        details = self._unsealed()
        return details["number"][-4:] if details else ""

    @property
    def from_account(self) -> str:
        """The account in words, with no more of its number than its end."""
        if isinstance(self.bank, BankAccount):
            return words.bank_account(self.bank)
        return words.account_ending(self.bank.number[-4:], self.bank.is_savings) if self.bank else ""

    def clean(self) -> dict[str, Any]:
        typed = {**dict.fromkeys(self.fields, ""), **self.cleaned_data}
        self._read_amount(typed)
        if typed["account"] in self.saved:
            self.bank = self.saved[typed["account"]]
        elif typed["account"] == NEW:
            self._read_new(typed)
        self._put("number", "")
        return self.cleaned_data

    def _read_amount(self, typed: dict[str, Any]) -> None:
        if typed["amount"] == "owed":
            self.cents = self.owed
        elif typed["amount"] == "other":
            try:
                self.cents = cents.parse(typed["other"])
            except cents.NotMoney:
                self.cents = 0
            if not self.cents:
                self.add_error("other", NO_AMOUNT)
            elif self.cents > MOST:
                most = cents.dollars(MOST)
                self.add_error("other", _("One payment is at most {most}. Check the amount.").format(most=most))

    def _read_new(self, typed: dict[str, Any]) -> None:
        routing, number = bank_accounts.digits(typed["routing_number"]), bank_accounts.digits(typed["number"])
        before = self._unsealed()
        if not number and before:
            number = before["number"]
        faults = list(bank_accounts.faults(routing, number))
        for fault in faults:
            self.add_error(fault.field, REFUSED[fault.reason])
        if typed["type"] not in ("checking", "savings") and "type" not in self.errors:
            self.add_error("type", _("Choose checking or savings."))
        holder = " ".join(typed["holder"].split())
        if not any(each.isalpha() for each in holder) or not holder.isprintable():
            if "holder" not in self.errors:
                self.add_error("holder", _("Enter the name of the account's holder."))
        elif len(holder) > LONGEST:
            self.add_error("holder", _("This name is too long: 100 letters at most."))
        self._put("kept", "" if any(fault.field == "number" for fault in faults) else self._sealed(number))
        if not self.errors:
            self.bank = BankDetails(routing, number, typed["type"] == "savings", holder)

    def _sealed(self, number: str) -> str:
        details = {"household": self.household.pk, "key": self.form_key, "number": number}
        return sealed.seal(json.dumps(details)).decode()

    def _unsealed(self) -> dict[str, Any] | None:
        """What the page carries, if it is this household's and this form's."""
        text = self["kept"].value()
        if not text:
            return None
        try:
            details: dict[str, Any] = json.loads(sealed.unseal(str(text).encode()))
        except sealed.Unreadable:
            return None
        mine = (details.get("household"), details.get("key")) == (self.household.pk, self.form_key)
        return details if mine else None

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, in the order of the page."""
        return [(name, str(error)) for name in self.fields for error in self.errors.get(name, [])]


def remember(request: HttpRequest, form: PayForm) -> None:
    """Keep what a valid form holds until it has been checked: in the session, by its key, sealed."""
    assert form._typed is not None  # it was sent
    kept = dict(request.session.get(TYPED, {}))
    kept[form.form_key] = sealed.seal(form._typed.urlencode()).decode()
    request.session[TYPED] = dict(list(kept.items())[-MOST_FORMS:])


def typed_before(request: HttpRequest, key: str) -> QueryDict | None:
    """What was typed in the form with this key, in this session."""
    text = request.session.get(TYPED, {}).get(key)
    if text is None:
        return None
    try:
        return QueryDict(sealed.unseal(text.encode()), mutable=True)
    except sealed.Unreadable:  # sealed with a key that has been taken away since
        return None


def is_key_of(household: Household, key: str) -> bool:
    """Whether a page of ours has made this key for this household: it is half chance, half a seal on both."""
    return constant_time_compare(key, _sealed_key(household, key[:KEY_HALF]))


def _new_key(household: Household) -> str:
    return _sealed_key(household, secrets.token_hex(KEY_HALF // 2))


def _sealed_key(household: Household, chance: str) -> str:
    return chance + salted_hmac("a form to pay with", f"{household.pk} {chance}").hexdigest()[:KEY_HALF]


def _with_a_key(typed: QueryDict, household: Household) -> QueryDict:
    """What was sent, with a new key where no page of ours has made the one that came for this household."""
    typed = typed.copy()
    if not is_key_of(household, typed.get("key", "")):
        typed["key"] = _new_key(household)
    return typed
