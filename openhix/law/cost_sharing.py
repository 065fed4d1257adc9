"""Whose cost sharing the federal law lowers: incomes up to which each variant of a plan is open."""

from __future__ import annotations

from dataclasses import dataclass

from openhix.kernel import percent
from openhix.law.reading import SHIPPED, Tables


@dataclass(frozen=True)
class CostSharingReductions:
    """Hundredths of a percent of the guideline, inclusive; 45 CFR 155.305(g)(2).

    Each silver variant reaches from the one before it up to its own figure. `zero` is for members of a tribe, in a
    plan of any metal (155.350(a)).
    """

    silver_94: int
    silver_87: int
    silver_73: int
    zero: int

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> CostSharingReductions:
        figures = tables.table("federal/cost_sharing_reductions").for_year(plan_year)
        return cls(**{name: percent.parse(figures[name]) for name in ("silver_94", "silver_87", "silver_73", "zero")})

    @property
    def edges(self) -> tuple[int, ...]:
        """Every figure, in hundredths of a percent."""
        return (self.silver_94, self.silver_87, self.silver_73, self.zero)
