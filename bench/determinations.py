"""Determinations of 1, 1,000 and 100,000 households, beside one fused NumPy loop of the credit alone."""

from __future__ import annotations

from datetime import date

import numpy as np

from bench.report import Figure, seconds
from openhix.eligibility import queries
from openhix.eligibility.batch import ANSWERS, chunks
from openhix.eligibility.households import Households, one_return
from openhix.kernel.facts import Ints, group_starts
from openhix.law.tables import Law
from openhix.plans import shelf as shelves
from openhix.plans.geography import Geography


def made_up(households: int) -> Households:
    """Households of one to five people, half of them with children, incomes from 0 to 200,000 dollars."""
    random = np.random.default_rng(2026)
    sizes = random.integers(1, 6, households)
    household = np.repeat(np.arange(households), sizes)
    nth = np.arange(len(household)) - (np.cumsum(sizes) - sizes)[household]
    role = np.minimum(nth + 1, 3)
    places = Geography.shipped().places
    place = random.integers(0, len(places), households)
    areas = np.array([each.rating_area for each in places])
    age = np.where(role == 3, random.integers(0, 19, len(household)), random.integers(21, 65, len(household)))
    return Households.arranged(
        household,
        {
            **one_return(household, role, is_child=role == 3),
            "age": age,
            "tax_role": role,
            "expecting": (random.random(len(household)) < 0.02).astype(np.int64),
            "annual_income": np.where(nth == 0, random.integers(0, 20_000_000, len(household)), 0),
        },
        {"place": place, "rating_area": areas[place]},
    )


def fused_credit(income: Ints, size: Ints, benchmark: Ints, law: Law) -> Ints:
    """The credit alone, written as few NumPy operations as it takes: the least that the answer could cost."""
    guideline = law.poverty_guideline.cents(size)
    percentage = law.applicable_percentage.at(income, of=guideline)
    credit = np.maximum(benchmark - income * percentage // 120_000, 0)
    return np.where((income >= guideline) & (income <= 4 * guideline), credit, 0)


def measure() -> list[Figure]:
    law, shelf = Law(date(2026, 1, 1)), shelves.shipped(2026)
    figures = []
    for count in (1, 1_000, 100_000):
        households = made_up(count)
        sizes = np.bincount(households.household)
        income = np.add.reduceat(np.asarray(households.facts["annual_income"]), group_starts(households.household))
        benchmark = np.full(count, 90_000)

        def rules(households: Households = households) -> None:
            for part, _first, _last in chunks(households):
                facts = queries.determine(households=part, law=law, shelf=shelf)
                for name in ANSWERS:
                    facts[name]

        def fused(income: Ints = income, sizes: Ints = sizes, benchmark: Ints = benchmark) -> None:
            fused_credit(income, sizes, benchmark, law)

        taken, least = seconds(rules), seconds(fused)
        figures.append(
            Figure(
                f"determinations, {count:,} households",
                f"{taken * 1000:.2f} ms" if count == 1 else f"{count / taken:,.0f}/s",
                f"fused credit alone: {least * 1e6:.0f} us"
                if count == 1
                else f"fused credit alone: {count / least:,.0f}/s",
                f"{taken / least:.1f}x",
                "under 2 ms" if count == 1 else "300,000/s on one core",
            )
        )
    return figures
