"""What to do next, case by case; the first line that fits counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openhix.desk.next_step import Next, Situation, next_step

TODAY, LAST, LATER = date(2025, 12, 1), date(2025, 12, 23), date(2025, 12, 24)
ANSWERED = Situation(applied=True, answered=True)
CHOSEN = replace(ANSWERED, needs_plan=False, pay_by=LAST, owed=15_200, open=True)

CASES = [
    ("nothing was done yet", Situation(), TODAY, Next.APPLY),
    ("the application is begun", Situation(drafting=True), TODAY, Next.FINISH),
    ("it was sent in a moment ago", Situation(applied=True), TODAY, Next.WAIT),
    ("a change was sent in: its answer comes before a bill", replace(CHOSEN, answered=False), TODAY, Next.WAIT),
    ("chosen, billed", CHOSEN, TODAY, Next.PAY),
    ("chosen, on the last day", CHOSEN, LAST, Next.PAY),
    ("chosen, not billed yet", replace(CHOSEN, owed=0), TODAY, Next.BILL),
    ("chosen, a change begun: paying is more urgent", replace(CHOSEN, drafting=True), TODAY, Next.PAY),
    ("the last day has passed", replace(CHOSEN, needs_plan=True), LATER, Next.CHOOSE),
    ("answered in open enrollment", replace(ANSWERED, needs_plan=True, open=True), TODAY, Next.CHOOSE),
    ("a dental plan was chosen first: its payment has a day",
     replace(CHOSEN, needs_plan=True), TODAY, Next.PAY),
    ("answered outside open enrollment", replace(ANSWERED, needs_plan=True), TODAY, Next.CLOSED),
    ("covered, money owed", replace(ANSWERED, owed=1), TODAY, Next.OWED),
    ("covered, a change begun", replace(ANSWERED, drafting=True), TODAY, Next.CHANGE),
    ("covered, a proof owed", replace(ANSWERED, proofs_due=LAST), TODAY, Next.PROVE),
    ("to choose and to prove: choosing ends first",
     replace(ANSWERED, needs_plan=True, open=True, proofs_due=LAST), TODAY, Next.CHOOSE),
    ("covered, a proof did not come in time", replace(ANSWERED, proofs_late=True), TODAY, Next.LATE),
    ("one proof can still come in time", replace(ANSWERED, proofs_late=True, proofs_due=LAST), TODAY, Next.PROVE),
    ("not decided for want of a proof", replace(ANSWERED, undecided=True, proofs_late=True), TODAY, Next.LATE),
    ("covered by another plan, ConnectorCare opened",
     replace(ANSWERED, newly_connectorcare=True, open=True), TODAY, Next.CONNECTORCARE),
    ("not decided", replace(ANSWERED, undecided=True), TODAY, Next.UNDECIDED),
    ("one is not decided, the other may choose",
     replace(ANSWERED, undecided=True, needs_plan=True, open=True), TODAY, Next.CHOOSE),
    ("covered, or MassHealth: nothing", ANSWERED, TODAY, Next.NOTHING),
]  # fmt: skip


@pytest.mark.parametrize(("told", "today", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_next_step(told: Situation, today: date, expected: Next) -> None:
    assert next_step(told, today) is expected


def test_every_step_has_its_case() -> None:
    assert {case[-1] for case in CASES} == set(Next)
