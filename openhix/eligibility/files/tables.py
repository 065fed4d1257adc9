"""Files of households: CSV or Parquet in, cell by cell as text; what is wrong is named by row, column and reason.

Row 1 is the header, as a spreadsheet counts; rows without any text are passed over. A household with a bad row is
left out whole: the answers of its other people would rest on it. Files are read in blocks of rows: memory does not grow
with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import file_digest
from pathlib import Path

import polars as pl
import polars.selectors as cs

from openhix.eligibility.files import csv_rows
from openhix.eligibility.files.csv_rows import FAULT, ROWS, Unreadable
from openhix.eligibility.files.csv_rows import ROW as ROW

REQUIRED = ("household_id", "person_id", "birth_date", "zip", "tax_role", "annual_income")
OPTIONAL = ("county", "relationship", "pregnant", "claimed_by", "parents", "spouse")
LONGEST_CELL = 200
OTHER_SIGNS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
AS_IT_IS = cs.integer() | cs.boolean() | cs.date()  # no cell of these cannot be written


class FileRefused(ValueError):
    """The file cannot be read at all; the message says what to do."""


@dataclass(frozen=True)
class Rejected:
    """One cell that was not taken; or a whole row, of which no more is known than `household_id`."""

    row: int
    column: str
    reason: str
    household_id: str | None = None


@dataclass(frozen=True)
class Source:
    """A file whose columns are in order: `rows` at most, `digest` of all its bytes; `quoted` as `csv_rows` has it.

    `written` is when it was last written, in nanoseconds since 1970.
    """

    path: Path
    columns: tuple[str, ...]
    rows: int
    digest: str
    written: int
    quoted: bool = False

    @property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """Of its rows as text."""
        return {ROW: pl.Int64, **dict.fromkeys(self.columns, pl.String), FAULT: pl.String}

    def check_unchanged(self) -> None:
        """Raises FileRefused where it was written since it was looked at."""
        if self.path.stat().st_mtime_ns != self.written:
            raise FileRefused(f"{self.path}: the file was written while it was read; give the same command again.")


def look(path: Path, facts: Sequence[str]) -> Source:
    """`facts` are the names of facts that may stand as columns. Raises FileRefused."""
    if not path.is_file():
        raise FileRefused(f"{path}: there is no such file.")
    found = _look_at_parquet(path) if is_parquet(path) else _look_at_csv(path)
    known = {*REQUIRED, *OPTIONAL, *facts}
    found = replace(found, columns=tuple(_known_as(name, known) for name in found.columns))
    check_columns(path, found.columns, facts)
    return found


def rows(source: Source) -> Iterator[pl.DataFrame]:
    """Blocks of rows, numbered by ROW; FAULT says why a row is none. Text is stripped, and null where it is blank.

    Whole numbers, days, yes and no are still as a Parquet file has them. Raises FileRefused, be it after some blocks.
    """
    if is_parquet(source.path):
        starts = range(0, source.rows, ROWS)
        yield from (rows_between(source, first, min(first + ROWS, source.rows)) for first in starts)
        return
    try:
        yield from map(_stripped, csv_rows.blocks(source.path, source.columns, quoted=source.quoted))
    except Unreadable as error:
        raise FileRefused(f"{source.path}: {error}") from error


def rows_between(source: Source, first: int, end: int, columns: Sequence[str] | None = None) -> pl.DataFrame:
    """The same of some rows of a Parquet file, numbered from 0; `columns` if not all. Raises FileRefused."""
    try:
        found = pl.scan_parquet(source.path)
        named = found.rename(dict(zip(found.collect_schema().names(), source.columns, strict=True)))
        table = named.select(columns or source.columns).slice(first, end - first).collect()
        return _stripped(csv_rows.numbered(_plain(table), first + 2))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _not_parquet(source.path, error) from error


def _stripped(table: pl.DataFrame) -> pl.DataFrame:
    return table.with_columns((cs.string() - cs.by_name(FAULT)).str.strip_chars().replace("", None))


def as_text(table: pl.DataFrame) -> pl.DataFrame:
    """Every cell of `rows` as text."""
    return table.with_columns((AS_IT_IS - cs.by_name(ROW, require_all=False)).cast(pl.String))


def without_faults(table: pl.DataFrame) -> tuple[pl.DataFrame, list[Rejected]]:
    """The rows, and why the others are none; a row without any text is passed over."""
    faulty = table.filter(pl.col(FAULT).is_not_null()).select(ROW, "household_id", FAULT)
    rejected = [Rejected(row, "", fault, household) for row, household, fault in faulty.iter_rows()]
    is_blank = pl.all_horizontal(pl.exclude(ROW, FAULT).is_null())
    return table.filter(pl.col(FAULT).is_null() & ~is_blank).drop(FAULT), rejected


def is_parquet(path: Path) -> bool:
    """Whether the name says so."""
    return path.suffix.lower() == ".parquet"


def _known_as(name: str, known: Collection[str]) -> str:
    """The column that is meant: `Birth Date` is `birth_date`."""
    plain = "_".join(name.lower().split())
    return plain if plain in known else name


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


def _look_at_parquet(path: Path) -> Source:
    try:
        table, written = pl.scan_parquet(path), path.stat().st_mtime_ns
        columns, rows = table.collect_schema().names(), table.select(pl.len()).collect().item()
        with path.open("rb") as file:
            return Source(path, tuple(columns), rows, file_digest(file, "sha256").hexdigest(), written)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _not_parquet(path, error) from error


def _plain(table: pl.DataFrame) -> pl.DataFrame:
    """As text what is not AS_IT_IS, and no day that cannot be written. Many programs know no day without an hour, and
    no whole number in a column with blanks."""
    return table.with_columns(
        cs.date().clip(date.min, date.max),
        cs.datetime().cast(pl.String).str.replace(r" 00:00:00(\.0+)?$", ""),
        cs.float().cast(pl.String).str.replace(r"\.0$", ""),
        (~(AS_IT_IS | cs.datetime() | cs.float())).cast(pl.String),
    )


def _not_parquet(path: Path, error: Exception) -> FileRefused:
    return FileRefused(f"{path}: this is not a Parquet file that can be read ({error}).")


def _look_at_csv(path: Path) -> Source:
    written = path.stat().st_mtime_ns
    try:
        found = csv_rows.look(path)
    except Unreadable as error:
        raise FileRefused(f"{path}: {error}") from error
    if not any(found.header):
        raise FileRefused(f"{path}: the file is empty, or its first line is, which must name the columns.")
    if len(found.header) == 1 and (other := next((sign for sign in OTHER_SIGNS if sign in found.header[0]), None)):
        raise FileRefused(f"{path}: put commas between the cells: the first line has {OTHER_SIGNS[other]}.")
    return Source(path, tuple(found.header), found.lines, found.digest, written, found.quoted)
