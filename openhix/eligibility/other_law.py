"""The operator has households answered anew whom the program answered under other law, figures or rules than now.

Each is a job of its own, behind all that people wait for. Asked twice, a household is answered once.
"""

from __future__ import annotations

from collections.abc import Callable

from procrastinate.types import JSONDict

from openhix.eligibility import queries
from openhix.eligibility.jobs import redetermine

AT_ONCE = 1_000  # households


def waiting() -> int:
    """How many households have such an answer. Raises MissingLaw."""
    return queries.of_other_law().count()


def start(progress: Callable[[int], None] = lambda queued: None) -> int:
    """Queue each of them and return how many; `progress` hears it part by part. Raises MissingLaw."""
    queued, reached = 0, 0
    while part := list(queries.of_other_law(after=reached).values_list("pk", "household")[:AT_ONCE]):
        jobs: list[JSONDict] = [{"household": household} for _, household in part]
        redetermine.batch_defer(*jobs)
        queued, reached = queued + len(part), part[-1][0]
        progress(queued)
    return queued
