"""`openhix compare`: two laws over a file of households of any size. Of the households only sums are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from openhix.eligibility.comparison.sums import NOBODY, Comparison, cells, compared
from openhix.eligibility.files.asking import Progress, Question, asked
from openhix.eligibility.files.tables import Rejected
from openhix.eligibility.households import Households
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf


@dataclass(frozen=True)
class Compared:
    """What changes, and how many reasons there are for rows that were left out; `first` of them."""

    found: Comparison
    rejected: int
    first: tuple[Rejected, ...]


def compare_file(
    *,
    source: Path,
    before: Law,
    after: Law,
    shelf: Shelf,
    as_of: date,
    processes: int = 1,
    progress: Progress = lambda done, rows: None,
) -> Compared:
    """Put both laws to every household of `source`. Raises FileRefused, WorkerDied.

    The parts lie in a folder of their own among the temporary files, which nobody else may open, until this ends.
    """
    with (
        TemporaryDirectory(prefix="openhix-compare-") as folder,
        asked(
            Comparing((before, after), shelf, as_of),
            source=source,
            results=Path(folder) / "sums",
            processes=processes,
            progress=progress,
        ) as (work, done),
    ):
        sums = work.answers().collect()
        found = compared([sums], before=before, after=after, households=done.households)
        return Compared(found, done.rejected, work.first_rejected())


class Comparing(Question):
    """The sums of people who are alike, under the law before and the law after."""

    def answer(self, households: Households, people: pl.DataFrame) -> pl.DataFrame:
        before, after = self.laws
        return cells(households, before=before, after=after, shelf=self.shelf)

    def empty(self, people: pl.DataFrame) -> pl.DataFrame:
        return NOBODY
