"""Open enrollment as MA Health Care Learning Series, Fall 2025 gives it, and the 23rd."""

from datetime import date

import pytest

from openhix.law.tables import Law, MissingLaw, OpenEnrollment, important_dates

FOR_2025 = Law(date(2025, 1, 1)).open_enrollment
FOR_2026 = Law(date(2026, 1, 1)).open_enrollment


def test_slide_open_enrollment_2026() -> None:
    assert FOR_2026.for_plan_year == 2026
    assert (FOR_2026.start, FOR_2026.end) == (date(2025, 11, 1), date(2026, 1, 23))


def test_slide_application_for_individuals_and_families_shows_the_year_before() -> None:
    assert (FOR_2025.start, FOR_2025.end) == (date(2024, 11, 1), date(2025, 1, 23))


def test_slide_open_enrollment_review() -> None:
    """Coverage for January 1 is chosen and paid for by December 23."""
    assert FOR_2026.deadline_for_first == date(2025, 12, 23)
    assert FOR_2026.first_effective == date(2026, 1, 1)
    assert FOR_2026.last_effective == date(2026, 2, 1)
    assert FOR_2026.payment_deadline_day == 23


@pytest.mark.parametrize(
    ("completed", "starts"),
    [
        (date(2025, 11, 1), date(2026, 1, 1)),
        (date(2025, 11, 30), date(2026, 1, 1)),
        (date(2025, 12, 23), date(2026, 1, 1)),
        (date(2025, 12, 24), date(2026, 2, 1)),
        (date(2025, 12, 31), date(2026, 2, 1)),
        (date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 1, 23), date(2026, 2, 1)),
    ],
)
def test_coverage_starts(completed: date, starts: date) -> None:
    assert FOR_2026.coverage_starts(completed) == starts


@pytest.mark.parametrize("day", [date(2025, 10, 31), date(2026, 1, 24)])
def test_no_coverage_starts_outside_open_enrollment(day: date) -> None:
    assert not FOR_2026.is_open(day)
    with pytest.raises(ValueError, match="open enrollment for 2026 is from 2025-11-01 to 2026-01-23"):
        FOR_2026.coverage_starts(day)


@pytest.mark.parametrize("enrollment", [FOR_2025, FOR_2026], ids=["2025", "2026"])
def test_the_dates_of_the_table_follow_from_the_23rd(enrollment: OpenEnrollment) -> None:
    """The table prints them as the exchange does; the rule gives the same."""
    assert enrollment.coverage_starts(enrollment.deadline_for_first) == enrollment.first_effective
    assert enrollment.coverage_starts(enrollment.end) == enrollment.last_effective
    assert enrollment.deadline_for_first.day == enrollment.payment_deadline_day


def test_important_dates_of_the_home_page() -> None:
    assert important_dates(2026) == (
        ("open_enrollment_starts", date(2025, 11, 1)),
        ("payment_due", date(2025, 12, 23)),
        ("coverage_starts", date(2026, 1, 1)),
        ("open_enrollment_ends", date(2026, 1, 23)),
    )


def test_important_dates_of_a_year_that_is_not_known() -> None:
    with pytest.raises(MissingLaw, match=r"law/massachusetts/open_enrollment.yaml has no figures for plan year 2027"):
        important_dates(2027)
