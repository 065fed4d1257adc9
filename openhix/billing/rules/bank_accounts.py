"""Which numbers can be those of a bank account, and why a card is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import luhn
from stdnum.us import rtn


class Refused(ValueError):
    """`field` is routing_number or number; `reason` a code: routing, number, card."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


# How the numbers of cards begin, and how long they are. ISO/IEC 7812-1; the networks' ranges from memory.
CARDS = (
    (re.compile(r"4"), {13, 16, 19}),  # Visa
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), {16}),  # Mastercard
    (re.compile(r"3[47]"), {15}),  # American Express
    (re.compile(r"6011|64[4-9]|65"), {16, 17, 18, 19}),  # Discover
    (re.compile(r"62"), {16, 17, 18, 19}),  # UnionPay
    (re.compile(r"30[0-5]|36|3[89]"), {14, 16}),  # Diners Club
    (re.compile(r"35(?:2[89]|[3-8])"), {16, 17, 18, 19}),  # JCB
)


def digits(typed: str) -> str:
    """A number without the spaces and hyphens with which people write it."""
    return re.sub(r"[\s\u2010-\u2015-]", "", typed)


def check(routing_number: str, number: str) -> None:
    """Raises Refused for the first thing that is wrong."""
    for fault in faults(routing_number, number):
        raise fault


def faults(routing_number: str, number: str) -> Iterator[Refused]:
    """What is wrong with an account: digits alone, see `digits`.

    The exchange takes checking and savings accounts only, no credit or debit cards (Health Connector Payment
    Guidelines, Fall 2025). An account number has 4 to 17 digits (NACHA entry detail record, from memory).
    """
    if not is_routing_number(routing_number):
        yield Refused("routing_number", "card" if looks_like_card(routing_number) else "routing")
    if looks_like_card(number):
        yield Refused("number", "card")
    elif not re.fullmatch(r"\d{4,17}", number, re.ASCII) or not number.strip("0"):
        yield Refused("number", "number")


def is_routing_number(number: str) -> bool:
    """Nine digits with a check digit; the first two are 01 to 12, 21 to 32 or 61 to 72 (ABA, from memory)."""
    return (
        number.isascii()
        and rtn.is_valid(number)
        and rtn.compact(number) == number
        and any(low <= int(number[:2]) <= low + 11 for low in (1, 21, 61))
    )


def looks_like_card(number: str) -> bool:
    """Digits that a card network gives out, with a valid check digit.

    An account number of that length and beginning looks so by chance one time in ten: the reason tells the way out.
    """
    return (
        re.fullmatch(r"\d{13,19}", number, re.ASCII) is not None
        and any(start.match(number) and len(number) in lengths for start, lengths in CARDS)
        and luhn.is_valid(number)
    )
