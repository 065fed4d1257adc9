"""`openhix determine`: a file of households in, a file of answers out, whatever is wrong in a third."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from openhix.eligibility import queries, tables
from openhix.eligibility.households import Households
from openhix.eligibility.reading import Reading, fact_columns
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import HOUSEHOLD, PERSON, TAX_HOUSEHOLD
from openhix.eligibility.rules.program import Also
from openhix.kernel.codes import Code
from openhix.kernel.facts import Column, Facts
from openhix.kernel.story import CENTS, HUNDREDTHS
from openhix.law.tables import Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf

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
BLANK: dict[type[Code], Code] = {PlanType: PlanType.NONE, Also: Also.NOTHING}


@dataclass(frozen=True)
class Outcome:
    """How a file went."""

    households: int
    people: int
    rejected: tuple[tables.Rejected, ...]


def determine_file(
    *,
    source: Path,
    results: Path,
    errors: Path,
    law: Law,
    shelf: Shelf,
    as_of: date,
    progress: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Determine every household of `source`; answers to `results`, refused rows to `errors`. Raises FileRefused."""
    if source.resolve() in (results.resolve(), errors.resolve()):
        raise tables.FileRefused(f"{source}: the answers would overwrite this file; give them another name.")
    rulebook = queries.rulebook()
    table, rejected = tables.read(source, list(fact_columns(rulebook)))
    reading = Reading(table, rejected, rulebook, Geography.shipped(law.plan_year), as_of)
    households, people = reading.households()
    parts = []
    for part, first, last in chunks(households):
        facts = queries.determine(households=part, law=law, shelf=shelf)
        parts.append(answers(facts, people[first:last]))
        progress(len(part))
    answered = pl.concat(parts) if parts else empty(people)
    tables.write(results, answered.sort(tables.ROW).drop(tables.ROW))
    if reading.rejected:
        tables.write_rejected(errors, reading.rejected)
    else:
        errors.unlink(missing_ok=True)
    return Outcome(len(households), len(people), tuple(reading.rejected))


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
    return people.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in ANSWERS)


def _answer(facts: Facts, name: str) -> pl.Series:
    fact = facts.rulebook.fact(name)
    values, known = facts[name]
    if fact.entity != PERSON:
        values = facts.population.up(values, PERSON, fact.entity)
        known = None if known is None else facts.population.up(known, PERSON, fact.entity)
    series = _written(pl.Series(name, values), fact.unit)
    return series if known is None else series.set(pl.Series(~known), None)


def _written(series: pl.Series, unit: Any) -> pl.Series:
    """Money and percentages with two decimals, codes by their names, with `;` where there are several."""
    if unit in (CENTS, HUNDREDTHS):
        return (series.cast(pl.Decimal(20, 2)) / 100).cast(pl.Decimal(20, 2))
    if isinstance(unit, type) and issubclass(unit, Code):
        names = {int(each): None if each is BLANK.get(unit) else each.code.replace("+", ";") for each in unit}
        return series.replace_strict(names, return_dtype=pl.String)
    return series
