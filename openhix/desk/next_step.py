"""What a household should do next: one thing, the most urgent. A ladder that reads from the top; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Next(StrEnum):
    APPLY = "apply"
    FINISH = "finish"  # the application that was begun
    WAIT = "wait"  # for the answer to it
    PAY = "pay"  # the first premium of what was chosen
    BILL = "bill"  # is on its way for what was chosen
    CHOOSE = "choose"  # a health plan
    OWED = "owed"  # money for a plan that is in force
    CHANGE = "change"  # the change of the application that was begun
    PROVE = "prove"
    LATE = "late"  # proof that did not come in time
    CONNECTORCARE = "connectorcare"  # is open to someone whose plan is not one of it
    UNDECIDED = "undecided"  # staff look at it
    CLOSED = "closed"  # no health plan can be chosen today
    NOTHING = "nothing"


@dataclass(frozen=True)
class Situation:
    """What the ladder asks about a household today. `pay_by`: the last day for what waits, None where nothing does.

    `owed`: cents, of any kind of plan. `needs_plan`: someone could have a health plan and has none, waiting or paid,
    or one that ends. `newly_connectorcare`: someone has a plan that is not ConnectorCare's, and time to choose one.
    """

    applied: bool = False
    drafting: bool = False
    answered: bool = False
    undecided: bool = False
    owed: int = 0
    pay_by: date | None = None
    needs_plan: bool = False
    open: bool = False
    proofs_due: date | None = None
    proofs_late: bool = False
    newly_connectorcare: bool = False


def next_step(told: Situation, today: date) -> Next:
    if not told.applied:
        return Next.FINISH if told.drafting else Next.APPLY
    if not told.answered:
        return Next.WAIT
    if told.pay_by is not None and today <= told.pay_by:
        return Next.PAY if told.owed else Next.BILL
    if told.needs_plan and told.open:
        return Next.CHOOSE
    if told.owed:
        return Next.OWED
    if told.drafting:
        return Next.CHANGE
    if told.proofs_due is not None:
        return Next.PROVE
    if told.proofs_late:
        return Next.LATE
    if told.newly_connectorcare:
        return Next.CONNECTORCARE
    if told.undecided:
        return Next.UNDECIDED
    return Next.CLOSED if told.needs_plan else Next.NOTHING
