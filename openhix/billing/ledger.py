"""The books of a household to be read: each movement in words, with who, when and why, and what was owed after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from openhix.billing import words
from openhix.billing.models import Transfer
from openhix.enrollment import queries as chosen
from openhix.people.models import Household


@dataclass(frozen=True)
class Entry:
    """One movement. Cents: `owed` above zero is owed more, below zero less; `owes`: owed after it, below zero a credit.

    `what` is in the active language; `who` and `why` are as they were written down: system, or account and its number.
    """

    transfer: Transfer
    what: str
    owed: int
    owes: int

    @property
    def owes_in_words(self) -> str:
        return words.owes(self.owes)

    @property
    def when(self) -> datetime:
        return self.transfer.posted_at

    @property
    def counts_on(self) -> date:
        return self.transfer.counts_on

    @property
    def who(self) -> str:
        return self.transfer.who

    @property
    def why(self) -> str:
        return self.transfer.because


def entries(household: Household, kind: str) -> list[Entry]:
    """In the order in which they were posted."""
    posted = Transfer.objects.filter(household=household, kind=kind).order_by("pk")
    names: dict[int, str] = {}
    found: list[Entry] = []
    owes = 0
    for each in posted.select_related("policy", "payment__bank_account"):
        if each.policy is not None and each.policy_id not in names:
            names[each.policy.pk] = chosen.plan_of(each.policy).name
        owes += each.owed
        plan = names.get(each.policy_id or 0, "")
        found.append(Entry(each, words.movement(each, plan=plan), each.owed, owes))
    return found


def by_posting(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The newest posting first; what was posted together stays together, in its order."""
    return [list(together) for _when, together in groupby(entries, key=lambda each: each.when)][::-1]
