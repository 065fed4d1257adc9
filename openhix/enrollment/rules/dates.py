"""From when a plan covers, and until when its first payment counts."""

from __future__ import annotations

from datetime import date

from openhix.kernel.periods import first_of_month_before, first_of_next_month
from openhix.law.enrollment_dates import OpenEnrollment


class EnrollmentClosed(ValueError):
    """Health plans cannot be chosen on this day without a special reason. `opens` and `ended` say when one could."""

    def __init__(self, enrollment: OpenEnrollment) -> None:
        super().__init__(f"open enrollment for {enrollment.for_plan_year} is {enrollment.start} to {enrollment.end}")
        self.opens, self.ended = enrollment.start, enrollment.end


def first_day(*, chosen_on: date, kind: str, enrollment: OpenEnrollment) -> date:
    """The first day of coverage of a plan that is chosen, and paid by `pay_by`. 956 CMR 12.10(2), 12.16(3)(a).

    Health plans only in open enrollment (raises EnrollmentClosed); dental plans on any day of the plan year. Chosen
    by the 23rd: the first of the next month; later: the first of the month after that.
    """
    if kind == "health":
        if not enrollment.is_open(chosen_on):
            raise EnrollmentClosed(enrollment)
        return enrollment.coverage_starts(chosen_on)
    starts = first_of_next_month(chosen_on)
    if chosen_on.day > enrollment.payment_deadline_day:
        starts = first_of_next_month(starts)
    return max(starts, enrollment.first_effective)


def pay_by(*, starts: date, enrollment: OpenEnrollment) -> date:
    """The last day on which the first payment counts: the 23rd of the month before coverage. 956 CMR 12.10(2)."""
    return first_of_month_before(starts).replace(day=enrollment.payment_deadline_day)
