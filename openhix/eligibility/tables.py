"""Files of households: CSV or Parquet in, cell by cell as text; what is wrong is named by row, column and reason.

Row 1 is the header, as a spreadsheet counts; rows without any text are passed over. A household with a bad row is
left out whole: the answers of its other people would rest on it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import polars as pl
import polars.selectors as cs

REQUIRED = ("household_id", "person_id", "birth_date", "zip", "tax_role", "annual_income")
OPTIONAL = ("county", "relationship", "pregnant", "claimed_by", "parents", "spouse")
ROW = "row in the file"
LONGEST_CELL = 200


class FileRefused(ValueError):
    """The file cannot be read at all; the message says what to do."""


@dataclass(frozen=True)
class Rejected:
    """One cell that was not taken; or a whole row, of which no more is known than `household_id`."""

    row: int
    column: str
    reason: str
    household_id: str | None = None


def read(path: Path, facts: Sequence[str]) -> tuple[pl.DataFrame, list[Rejected]]:
    """All cells as stripped text (null where blank), numbered by ROW, and the rows that are no rows at all.

    `facts` are the names of facts that may stand as columns. Raises FileRefused.
    """
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file.")
    rejected: list[Rejected] = []
    if path.suffix.lower() == ".parquet":
        table = _parquet(path, facts)
    else:
        table, rejected = _csv(path, facts)
    table = table.with_columns(pl.exclude(ROW).str.strip_chars().replace("", None))
    return table.filter(~pl.all_horizontal(pl.exclude(ROW).is_null())), rejected


def check_columns(path: Path, columns: Sequence[str], facts: Sequence[str]) -> None:
    """Raises FileRefused that names what is missing, twice there or unknown."""
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise FileRefused(
            f"{path}: add the column {', '.join(missing)} (the first line names the columns, with commas between them)."
        )
    twice = [name for name in dict.fromkeys(columns) if columns.count(name) > 1]
    if twice:
        raise FileRefused(f"{path}: two columns are called {', '.join(repr(name[:60]) for name in twice)}.")
    known = {*REQUIRED, *OPTIONAL, *facts}
    unknown = [name for name in columns if name not in known]
    if unknown:
        raise FileRefused(
            f"{path}: the column {', '.join(repr(name[:60]) for name in unknown)} is neither a column of this file "
            "nor the name of a fact; rename it or take it out."
        )


def _parquet(path: Path, facts: Sequence[str]) -> pl.DataFrame:
    try:
        table = pl.read_parquet(path)
        check_columns(path, table.columns, facts)
        return _numbered(_as_written(table))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileRefused(f"{path}: this is not a Parquet file that can be read ({error}).") from error


def _as_written(table: pl.DataFrame) -> pl.DataFrame:
    """Every cell as text. Many programs know no day without an hour, and no whole number in a column with blanks."""
    return table.with_columns(
        cs.datetime().cast(pl.String).str.replace(r" 00:00:00(\.0+)?$", ""),
        cs.float().cast(pl.String).str.replace(r"\.0$", ""),
    ).select(pl.all().cast(pl.String))


def _csv(path: Path, facts: Sequence[str]) -> tuple[pl.DataFrame, list[Rejected]]:
    raw = path.read_bytes()
    rows = csv.reader(StringIO(_text(path, raw), newline=""), strict=True)
    try:
        header = [name.strip() for name in next(rows, [])]
        if not header:
            raise FileRefused(f"{path}: the file is empty; the first line must name the columns.")
        check_columns(path, header, facts)
        if _is_plain(raw, len(header)):
            with suppress(pl.exceptions.PolarsError):
                return _numbered(pl.read_csv(raw, has_header=False, skip_rows=1, schema=_text_columns(header))), []
        return _row_by_row(rows, header)
    except csv.Error as error:
        raise FileRefused(f"{path}: look for a stray quotation mark up to line {rows.line_num} ({error}).") from error


def _text(path: Path, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"{path}: save the file as UTF-8 (line {line} is not).") from error


def _is_plain(raw: bytes, columns: int) -> bool:
    """Whether it can be seen without reading cells that no row is longer or shorter: then Polars reads it, faster.

    A short row and a long one could make up for each other; the long one Polars refuses.
    """
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    return b'"' not in raw and raw.count(b"\r") == raw.count(b"\r\n") and raw.count(b",") == (columns - 1) * lines


def _row_by_row(rows: Iterator[list[str]], header: list[str]) -> tuple[pl.DataFrame, list[Rejected]]:
    """The rows with as many cells as the header, and why the others are none. A blank line is nothing."""
    taken: list[tuple[int, list[str]]] = []
    rejected = []
    id_at = header.index("household_id")
    for number, cells in enumerate(rows, start=2):
        if len(cells) == len(header):
            taken.append((number, cells))
        elif cells:
            reason = f"This row has {len(cells)} cells, the header has {len(header)}."
            rejected.append(Rejected(number, "", reason, cells[id_at].strip() if id_at < len(cells) else None))
    columns = zip(*(cells for _number, cells in taken), strict=True) if taken else [()] * len(header)
    table = pl.DataFrame(dict(zip(header, columns, strict=True)), schema=_text_columns(header))
    return table.insert_column(0, pl.Series(ROW, [number for number, _cells in taken], dtype=pl.Int64)), rejected


def _text_columns(header: Sequence[str]) -> dict[str, type[pl.String]]:
    return dict.fromkeys(header, pl.String)


def _numbered(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_row_index(ROW, offset=2).with_columns(pl.col(ROW).cast(pl.Int64))


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
