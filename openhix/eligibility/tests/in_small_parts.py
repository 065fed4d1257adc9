"""`determine_file` in a process of its own: python -m openhix.eligibility.tests.in_small_parts IN OUT PROCESSES."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from openhix.eligibility.files import batch, parts, workers
from openhix.eligibility.files.asking import Progress
from openhix.eligibility.tests import households_in_words as words
from openhix.law.tables import Law

SMALL = 100, 70


def determine(
    source: Path, results: Path, processes: int, progress: Progress = lambda done, rows: None
) -> batch.Outcome:
    return batch.determine_file(
        source=source,
        results=results,
        errors=results.with_suffix(".errors.csv"),
        law=Law(date(2026, 1, 1)),
        shelf=words.published(2026),
        as_of=date(2025, 11, 15),
        processes=processes,
        progress=progress,
    )


if __name__ == "__main__":
    parts.PART_ROWS, parts.MERGED_ROWS = SMALL
    try:
        print(determine(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])))
    except (workers.WorkerDied, parts.InUse) as error:
        sys.exit(str(error))
