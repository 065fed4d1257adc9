"""Months and ages. Periods are half open; coverage runs by whole months."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import numpy.typing as npt

Days = npt.NDArray[np.datetime64]
Ints = npt.NDArray[np.int64]

_MONTH = re.compile(r"([1-9]\d{3})-(\d{2})")


def parse_month(text: str) -> date:
    """First day of `2026-01`. Raises ValueError that says what is expected."""
    found = _MONTH.fullmatch(text.strip())
    if found is None or not text.isascii() or not 1 <= int(found[2]) <= 12:
        raise ValueError(f"{text!r} is not a month: write it as 2026-01")
    return date(int(found[1]), int(found[2]), 1)


def first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def first_of_month_before(day: date) -> date:
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)


def ages_on(birth_dates: Days, day: date) -> Ints:
    """Completed years on `day`; a birth after it gives -1. Born on 29 February: a year older on 1 March."""
    months = birth_dates.astype("datetime64[M]")
    day_of_month = (birth_dates - months.astype("datetime64[D]")).astype(np.int64) + 1
    whole_months = (day.year * 12 + day.month - 1) - (months.astype(np.int64) + 1970 * 12)
    years = (whole_months - (day_of_month > day.day)) // 12
    return years.astype(np.int64)


def age_on(birth_date: date, day: date) -> int:
    """Completed years of one person on `day`."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))
