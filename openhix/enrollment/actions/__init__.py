"""What the office does about choices and coverage. Each is one transaction that locks the household first."""

from openhix.enrollment.actions.choosing import Wish, choose, choose_all
from openhix.enrollment.actions.completing import complete, withdraw_unpaid
from openhix.enrollment.actions.reconsidering import reconsider
from openhix.enrollment.actions.special import (
    NoFirstDay,
    end_what_was_not_proved,
    grant,
    open_by_determination,
    refuse,
    report,
)
from openhix.enrollment.choices import ALL, CannotChoose, Selection

__all__ = [
    "ALL",
    "CannotChoose",
    "NoFirstDay",
    "Selection",
    "Wish",
    "choose",
    "choose_all",
    "complete",
    "end_what_was_not_proved",
    "grant",
    "open_by_determination",
    "reconsider",
    "refuse",
    "report",
    "withdraw_unpaid",
]
