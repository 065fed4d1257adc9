"""`openhix determine`: a file of households in, a file of answers out, whatever is wrong in a third."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from openhix.eligibility import fingerprint, queries
from openhix.eligibility.files import parts
from openhix.eligibility.files.reading import Reading, fact_columns
from openhix.eligibility.files.tables import FileRefused, Rejected, Source, is_parquet, look, without_faults
from openhix.eligibility.files.workers import sharing
from openhix.eligibility.households import Households
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import HOUSEHOLD, PERSON, TAX_HOUSEHOLD
from openhix.eligibility.rules.program import Also
from openhix.kernel.codes import Code
from openhix.kernel.facts import Column, Facts
from openhix.kernel.story import CENTS, HUNDREDTHS
from openhix.law.tables import Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf

Progress = Callable[[parts.Counts, int], None]  # what is done so far, and how many rows the file has

SHOWN = 5
CHUNK = 10_000  # households: their columns stay in the cache of a processor
ANSWERS = (
    "program",
    "also",
    "plan_type",
    "magi_household_size",
    "masshealth_fpl",
    "tax_household_size",
    "fpl_percent",
    "applicable_percentage",
    "benchmark_premium",
    "expected_contribution",
    "monthly_credit",
    "contribution",
)
HUNDREDTH = Decimal("0.01")
BLANK: dict[type[Code], Code] = {PlanType: PlanType.NONE, Also: Also.NOTHING}


@dataclass(frozen=True)
class Outcome:
    """How a file went: `rejected` reasons for rows that were left out, `first` of them."""

    households: int
    people: int
    rejected: int
    first: tuple[Rejected, ...]


def determine_file(
    *,
    source: Path,
    results: Path,
    errors: Path,
    law: Law,
    shelf: Shelf,
    as_of: date,
    processes: int = 1,
    progress: Progress = lambda done, rows: None,
) -> Outcome:
    """Determine every household of `source`; answers to `results`, refused rows to `errors`.

    What was done of the same run before it was stopped is not done again. Raises FileRefused, InUse, WorkerDied.
    """
    results, errors = results.resolve(), errors.resolve()  # a link stays one
    if source.resolve() in (results, errors):
        raise FileRefused(f"{source}: the answers would overwrite this file; give them another name.")
    if results.exists() and not results.is_file():
        raise FileRefused(f"{results} is not a file; give the answers the name of one.")
    looked_at = look(source, list(fact_columns(queries.rulebook())))
    with parts.work_on(results, _question(looked_at, law, shelf, as_of)) as work:
        number = parts.number_of(looked_at)
        with sharing(Question(work, law, shelf, as_of).answer, min(processes, number)) as answered:
            work.split(looked_at)
            rows, done = work.told()["rows"], parts.Counts()
            for counts in answered(number):
                done = done.plus(counts)
                progress(done, rows)
        if done.rejected:
            work.write_rejected(errors)
        else:
            errors.unlink(missing_ok=True)
        first = tuple(work.first_rejected(SHOWN))
        work.write_answers(results)
    return Outcome(done.households, done.people, done.rejected, first)


def _question(source: Source, law: Law, shelf: Shelf, as_of: date) -> str:
    """All that answers depend on, as 64 hex digits."""
    asked = (
        *(source.digest, is_parquet(source.path), fingerprint.program(), fingerprint.prices(shelf), pl.__version__),
        *(repr(law), str(as_of), parts.PART_ROWS),
    )
    return sha256(repr(asked).encode()).hexdigest()


@dataclass(frozen=True)
class Question:
    """What is asked of each part of a file."""

    work: parts.Work
    law: Law
    shelf: Shelf
    as_of: date

    def answer(self, part: int) -> parts.Counts:
        """Answer a part and keep it; one that is done is left as it is."""
        kept = self.work.kept(part)
        if kept is not None:
            return kept
        rows = self.work.rows_of(part)
        table, rejected = without_faults(rows)
        reading = Reading(table, rejected, queries.rulebook(), Geography.shipped(self.law.plan_year), self.as_of)
        households, people = reading.households()
        answered = [
            answers(queries.determine(households=each, law=self.law, shelf=self.shelf), people[first:last])
            for each, first, last in chunks(households)
        ]
        counts = parts.Counts(len(rows), len(households), len(people), len(reading.rejected))
        self.work.keep(part, pl.concat(answered) if answered else empty(people), reading.rejected, counts)
        return counts


def chunks(households: Households) -> Iterator[tuple[Households, int, int]]:
    """Slices of at most CHUNK households, with the first and last row of their people."""
    rulebook = queries.rulebook()
    for start in range(0, len(households), CHUNK):
        end = min(start + CHUNK, len(households))
        first, last = (int(each) for each in np.searchsorted(households.household, [start, end]))
        returns = households.tax_household[first:last]
        rows = {
            HOUSEHOLD: slice(start, end),
            TAX_HOUSEHOLD: slice(int(returns[0]), int(returns[-1]) + 1),
            PERSON: slice(first, last),
        }
        facts = {}
        for name, column in households.facts.items():
            values, known = column if isinstance(column, Column) else (column, None)
            here = rows[rulebook.fact(name).entity]
            facts[name] = Column(values[here], None if known is None else known[here])
        part = Households(
            household=households.household[first:last] - start,
            tax_household=returns - returns[0],
            given_as=households.given_as[first:last],
            facts=facts,
        )
        yield part, first, last


def answers(facts: Facts, people: pl.DataFrame) -> pl.DataFrame:
    """One row a person: the ids and every answer as the file writes it, blank where it does not apply."""
    return people.with_columns(_answer(facts, name) for name in ANSWERS)


def empty(people: pl.DataFrame) -> pl.DataFrame:
    """The same of nobody."""
    nothing = pl.Series([], dtype=pl.Int64)
    return people.with_columns(_written(nothing.alias(name), queries.rulebook().fact(name).unit) for name in ANSWERS)


def _answer(facts: Facts, name: str) -> pl.Series:
    fact = facts.rulebook.fact(name)
    values, known = facts[name]
    series = _written(pl.Series(name, values), fact.unit)
    if known is not None:
        series = series.set(pl.Series(~known), None)
    if fact.entity is PERSON:
        return series
    return series.gather(facts.population.up(np.arange(len(values)), PERSON, fact.entity))


def _written(series: pl.Series, unit: Any) -> pl.Series:
    """Money and percentages with two decimals, codes by their names, with `;` where there are several."""
    if unit in (CENTS, HUNDREDTHS):
        return (series.cast(pl.Decimal(20, 0)) * HUNDREDTH).cast(pl.Decimal(20, 2))
    if isinstance(unit, type) and issubclass(unit, Code):
        names = {int(each): None if each is BLANK.get(unit) else each.code.replace("+", ";") for each in unit}
        return series.replace_strict(names, return_dtype=pl.String)
    return series
