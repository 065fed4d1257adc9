"""Which numbers can be those of a bank account, and why a card is refused."""

from __future__ import annotations

import re

from stdnum import luhn
from stdnum.exceptions import ValidationError
from stdnum.us import rtn


class Refused(ValueError):
    """`field` is routing_number or number; `reason` a code: routing, number, card."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


def check(routing_number: str, number: str) -> None:
    """Raises Refused. The Connector takes bank accounts only, no credit or debit cards (Health Connector Payment
    Guidelines). A routing number has nine digits and a check digit; an account number 4 to 17 digits."""
    if looks_like_card(number):
        raise Refused("number", "card")
    try:
        rtn.validate(routing_number)
    except ValidationError:
        raise Refused("routing_number", "routing") from None
    if not re.fullmatch(r"\d{4,17}", number, re.ASCII):
        raise Refused("number", "number")


def looks_like_card(number: str) -> bool:
    """13 to 19 digits that a card network could have given out (first digit 3 to 6, or 2 for Mastercard's newer
    ones) with a valid check digit. One bank account number in ten or so of that length looks so by chance: it is
    refused with the reason and the telephone as the other way."""
    digits = re.sub(r"[ -]", "", number)
    return bool(re.fullmatch(r"[2-6]\d{12,18}", digits, re.ASCII)) and luhn.is_valid(digits)
