"""Files in which much is wrong: each is refused whole with a reason, or every row of it is answered or named.

And what is wrong in one household changes nothing for another.
"""

from __future__ import annotations

import csv
import traceback
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from openhix.eligibility.files import batch
from openhix.eligibility.files.tables import FileRefused
from openhix.law.tables import Law
from openhix.plans import shelf as shelves
from openhix.plans.geography import Geography
from tests.torture import random_homes

MONTH = date(2026, 1, 1)
FILES = 10  # a round
HOUSEHOLDS = 40
NASTY = (
    *("", " ", "\t", "0", "-0", "-1", "1e9", "NaN", "inf", "null", "None", "TRUE", "٢٠٢٠", "６０", "1,2,3", "1.005"),
    *("9" * 18, "9" * 40, "10000000000.01", "=1+1", "+1", "@SUM(A1)", "-cmd|' /C calc'!A0", "=HYPERLINK(1)"),
    *("x" * 201, "x" * 100_000, "é" * 200, "a\x00b", "\x1b[31m", "\ufeff", "\u202e", "a\nb", "a\r\nb", 'a"b', "'", ";"),
    *("p0", "p1", "p0;p1", "p0;p0", "p0;p1;p2", "outside", "OUTSIDE", "nobody", "h1", "filer", "dependent", "boss"),
    *(
        "2025-02-30",
        "1899-12-31",
        "9999-12-31",
        "0000-00-00",
        "06/30/1985",
        "1985-6-30",
        "2026-01-01",
        "00000",
        "90210",
    ),
)
WHOLE = ("plain", "quoted", "unix", "bom")  # ways to write that lose nothing
Table = list[list[str]]
Said = tuple[dict[str, list[str]], list[tuple[int, str, str]]]  # answers by household; row, column and reason


def one_round(folder: Path, chance: Random) -> tuple[int, list[str]]:
    """How many files there were, and what was found."""
    found = []
    for _ in range(FILES):
        header, rows = _sound(chance)
        sound = _determined(folder, _as_csv([header, *rows]))
        broken, ways = [list(row) for row in rows], []
        for _ in range(chance.choice((1, 1, 2, 5, 30))):
            way = chance.choice(WAYS)
            way(header, broken, chance)
            ways.append(way.__name__.strip("_"))
        written, how = _written(header, broken, chance)
        where = f"a file broken by {', '.join(dict.fromkeys(ways))}, {how}"
        try:
            said = _determined(folder, written)
        except FileRefused as error:
            found += [f"{where}: a refusal without a reason"] if len(str(error)) < 20 else []
            continue
        except Exception:
            found.append(f"{where}: {traceback.format_exc()}")
            continue
        found += [f"{where}: {each}" for each in _wrong(said)]
        if how in WHOLE:
            found += [f"{where}: {each}" for each in _wrong_of_whole(rows, broken, sound[0], said)]
        found += [f"{where}: {each.name} was left" for each in folder.glob("*.unfinished")]
    return FILES, found


def _sound(chance: Random) -> tuple[list[str], Table]:
    places = Geography.shipped(2026).places
    told: list[dict[str, str | None]] = []
    for number in range(HOUSEHOLDS):
        place = chance.choice(places)
        told += [
            random_homes.row(number, each, MONTH, place.zip, place.county) for each in random_homes.household(chance)
        ]
    return list(told[0]), [[cell or "" for cell in row.values()] for row in told]


def _cell(header: list[str], rows: Table, chance: Random) -> None:
    row = chance.choice(rows)
    row[chance.randrange(len(row))] = chance.choice(NASTY)


def _column_of_a_household(header: list[str], rows: Table, chance: Random) -> None:
    household, at, cell = chance.choice(rows)[0], chance.randrange(2, len(header)), chance.choice(NASTY)
    for row in rows:
        if row[0] == household and len(row) > at:
            row[at] = cell


def _fewer_cells(header: list[str], rows: Table, chance: Random) -> None:
    row = chance.choice(rows)
    del row[chance.randint(1, len(row)) :]


def _more_cells(header: list[str], rows: Table, chance: Random) -> None:
    chance.choice(rows).extend(["more"] * chance.choice((1, 1, 40)))


def _twice(header: list[str], rows: Table, chance: Random) -> None:
    rows.insert(chance.randrange(len(rows)), list(chance.choice(rows)))


def _claimed_in_a_circle(header: list[str], rows: Table, chance: Random) -> None:
    household = chance.choice(rows)[0]
    theirs = [row for row in rows if row[0] == household and len(row) == len(header)]
    for row, other in zip(theirs, [*theirs[1:], *theirs[:1]], strict=True):
        row[header.index("tax_role")], row[header.index("claimed_by")] = "dependent", other[1]
        row[header.index("parents")] = other[1]


def _claimed_twice(header: list[str], rows: Table, chance: Random) -> None:
    row = chance.choice(rows)
    if len(row) == len(header):
        row[header.index("claimed_by")] = chance.choice(("p0;p1", "p1;outside", "p0; p0"))


def _swapped_ids(header: list[str], rows: Table, chance: Random) -> None:
    one, other = chance.choice(rows), chance.choice(rows)
    one[0], other[0] = other[0], one[0]


WAYS: tuple[Callable[[list[str], Table, Random], None], ...] = (
    *(_cell, _cell, _cell, _column_of_a_household, _fewer_cells, _more_cells, _twice),
    *(_claimed_in_a_circle, _claimed_twice, _swapped_ids),
)


def _as_csv(table: Table, **how: Any) -> bytes:
    text = StringIO(newline="")
    csv.writer(text, **how).writerows(table)
    return text.getvalue().encode()


def _written(header: list[str], rows: Table, chance: Random) -> tuple[bytes | pl.DataFrame, str]:
    """As CSV in one of the ways in which programs write it, right or wrong; or as Parquet with types of its own."""
    kind = chance.choice(
        ("plain", "plain", "quoted", "unix", "mac", "bom", "latin", "utf-16", "cut", "columns", "parquet")
    )
    table = [header, *rows]
    if kind == "parquet" and all(len(row) == len(header) for row in rows):
        return _as_parquet(header, rows, chance), kind
    raw = _as_csv(table)
    if kind == "quoted":
        raw = _as_csv(table, quoting=csv.QUOTE_ALL)
    elif kind in ("unix", "mac"):
        raw = _as_csv(table, lineterminator="\n" if kind == "unix" else "\r")
    elif kind == "bom":
        raw = b"\xef\xbb\xbf" + raw
    elif kind == "latin":
        raw = raw.decode().encode("latin-1", "replace")
    elif kind == "utf-16":
        raw = raw.decode().encode("utf-16")
    elif kind == "cut":
        raw = raw[: chance.randrange(len(raw))]
    elif kind == "columns":
        at = chance.randrange(len(header))
        renamed = chance.choice(("", header[at - 1], "row in the file", "part", "household", "x" * 300, "=1", "zip "))
        raw = _as_csv([[renamed if name == header[at] else name for name in header], *rows])
    return raw, kind


def _as_parquet(header: list[str], rows: Table, chance: Random) -> pl.DataFrame:
    table = pl.DataFrame(
        [[cell or None for cell in row] for row in rows], dict.fromkeys(header, pl.String), orient="row"
    )
    types: tuple[Any, ...] = (
        *(pl.Categorical, pl.Binary, pl.List(pl.String), pl.Struct({"a": pl.String}), pl.Int64, pl.UInt8, pl.Float64),
        *(pl.Boolean, pl.Date, pl.Datetime, pl.Time, pl.Duration, pl.Decimal(38, 2), pl.Null, pl.Object),
    )
    name, kind = chance.choice(header), chance.choice(types)
    cells = table[name]
    try:
        return table.with_columns(
            cells.cast(kind, strict=False) if kind != pl.Object else pl.lit(Decimal("1.5")).alias(name)
        )
    except pl.exceptions.PolarsError:
        return table.with_columns(pl.lit([1], dtype=pl.List(pl.Int64)).alias(name))


def _determined(folder: Path, written: bytes | pl.DataFrame) -> Said:
    is_table = isinstance(written, pl.DataFrame)
    source, results, errors = folder / f"in.{'parquet' if is_table else 'csv'}", folder / "out.csv", folder / "bad.csv"
    if isinstance(written, pl.DataFrame):
        written.write_parquet(source)
    else:
        source.write_bytes(written)
    results.unlink(missing_ok=True)
    try:
        batch.determine_file(
            source=source, results=results, errors=errors, law=Law(MONTH), shelf=shelves.shipped(2026), as_of=MONTH
        )
    except FileRefused:
        if results.exists():
            raise AssertionError("the file is refused and there are results") from None
        raise
    answers: dict[str, list[str]] = {}
    for row in _read(results)[1:]:
        answers.setdefault(row[0], []).append(",".join(row[1:]))
    named = [(int(row), column, reason) for row, column, reason in _read(errors)[1:]] if errors.exists() else []
    return answers, named


def _read(path: Path) -> Table:
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def _wrong(said: Said) -> list[str]:
    answers, named = said
    found = ["a reason is empty or repeats a long cell"] * any(
        not why or len(why) > 300 for _row, _column, why in named
    )
    return found + ["a person stands twice"] * any(len(set(people)) < len(people) for people in answers.values())


def _wrong_of_whole(rows: Table, broken: Table, sound: dict[str, list[str]], said: Said) -> list[str]:
    """Each row is answered or named, of a household all or none; who was not touched has the answers as before."""
    answers, named = said
    named_rows, found = {row for row, _column, _reason in named}, []
    for number, row in enumerate(broken, start=2):
        if not any(cell.strip() for cell in row):
            continue
        if (row[0].strip() in answers) == (number in named_rows):
            found.append(f"row {number} of {row[0][:20]!r} is neither answered nor named, or both")
    whole, now = _by_household(rows), _by_household(broken)
    for household, theirs in whole.items():
        if now.get(household) == theirs and answers.get(household) != sound.get(household):
            found.append(f"{household} was not touched and has another answer")
    return found


def _by_household(rows: Table) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for row in rows:
        found.setdefault(row[0] if row else "", []).append(row)
    return found
