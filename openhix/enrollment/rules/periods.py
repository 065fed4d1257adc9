"""Whether an event opens a time to choose a health plan, for how long, and from which days a plan can then cover."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from openhix.eligibility.rules.program import BUYS_A_PLAN, MASSHEALTH, Program
from openhix.kernel.periods import first_of_month_before, first_of_next_month
from openhix.law.enrollment_dates import OpenEnrollment
from openhix.law.special_enrollment import EnrolleeMay, LifeEvent, Opener, Starts, Who

MIDDLE = 15  # of a month: 130 CMR 502.006(D)
FAR = 5  # years from today: a slip of the keyboard (assumed)
METALS = ("Bronze", "Silver", "Gold", "Platinum")  # each one level from the next


class NotOpened(ValueError):
    """The event opens no time to choose. `reason`: a code that labels.py puts into words; `day`: the one it is about,
    the last one on which it was open, or the first one on which it will be."""

    def __init__(self, reason: str, day: date | None = None) -> None:
        super().__init__(reason)
        self.reason, self.day = reason, day


@dataclass(frozen=True)
class Standing:
    """What the law asks of somebody on a day: in a health plan, in ConnectorCare, a member of a tribe, and whether one
    of a couple was covered for a day in the 60 days before (None: not asked yet)."""

    enrolled: bool = False
    connectorcare: bool = False
    tribal_member: bool = False
    covered_before: bool | None = None


def window(event: LifeEvent, *, event_day: date, today: date) -> tuple[date, date]:
    """The first and the last day of the window after an event. Raises NotOpened for a day that is far off."""
    if abs(event_day.year - today.year) > FAR:
        raise NotOpened("far")
    return event.window(event_day)


def opened(
    event: LifeEvent, *, event_day: date, today: date, standing: Standing, by: Opener = Opener.TOLD
) -> tuple[date, date]:
    """The first and the last day of the time that the event opens. 45 CFR 155.420(c), (d); 956 CMR 12.10(1).

    Raises NotOpened: for a day that is far off, for an event that is no law on its day, that cannot be opened so,
    outside its window, or that does not help this person. What staff grant may lie outside the window: it is then open
    from today as long as the window is after an event (assumed: as long as for an event of today).
    """
    opens, ends = window(event, event_day=event_day, today=today)
    if not event.is_active(event_day):
        raise NotOpened("not_law")
    if by not in event.opened_by:
        raise NotOpened("not_told")
    if by is Opener.STAFF:
        return (opens, ends) if opens <= today <= ends else (today, event.window(today)[1])
    if today < opens:
        raise NotOpened("too_early", opens)
    if today > ends:
        raise NotOpened("too_late", ends)
    if not _helps(event.who, standing):
        raise NotOpened(event.who.value)
    return opens, ends


def _helps(who: Who, standing: Standing) -> bool:
    match who:
        case Who.ENROLLEE:
            return standing.enrolled
        case Who.CONNECTORCARE:
            return standing.connectorcare
        case Who.TRIBAL_MEMBER:
            return standing.tribal_member
        case Who.COVERED_BEFORE:
            return standing.covered_before is True
        case _:
            return True


def first_days(
    starts: Starts, *, event_day: date, chosen_on: date, closes: date, deadline_day: int, fitted: date | None = None
) -> list[date]:
    """The days from which a plan can cover that is chosen on `chosen_on`; the earliest first.

    45 CFR 155.420(b); 956 CMR 12.10(2). Chosen and paid for by the 23rd: the first of the next month; later: the first
    of the month after it, and also the first of each later month that can still be had by choosing until `closes`.
    After a birth or adoption also the day itself. Nobody is covered from a day that is not among them.
    """
    if starts is Starts.FITTED:
        return [fitted] if fitted else []
    regular = sorted({_regular(day, deadline_day) for day in _days(chosen_on, closes)})
    if starts is Starts.LOSS:
        after = first_of_next_month(event_day)
        return sorted({max(each, after) for each in regular})
    if starts is Starts.EVENT:
        return sorted({event_day, *regular})
    return regular


def pay_by(*, starts: date, chosen_on: date, deadline_day: int) -> date:
    """The last day on which the first payment counts. 956 CMR 12.10(2), 12.12(1).

    The 23rd of the month before coverage. Where coverage begins on a day that is over or near: the next 23rd (assumed).
    """
    before = first_of_month_before(starts).replace(day=deadline_day)
    if before >= chosen_on:
        return before
    month = chosen_on if chosen_on.day <= deadline_day else first_of_next_month(chosen_on)
    return month.replace(day=deadline_day)


def credit_begins(starts: date) -> date:
    """The first month for which the credit is paid in advance. 45 CFR 155.420(b)(2)(i), text of 2012.

    Where coverage begins within a month it is the next one: born on March 10, the credit begins with April.
    """
    return starts if starts.day == 1 else first_of_next_month(starts)


def masshealth_ends(decided_on: date) -> date:
    """The last day of MassHealth of somebody who qualifies for the tax credit from now on. 130 CMR 502.006(D).

    The end of this month if its end falls on or before the 15th, otherwise the end of the next one.
    """
    month = first_of_next_month(decided_on)
    if decided_on.day > MIDDLE:
        month = first_of_next_month(month)
    return month - timedelta(days=1)


def adds_time(*, opens: date, ends: date, enrollment: OpenEnrollment) -> bool:
    """Whether it opens a day on which one could not choose anyway. 45 CFR 155.410(a)(2)."""
    return opens < enrollment.start or ends > enrollment.end


@dataclass(frozen=True)
class Answer:
    """What one person was found to qualify for, None where nothing is decided."""

    program: Program | None
    plan_type: str = ""
    credit: bool = False


def opened_by_answer(before: Answer | None, after: Answer, *, enrolled: bool) -> str | None:
    """The event that a new answer is, by its code. 956 CMR 12.10(1)(b) to (d); 45 CFR 155.420(d)(1), (d)(6).

    `before` None: there was no answer. What is not decided opens nothing.
    """
    was, now = before.program if before else None, after.program
    if now not in BUYS_A_PLAN:
        return None
    if was in MASSHEALTH and now is not Program.CONNECTORCARE:
        return "loss_of_masshealth"
    if now is Program.CONNECTORCARE:
        if was is not Program.CONNECTORCARE:
            return "newly_connectorcare"
        return "plan_type_change" if before and before.plan_type != after.plan_type else None
    if was is Program.CONNECTORCARE and now is Program.CREDIT_ONLY:
        return "connectorcare_to_credit"
    if enrolled and before and was in BUYS_A_PLAN and before.credit != after.credit:
        return "credit_gained_or_lost"
    return None


@dataclass(frozen=True)
class Sold:
    """A plan as this rule sees it."""

    id: str
    metal: str


def enrollee_may_have(rule: EnrolleeMay, *, now: Sold, wanted: Sold, now_is_open: bool) -> bool:
    """Whether somebody who is in the plan `now` may have another one, alone or with others. 45 CFR 155.420(a)(4).

    `now_is_open`: whether that plan can be had by all who are to be in one plan; where not, another of the same metal
    level or one level away. Who is in no plan may have any.
    """
    if rule is EnrolleeMay.SILVER:
        return wanted.metal == "Silver"
    if rule is not EnrolleeMay.SAME_PLAN:
        return True
    if now_is_open:
        return wanted.id == now.id
    if now.metal not in METALS or wanted.metal not in METALS:
        return wanted.metal == now.metal
    return abs(METALS.index(wanted.metal) - METALS.index(now.metal)) <= 1


def _regular(day: date, deadline_day: int) -> date:
    starts = first_of_next_month(day)
    return first_of_next_month(starts) if day.day > deadline_day else starts


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]
