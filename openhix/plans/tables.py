"""Opens the CSV files of a shelf and reads them column by column. What is wrong is collected, not thrown: a carrier's
file is sent back once, with everything that is wrong in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeVar

LONGEST = 500  # characters in a cell
TOLD = 100  # refusals in a message; the exception holds them all

Value = TypeVar("Value")


class Refusal(NamedTuple):
    """One thing that is wrong; `row` counts as a spreadsheet does, the headings being row 1. 0: the whole file."""

    file: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [self.file, f"row {self.row}" if self.row else "", self.column]
        return f"{', '.join(part for part in place if part)}: {self.reason}"


class ShelfRefused(ValueError):
    """The files of a shelf cannot be used; nothing of them was. `refusals` says where and why."""

    def __init__(self, refusals: list[Refusal]) -> None:
        self.refusals = tuple(refusals)
        told = [str(refusal) for refusal in refusals[:TOLD]]
        more = [f"and {len(refusals) - TOLD} more"] if len(refusals) > TOLD else []
        super().__init__("\n".join(["The shelf cannot be used, and nothing of it was.", *told, *more]))


@dataclass(frozen=True)
class Table:
    """A file's rows of text under its headings."""

    file: str
    headings: dict[str, int]
    rows: list[list[str]]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass
class Folder:
    """The files of one shelf, and what is wrong in them."""

    path: Path
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, file: str, row: int, column: str, reason: str) -> None:
        self.refusals.append(Refusal(file, row, column, reason))

    def stop_if_refused(self) -> None:
        if self.refusals:
            raise ShelfRefused(self.refusals)

    def table(self, pattern: str, columns: tuple[str, ...]) -> Table:
        """The one file whose name fits `pattern` (MAPlans*.csv), with these columns and any others."""
        found = sorted(self.path.glob(pattern))
        if len(found) != 1:
            many = f"{len(found)} files have such a name, and one is needed: " + ", ".join(file.name for file in found)
            self.refuse(pattern, 0, "", many if found else f"there is no such file in {self.path}")
            return Table(pattern, {}, [])
        file = found[0]
        try:
            text = file.read_bytes().decode("utf-8-sig")
        except OSError as error:
            self.refuse(file.name, 0, "", f"the file cannot be read: {error.strerror}")
            return Table(file.name, {}, [])
        except UnicodeDecodeError as error:
            row = error.object.count(b"\n", 0, error.start) + 1
            self.refuse(file.name, row, "", "the file is not in UTF-8: save it as CSV UTF-8")
            return Table(file.name, {}, [])
        return self._checked(file.name, text, columns)

    def _checked(self, file: str, text: str, columns: tuple[str, ...]) -> Table:
        rows: list[list[str]] = []
        try:
            for row in csv.reader(io.StringIO(text, newline=""), strict=True):
                rows.append(row)
        except csv.Error as error:
            self.refuse(file, len(rows) + 1, "", f"this row is not CSV ({error})")
            return Table(file, {}, [])
        while rows and not any(rows[-1]):
            rows.pop()
        headings = {heading.strip(): position for position, heading in enumerate(rows[0] if rows else [])}
        for missing in [column for column in columns if column not in headings]:
            self.refuse(file, 1, missing, "the column is missing")
        if len(rows) < 2:
            self.refuse(file, 0, "", "the file has no rows")
        width = len(rows[0]) if rows else 0
        for number, row in enumerate(rows[1:], 2):
            if len(row) != width:
                self.refuse(file, number, "", f"{len(row)} cells in a table of {width} columns")
        return Table(file, headings, rows[1:])

    def column(self, table: Table, heading: str, reading: Callable[[str], Value]) -> list[Value]:
        """The values of a column. `reading` makes a value of a cell, or raises ValueError with the reason why not.

        Each different text is read once. Where cells were refused the list is short: call `stop_if_refused` before
        using it.
        """
        position = table.headings.get(heading)
        if position is None:
            return []
        cells = [row[position] if position < len(row) else "" for row in table.rows]
        values: dict[str, Value] = {}
        wrong: dict[str, str] = {}
        for text in set(cells):
            try:
                values[text] = reading(_plain(text))
            except ValueError as why:
                wrong[text] = str(why)
        for number, text in enumerate(cells, 2):
            if wrong and text in wrong:
                self.refuse(table.file, number, heading, wrong[text])
        return [values[text] for text in cells if text in values]


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        raise ValueError(f"{len(text)} characters, and {LONGEST} is the most")
    text = text.strip()
    if not text.isprintable():
        raise ValueError(f"{text[:40]!r} has characters that cannot be printed")
    return text
