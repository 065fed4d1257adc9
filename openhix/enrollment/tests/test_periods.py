"""What opens a time to choose, until when, and from which days: every case of its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.eligibility.rules.program import Program
from openhix.enrollment import rules
from openhix.enrollment.rules import periods
from openhix.enrollment.rules.periods import Answer, NotOpened, Sold, Standing
from openhix.kernel.tests import case_tables
from openhix.kernel.tests.case_tables import Case
from openhix.law.special_enrollment import EnrolleeMay, Opener, SpecialEnrollments, Starts
from openhix.law.tables import OpenEnrollment

CASES = case_tables.read(Path(rules.__file__).parent / "periods.cases.md")
LAW = SpecialEnrollments.for_year(2026)
DEADLINE = OpenEnrollment.for_year(2026).payment_deadline_day
Given = Mapping[str, str]
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def that(text: str) -> date:
    return date.fromisoformat(text)


def is_opened(told: Given) -> dict[str, str]:
    covered = {"yes": True, "no": False}.get(told.get("covered_before", ""))
    standing = Standing(
        enrolled=told.get("enrolled") == "yes",
        connectorcare=told.get("connectorcare") == "yes",
        tribal_member=told.get("tribal") == "yes",
        covered_before=covered,
    )
    try:
        opens, ends = periods.opened(
            LAW.event(told["event"]),
            event_day=that(told["event_day"]),
            today=that(told["today"]),
            standing=standing,
            by=Opener(told.get("by", "told")),
        )
    except NotOpened as refused:
        return {"opens": refused.reason, "ends": refused.day.isoformat() if refused.day else "-"}
    return {"opens": opens.isoformat(), "ends": ends.isoformat()}


def first_days(told: Given) -> dict[str, str]:
    found = periods.first_days(
        Starts(told["starts"]),
        event_day=that(told["event_day"]),
        chosen_on=that(told["chosen"]),
        closes=that(told["closes"]),
        deadline_day=DEADLINE,
        fitted=day(told.get("fitted")),
    )
    return {"days": ", ".join(each.isoformat() for each in found) or "-"}


def pay_by(told: Given) -> dict[str, str]:
    starts, chosen_on = that(told["first"]), that(told["chosen"])
    return {"pay_by": periods.pay_by(starts=starts, chosen_on=chosen_on, deadline_day=DEADLINE).isoformat()}


def adds(told: Given) -> dict[str, str]:
    enrollment = OpenEnrollment.for_year(2026)
    found = periods.adds_time(opens=that(told["from"]), ends=that(told["to"]), enrollment=enrollment)
    return {"adds": "yes" if found else "no"}


def answer(text: str) -> Answer:
    program, _, rest = text.partition(" ")
    found = None if program == "undecided" else Program[program.upper()]
    return Answer(found, rest if rest != "*" else "", credit=rest == "*")


def opened_by_answer(told: Given) -> dict[str, str]:
    before = answer(told["before"]) if "before" in told else None
    found = periods.opened_by_answer(before, answer(told["after"]), enrolled=told.get("enrolled") == "yes")
    return {"event": found or "-"}


def enrollee(told: Given) -> dict[str, str]:
    allowed = periods.enrollee_may_have(
        EnrolleeMay(told["may"]),
        now=Sold(*told["now"].split()),
        wanted=Sold(*told["wanted"].split()),
        now_is_open=told["now_is_open"] == "yes",
    )
    return {"allowed": "yes" if allowed else "no"}


BY_COLUMN: dict[str, Callable[[Given], dict[str, str]]] = {
    "event": is_opened,
    "starts": first_days,
    "first": pay_by,
    "covered": lambda told: {"credit": periods.credit_begins(that(told["covered"])).isoformat()},
    "would_end": lambda told: {"last": periods.masshealth_ends(that(told["would_end"])).isoformat()},
    "from": adds,
    "after": opened_by_answer,
    "may": enrollee,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_cases(case: Case) -> None:
    column = next(name for name in BY_COLUMN if name in case.given)
    assert BY_COLUMN[column](case.given) == case.expected


def test_every_event_of_the_law_has_a_case() -> None:
    assert {case.given["event"] for case in CASES if "event" in case.given} == set(LAW.events)


@given(event=st.sampled_from(sorted(LAW.events)), happened=DAYS, chosen=DAYS)
def test_no_first_day_is_before_what_the_rule_allows(event: str, happened: date, chosen: date) -> None:
    """Only the day of a birth itself lies before the choice, and every one can be paid for in time."""
    rule = LAW.event(event)
    opens, closes = rule.window(happened)
    if not opens <= chosen <= closes:
        return
    found = periods.first_days(
        rule.starts, event_day=happened, chosen_on=chosen, closes=closes, deadline_day=DEADLINE, fitted=None
    )
    for starts in found:
        assert starts > chosen or (rule.starts is Starts.EVENT and starts == happened)
        assert starts.day == 1 or starts == happened
        by = periods.pay_by(starts=starts, chosen_on=chosen, deadline_day=DEADLINE)
        assert chosen <= by and by.day == DEADLINE and by - chosen < timedelta(days=180)
    assert found == sorted(set(found))
