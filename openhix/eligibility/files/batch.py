"""`openhix determine`: a file of households in, a file of answers out, whatever is wrong in a third."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from openhix.eligibility import queries
from openhix.eligibility.files.asking import Progress, Question, asked
from openhix.eligibility.files.tables import FileRefused, Rejected
from openhix.eligibility.households import Households
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import PERSON
from openhix.eligibility.rules.program import Also
from openhix.kernel.codes import Code
from openhix.kernel.facts import Facts
from openhix.kernel.story import CENTS, HUNDREDTHS
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf

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
    with asked(
        Determining((law,), shelf, as_of), source=source, results=results, processes=processes, progress=progress
    ) as (work, done):
        if done.rejected:
            work.write_rejected(errors)
        else:
            errors.unlink(missing_ok=True)
        first = work.first_rejected()
        work.write_answers(results, [pl.col("household_id", "person_id"), *_written()])
    return Outcome(done.households, done.people, done.rejected, first)


class Determining(Question):
    """Every answer of everybody, under one law."""

    def answer(self, households: Households, people: pl.DataFrame) -> pl.DataFrame:
        facts = queries.determine(households=households, law=self.laws[0], shelf=self.shelf)
        return _numbers(facts, people)

    def empty(self, people: pl.DataFrame) -> pl.DataFrame:
        return people.with_columns(pl.lit(None, pl.Int64).alias(name) for name in ANSWERS)


def answers(facts: Facts, people: pl.DataFrame) -> pl.DataFrame:
    """One row a person: the ids and every answer as the file writes it, blank where it does not apply."""
    return _numbers(facts, people).with_columns(_written())


def _numbers(facts: Facts, people: pl.DataFrame) -> pl.DataFrame:
    """The same in the integers of their units."""
    return people.with_columns(_number(facts, name) for name in ANSWERS)


def _number(facts: Facts, name: str) -> pl.Series:
    values, known = facts[name]
    series = pl.Series(name, values)
    if known is not None:
        series = series.set(pl.Series(~known), None)
    entity = facts.rulebook.fact(name).entity
    if entity is PERSON:
        return series
    return series.gather(facts.population.up(np.arange(len(values)), PERSON, entity))


def _written() -> list[pl.Expr]:
    """Money and percentages with two decimals, codes by their names, with `;` where there are several."""
    return [_as_text_or_decimal(pl.col(name), queries.rulebook().fact(name).unit) for name in ANSWERS]


def _as_text_or_decimal(number: pl.Expr, unit: Any) -> pl.Expr:
    if unit in (CENTS, HUNDREDTHS):
        return (number.cast(pl.Decimal(20, 0)) * HUNDREDTH).cast(pl.Decimal(20, 2))
    if isinstance(unit, type) and issubclass(unit, Code):
        names = {int(each): None if each is BLANK.get(unit) else each.code.replace("+", ";") for each in unit}
        return number.replace_strict(names, return_dtype=pl.String)
    return number
