"""The poverty guideline: two figures a year, and which year's counts for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openhix.kernel import cents
from openhix.kernel.cents import Ints
from openhix.law.reading import SHIPPED, Tables


@dataclass(frozen=True)
class Guideline:
    """One year's guideline (42 USC 9902(2)): the year in which it was published, cents a year."""

    year: int
    first: int
    additional: int

    @classmethod
    def published_in(cls, year: int, tables: Tables = SHIPPED) -> Guideline:
        figures = tables.table("federal/poverty_guidelines").for_year(year)
        return cls(year=year, first=cents.parse(figures["first"]), additional=cents.parse(figures["additional"]))

    @classmethod
    def for_credit(cls, plan_year: int, tables: Tables = SHIPPED) -> Guideline:
        """The one in force when open enrollment for the plan year began (26 CFR 1.36B-1(h))."""
        return cls.published_in(
            int(tables.table("federal/credit_poverty_guideline").for_year(plan_year)["guideline"]), tables
        )

    @classmethod
    def for_masshealth(cls, day: date, tables: Tables = SHIPPED) -> Guideline:
        """The one that MassHealth uses on that day: a new one from each 1 March."""
        return cls.published_in(
            int(tables.table("massachusetts/masshealth_poverty_guideline").on(day)["guideline"]), tables
        )

    def cents(self, size: Ints) -> Ints:
        """100 percent of the guideline, cents a year, for household sizes of 1 or more."""
        return self.first + self.additional * (size - 1)
