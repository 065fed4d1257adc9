"""Percentages of the poverty level: tested in integers, rounded only to be shown.

A percentage is integer hundredths of a percent: 400% is 40_000.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

WHOLE = 10_000  # one hundred percent


def above(part: Ints, edge: Ints | int, whole: Ints) -> Bools:
    """Whether part is more than `edge` hundredths of a percent of whole. No division, so no rounding at the edge."""
    answer: Bools = part * WHOLE > edge * whole
    return answer


def shown(part: Ints, whole: Ints, edges: tuple[int, ...] = ()) -> Ints:
    """Part as hundredths of a percent of whole, half up, but never rounded onto or over one of the law's edges.

    128,601 dollars of 32,150 is 400.0031...%: shown as 400.01, since it is above 400. Part and whole in the same
    unit, whole above zero; the product part * 10,000 must fit in 63 bits (ten billion dollars in cents does).
    """
    exact_floor, remainder = np.divmod(part * WHOLE, whole)
    rounded = exact_floor + (2 * remainder >= whole)
    on_edge = np.isin(rounded, np.asarray(edges, dtype=np.int64)) & (remainder != 0)
    from_above = on_edge & (rounded == exact_floor)
    from_below = on_edge & ~from_above
    return np.asarray(rounded + from_above - from_below, dtype=np.int64)


def text(hundredths: int) -> str:
    """`400.01`"""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def parse(written: str) -> int:
    """Hundredths of `9.96` or `400`. Raises ValueError for anything else."""
    whole, _, cents = written.strip().removesuffix("%").partition(".")
    if not (whole.isdecimal() and whole.isascii() and len(whole) <= 9 and len(cents) <= 2):
        raise ValueError(written)
    if cents and not (cents.isdecimal() and cents.isascii()):
        raise ValueError(written)
    return int(whole) * 100 + int(cents.ljust(2, "0") if cents else 0)
