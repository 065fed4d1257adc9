"""Files of households: CSV or Parquet in, checked cell by cell; what is wrong is named by row, column and reason.

Row 1 is the header, as a spreadsheet counts. A household with a bad row is left out whole: the answers of its other
people would rest on it.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

REQUIRED = ("household_id", "person_id", "birth_date", "zip", "tax_role", "annual_income")
OPTIONAL = ("county", "relationship", "pregnant")
ROW = "row in the file"
LONGEST_CELL = 200


class FileRefused(ValueError):
    """The file cannot be read at all; the message says what to do."""


@dataclass(frozen=True)
class Rejected:
    """One cell (or row) that was not taken."""

    row: int
    column: str
    reason: str


def read(path: Path, facts: Sequence[str]) -> tuple[pl.DataFrame, list[Rejected]]:
    """All cells as stripped text (null where blank), numbered by ROW, and the rows that are no rows at all.

    `facts` are the names of facts that may stand as columns. Raises FileRefused.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file.")
    rejected: list[Rejected] = []
    if path.suffix.lower() == ".parquet":
        table = _parquet(path)
    else:
        table, rejected = _csv(path)
    check_columns(path, table.columns, facts)
    text = pl.all().str.strip_chars().replace("", None)
    table = table.select(pl.all().cast(pl.String)).with_columns(text)
    if ROW in table.columns:
        return table.with_columns(pl.col(ROW).cast(pl.Int64)), rejected
    return table.with_row_index(ROW, offset=2).with_columns(pl.col(ROW).cast(pl.Int64)), rejected


def check_columns(path: Path, columns: Sequence[str], facts: Sequence[str]) -> None:
    """Raises FileRefused that names what is missing or unknown."""
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise FileRefused(f"{path}: add the column {', '.join(missing)} (the first line names the columns).")
    known = {*REQUIRED, *OPTIONAL, *facts, ROW}
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise FileRefused(
            f"{path}: the column {', '.join(repr(name[:60]) for name in unknown)} is neither a column of this file "
            "nor the name of a fact; rename it or take it out."
        )


def _parquet(path: Path) -> pl.DataFrame:
    try:
        return pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileRefused(f"{path}: this is not a Parquet file that can be read ({error}).") from error


def _csv(path: Path) -> tuple[pl.DataFrame, list[Rejected]]:
    try:
        return pl.read_csv(path, infer_schema=False), []
    except pl.exceptions.NoDataError as error:
        raise FileRefused(f"{path}: the file is empty; the first line must name the columns.") from error
    except pl.exceptions.PolarsError:
        return _csv_line_by_line(path)


def _csv_line_by_line(path: Path) -> tuple[pl.DataFrame, list[Rejected]]:
    """The slow way, for a file with rows that are not rows: the good ones, and why the others are not."""
    rejected: list[Rejected] = []
    rows: list[list[str]] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.reader(file)
            header = [name.strip() for name in next(lines, [])]
            for number, cells in enumerate(lines, start=2):
                if len(cells) == len(header):
                    rows.append([str(number), *cells])
                elif cells:
                    reason = f"This row has {len(cells)} cells, the header has {len(header)}."
                    rejected.append(Rejected(number, "", reason))
    except UnicodeDecodeError as error:
        raise FileRefused(f"{path}: save the file as UTF-8 (it is not at byte {error.start}).") from error
    except csv.Error as error:
        raise FileRefused(f"{path}: this is not a CSV file that can be read ({error}).") from error
    if len(set(header)) < len(header):
        raise FileRefused(f"{path}: two columns have the same name.")
    return pl.DataFrame(rows, schema=[ROW, *header], orient="row"), rejected


def write_rejected(path: Path, rejected: Sequence[Rejected]) -> None:
    """`row,column,reason`, in the order of the file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["row", "column", "reason"])
        out.writerows((each.row, each.column, each.reason) for each in sorted(rejected, key=lambda each: each.row))


def write(path: Path, table: pl.DataFrame) -> None:
    """CSV, or Parquet where the name says so."""
    if path.suffix.lower() == ".parquet":
        table.write_parquet(path)
    else:
        table.write_csv(path)
