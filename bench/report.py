"""One line a figure: what was measured, beside which limit, against which goal."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`measured` and `limit` are written with their unit; `ratio` of the two where both are of one kind."""

    name: str
    measured: str
    limit: str
    ratio: str
    goal: str


def seconds(work: Callable[[], object], *, times: int = 5) -> float:
    """The median of some runs, after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def table(figures: list[Figure]) -> str:
    """A Markdown table."""
    rows = [("what", "measured", "limit in the same run", "ratio", "goal")]
    rows += [(each.name, each.measured, each.limit, each.ratio, each.goal) for each in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)
