"""What a household should have been charged, and the difference to what was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from openhix.kernel.periods import first_of_next_month

ORDER = ("premium", "credit", "subsidy")  # of the charges of one month


class Charge(NamedTuple):
    """What one line of the books is for. `why`: premium, credit or subsidy."""

    policy: int
    month: date
    why: str


@dataclass(frozen=True)
class Charged:
    """A policy as billing sees it: monthly cents, its months [starts, ends), the last day for its first payment."""

    policy: int
    people: frozenset[int]
    premium: int
    credit: int
    subsidy: int
    starts: date
    ends: date
    pay_by: date
    waiting: bool

    @property
    def first_month(self) -> date | None:
        """The month of the first bill: the one after `pay_by`. None for a policy that goes on in another's place."""
        month = first_of_next_month(self.pay_by)
        return month if self.starts <= month < self.ends else None


def expected(policies: Iterable[Charged]) -> dict[Charge, int]:
    """Cents of each charge that is due: the first month of every policy. 956 CMR 12.12(1).

    What is chosen and not yet paid is charged in place of the paid plan that it would replace: what was paid for that
    counts toward it (assumed). Were the choice withdrawn, the difference is posted back.
    """
    policies = list(policies)
    return {
        Charge(each.policy, month, why): cents
        for each in policies
        if (month := each.first_month) is not None and not _gives_way(each, month, policies)
        for why, cents in (("premium", each.premium), ("credit", each.credit), ("subsidy", each.subsidy))
        if cents
    }


def _gives_way(paid: Charged, month: date, policies: Iterable[Charged]) -> bool:
    """Whether a choice that waits for its payment would replace this paid policy in this month."""
    if paid.waiting:
        return False
    return any(new.waiting and new.people & paid.people and new.starts <= month for new in policies)


def difference(expected: Mapping[Charge, int], charged: Mapping[Charge, int]) -> dict[Charge, int]:
    """What is still to be posted: positive cents as a charge, negative as one taken back. Nothing where they agree.

    By policy, month and `ORDER`.
    """
    return {
        charge: cents
        for charge in sorted({*expected, *charged}, key=lambda each: (each.policy, each.month, ORDER.index(each.why)))
        if (cents := expected.get(charge, 0) - charged.get(charge, 0))
    }
