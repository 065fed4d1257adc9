"""The words of our paper itself, in the language of the reader: everything that its data does not bring."""

from __future__ import annotations

from functools import cache

from babel import Locale
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as marked

HOUSE = {
    "place": marked("Massachusetts health insurance exchange"),
    "date": marked("{month} {day}, {year}"),
    "month": marked("{month} {year}"),
    "page": marked("Page {page} of {pages}"),
    "member_id": marked("Member ID"),
    "illustrative": marked("This is a demonstration: the prices are illustrative."),
}
LETTER = {
    "dated": marked("Date"),
    "number": marked("Letter number"),
    "questions": marked("Questions?"),
    "call": marked("Call 1-877-623-6765. TTY: 711, for people who are deaf, hard of hearing, or speech disabled."),
    "language_help": marked("We speak your language. Interpreters are free."),
}
BILL = {
    "title": marked("Bill for {month}"),
    "health": marked("Health plan bill"),
    "dental": marked("Dental plan bill"),
    "bill_date": marked("Bill date"),
    "number": marked("Bill number"),
    "primary_member": marked("Primary member"),
    "insurer": marked("Insurer"),
    "plan": marked("Plan name"),
    "covers": marked("People covered"),
    "activity": marked("Account activity"),
    "amount": marked("Amount"),
    "item": marked("Item"),
    "none": marked("None this time"),
    "premium": marked("Plan's monthly premium"),
    "credit": marked("Advance Premium Tax Credit"),
    "subsidy": marked("ConnectorCare subsidy"),
    "price": marked("Your monthly premium"),
    "last_balance": marked("Last statement balance"),
    "payments": marked("Payments received, {from} to {to}"),
    "payments_to": marked("Payments received until {to}"),
    "payment": marked("Payment on {on}"),
    "due_from_last": marked("Total due from last statement"),
    "fees": marked("Fees and discounts"),
    "adjustments": marked("Adjustments and refunds"),
    "adjusted": marked("Total fees, discounts, and adjustments"),
    "owed": marked("What you owe by {day}"),
    "credit_left": marked("Credit left on your account"),
    "total_due": marked("Total due"),
    "pay_by": marked("Please pay by"),
    "nothing_due": marked("Nothing to pay"),
    "start": marked("Pay this bill to start your new health coverage."),
    "start_dental": marked("Pay this bill to start your new dental coverage."),
    "this_is_for_health": marked("This bill is for your {month} health plan through the Health Connector."),
    "this_is_for_dental": marked("This bill is for your {month} dental plan through the Health Connector."),
    "messages": marked("Important messages about your account"),
    "ways": marked("Ways to pay your bill"),
    "online": marked("Online"),
    "online_how": marked("Sign in to your account and choose Pay. Money is taken from a checking or savings account."),
    "by_phone": marked("Phone"),
    "by_phone_how": marked("1-877-MA-ENROLL (1-877-623-6765), TTY: 711. Press 3, then 1."),
    "by_mail": marked("Mail"),
    "by_mail_how": marked("Send a check or money order with the coupon below."),
    "no_cards": marked("We cannot take credit cards, debit cards, cash or PayPal."),
    "scan": marked("Scan for how to pay"),
    "qr": marked("QR code that leads to {address}"),
    "cut": marked("Cut here and send this coupon with your check or money order."),
    "coupon": marked("Payment coupon"),
    "payable": marked("Make your check payable to the Health Connector and write your member ID on it."),
    "enclosed": marked("Amount enclosed"),
}
BY_TEMPLATE = {"letter": HOUSE | LETTER, "bill": HOUSE | BILL}


@cache
def labels(template: str, language: str) -> dict[str, str | list[str]]:
    """Each label by its name, and `months`: the names of the twelve months."""
    with override(language):
        words: dict[str, str | list[str]] = {name: gettext(text) for name, text in BY_TEMPLATE[template].items()}
    names = Locale.parse(language).months["format"]["wide"]
    return words | {"months": [names[month] for month in range(1, 13)]}
