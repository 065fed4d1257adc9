"""What is left of a year's credit, spread over the months that are still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Month:
    """One month of one tax household; cents.

    `benchmark`: of its people who are enrolled and have no other coverage, where they live that month; 0: nobody is.
    `premium`: of all their plans that take a credit. `taken`: the credit that was paid, or that policies which stay as
    they are will take. `open`: the premium of the policies among which what is left is to be spread; 0 in a month that
    is over.
    """

    benchmark: int
    premium: int
    taken: int = 0
    open: int = 0


def earned(month: Month, contribution: int) -> int:
    """The credit of one month: never above the premium. 26 CFR 1.36B-3(d)(1).

    A month without coverage, or in a plan that takes no credit, earns none.
    """
    return min(month.premium, max(month.benchmark - contribution, 0))


def remaining(months: Sequence[Month], contribution: int | None) -> list[int]:
    """The credit of each month for its open policies; cents. 45 CFR 155.330(g)(1)(i).

    What the whole year earns at the `contribution` of today (cents a month; None: no credit this year) less what was
    taken, in equal parts over the months that are open, none above its premium: 12 x 500.00 less 7 x 300.00 leaves
    5 x 780.00. A month in which nobody can be helped takes none. Where more was taken than the year earns nothing is
    left, and the tax return settles what is too much. Assumed: what was not asked for before is offered for the months
    to come; who wants less asks for less.
    """
    if contribution is None:
        return [0] * len(months)
    left = sum(earned(month, contribution) for month in months) - sum(month.taken for month in months)
    return level(max(left, 0), [month.open if month.benchmark else 0 for month in months])


def level(amount: int, most: Sequence[int]) -> list[int]:
    """The amount in equal parts, none above its `most`; what the small ones cannot take, the others share.

    Cents that do not divide go to the months with the most room, the last of equals first.
    """
    parts = [0] * len(most)
    by_room = sorted(range(len(most)), key=lambda at: most[at])
    for done, at in enumerate(by_room):
        parts[at] = min(most[at], amount // (len(most) - done))
        amount -= parts[at]
    return parts
