"""What opens a time to choose a health plan outside open enrollment: each event with its window and first days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from openhix.kernel.periods import first_of_next_month
from openhix.law.reading import NONE, SHIPPED, Figures, MissingLaw, Tables

ALWAYS, NEVER, MONTH = "always", "never", "month"
ONE_DAY = timedelta(days=1)


class Opener(StrEnum):
    """How it comes to be open: the household tells it, a determination says so, or staff grant it."""

    TOLD = "told"
    DETERMINED = "determined"
    STAFF = "staff"


class Who(StrEnum):
    """Whom the event helps. `COVERED_BEFORE`: one of the two was covered for a day in the 60 days before."""

    ANYONE = "anyone"
    ENROLLEE = "enrollee"
    CONNECTORCARE = "connectorcare"
    COVERED_BEFORE = "covered_before"
    TRIBAL_MEMBER = "tribal_member"


class Starts(StrEnum):
    """From which day a plan covers that is chosen in this time."""

    REGULAR = "regular"  # the first of the month after choice and payment
    LOSS = "loss"  # the same, and never before the month after the loss
    EVENT = "event"  # the day of the event, or the regular day
    FITTED = "fitted"  # a day that staff fit to the facts


class EnrolleeMay(StrEnum):
    """What somebody who is in a plan already may do. 45 CFR 155.420(a)(4)."""

    ANY = "any"
    SAME_PLAN = "same_plan"  # add the new person to it; the new person alone may have any plan
    SILVER = "silver"


@dataclass(frozen=True)
class LifeEvent:
    """One event. `days_after` None: until the end of its month. `active`: half open days, both None: always."""

    code: str
    cites: str
    opened_by: frozenset[Opener]
    who: Who
    days_before: int
    days_after: int | None
    starts: Starts
    proof: bool
    enrollee: EnrolleeMay
    active_from: date | None = None
    active_until: date | None = None

    @classmethod
    def read(cls, code: str, figures: Figures) -> LifeEvent:
        begins, ends = _days(figures["active"])
        return cls(
            code=code,
            cites=figures["cites"],
            opened_by=frozenset(map(Opener, figures["opened_by"])),
            who=Who(figures["who"]),
            days_before=int(figures["days_before"]),
            days_after=None if figures["days_after"] == MONTH else int(figures["days_after"]),
            starts=Starts(figures["starts"]),
            proof={"yes": True, "no": False}[figures["proof"]],
            enrollee=EnrolleeMay(figures["enrollee"]),
            active_from=begins,
            active_until=ends,
        )

    def is_active(self, day: date) -> bool:
        """Whether the law knows this event on the day on which it happens."""
        begun = self.active_from is None or self.active_from <= day
        return begun and (self.active_until is None or day < self.active_until)

    def window(self, event_day: date) -> tuple[date, date]:
        """The first and the last day on which one can choose."""
        opens = event_day - timedelta(days=self.days_before)
        if self.days_after is None:
            return opens, first_of_next_month(event_day) - ONE_DAY
        return opens, event_day + timedelta(days=self.days_after)


@dataclass(frozen=True)
class SpecialEnrollments:
    """Every event of a plan year by its code, and the groups that need none: these can enroll all year."""

    plan_year: int
    events: Mapping[str, LifeEvent]
    year_round: tuple[str, ...]

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> SpecialEnrollments:
        figures = tables.table("massachusetts/special_enrollment").for_year(plan_year)
        events = {code: LifeEvent.read(code, each) for code, each in figures["events"].items()}
        return cls(plan_year, events, tuple(figures["year_round"]))

    def event(self, code: str) -> LifeEvent:
        """Raises MissingLaw."""
        if code not in self.events:
            raise MissingLaw(
                f"law/massachusetts/special_enrollment.yaml has no event {code} for plan year {self.plan_year}: add it"
            )
        return self.events[code]


def _days(active: str) -> tuple[date | None, date | None]:
    """`always`, `never`, or `2024-01-01 to 2024-11-24`, of which each end may be `none`."""
    if active == ALWAYS:
        return None, None
    if active == NEVER:
        return None, date.min
    begins, ends = (None if each == NONE else date.fromisoformat(each) for each in active.split(" to "))
    return begins, ends
