"""A small shelf for the tests of refusals: two carriers of the shipped one, read in a few milliseconds."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

from openhix.plans.files import SHIPPED

CARRIERS = ("31779", "18076")  # UnitedHealthcare, four plans in nine counties; Altus Dental, four in the state
Rows = list[list[str]]


def write(folder: Path) -> Path:
    """The files of the two carriers, in `folder`."""
    folder.mkdir(exist_ok=True)
    for file in SHIPPED.iterdir():
        heading, *rows = rows_of(file)
        kept = [row for row in rows if row[2 if file.name.startswith("MAPlans") else 0].startswith(CARRIERS)]
        save(folder / file.name, [heading, *kept])
    return folder


def rows_of(file: Path) -> Rows:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def save(file: Path, rows: Rows) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(rows)


def change(file: Path, change_rows: Callable[[Rows], object]) -> None:
    """Let `change_rows` work on the rows of a file, headings first."""
    rows = rows_of(file)
    change_rows(rows)
    save(file, rows)


def set_cell(folder: Path, file: str, row: int, column: str, text: str) -> str:
    """Write into one cell, counting as a spreadsheet does; gives what stood there."""
    rows = rows_of(folder / file)
    position = rows[0].index(column)
    before, rows[row - 1][position] = rows[row - 1][position], text
    save(folder / file, rows)
    return before
