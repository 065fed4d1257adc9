"""A comparison as it is read: a text, files of figures, and a picture that says the same as its table."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import polars as pl

from openhix.eligibility.comparison.sums import GAINS, LOSES, SAME, Comparison
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.program import Program
from openhix.kernel import cents
from openhix.law.tables import RatingAreas

TABLES = ("program", "type", "area")
MONEY = ("credit_before", "credit_after", "contribution_before", "contribution_after")
WIDTH, ROW, LABEL = 680, 46, 260
COLORS = {"before": "#6a7a82", "after": "#14607a", "gain": "#14607a", "same": "#d9cfbd", "lose": "#9c2a44"}


def label(key: str, value: object, year: int) -> str:
    """A code of a comparison in words: a program, a plan type, a rating area."""
    if key == "area":
        return f"{value}: {RatingAreas.for_year(year).places[int(str(value))]}"
    if key.startswith("type"):
        return PlanType.of(str(value)).label if value != "NONE" else PlanType.NONE.label
    return Program[str(value).upper()].label


def text(found: Comparison) -> str:
    """For a terminal: the sums, then a line for each program, plan type and region."""
    lines = [
        f"{found.before} to {found.after}, {found.month}: {found.people():,} people of {found.households:,} households",
        f"  {found.people(GAINS):,} gain, {found.people(SAME):,} stay as they are, {found.people(LOSES):,} lose",
        *(
            f"  {name} a month: {' to '.join(cents.dollars(found.total(f'{key}_{at}')) for at in ('before', 'after'))}"
            for name, key in (("Tax credits", "credit"), ("ConnectorCare contributions, at least", "contribution"))
        ),
    ]
    year = int(found.month[:4])
    for key, title in zip(TABLES, ("Program", "Plan type", "Region"), strict=True):
        head = (title, "before", "after", "gain", "lose", "credits before", "after", "contributions before", "after")
        lines += ["", *_aligned([head, *(_row(key, row, year) for row in found.by(key).iter_rows(named=True))])]
    moves = [
        (label("program", one, year), label("program", other, year), f"{people:,}")
        for one, other, people in found.moves().iter_rows()
    ]
    return "\n".join([*lines, "", *_aligned([("From", "to", "people"), *moves])])


def _row(key: str, row: dict[str, int], year: int) -> tuple[str, ...]:
    people = (f"{row[name]:,}" for name in ("people_before", "people_after", "gain", "lose"))
    return (label(key, row[key], year), *people, *(cents.dollars(row[name]) for name in MONEY))


def _aligned(rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Words to the left, figures to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    is_figure = [all(row[at][-1:].isdigit() for row in rows[1:]) for at in range(len(rows[0]))]
    for row in rows:
        cells = zip(row, widths, is_figure, strict=True)
        yield "  ".join(each.rjust(width) if right else each.ljust(width) for each, width, right in cells).rstrip()


def write(found: Comparison, folder: Path) -> list[Path]:
    """cells.csv, programs.csv, types.csv, areas.csv, moves.csv and picture.svg; money in dollars. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {"cells": found.cells, **{f"{key}s": found.by(key) for key in TABLES}, "moves": found.moves()}
    paths = []
    for name, table in tables.items():
        paths.append(folder / f"{name}.csv")
        table.with_columns(
            (pl.col(each).cast(pl.Decimal(20, 2)) / 100).cast(pl.Decimal(20, 2))
            for each in MONEY
            if each in table.columns
        ).write_csv(paths[-1])
    paths.append(folder / "picture.svg")
    paths[-1].write_text(picture(found), encoding="utf-8")
    return paths


def picture(found: Comparison) -> str:
    """People by program before and after, and on top who gains, stays and loses; its words are the whole table."""
    rows = list(found.by("program").iter_rows(named=True))
    most = max([1, *(row[name] for row in rows for name in ("people_before", "people_after"))])
    height = 96 + ROW * len(rows)
    year = int(found.month[:4])
    said = [f"{_name(name)}: {found.people(change):,} people" for name, change in _CHANGES]
    said += [
        f"{label('program', r['program'], year)}: {r['people_before']:,} before, {r['people_after']:,} after"
        for r in rows
    ]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'aria-labelledby="compared-title compared-said" font-family="sans-serif" font-size="13">',
        f'<title id="compared-title">People by program: {escape(found.before)} and {escape(found.after)}</title>',
        f'<desc id="compared-said">{escape(". ".join(said))}.</desc>',
        *_changes(found),
        _text(LABEL, 80, f"before: {found.before}", COLORS["before"]),
        _text(LABEL + 200, 80, f"after: {found.after}", COLORS["after"]),
    ]
    for at, row in enumerate(rows):
        top = 92 + at * ROW
        parts.append(_text(0, top + 20, _label(row, year)))
        for down, name in ((0, "before"), (18, "after")):
            people = row[f"people_{name}"]
            width = (WIDTH - LABEL - 80) * people // most
            parts.append(_bar(LABEL, top + down, width, 16, COLORS[name]))
            parts.append(_text(LABEL + width + 6, top + down + 13, f"{people:,}"))
    return "".join([*parts, "</svg>"])


def _label(row: dict[str, Any], year: int) -> str:
    return label("program", row["program"], year)


_CHANGES = (("gain", GAINS), ("same", SAME), ("lose", LOSES))


def _changes(found: Comparison) -> Iterator[str]:
    """One bar for everybody, and its figures above it in the same order."""
    at, everybody = 0, max(found.people(), 1)
    for place, (name, change) in enumerate(_CHANGES):
        people = found.people(change)
        width = WIDTH * people // everybody
        yield _bar(at, 24, width, 22, COLORS[name])
        yield _bar(place * 210, 5, 10, 10, COLORS[name])
        yield _text(place * 210 + 15, 15, f"{_name(name)}: {people:,}")
        at += width


def _name(change: str) -> str:
    return {"gain": "gain", "same": "stay as they are", "lose": "lose"}[change]


def _bar(x: int, y: int, width: int, height: int, color: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{color}"/>'


def _text(x: int, y: int, words: str, color: str = "#1c2b33") -> str:
    return f'<text x="{x}" y="{y}" fill="{color}">{escape(words)}</text>'
