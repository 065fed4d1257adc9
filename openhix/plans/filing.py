"""A year's plans as filed, whether from files or from the database: what a shelf is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from openhix.kernel.cents import Ints
from openhix.kernel.percent import Bools
from openhix.plans.geography import Geography
from openhix.plans.plan import Plan


class ServiceArea(NamedTuple):
    """One stretch of a carrier's service area: the state (no county), a county (no ZIP), or a ZIP of a county."""

    carrier: str
    id: str
    county: str
    zip: str


@dataclass(frozen=True, eq=False)
class Filing:
    """Plans by id; `rates` has the columns position of the plan, rating area, youngest age of the band, cents."""

    year: int
    plans: tuple[Plan, ...]
    service_areas: tuple[ServiceArea, ...]
    rates: Ints

    @cached_property
    def open_at(self) -> Bools:
        """Where each plan is sold, [plan, place]."""
        places = Geography.shipped(self.year).places
        county = np.array([place.county_fips for place in places])
        zip = np.array([place.zip for place in places])
        covered: dict[tuple[str, str], Bools] = {}
        for stretch in self.service_areas:
            inside = np.full(len(places), True) if not stretch.county else county == stretch.county
            inside = inside & (zip == stretch.zip) if stretch.zip else inside
            key = (stretch.carrier, stretch.id)
            covered[key] = covered[key] | inside if key in covered else inside
        nowhere = np.zeros((0, len(places)), dtype=np.bool_)
        return np.array([covered[plan.carrier.id, plan.service_area] for plan in self.plans] or nowhere)

    def unpriced(self) -> list[tuple[int, int]]:
        """Plan positions and rating areas where the plan is sold and has no price at all."""
        area_of = np.array([place.rating_area for place in Geography.shipped(self.year).places])
        priced = {(int(plan), int(area)) for plan, area in np.unique(self.rates[:, :2], axis=0)}
        sold = [(plan, int(area)) for plan, open in enumerate(self.open_at) for area in np.unique(area_of[open])]
        return [each for each in sold if each not in priced]
