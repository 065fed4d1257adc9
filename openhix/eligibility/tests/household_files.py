"""Files of households for tests: some rows, and what comes of a file of them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import polars as pl

from openhix.eligibility.files import batch
from openhix.eligibility.tests import households_in_words as words
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf

HEADER = "household_id,person_id,birth_date,zip,tax_role,annual_income"
ANA = "1,ana,1985-06-30,02118,filer,60000"
BEN = "2,ben,1960-01-01,02601,filer,20000"
FAMILY = f"""{HEADER}
7,mother,1985-06-30,02118,filer,60000
7,father,1987-02-01,,joint_filer,0
7,child,2019-05-05,,dependent,0
"""


@dataclass
class Done:
    """What came of one file."""

    outcome: batch.Outcome
    answers: list[dict[str, str]]
    errors: list[tuple[int, str, str]]

    @property
    def computed(self) -> list[str]:
        return [f"{row['household_id']} {row['person_id']}" for row in self.answers]

    def reasons(self) -> list[tuple[int, str]]:
        return [(row, column) for row, column, _reason in self.errors]

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.answers]


Ask = Callable[..., Done]


def lines(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows]) + "\n"


def determine(
    folder: Path,
    content: str | bytes | pl.DataFrame,
    *,
    month: str = "2026-01",
    as_of: str = "2025-11-15",
    shelf: Shelf | None = None,
) -> Done:
    """Determine a file of this text, these bytes or this table, as `openhix determine` does."""
    source, results, errors = folder / "households.csv", folder / "results.csv", folder / "results.errors.csv"
    if isinstance(content, pl.DataFrame):
        source = folder / "households.parquet"
        content.write_parquet(source)
    else:
        source.write_bytes(content.encode() if isinstance(content, str) else content)
    law = Law(date.fromisoformat(f"{month}-01"))
    outcome = batch.determine_file(
        source=source,
        results=results,
        errors=errors,
        law=law,
        shelf=shelf or words.published(law.plan_year),
        as_of=date.fromisoformat(as_of),
    )
    refused = _rows_of(errors) if errors.exists() else []
    return Done(
        outcome,
        _rows_of(results),
        [(int(row["row"]), row["column"], row["reason"]) for row in refused],
    )


def _rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8"), newline="")))
