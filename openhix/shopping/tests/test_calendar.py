"""Which months of coverage are offered on which day; 45 CFR 155.410, 956 CMR 12.10(2): the rule of the 23rd."""

from __future__ import annotations

from datetime import date

import pytest

from openhix.law.tables import MissingLaw
from openhix.shopping.calendar import coverage_months, enrollment_is_open, plan_year


def first_of(*months: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(f"{month}-01") for month in months)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        ("2025-11-01", first_of("2026-01", "2026-02")),
        ("2025-12-23", first_of("2026-01", "2026-02")),
        ("2025-12-24", first_of("2026-02")),
        ("2026-01-23", first_of("2026-02")),
        ("2026-01-24", first_of("2026-03", "2026-04", "2026-05")),
        ("2026-10-23", first_of("2026-11", "2026-12")),
        ("2026-10-24", first_of("2026-12")),
        ("2025-10-31", first_of("2025-12")),
    ],
)
def test_months_that_are_offered(today: str, months: tuple[date, ...]) -> None:
    assert coverage_months(date.fromisoformat(today)) == months


def test_next_year_is_shopped_for_from_the_first_day_of_its_open_enrollment() -> None:
    assert plan_year(date(2025, 10, 31)) == 2025
    assert plan_year(date(2025, 11, 1)) == 2026
    assert plan_year(date(2026, 12, 1)) == 2026


def test_open_enrollment_ends_with_its_last_day() -> None:
    assert enrollment_is_open(date(2026, 1, 23))
    assert not enrollment_is_open(date(2026, 1, 24))


def test_a_year_without_dates_is_an_error_that_names_the_table() -> None:
    with pytest.raises(MissingLaw, match="open_enrollment"):
        coverage_months(date(2026, 11, 24))
