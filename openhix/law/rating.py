"""How premiums vary: by age, by place, over a family; and the benchmark premium that was published."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from openhix.kernel import cents
from openhix.kernel.cents import Ints
from openhix.law.reading import SHIPPED, Tables

_ZIP = re.compile(r"[0-9]{5}")


class NotMassachusetts(LookupError):
    """The ZIP code lies in no rating area of Massachusetts."""


@dataclass(frozen=True, eq=False)
class AgeCurve:
    """`thousandths[age]` for ages 0 to 64 (64: and older), so that premiums of two ages compare as their factors."""

    thousandths: Ints

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> AgeCurve:
        factors = tables.table("massachusetts/age_curve").for_year(plan_year)["factors"]
        thousandths = np.array([_thousandths(factor) for factor in factors], dtype=np.int64)
        thousandths.setflags(write=False)
        return cls(thousandths)


@dataclass(frozen=True)
class RatingAreas:
    """Rating area by the first three digits of the ZIP code (211 CMR 66.07)."""

    zip3: Mapping[str, int]
    places: Mapping[int, str]

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> RatingAreas:
        areas: Mapping[str, Any] = tables.table("massachusetts/rating_areas").for_year(plan_year)["areas"]
        return cls(
            zip3={prefix: int(area) for area, row in areas.items() for prefix in row["zip3"]},
            places={int(area): row["place"] for area, row in areas.items()},
        )

    def of_zip(self, zip_code: str) -> int:
        """Rating area, 1 to 7, of a five-digit ZIP code. Raises NotMassachusetts."""
        area = self.zip3.get(zip_code[:3]) if _ZIP.fullmatch(zip_code) else None
        if area is None:
            raise NotMassachusetts(f"{zip_code!r} is not a ZIP code in Massachusetts: write five digits, such as 02118")
        return area


@dataclass(frozen=True)
class FamilyRating:
    """Of a family's children under `children_under`, the `rated_children` oldest are charged for; 45 CFR 147.102(c)."""

    children_under: int
    rated_children: int

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> FamilyRating:
        figures = tables.table("federal/family_rating").for_year(plan_year)
        return cls(children_under=int(figures["children_under"]), rated_children=int(figures["rated_children"]))


@dataclass(frozen=True)
class PublishedBenchmark:
    """Second-lowest silver premium at age 0-20 by rating area: whole dollars a month, as published.

    `mainland_ratio_thousandths` holds the areas whose published figure is not the mainland's, and the ratio that
    makes it so; the doubt is written in the table.
    """

    dollars: Mapping[int, int]
    mainland_ratio_thousandths: Mapping[int, int]

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> PublishedBenchmark:
        figures = tables.table("massachusetts/published_benchmark").for_year(plan_year)
        ratios = figures["mainland_ratio_thousandths"]
        return cls(
            dollars={int(area): int(dollars) for area, dollars in figures["child"].items()},
            mainland_ratio_thousandths={int(area): int(ratio) for area, ratio in ratios.items()},
        )

    def exact(self, area: int) -> tuple[int, int]:
        """Cents a month as a fraction, so that callers round once: area 7 in 2026 is 47,600 * 706 / 1,000."""
        if area not in self.mainland_ratio_thousandths:
            return self.dollars[area] * 100, 1
        return self.dollars[area] * 100 * self.mainland_ratio_thousandths[area], 1_000


def _thousandths(factor: str) -> int:
    """1183 of `1.183`: three decimals, no rounding."""
    whole, _, decimals = factor.partition(".")
    if len(decimals) != 3:
        raise ValueError(f"{factor!r} is not a factor with three decimals")
    return int(whole) * 1_000 + int(decimals)


@dataclass(frozen=True)
class OutOfPocketMaximum:
    """Most that any plan may let a person or a family pay in a year (45 CFR 156.130(a)); cents."""

    individual: int
    family: int

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> OutOfPocketMaximum:
        figures = tables.table("federal/out_of_pocket_maximum").for_year(plan_year)
        return cls(individual=cents.parse(figures["individual"]), family=cents.parse(figures["family"]))
