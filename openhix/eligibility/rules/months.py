"""From which day a person can have what was found."""

from __future__ import annotations

from datetime import date

from openhix.kernel.periods import first_of_next_month
from openhix.law.tables import OpenEnrollment


def coverage_month(today: date, plan_year: int) -> date:
    """956 CMR 12.10(2), 12.12(1): the first month that can still be had by choosing and paying a plan in time.

    Through the 23rd the next month, after it the month after; never before the plan year. Raises MissingLaw.
    """
    enrollment = OpenEnrollment.for_year(plan_year)
    starts = first_of_next_month(today)
    if today.day > enrollment.payment_deadline_day:
        starts = first_of_next_month(starts)
    return max(starts, enrollment.first_effective)


def masshealth_starts(applied: date) -> date:
    """130 CMR 502.006: MassHealth begins on the first day of the month of the application."""
    return applied.replace(day=1)
