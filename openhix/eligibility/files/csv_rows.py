"""A CSV file piece by piece, so that memory does not grow with it: rows as they stand, and rows that are none."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TextIO

import polars as pl

PIECE = 1 << 24  # bytes that are looked at together, and the longest line
ROWS = 200_000  # rows that are kept together
FEW = 1_000  # rows that are lists for a while: many of them take Python long
ROW, FAULT = "row in the file", "why it is no row"


class Unreadable(ValueError):
    """What is wrong with the file, and where."""


@dataclass
class Look:
    """What one pass over the bytes tells. Where no cell has quotation marks, each line is a row."""

    lines: int = 1
    quoted: bool = False
    digest: str = ""
    header: list[str] = field(default_factory=list)


def look(path: Path) -> Look:
    """Raises Unreadable where the bytes are not UTF-8, a line has no end, or the first line cannot be read."""
    found, hashed, decode = Look(), sha256(), codecs.getincrementaldecoder("utf-8")().decode
    returns, last, size = 0, b"", path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            hashed.update(piece)
            try:
                decode(piece, final=file.tell() == size)
            except UnicodeDecodeError as error:
                line = found.lines + error.object.count(b"\n", 0, error.start)
                raise Unreadable(f"save the file as UTF-8 (line {line} is not).") from error
            lines, alone = piece.count(b"\n"), piece.count(b"\r")
            if len(piece) == PIECE and not lines and not alone:
                raise Unreadable(f"line {found.lines} has more than {PIECE >> 20} million letters.")
            returns += alone - piece.count(b"\r\n") - (last == b"\r" and piece.startswith(b"\n"))
            found.lines += max(lines, alone)
            found.quoted |= b'"' in piece
            last = piece[-1:]
    found.quoted |= returns > 0  # lines that end as they did on old machines are read row by row too
    found.digest = hashed.hexdigest()
    with _opened(path) as text:
        rows = csv.reader(text, strict=True)
        try:
            found.header = [name.strip() for name in next(rows, [])]
        except csv.Error as error:
            raise _stray(rows.line_num, error) from error
    return found


def blocks(path: Path, header: Sequence[str], *, quoted: bool) -> Iterator[pl.DataFrame]:
    """Cells as text (null where empty), numbered by ROW from 2 as a spreadsheet counts.

    Of a row that has not as many cells as the header there is no more than its household_id, and FAULT. Raises
    Unreadable.
    """
    if quoted:
        with _opened(path) as text:
            yield from _rows(text, header, first=1)
        return
    number = 2
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while piece := file.read(PIECE):
            cut = piece.rfind(b"\n") + 1
            raw, rest = (rest + piece[:cut], piece[cut:]) if cut else (b"", rest + piece)
            yield from _lines(raw, header, number)
            number += raw.count(b"\n")
        yield from _lines(rest, header, number)


def _lines(raw: bytes, header: Sequence[str], number: int) -> Iterator[pl.DataFrame]:
    """Rows of which each is a line. Polars reads them, faster, where none is longer or shorter than the others.

    A short row and a long one could make up for each other; the long one Polars refuses.
    """
    if not raw:
        return
    lines = raw.count(b"\n") + (not raw.endswith(b"\n"))
    if raw.count(b",") == (len(header) - 1) * lines:
        with suppress(pl.exceptions.PolarsError):
            table = pl.read_csv(raw, has_header=False, schema=dict.fromkeys(header, pl.String))
            yield numbered(table, number)
            return
    yield from _rows(StringIO(raw.decode(), newline=""), header, first=number)


def numbered(table: pl.DataFrame, first: int) -> pl.DataFrame:
    """With the number of each row, and no fault."""
    rows = table.with_row_index(ROW, offset=first).with_columns(pl.col(ROW).cast(pl.Int64))
    return rows.with_columns(pl.lit(None, dtype=pl.String).alias(FAULT))


def _rows(text: Iterable[str], header: Sequence[str], first: int) -> Iterator[pl.DataFrame]:
    """The same by a reader of one row after the other. A blank line is nothing; row 1 is the header."""
    rows = csv.reader(text, strict=True)
    told = (
        (number, cells) for number, cells in enumerate(rows, start=first) if number > 1 and any(map(str.strip, cells))
    )
    try:
        while tables := [_table(block, header) for _ in range(ROWS // FEW) if (block := list(islice(told, FEW)))]:
            yield pl.concat(tables)
    except csv.Error as error:
        raise _stray(first - 1 + rows.line_num, error) from error


def _table(block: Sequence[tuple[int, list[str]]], header: Sequence[str]) -> pl.DataFrame:
    whole = [(number, cells) for number, cells in block if len(cells) == len(header)]
    cells_of = zip(*(cells for _number, cells in whole), strict=True) if whole else [()] * len(header)
    columns = {ROW: [number for number, _cells in whole], **dict(zip(header, cells_of, strict=True))}
    schema = {ROW: pl.Int64, **dict.fromkeys(header, pl.String), FAULT: pl.String}
    table = pl.DataFrame({**columns, FAULT: [None] * len(whole)}, schema)
    if len(whole) == len(block):
        return table
    others = [_no_row(number, cells, header) for number, cells in block if len(cells) != len(header)]
    return pl.concat([table, pl.DataFrame(others, schema, orient="row")]).sort(ROW)


def _no_row(number: int, cells: list[str], header: Sequence[str]) -> tuple[int | str | None, ...]:
    at = header.index("household_id")
    known = [cells[at] if name == "household_id" and at < len(cells) else None for name in header]
    return (number, *known, f"This row has {len(cells)} cells, the header has {len(header)}.")


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", newline="")


def _stray(line: int, error: csv.Error) -> Unreadable:
    return Unreadable(f"look for a stray quotation mark up to line {line} ({error}).")
