"""Months and ages, 29 February among them."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.kernel import periods

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1961, 1, 1), date(2026, 1, 1), 65),
        (date(1961, 1, 2), date(2026, 1, 1), 64),
        (date(1960, 12, 31), date(2026, 1, 1), 65),
        (date(2004, 2, 29), date(2025, 2, 28), 20),
        (date(2004, 2, 29), date(2025, 3, 1), 21),
        (date(2004, 2, 29), date(2024, 2, 29), 20),
        (date(2004, 2, 28), date(2024, 2, 28), 20),
        (date(2026, 1, 1), date(2026, 1, 1), 0),
        (date(2026, 1, 2), date(2026, 1, 1), -1),
        (date(2027, 1, 1), date(2026, 1, 1), -1),
        (date(2027, 1, 2), date(2026, 1, 1), -2),
    ],
)
def test_age_in_completed_years(born: date, day: date, age: int) -> None:
    assert periods.age_on(born, day) == age
    assert periods.ages_on(np.array([born], dtype="datetime64[D]"), day).tolist() == [age]


@given(st.lists(DAYS, min_size=1), DAYS)
def test_one_age_and_many_agree(born: list[date], day: date) -> None:
    many = periods.ages_on(np.array(born, dtype="datetime64[D]"), day)
    assert many.tolist() == [periods.age_on(each, day) for each in born]


@given(DAYS, st.integers(0, 120))
def test_a_birthday_is_the_day_on_which_one_is_a_year_older(born: date, years: int) -> None:
    in_that_year = born.year + years
    try:
        birthday = born.replace(year=in_that_year)
    except ValueError:  # born on 29 February, and no such day in that year
        birthday = date(in_that_year, 3, 1)
    assert periods.age_on(born, birthday) == years
    assert periods.age_on(born, date.fromordinal(birthday.toordinal() - 1)) == years - 1


@pytest.mark.parametrize(
    ("day", "following", "before"),
    [
        (date(2025, 11, 15), date(2025, 12, 1), date(2025, 10, 1)),
        (date(2025, 12, 31), date(2026, 1, 1), date(2025, 11, 1)),
        (date(2026, 1, 1), date(2026, 2, 1), date(2025, 12, 1)),
        (date(2024, 2, 29), date(2024, 3, 1), date(2024, 1, 1)),
    ],
)
def test_months_before_and_after(day: date, following: date, before: date) -> None:
    assert periods.first_of_next_month(day) == following
    assert periods.first_of_month_before(day) == before


@given(DAYS)
def test_the_month_before_the_next_one_is_this_one(day: date) -> None:
    assert periods.first_of_month_before(periods.first_of_next_month(day)) == day.replace(day=1)


@pytest.mark.parametrize(("text", "month"), [("2026-01", date(2026, 1, 1)), (" 2025-12 ", date(2025, 12, 1))])
def test_reads_a_month(text: str, month: date) -> None:
    assert periods.parse_month(text) == month


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-1", "2026-00", "2026-13", "26-01", "2026-01-01", "01/2026", "٢٠٢٦-٠١", "0000-01", "x"]
)
def test_refuses_what_is_no_month_and_says_how_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="2026-01"):
        periods.parse_month(text)
