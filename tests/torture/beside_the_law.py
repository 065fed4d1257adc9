"""Files of random households beside the plain reading of the law, beside themselves in another order, and alone."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import polars as pl

from openhix.eligibility.files import batch
from openhix.law.tables import Law
from openhix.plans import shelf as shelves
from openhix.plans.geography import Geography, Place
from openhix.plans.shelf import NO_SILVER_RATE, Shelf
from tests.torture import random_homes
from tests.torture.plain_household import Answer, Home, Somebody

HOUSEHOLDS = 1_000
ALONE = 5
Rows = list[dict[str, str | None]]
Answers = dict[tuple[str, str], dict[str, str]]


def one_round(folder: Path, chance: Random) -> tuple[int, list[str]]:
    """How many people were compared, and each difference with all that is needed to see it again."""
    month = chance.choice(random_homes.MONTHS)
    shelf = shelves.shipped(2026) if month.year == 2026 else shelves.published_benchmark(Law(month))
    homes = [random_homes.household(chance) for _ in range(HOUSEHOLDS)]
    places = [chance.choice(Geography.shipped(month.year).places) for _ in homes]
    rows = [
        [random_homes.row(number, each, month, place.zip, place.county) for each in home]
        for number, (home, place) in enumerate(zip(homes, places, strict=True))
    ]
    among, refused = determine(folder, [row for each in rows for row in each], month, shelf)
    differences = [f"{month}: refused: {each}" for each in refused]
    for number, (home, place) in enumerate(zip(homes, places, strict=True)):
        expected = Home(home, month, _prices(shelf, place)).answers()
        for person in home:
            wrong = _differences(among.get((f"h{number}", person.id), {}), expected[person.id])
            if wrong:
                differences.append(f"{month} {place.zip} {place.county}, {person.id}: {wrong}\n{_told(home)}")
    mixed = [row for each in rows for row in each]
    chance.shuffle(mixed)
    if determine(folder, mixed, month, shelf)[0] != among:
        differences.append(f"{month}: another order of the rows has other answers")
    for number in chance.sample(range(HOUSEHOLDS), ALONE):
        alone, _refused = determine(folder, rows[number], month, shelf)
        if alone != {key: among.get(key) for key in alone} or len(alone) != len(rows[number]):
            differences.append(f"{month}: another answer alone than among others\n{_told(homes[number])}")
    return len(among), differences


def determine(folder: Path, rows: Rows, month: date, shelf: Shelf) -> tuple[Answers, list[str]]:
    source, results = folder / "households.parquet", folder / "results.csv"
    errors = folder / "errors.csv"
    pl.DataFrame(rows, infer_schema_length=None).write_parquet(source)
    batch.determine_file(
        source=source, results=results, errors=errors, law=Law(month), shelf=shelf, as_of=date(month.year, 12, 31)
    )
    with results.open(newline="") as file:
        answers = {(row["household_id"], row["person_id"]): row for row in csv.DictReader(file)}
    return answers, errors.read_text().splitlines()[1:] if errors.exists() else []


def _prices(shelf: Shelf, place: Place) -> list[list[int | None]]:
    of_area = shelf.silver_premiums[place.rating_area - 1].T.tolist()
    is_open = shelf.silver_open[place.index].tolist()
    rates = [plan for plan, sold in zip(of_area, is_open, strict=True) if sold]
    return [[None if price == NO_SILVER_RATE else price for price in plan] for plan in rates]


def _differences(said: dict[str, str], expected: Answer) -> str:
    if not said:
        return "no answer"
    wanted = {
        "program": expected.program,
        "also": expected.also,
        "plan_type": expected.plan_type,
        "magi_household_size": str(expected.magi_household_size),
        "tax_household_size": str(expected.tax_household_size),
        "monthly_credit": _money(expected.monthly_credit),
    }
    if expected.monthly_credit is not None:
        wanted["benchmark_premium"] = _money(expected.benchmark_premium)
    wrong = [f"{name} {said[name]!r}, plainly {value!r}" for name, value in wanted.items() if said[name] != value]
    for name in ("masshealth_fpl", "fpl_percent"):
        exact: Fraction = getattr(expected, name)
        if abs(Fraction(said[name]) - exact) > Fraction(1, 100):
            wrong.append(f"{name} {said[name]}, plainly {float(exact):.4f}")
    return "; ".join(wrong)


def _money(cents: int | None) -> str:
    return "" if cents is None else str(Decimal(cents) / 100 + Decimal("0.00"))


def _told(home: Sequence[Somebody]) -> str:
    return "\n".join(f"    {each}" for each in home)
