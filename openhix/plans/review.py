"""What there is on a shelf, and what staff should look at. Pure: the files and the database are judged alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np

from openhix.kernel import cents
from openhix.kernel.cents import Ints
from openhix.kernel.percent import Bools
from openhix.law.tables import Law, MissingLaw
from openhix.plans.geography import Geography
from openhix.plans.plan import DENTAL_TIERS, FIRST_OFFERED, HEALTH_TIERS, Plan
from openhix.plans.shelf import NO_RATE, NO_SILVER_RATE, Shelf, published_benchmark

CONNECTORCARE_CARRIERS = (4, 8)  # MA Health Care Learning Series, Fall 2025, slide Plan Options for 2026
CHILD = 0  # the age at which the benchmark is published


class Finding(NamedTuple):
    kind: str
    text: str


def findings(shelf: Shelf) -> list[Finding]:
    """Everything about a shelf that is possible but hardly meant."""
    return [
        *_too_few_silver(shelf),
        *_connectorcare(shelf),
        *_no_dental(shelf),
        *_unpriced_ages(shelf),
        *_above_the_maximum(shelf),
        *_other_benchmark(shelf),
        *_nameless(shelf),
    ]


def counts(shelf: Shelf) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    """Plans by market, kind, carrier and tier, each in the order in which they are shown."""
    counted: dict[str, dict[str, dict[str, dict[str, int]]]] = {}
    for plan in sorted(shelf.plans, key=_shown_order):
        kinds = counted.setdefault(plan.market, {})
        tiers = kinds.setdefault(plan.kind, {}).setdefault(plan.carrier.name, {})
        tiers[plan.tier] = tiers.get(plan.tier, 0) + 1
    return counted


def _shown_order(plan: Plan) -> tuple[str, bool, str, int]:
    return plan.market, plan.kind == "dental", plan.carrier.name, (*HEALTH_TIERS, *DENTAL_TIERS).index(plan.tier)


def said(shelf: Shelf, *, market: str, kind: str) -> str:
    """How many plans there are of a kind, those of tiers that are new this year apart: `12, and 2 new`."""
    tiers = [plan.tier for plan in shelf.plans if (plan.market, plan.kind) == (market, kind)]
    new = sum(FIRST_OFFERED.get(tier) == shelf.year for tier in tiers)
    return f"{len(tiers) - new}, and {new} new" if new else f"{len(tiers)}"


def connectorcare_carriers(shelf: Shelf) -> dict[str, tuple[int, int]]:
    """Fewest and most ConnectorCare carriers at any place of each county."""
    rows: dict[str, list[int]] = defaultdict(list)
    for position, plan in enumerate(shelf.plans):
        if plan.connectorcare:
            rows[plan.carrier.id].append(position)
    here = np.zeros(shelf.open_at.shape[1], dtype=np.int64)
    for positions in rows.values():
        here += shelf.open_at[positions].any(axis=0)
    return {name: (int(here[there].min()), int(here[there].max())) for name, there in _counties(shelf.year).items()}


def _counties(year: int) -> dict[str, Bools]:
    places = Geography.shipped(year).places
    names = np.array([place.county for place in places])
    return {county: names == county for county in Geography.shipped(year).counties.values()}


def _where(year: int, positions: Ints) -> str:
    """`Dukes (02713)`: the counties of some places, each with its ZIP codes where they are few."""
    places, zips = Geography.shipped(year).places, defaultdict(list)
    for position in positions:
        zips[places[position].county].append(places[position].zip)
    return "; ".join(f"{county} ({', '.join(of[:5])}{', ...' if len(of) > 5 else ''})" for county, of in zips.items())


def _too_few_silver(shelf: Shelf) -> Iterable[Finding]:
    few = np.flatnonzero(shelf.silver_open.sum(axis=1) < 2)
    if len(few):
        text = f"Fewer than two silver plans, so that no second-lowest is the benchmark: {_where(shelf.year, few)}"
        yield Finding("too_few_silver", text)


def _connectorcare(shelf: Shelf) -> Iterable[Finding]:
    least, most = CONNECTORCARE_CARRIERS
    for county, (fewest, largest) in connectorcare_carriers(shelf).items():
        if fewest < least or largest > most:
            text = f"{county} County has {fewest} to {largest} ConnectorCare carriers; {least} to {most} are expected"
            yield Finding("connectorcare_carriers", text)


def _no_dental(shelf: Shelf) -> Iterable[Finding]:
    dental = np.array([plan.kind == "dental" for plan in shelf.plans], dtype=np.bool_)
    none = np.flatnonzero(~shelf.open_at[dental].any(axis=0))
    if len(none):
        yield Finding("no_dental", f"No dental plan is sold here: {_where(shelf.year, none)}")


def _unpriced_ages(shelf: Shelf) -> Iterable[Finding]:
    """A pediatric plan has no price for adults; every other plan should have one for every age where it is sold."""
    for plan, prices in zip(shelf.plans, shelf.premiums, strict=True):
        sold = (prices != NO_RATE).any(axis=1)
        ages = np.flatnonzero((prices[sold] == NO_RATE).any(axis=0))
        if len(ages) and plan.tier != "pediatric":
            text = f"{plan.name} ({plan.id}) has no price at {len(ages)} ages, from {ages[0]} to {ages[-1]}"
            yield Finding("unpriced_ages", text)


def _above_the_maximum(shelf: Shelf) -> Iterable[Finding]:
    law = Law(date(shelf.year, 1, 1)).out_of_pocket_maximum
    for plan in shelf.plans:
        most = plan.out_of_pocket_maximum
        if plan.kind == "health" and ((most.individual or 0) > law.individual or (most.family or 0) > law.family):
            limits = f"{cents.dollars(law.individual)} for one, {cents.dollars(law.family)} for a family"
            text = f"{plan.name} ({plan.id}) lets members pay more out of pocket than the law: {limits}"
            yield Finding("out_of_pocket_maximum", text)


def _other_benchmark(shelf: Shelf) -> Iterable[Finding]:
    """Where the second-lowest silver premium is not the published one, whole dollars at child age."""
    try:
        published = published_benchmark(Law(date(shelf.year, 1, 1))).silver_premiums[:, CHILD, 0]
    except MissingLaw:
        return
    found: dict[int, set[int]] = defaultdict(set)
    for place in Geography.shipped(shelf.year).places:
        prices = shelf.silver_premiums[place.rating_area - 1, CHILD][shelf.silver_open[place.index]]
        if len(prices) > 1 and (second := int(np.partition(prices, 1)[1])) < NO_SILVER_RATE:
            found[place.rating_area].add(second)
    for area, seconds in sorted(found.items()):
        off = [second for second in sorted(seconds) if abs(second - int(published[area - 1])) > 50]
        if off:
            text = f"Rating Area {area}: the benchmark at child age is {', '.join(map(cents.dollars, off))}"
            yield Finding("benchmark", f"{text}; {cents.dollars(int(published[area - 1]))} was published")


def _nameless(shelf: Shelf) -> Iterable[Finding]:
    for issuer in sorted({plan.carrier.id for plan in shelf.plans if plan.carrier.name == plan.carrier.id}):
        yield Finding("nameless_carrier", f"Issuer {issuer} has no name in our table of carriers")
