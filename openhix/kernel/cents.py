"""Money is integer cents. Here it is read, shown, divided and shared; nowhere else is it rounded."""

from __future__ import annotations

import re
from typing import overload

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_DOLLARS = re.compile(r"\$? ?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d{1,2}))?")
LARGEST = 10**12  # ten billion dollars: more is a slip of the keyboard


class NotMoney(ValueError):
    """The text is not an amount of dollars and cents at or above zero."""


class TooMuch(NotMoney):
    """The amount is above LARGEST."""


def parse(text: str) -> int:
    """Cents of an amount as people write it: `60000`, `$1,234.56`, `12.5`. Raises NotMoney, TooMuch."""
    found = _DOLLARS.fullmatch(text.strip()) if text.isascii() else None
    if found is None:
        raise NotMoney(text)
    cents = int(found["whole"].replace(",", "")) * 100 + int((found["cents"] or "0").ljust(2, "0"))
    if cents > LARGEST:
        raise TooMuch(text)
    return cents


def dollars(cents: int) -> str:
    """`$1,234.56`, `−$5.00` with the true minus sign; whole amounts keep their cents.

    The same in every language, as in the exchange's notices.
    """
    sign = "−" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def plain(cents: int) -> str:
    """`1234.56`, for files and machines."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


@overload
def divide(numerator: int, denominator: int) -> int: ...
@overload
def divide(numerator: Ints, denominator: Ints | int) -> Ints: ...
def divide(numerator: Ints | int, denominator: Ints | int) -> Ints | int:
    """Numerator over denominator (above zero), rounded once, half up: 5/2 is 3, 7/3 is 2, -5/2 is -2."""
    return (2 * numerator + denominator) // (2 * denominator)
