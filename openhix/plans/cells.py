"""What the cells of a shelf's files may say: each makes a value of a cell or raises ValueError with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from openhix.kernel import cents
from openhix.plans import geography

Value = TypeVar("Value")

HIGHEST_PREMIUM = 10_000_00  # ten thousand dollars a month: more is a slip of the keyboard
HIGHEST_AMOUNT = 100_000_00  # of a deductible or a maximum, a year
AGES: dict[str, int] = {"0-14": 0} | {str(age): age for age in range(15, 64)} | {"64 and over": 64}

_AREA = re.compile(r"Rating Area ([1-9]\d?)", re.ASCII)


def _shown(text: str) -> str:
    return repr(text[:40]) if text else "nothing"


def one_of(values: Mapping[str, Value]) -> Callable[[str], Value]:
    """The value of a word, in capitals or not."""
    folded = {word.casefold(): value for word, value in values.items()}

    def read(text: str) -> Value:
        if text.casefold() not in folded:
            raise ValueError(f"{_shown(text)} stands here, and one of {', '.join(values)} is expected")
        return folded[text.casefold()]

    return read


def shaped(pattern: str, expected: str) -> Callable[[str], str]:
    """Text of a certain shape, such as an id."""
    shape = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        if shape.fullmatch(text) is None:
            raise ValueError(f"{_shown(text)} stands here, and {expected} is expected")
        return text

    return read


def words(text: str) -> str:
    """Any text that is not blank, up to 200 characters."""
    if not 0 < len(text) <= 200:
        raise ValueError(f"{len(text)} characters stand here, and 1 to 200 are expected")
    return text


def anything(text: str) -> str:
    return text


def year(text: str) -> int:
    return int(shaped(r"20\d\d", "a year such as 2026")(text))


def premium(text: str) -> int:
    """Cents a month, above zero: a missing price is not a price of zero."""
    try:
        amount = cents.parse(text)
    except cents.NotMoney:
        raise ValueError(f"{_shown(text)} is not an amount such as $1,234.56") from None
    if not 0 < amount <= HIGHEST_PREMIUM:
        raise ValueError(f"{_shown(text)} is not a premium above $0 and up to {cents.dollars(HIGHEST_PREMIUM)} a month")
    return amount


def amount(text: str) -> int | None:
    """Cents a year; None for "Not Applicable"."""
    if text.casefold() == "not applicable":
        return None
    try:
        found = cents.parse(text)
    except cents.NotMoney:
        raise ValueError(f"{_shown(text)} is not an amount such as $1,234.56, nor Not Applicable") from None
    if found > HIGHEST_AMOUNT:
        raise ValueError(f"{_shown(text)} is more than {cents.dollars(HIGHEST_AMOUNT)} a year")
    return found


def rating_area(areas: int) -> Callable[[str], int]:
    """`Rating Area 3` is 3."""

    def read(text: str) -> int:
        found = _AREA.fullmatch(text)
        if found is None or int(found[1]) > areas:
            raise ValueError(f"{_shown(text)} stands here, and Rating Area 1 to Rating Area {areas} is expected")
        return int(found[1])

    return read


def age(text: str) -> int:
    """The youngest age of a band: 0 of `0-14`, 40 of `40`, 64 of `64 and over`."""
    if text not in AGES:
        raise ValueError(f"{_shown(text)} is not an age band: 0-14, 15 to 63 singly, 64 and over")
    return AGES[text]


def county(text: str) -> str:
    """The FIPS code of a county of Massachusetts, given by code or name; blank stays blank."""
    if text.casefold() in ("", "not applicable"):
        return ""
    fips = geography.county_fips(text)
    if fips is None:
        raise ValueError(f"{_shown(text)} is not a county of Massachusetts")
    return fips


def zips(text: str) -> tuple[str, ...]:
    """The five-digit ZIP codes of a list with commas; blank is none."""
    if text.casefold() in ("", "not applicable"):
        return ()
    read = shaped(r"\d{5}", "a list of five-digit ZIP codes")
    return tuple(read(each.strip()) for each in text.split(","))
