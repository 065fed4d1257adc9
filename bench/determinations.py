"""From arrays to answers: 1 to 1,000,000 households by every rule, on one core, beside the credit alone in one loop.

And which rules take most of it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date

import numpy as np
import polars as pl

from bench import households as made_up
from bench.report import Figure, seconds
from openhix.eligibility import queries
from openhix.eligibility.files import tables
from openhix.eligibility.files.asking import chunks
from openhix.eligibility.files.batch import ANSWERS
from openhix.eligibility.files.csv_rows import numbered
from openhix.eligibility.files.reading import Reading
from openhix.eligibility.households import Households
from openhix.kernel.facts import Column, Facts, Ints, Members, Rule, group_starts
from openhix.law.tables import Law
from openhix.plans import shelf as shelves
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf

COUNTS = (1, 1_000, 100_000, 1_000_000)
SHOWN = 12


def arrays(households: int) -> list[Households]:
    """Made-up households as columns, in parts as a file of them is read."""
    rulebook, parts = queries.rulebook(), []
    for block in made_up.blocks(households):
        table, rejected = tables.without_faults(numbered(block.select(pl.all().cast(pl.String)), 2))
        reading = Reading(table, rejected, rulebook, Geography.shipped(2026), date(2025, 12, 1))
        parts.append(reading.households()[0])
    return parts


def answer(
    parts: Iterable[Households], law: Law, shelf: Shelf, watch: Callable[[Facts], Facts] = lambda facts: facts
) -> None:
    """Every answer of the file for everybody."""
    for part in parts:
        for chunk, _first, _last in chunks(part):
            facts = watch(queries.determine(households=chunk, law=law, shelf=shelf))
            for name in ANSWERS:
                facts[name]


def fused_credit(income: Ints, size: Ints, benchmark: Ints, law: Law) -> Ints:
    """The credit alone, written as few NumPy operations as it takes: the least that the answer could cost."""
    guideline = law.poverty_guideline.cents(size)
    percentage = law.applicable_percentage.at(income, of=guideline)
    credit = np.maximum(benchmark - income * percentage // 120_000, 0)
    return np.where((income >= guideline) & (income <= 4 * guideline), credit, 0)


def measure() -> list[Figure]:
    law, shelf = Law(date(2026, 1, 1)), shelves.shipped(2026)
    figures = []
    for count in COUNTS:
        parts = arrays(count)
        told = [(np.bincount(each.household), _incomes(each), np.full(len(each), 90_000)) for each in parts]

        def fused(told: list[tuple[Ints, Ints, Ints]] = told) -> None:
            for sizes, income, benchmark in told:
                fused_credit(income, sizes, benchmark, law)

        def rules(parts: list[Households] = parts) -> None:
            answer(parts, law, shelf)

        times = 3 if count == COUNTS[-1] else 5
        taken, least = seconds(rules, times=times), seconds(fused, times=times)
        one = count == 1
        figures.append(
            Figure(
                f"determinations, {count:,} households",
                f"{taken * 1000:.2f} ms" if one else f"{count / taken:,.0f}/s",
                f"fused credit alone: {least * 1e6:.0f} us" if one else f"fused credit alone: {count / least:,.0f}/s",
                f"{taken / least:.1f}x",
                "under 2 ms" if one else "300,000/s on one core",
            )
        )
    return [*figures, *_by_rule(arrays(100_000), law, shelf)]


def _incomes(part: Households) -> Ints:
    income = part.facts["annual_income"]
    values = income.values if isinstance(income, Column) else income
    return np.add.reduceat(values, group_starts(part.household))


class Timed(Facts):
    """Facts that know how long each rule took, without those that it needs."""

    taken: dict[str, float] = defaultdict(float)
    within: list[float] = []  # what the rules took that each of the running ones needs, outermost first

    @classmethod
    def of(cls, facts: Facts) -> Timed:
        return cls(facts.rulebook, facts.population, facts.given, facts.shared)

    def _run(self, rule: Rule) -> Column:
        with self._timed(rule.name):
            return super()._run(rule)

    def _look(self, rule: Rule, parameter: str) -> Column | Members:
        with self._timed("(facts as others see them)"):
            return super()._look(rule, parameter)

    @contextmanager
    def _timed(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        self.within.append(0.0)
        yield
        taken = time.perf_counter() - start
        self.taken[name] += taken - self.within.pop()
        if self.within:
            self.within[-1] += taken


def _by_rule(parts: list[Households], law: Law, shelf: Shelf) -> list[Figure]:
    answer(parts, law, shelf)
    start = time.perf_counter()
    answer(parts, law, shelf, Timed.of)
    whole = time.perf_counter() - start
    number = sum(len(part) for part in parts)
    dearest = sorted(Timed.taken.items(), key=lambda item: -item[1])[:SHOWN]
    return [
        Figure(f"  rule {name}", f"{taken / number * 1e9:.0f} ns a household", "", f"{taken / whole:.0%} of all", "")
        for name, taken in dearest
    ]
