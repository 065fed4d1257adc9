"""Writes the illustrative shelf of 2026: `python -m openhix.plans.generate`. The same files come out every time.

A premium is the carrier's level in the area, times the tier's, times the age curve (211 CMR 66.07), rounded once to
cents. The levels are set so that the second-lowest silver premium of every place is the published benchmark.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from random import Random

from openhix.kernel import cents
from openhix.law.tables import Law
from openhix.plans import cells
from openhix.plans.files import BENEFITS, OURS, PLANS, RATES, SERVICE_AREAS, SHIPPED
from openhix.plans.geography import COUNTIES, Geography
from openhix.plans.plan import SERVICES
from openhix.plans.products import DENTAL, HEALTH, LEVELS, LOWEST, NOT_SOLD, PLAN_TYPES, TIERS, Product, products

YEAR = 2026
SEED = 2026
NAME = {service: name for name, service in SERVICES.items()}
EMERGENCIES = ("emergency_room", "ambulance")  # cost the same out of network: 42 USC 300gg-111; ambulance assumed
CHILD, ADULT = 18, 21  # oldest age that a pediatric dental plan covers; age from which dental rates are an adult's
MILLS = 1_000  # of a cent, in which levels are reckoned

Row = list[str]


def write(folder: Path) -> None:
    """Writes the five files of the shelf into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / f"MAPlans{YEAR}0101.csv", list(PLANS), map(_plan_row, products()))
    _write(folder / f"MARates{YEAR}0101.csv", list(RATES), _rate_rows())
    _write(folder / f"MAServiceAreas{YEAR}0101.csv", list(SERVICE_AREAS), _service_area_rows())
    benefits = (row for product in products() for row in _benefit_rows(product))
    _write(folder / f"MABenefits{YEAR}0101.csv", list(BENEFITS), benefits)
    _write(folder / "openhix.csv", list(OURS), map(_our_row, products()))


def _write(file: Path, headings: list[str], rows: Iterable[Row]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def _dollars(amount: int | None) -> str:
    return "Not Applicable" if amount is None else cents.dollars(amount * 100)


def _basis(year: int) -> str:
    return f"published {year}" if year else "illustrative"


def _plan_row(product: Product) -> Row:
    dental = product.issuer in DENTAL
    low = product.tier in ("family_low",)
    metal = ("Low" if low else "High") if dental else product.tier.split("_")[-1].capitalize()
    return [
        str(YEAR),
        "MA",
        product.issuer,
        "Individual",
        "Yes" if dental else "No",
        "On the Exchange",
        product.id,
        f"{product.id}-01",
        product.name,
        "PPO" if dental else PLAN_TYPES.get(product.issuer, "HMO"),
        metal,
        "Not Applicable" if dental else "Yes" if product.design.hsa else "No",
        "No",
        "MAS001",
        f"Standard {metal} On Exchange Plan",
        _dollars(product.design.deductible[0]),
        "Not Applicable",
        "Not Applicable",
        _dollars(product.design.out_of_pocket_maximum[0]),
    ]


def _our_row(product: Product) -> Row:
    _, family_deductible, deductible_year = product.design.deductible
    _, family_maximum, maximum_year = product.design.out_of_pocket_maximum
    return [
        product.id,
        product.tier,
        "Yes" if product.tier == "high_silver" else "No",
        _dollars(family_deductible),
        _dollars(family_maximum),
        _basis(deductible_year),
        _basis(maximum_year),
        "illustrative",
    ]


def _cost_cells(cost: str) -> tuple[str, str]:
    """Copay and coinsurance as the federal templates write them: `30 ad` is `$30.00 Copay after deductible`."""
    figure, _, first = cost.partition(" ")
    after = " after deductible" if first else ""
    if figure == "0":
        return f"No Charge{after}", "Not Applicable"
    if figure.endswith("%"):
        return "Not Applicable", f"{figure[:-1]}.00%" + (f" Coinsurance{after}" if first else "")
    return f"{cents.dollars(int(figure) * 100)}" + (f" Copay{after}" if first else ""), "Not Applicable"


def _benefit_rows(product: Product) -> list[Row]:
    design = product.design
    rows = []
    for service in (service for service in NAME if service in design.costs):
        cost, year = design.costs[service]
        elsewhere = cost if service in EMERGENCIES else design.out_of_network.get(service, "100%")
        covered = cost != "no"
        inside = _cost_cells(cost) if covered else ("Not Applicable", "Not Applicable")
        outside = _cost_cells(elsewhere) if covered else ("Not Applicable", "Not Applicable")
        limit, unit = "", ""
        if service.startswith("adult_") and covered:
            limit, unit = str(design.adult_maximum), "Dollars a year, for all care at 19 and over"
        if (product.tier, service) == ("catastrophic", "primary_care"):
            limit, unit = "3", "visits a year before the deductible, at no charge"
        shown = "Covered" if covered else "Not Covered"
        rows.append(
            [product.id, f"{product.id}-01", NAME[service], *inside, *outside, shown, limit, unit, _basis(year)]
        )
    return rows


def _sold_in(issuer: str) -> list[str]:
    """FIPS codes of the counties in which a carrier sells."""
    return [fips for fips, name in COUNTIES.items() if name not in NOT_SOLD.get(issuer, ())]


def _service_area_rows() -> Iterable[Row]:
    for issuer in sorted([*HEALTH, *DENTAL]):
        dental = "Yes" if issuer in DENTAL else "No"
        if issuer not in NOT_SOLD:
            yield [issuer, "MAS001", "Yes", "", "No", "", "Individual", dental]
            continue
        for county in _sold_in(issuer):
            yield [issuer, "MAS001", "No", county, "No", "", "Individual", dental]


def _levels(law: Law) -> dict[tuple[str, str, int], int]:
    """The child's premium by carrier, tier and area, in thousandths of a cent."""
    random = Random(SEED)
    shares = {
        (issuer, tier): TIERS[tier] if "silver" in tier else TIERS[tier] + round(40 * random.random() - 20)
        for issuer in sorted(HEALTH)
        for tier in HEALTH[issuer]
    }
    levels = {}
    for area, (lowest, share, benchmark) in LOWEST.items():
        over, under = law.published_benchmark.exact(area)
        published = cents.divide(over * MILLS, under)
        silver = {issuer: LEVELS[issuer] + round(50 * random.random() - 25) for issuer in sorted(HEALTH)}
        high_silver = {issuer: cents.divide(published * level, 1_000) for issuer, level in silver.items()}
        high_silver[lowest[0]] = cents.divide(published * share, TIERS[lowest[1]])
        # Divided by the tier's share and multiplied by it again, which is at most 1, the benchmark comes back exactly.
        high_silver[benchmark[0]] = cents.divide(published * 1_000, TIERS[benchmark[1]])
        for (issuer, tier), of_silver in shares.items():
            levels[issuer, tier, area] = cents.divide(high_silver[issuer] * of_silver, 1_000)
    return levels


def _rate_rows() -> Iterable[Row]:
    law = Law(date(YEAR, 1, 1))
    curve = [int(factor) for factor in law.age_curve.thousandths]
    levels = _levels(law)
    dental = {name: plan for plans in DENTAL.values() for plan in plans for name in [plan.product]}
    for product in products():
        for area in _areas(product.issuer):
            for band, age in cells.AGES.items():
                if product.issuer in HEALTH:
                    level = levels[product.issuer, product.tier, area]
                    price = cents.divide(level * curve[age], MILLS * curve[0])
                else:
                    plan = dental[re.sub("^.*?: ", "", product.name)]
                    if plan.tier == "pediatric" and age > CHILD:
                        continue
                    price = plan.adult if age >= ADULT else plan.child
                yield [product.id, f"Rating Area {area}", band, cents.dollars(price)]


def _areas(issuer: str) -> list[int]:
    """The rating areas in which a carrier sells anything."""
    counties = set(_sold_in(issuer))
    return sorted({place.rating_area for place in Geography.shipped(YEAR).places if place.county_fips in counties})


if __name__ == "__main__":
    write(SHIPPED)
