"""Case tables: Markdown that an analyst reads and extends, beside the rules whose cases they are.

A file is a title, then a heading for each point of law with its citation, a sentence, and a table. Columns before the
arrow column `->` are given, those after it are expected; a column `note` is for the reader. A bullet `- name: value`
below the title holds for the whole file, below a heading for its table. An empty given cell gives nothing; `-` is
expected where a fact does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ARROW, NOTE = "->", "note"
CITATION = re.compile(r"\d+ (?:CFR|CMR|USC) \d+|assumed", re.IGNORECASE)
_BULLET = re.compile(r"- (?P<name>[a-z_ ]+): (?P<value>.+)")


class NotACaseTable(ValueError):
    """The file is not written as the cases are; the message names file and line."""


@dataclass(frozen=True)
class Case:
    """One row: the text of the given cells and of the expected ones, by column."""

    file: str
    heading: str
    line: int
    given: Mapping[str, str]
    expected: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"{self.file}: {self.heading.partition('(')[0].strip()}: line {self.line}"


def read(path: Path) -> list[Case]:
    """Every row of every table of one file. Raises NotACaseTable."""
    return list(_Reader(path).cases())


@dataclass
class _Section:
    """The title of a file, or a heading: what its bullets give, and the columns of its table."""

    heading: str
    given: dict[str, str]
    told: bool = False
    columns: list[str] | None = None


class _Reader:
    def __init__(self, path: Path):
        self.file = path.name.removesuffix(".cases.md")
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.line = 0

    def cases(self) -> Iterator[Case]:
        title = section = _Section("", {})
        for text in self.lines:
            self.line += 1
            if text.startswith("## "):
                self._check(section is title or section.columns is not None, f"{section.heading!r} has no table")
                section = _Section(text.removeprefix("## "), dict(title.given))
                self._check(CITATION.search(text) is not None, "a heading names its law, such as 26 CFR 1.36B-3(d)")
            elif bullet := _BULLET.fullmatch(text):
                section.given[bullet["name"]] = bullet["value"]
            elif not text.startswith("|"):
                section.told |= bool(text.strip())
                self._check(section.columns is None or not text.strip(), "put this line above the table")
            elif section.columns is None:
                self._check(section is not title and section.told, "a table stands under a heading and a sentence")
                section.columns = self._columns(text)
            elif set(text) - set("|-: "):
                given, expected = self._row(text, section.columns)
                yield Case(self.file, section.heading, self.line, {**section.given, **given}, expected)
        self._check(section.columns is not None, f"{section.heading!r} has no table")

    def _columns(self, text: str) -> list[str]:
        columns = _cells(text)
        self._check(columns.count(ARROW) == 1, "a table has one column ->")
        arrow = columns.index(ARROW)
        for side in (columns[:arrow], columns[arrow + 1 :]):
            self._check(bool(side) and len(set(side)) == len(side), "each side of -> names its columns once")
        return columns

    def _row(self, text: str, columns: list[str]) -> tuple[dict[str, str], dict[str, str]]:
        cells = _cells(text)
        self._check(len(cells) == len(columns), f"{len(cells)} cells stand under {len(columns)} columns")
        arrow = columns.index(ARROW)
        given = dict(zip(columns[:arrow], cells[:arrow], strict=True))
        expected = dict(zip(columns[arrow + 1 :], cells[arrow + 1 :], strict=True))
        given.pop(NOTE, None)
        expected.pop(NOTE, None)
        self._check(not cells[arrow] and all(expected.values()), "every expected cell says something: - for nothing")
        return {name: cell for name, cell in given.items() if cell}, expected

    def _check(self, holds: bool, message: str) -> None:
        if not holds:
            raise NotACaseTable(f"{self.file}.cases.md, line {self.line}: {message}")


def _cells(text: str) -> list[str]:
    return [cell.strip() for cell in text.strip().removeprefix("|").removesuffix("|").split("|")]
