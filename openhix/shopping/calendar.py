"""Which plan year people shop for, and the months in which coverage can start. Pure: dates and the law's tables."""

from __future__ import annotations

from datetime import date, timedelta

from openhix.kernel.periods import first_of_next_month
from openhix.law.tables import MissingLaw, OpenEnrollment

MONTHS_SHOWN = 3  # outside open enrollment: the next starts, for those with a special enrollment period


def plan_year(today: date) -> int:
    """Next year from the first day of its open enrollment, this year until then."""
    try:
        coming = OpenEnrollment.for_year(today.year + 1)
    except MissingLaw:
        return today.year
    return today.year + 1 if coming.start <= today else today.year


def enrollment_is_open(today: date) -> bool:
    return OpenEnrollment.for_year(plan_year(today)).is_open(today)


def coverage_months(today: date) -> tuple[date, ...]:
    """First days on which coverage could start for someone who shops on `today`, earliest first; never empty.

    In open enrollment: those that are left of it. Outside: the next ones, for people with a reason to enroll.
    Raises MissingLaw for a year without open enrollment dates.
    """
    year = plan_year(today)
    enrollment = OpenEnrollment.for_year(year)
    if enrollment.is_open(today):
        days = (today + timedelta(days=each) for each in range((enrollment.end - today).days + 1))
        return tuple(sorted({enrollment.coverage_starts(each) for each in days}))
    start = first_of_next_month(today)
    if today.day > enrollment.payment_deadline_day:
        start = first_of_next_month(start)
    if start.year > year:
        OpenEnrollment.for_year(start.year)
    starts = [start]
    while len(starts) < MONTHS_SHOWN and starts[-1].month < 12:
        starts.append(first_of_next_month(starts[-1]))
    return tuple(starts)
