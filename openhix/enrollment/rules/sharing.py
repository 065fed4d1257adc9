"""One month's credits of several tax households over policies that they may share."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

from openhix.enrollment.rules.allocation import allocate, proportionally

Household = TypeVar("Household", bound=Hashable)


def available(*, benchmark: int, contribution: int, taken: int = 0) -> int:
    """The credit that one tax household can still use in one month; cents. 26 CFR 1.36B-3(d)(1)(ii).

    `benchmark` is that of its people who are or would be enrolled, in however many policies; the contribution counts
    once for all of them. `taken` is what other policies of these people go on taking.
    """
    return max(benchmark - contribution - taken, 0)


def premium_parts(premium: int, benchmarks: Mapping[Household, int]) -> dict[Household, int]:
    """Each tax household's part of the premium of one policy, by their benchmarks; cents. 26 CFR 1.36B-3(h).

    `premium` is that of the people whom a credit can help, `benchmarks` those of each household's people in the policy.
    """
    return dict(zip(benchmarks, proportionally(premium, list(benchmarks.values())), strict=True))


def spread(credits: Mapping[Household, int], policies: Sequence[Mapping[Household, int]]) -> list[dict[Household, int]]:
    """Each policy's credit by tax household; cents. 26 CFR 1.36B-3(h); 45 CFR 155.340(e).

    `credits` is what each household has for the month, a policy its part of each household's premium. A household's
    credit is spread over its own parts alone: none helps with another's, and none is above its part.
    """
    found: list[dict[Household, int]] = [{} for _ in policies]
    for household, credit in credits.items():
        parts = allocate(credit, [policy.get(household, 0) for policy in policies])
        for policy, here, part in zip(policies, found, parts, strict=True):
            if household in policy:
                here[household] = part
    return found
