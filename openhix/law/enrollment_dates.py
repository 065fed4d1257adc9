"""Open enrollment and the day of the month by which things must be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openhix.kernel.periods import first_of_next_month
from openhix.law.reading import SHIPPED, Tables


@dataclass(frozen=True)
class OpenEnrollment:
    """Open enrollment for one plan year; `start`, `end` and the deadlines are days on which one still can."""

    for_plan_year: int
    start: date
    end: date
    deadline_for_first: date
    first_effective: date
    last_effective: date
    payment_deadline_day: int

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> OpenEnrollment:
        figures = tables.table("massachusetts/open_enrollment").for_year(plan_year)
        deadline = tables.table("massachusetts/payment_deadline").for_year(plan_year)
        return cls(
            for_plan_year=plan_year,
            start=date.fromisoformat(figures["start"]),
            end=date.fromisoformat(figures["end"]),
            deadline_for_first=date.fromisoformat(figures["deadline_for_first"]),
            first_effective=date.fromisoformat(figures["first_effective"]),
            last_effective=date.fromisoformat(figures["last_effective"]),
            payment_deadline_day=int(deadline["day"]),
        )

    def is_open(self, day: date) -> bool:
        return self.start <= day <= self.end

    def coverage_starts(self, completed: date) -> date:
        """First day of coverage under a plan that is chosen and paid for on `completed`.

        By the 23rd: the first of the next month; after it, the first of the month after that; never before the plan
        year. Raises ValueError for a day outside open enrollment.
        """
        if not self.is_open(completed):
            raise ValueError(f"open enrollment for {self.for_plan_year} is from {self.start} to {self.end}")
        starts = first_of_next_month(completed)
        if completed.day > self.payment_deadline_day:
            starts = first_of_next_month(starts)
        return max(starts, self.first_effective)


def important_dates(plan_year: int) -> tuple[tuple[str, date], ...]:
    """The dates that the home page shows, in the order of the calendar: (key, day)."""
    enrollment = OpenEnrollment.for_year(plan_year)
    return (
        ("open_enrollment_starts", enrollment.start),
        ("payment_due", enrollment.deadline_for_first),
        ("coverage_starts", enrollment.first_effective),
        ("open_enrollment_ends", enrollment.end),
    )
