"""The premium tax credit's figures: the share of income expected, who may have it, whose income counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from openhix.kernel import cents, percent
from openhix.kernel.cents import Ints
from openhix.kernel.percent import WHOLE, Bools
from openhix.law.reading import NONE, SHIPPED, Tables


@dataclass(frozen=True)
class Band:
    """From `start` (inclusive) to `end` (exclusive; None: without end) hundredths of a percent of the guideline.

    The applicable percentage, in hundredths of a percent, rises in a straight line from `initial` to `final`.
    """

    start: int
    end: int | None
    initial: int
    final: int


@dataclass(frozen=True)
class ApplicablePercentage:
    """The share of income that a household is expected to pay for the benchmark plan (26 CFR 1.36B-3(g))."""

    bands: tuple[Band, ...]

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> ApplicablePercentage:
        rows = tables.table("federal/applicable_percentage").for_year(plan_year)["bands"]
        return cls(
            tuple(
                Band(
                    start=percent.parse(row["from"]),
                    end=None if row["to"] == NONE else percent.parse(row["to"]),
                    initial=percent.parse(row["initial"]),
                    final=percent.parse(row["final"]),
                )
                for row in rows
            )
        )

    @cached_property
    def _columns(self) -> Ints:
        """Start, width, initial and rise of each band, one column a band; an endless band is flat: width 1."""
        return np.array(
            [(b.start, (b.end or b.start + 1) - b.start, b.initial, b.final - b.initial) for b in self.bands],
            dtype=np.int64,
        ).T

    def at(self, income: Ints, of: Ints) -> Ints:
        """Hundredths of a percent of income that are expected of `income` when the guideline is `of`.

        Both in the same unit, whole, `of` above zero. Linear within the band and rounded once, half up, to 0.01
        point: at 225.4% of the guideline in 2026, 6.60 + 1.84 * 25.4 / 50 = 7.534..., so 7.53. Exact for incomes up
        to 9 * 10**14 and guidelines up to 10**11 (nine trillion and one billion dollars, in cents). Where `covers`
        is false there is no percentage, and what stands here means nothing.
        """
        income, of = np.asarray(income), np.asarray(of)
        starts = self._columns[0]
        band = np.sum([income * WHOLE >= start * of for start in starts[1:]], axis=0, dtype=np.int64)
        start, width, initial, rise = self._columns[:, band]
        whole_band = width * of
        into_band = np.clip(income * WHOLE - start * of, 0, whole_band)
        hundredths: Ints = cents.divide(initial * whole_band + rise * into_band, whole_band)
        return hundredths

    def covers(self, income: Ints, of: Ints) -> Bools:
        """Whether there is a percentage at all: up to the last band's end, that end included."""
        income, of = np.asarray(income), np.asarray(of)
        end = self.bands[-1].end
        if end is None:
            return np.ones(np.broadcast_shapes(income.shape, of.shape), dtype=np.bool_)
        return ~percent.above(income, end, of)


@dataclass(frozen=True)
class CreditWindow:
    """Incomes between which there is a credit (26 USC 36B(c)(1)): hundredths of a percent of the guideline, inclusive.

    `maximum` None: no upper end. `lawfully_present_below_minimum`: whether people who are lawfully present, and
    whom Medicaid refuses for their immigration status, have the credit below `minimum` too.
    """

    minimum: int
    maximum: int | None
    lawfully_present_below_minimum: bool

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> CreditWindow:
        figures = tables.table("federal/credit_window").for_year(plan_year)
        return cls(
            minimum=percent.parse(figures["minimum"]),
            maximum=None if figures["maximum"] == NONE else percent.parse(figures["maximum"]),
            lawfully_present_below_minimum={"yes": True, "no": False}[figures["lawfully_present_below_minimum"]],
        )


@dataclass(frozen=True)
class FilingThreshold:
    """What a single dependent may have in a tax year without having to file; cents a year (26 USC 6012)."""

    earned: int
    unearned: int
    earned_plus: int
    aged_plus: int

    @classmethod
    def for_year(cls, tax_year: int, tables: Tables = SHIPPED) -> FilingThreshold:
        figures = tables.table("federal/filing_threshold").for_year(tax_year)
        return cls(*(cents.parse(figures[name]) for name in ("earned", "unearned", "earned_plus", "aged_plus")))

    def obliges(self, earned: Ints, unearned: Ints, is_aged: Bools | bool = False) -> Bools:
        """Whether these incomes, in cents a year, are more than a dependent may have without having to file.

        A dependent must file when gross income exceeds a dependent's standard deduction, which also covers unearned
        income alone: earned 3,000 and unearned 500 dollars in 2025 are 3,500, more than 3,000 + 450.
        """
        allowed = np.maximum(self.unearned, np.minimum(earned + self.earned_plus, self.earned))
        obliged: Bools = earned + unearned > allowed + is_aged * self.aged_plus
        return obliged
