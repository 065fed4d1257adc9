"""What a household should have been charged, and the difference to what was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Charge(NamedTuple):
    """What one line of the books is for. `why`: premium, credit or subsidy."""

    policy: int
    month: date
    why: str


@dataclass(frozen=True)
class Charged:
    """A policy as billing sees it: monthly cents, and the months [starts, ends) that are to be charged."""

    policy: int
    people: frozenset[int]
    premium: int
    credit: int
    subsidy: int
    starts: date
    ends: date
    waiting: bool


def expected(policies: Iterable[Charged], months: Iterable[date]) -> dict[Charge, int]:
    """Cents of each charge for the months that are due. 956 CMR 12.12(1).

    What is chosen and not yet paid is charged in place of the paid plan that it would replace: what was paid for that
    counts toward it. Were the choice withdrawn, the difference is posted back.
    """
    policies = list(policies)
    wanted = [each for each in policies if each.waiting]
    due: dict[Charge, int] = {}
    for each in policies:
        for month in months:
            if not each.starts <= month < each.ends:
                continue
            replaced = any(new.people & each.people and new.starts <= month for new in wanted)
            if replaced and not each.waiting:
                continue
            for why, cents in (("premium", each.premium), ("credit", each.credit), ("subsidy", each.subsidy)):
                if cents:
                    due[Charge(each.policy, month, why)] = cents
    return due


def difference(expected: Mapping[Charge, int], charged: Mapping[Charge, int]) -> dict[Charge, int]:
    """What is still to be posted: positive cents as a charge, negative as one taken back. Nothing where they agree."""
    return {
        charge: cents
        for charge in sorted({*expected, *charged})
        if (cents := expected.get(charge, 0) - charged.get(charge, 0))
    }
