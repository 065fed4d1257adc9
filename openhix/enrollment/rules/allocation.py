"""One month's credit, spread over the policies of a household."""

from __future__ import annotations

from collections.abc import Sequence


def allocate(credit: int, premiums: Sequence[int]) -> list[int]:
    """Each policy's part of a month's credit, in proportion to premium, in whole cents. 45 CFR 155.340(e).

    The parts add up to the credit, or to all premiums where these are less; no part is above its premium. The cents
    that proportion leaves over go to the policies with the largest remainders, the first of equals first:
    100.00 over premiums of 300.00, 300.00 and 300.00 is 33.34, 33.33, 33.33.
    """
    return proportionally(min(credit, sum(premiums)), premiums)


def proportionally(amount: int, weights: Sequence[int]) -> list[int]:
    """The amount in whole cents by these weights, largest remainders first; nothing where they are all zero."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    parts = [amount * weight // total for weight in weights]
    remainders = sorted(range(len(weights)), key=lambda at: -(amount * weights[at] % total))
    for at in remainders[: amount - sum(parts)]:
        parts[at] += 1
    return parts


def requested(credit: int, share: int) -> int:
    """The part of the credit that the household wants in advance; share in hundredths of a percent, 0 to 10,000.

    Rounded down to the cent: never more in advance than was asked for. 45 CFR 155.310(d)(2)(i).
    """
    return credit * share // 10_000
