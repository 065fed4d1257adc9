"""The words for a yearly amount, which three services have."""

from __future__ import annotations

from openhix.kernel import cents
from openhix.verification.sources.interface import Income
from openhix.verification.sources.simulated.scenarios import UnknownWords


def amount(words: str, told: int) -> Income:
    """`told` is what the application says of the same income, cents a year: it is confirmed where nothing is said."""
    if not words:
        return Income(told)
    if words == "no record":
        return Income(None)
    if words.endswith("%"):
        return Income(cents.divide(told * int(words.removesuffix("%")), 100))
    if words.startswith("$"):
        return Income(cents.parse(words))
    raise UnknownWords(f"no amount: {words!r}")
