"""From when a plan covers, and until when its first payment counts."""

from __future__ import annotations

from datetime import date

from openhix.kernel.periods import first_of_month_before, first_of_next_month
from openhix.law.enrollment_dates import OpenEnrollment


class EnrollmentClosed(ValueError):
    """Plans of this kind and year cannot be chosen on this day: `opens` and `ended` are open enrollment's days.

    Health plans outside open enrollment (without a special reason); any plan once no month of the year is left.
    """

    def __init__(self, enrollment: OpenEnrollment) -> None:
        super().__init__(f"open enrollment for {enrollment.for_plan_year} is {enrollment.start} to {enrollment.end}")
        self.plan_year = enrollment.for_plan_year
        self.opens, self.ended = enrollment.start, enrollment.end


def first_day(*, chosen_on: date, kind: str, enrollment: OpenEnrollment) -> date:
    """The first day of coverage of a plan that is chosen, and paid by `pay_by`. 956 CMR 12.10(2), 12.16(3)(a).

    Health plans only in open enrollment; dental plans on any day from its first one on, while a month of the plan year
    is left. Chosen by the 23rd: the first of the next month; later: the first of the month after that. Raises
    EnrollmentClosed.
    """
    if kind == "health":
        if not enrollment.is_open(chosen_on):
            raise EnrollmentClosed(enrollment)
        return enrollment.coverage_starts(chosen_on)
    starts = first_of_next_month(chosen_on)
    if chosen_on.day > enrollment.payment_deadline_day:
        starts = first_of_next_month(starts)
    starts = max(starts, enrollment.first_effective)
    if chosen_on < enrollment.start or starts.year > enrollment.for_plan_year:
        raise EnrollmentClosed(enrollment)
    return starts


def pay_by(*, starts: date, enrollment: OpenEnrollment) -> date:
    """The last day on which the first payment counts: the 23rd of the month before coverage. 956 CMR 12.10(2)."""
    return first_of_month_before(starts).replace(day=enrollment.payment_deadline_day)


def change_takes_effect(*, today: date, starts: date) -> date:
    """From when a new answer about eligibility changes a plan that is paid for. 45 CFR 155.330(f)(1)(i).

    The first of the next month; for a plan that has not begun, its own first day. Assumed: no day of the month after
    which a change waits for another one.
    """
    return max(first_of_next_month(today), starts)
