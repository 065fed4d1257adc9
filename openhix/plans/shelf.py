"""The shelf of one year: which plans there are, where each is sold, what each costs. A pure value; no database.

Premiums are integer cents a month. `[plan]` counts the plans in the order of their ids, `[place]` the places of
`Geography`, `[area]` the rating areas from 0 for area 1, `[age]` completed years from 0 to 64 (64: and older).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from openhix.kernel import cents
from openhix.kernel.cents import Ints
from openhix.kernel.percent import Bools
from openhix.law.tables import Law
from openhix.plans.files import DATA, read_filing
from openhix.plans.filing import Filing
from openhix.plans.geography import Geography, Place
from openhix.plans.plan import Amount, Benefit, Carrier, Cost, Market, Plan
from openhix.plans.tables import Refusal, ShelfRefused

__all__ = [
    "DATA",
    "NO_RATE",
    "NO_SILVER_RATE",
    "Amount",
    "Benefit",
    "Carrier",
    "Cost",
    "NoShelf",
    "Plan",
    "Refusal",
    "Shelf",
    "ShelfRefused",
    "UnknownPlan",
    "published_benchmark",
    "read",
    "shipped",
]

NO_RATE = -1
NO_SILVER_RATE = 1 << 40  # stands for a missing silver rate, so that it is never among the lowest
AGES = 65


class UnknownPlan(LookupError):
    """No plan of the shelf has this id."""


class NoShelf(LookupError):
    """There is no shelf of this year. The message says what to load."""


@dataclass(frozen=True, eq=False)
class Shelf:
    """`premiums[plan, area, age]` (NO_RATE where none) and `open_at[plan, place]` of one plan year's plans.

    `silver` are the positions of the silver health plans that individuals buy, and for finding the benchmark there is
    a copy of theirs: `silver_premiums[area, age, silver]` (NO_SILVER_RATE where none) and `silver_open[place, silver]`.
    """

    year: int
    plans: tuple[Plan, ...]
    premiums: Ints
    open_at: Bools
    silver: Ints
    silver_premiums: Ints
    silver_open: Bools

    @classmethod
    def of(cls, filing: Filing) -> Shelf:
        plan, area, age, price = filing.rates.T
        areas = len(Law(date(filing.year, 1, 1)).rating_areas.places)
        premiums = np.full((len(filing.plans), areas, AGES), NO_RATE, dtype=np.int64)
        premiums[plan, area - 1, age] = price
        premiums[:, :, 1:15] = premiums[:, :, :1]  # filed as one band, 0-14
        silver = np.array([position for position, each in enumerate(filing.plans) if _is_silver(each)], dtype=np.int64)
        priced = np.where(premiums == NO_RATE, NO_SILVER_RATE, premiums)[silver]
        return cls(
            year=filing.year,
            plans=filing.plans,
            premiums=_fixed(premiums),
            open_at=_fixed(filing.open_at),
            silver=_fixed(silver),
            silver_premiums=_fixed(np.moveaxis(priced, 0, -1)),
            silver_open=_fixed(filing.open_at[silver].T),
        )

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {plan.id: position for position, plan in enumerate(self.plans)}

    def position(self, id: str) -> int:
        """Raises UnknownPlan."""
        if id not in self._positions:
            raise UnknownPlan(f"{id!r} is not a plan of {self.year}")
        return self._positions[id]

    def plan(self, id: str) -> Plan:
        """The plan with this component id. Raises UnknownPlan."""
        return self.plans[self.position(id)]

    def open_to(self, place: Place, market: Market = "individual") -> Ints:
        """Positions of the plans sold at a place, health and dental."""
        return np.flatnonzero(self.open_at[:, place.index] & self._in_market(market))

    def _in_market(self, market: Market) -> Bools:
        return np.array([plan.market == market for plan in self.plans], dtype=np.bool_)

    @property
    def illustrative(self) -> bool:
        """Whether any premium of the shelf is illustrative, so that the page must say so."""
        return any(plan.illustrative for plan in self.plans)


@cache
def shipped(year: int = 2026) -> Shelf:
    """The shelf that comes with the program. Raises NoShelf."""
    folder = DATA / f"shelf_{year}"
    if not folder.is_dir():
        raise NoShelf(f"no plans of {year} come with the program: name the folder of that year's files")
    return read(folder)


def read(folder: Path) -> Shelf:
    """The shelf in a folder of files. Raises ShelfRefused, which lists file, row, column and reason."""
    return Shelf.of(read_filing(folder))


def published_benchmark(law: Law) -> Shelf:
    """A shelf without plans whose one silver premium, the same in every place of an area, is the published benchmark.

    The child's premium as published, times the age's factor over the child's, rounded once half up: with it a year is
    determined for which there are no plans to list.
    """
    curve, places = law.age_curve.thousandths, Geography.shipped(law.plan_year).places
    exact = [law.published_benchmark.exact(area) for area in sorted(law.rating_areas.places)]
    premiums = np.stack([cents.divide(over * curve, under * int(curve[0])) for over, under in exact])
    return Shelf(
        year=law.plan_year,
        plans=(),
        premiums=_fixed(np.empty((0, len(exact), AGES), dtype=np.int64)),
        open_at=_fixed(np.empty((0, len(places)), dtype=np.bool_)),
        silver=_fixed(np.empty(0, dtype=np.int64)),
        silver_premiums=_fixed(premiums[:, :, None]),
        silver_open=_fixed(np.ones((len(places), 1), dtype=np.bool_)),
    )


def _is_silver(plan: Plan) -> bool:
    return (plan.kind, plan.market, plan.metal) == ("health", "individual", "Silver")


def _fixed(array: np.ndarray) -> np.ndarray:
    """A copy that is contiguous and cannot be written to: a shelf is shared by every request of a process."""
    array = np.ascontiguousarray(array).copy()
    array.setflags(write=False)
    return array
