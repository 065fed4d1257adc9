"""The files of a shelf, in the layout of the CMS State-based Exchange public use files: read, checked, told.

An operator who has a year's real files reads them with the same code as our illustrative ones. `openhix.csv` holds
what the federal layout has no place for; without it tiers are told by metal level and marketing name.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from openhix.kernel.cents import Ints
from openhix.law.tables import Law, MissingLaw
from openhix.plans import cells
from openhix.plans.filing import Filing, ServiceArea
from openhix.plans.geography import Geography
from openhix.plans.plan import (
    DENTAL_TIERS,
    HEALTH_TIERS,
    METALS,
    Amount,
    Benefit,
    Carrier,
    Kind,
    Plan,
)
from openhix.plans.tables import Folder, Table
from openhix.plans.tables import ShelfRefused as ShelfRefused

DATA = Path(__file__).parent / "data"
CARRIERS = DATA / "carriers.csv"
SHIPPED = DATA / "shelf_2026"  # illustrative; written by generate.py

YES_NO = cells.one_of({"Yes": True, "No": False})
YES_NO_OR_BLANK = cells.one_of({"Yes": True, "No": False, "Not Applicable": False, "": False})
MARKET = cells.one_of({"Individual": "individual", "SHOP (Small Group)": "small_group"})
EXCHANGE = cells.one_of({"On the Exchange": True, "Both": True, "Off the Exchange": False})
METAL = cells.one_of({metal: metal for metals in METALS.values() for metal in metals} | {"Expanded Bronze": "Bronze"})
COVERED = cells.one_of({"Covered": True, "": True, "Not Covered": False})
BASIS_SHAPE = re.compile(r"published 20\d\d|illustrative", re.ASCII)
BASIS = cells.shaped(BASIS_SHAPE.pattern, "`published <year>` or `illustrative`")
TIER = cells.one_of({tier: tier for tier in HEALTH_TIERS + DENTAL_TIERS})
ISSUER = cells.shaped(r"\d{5}", "a five-digit issuer number")
COMPONENT = cells.shaped(r"\d{5}MA\d{7}", "a plan id of 14 characters such as 12345MA0010001")
VARIANT = cells.shaped(r"\d{5}MA\d{7}-\d\d", "a plan id with its variant such as 12345MA0010001-01")
SERVICE_AREA = cells.shaped(r"MAS\d{3}", "a service area such as MAS001")
ON_EXCHANGE = "-01"  # the variant sold on the exchange without a cost-sharing reduction

Reading = Callable[[str], Any]

PLANS: dict[str, Reading] = {
    "BUSINESS YEAR": cells.year,
    "STATE CODE": cells.one_of({"MA": "MA"}),
    "ISSUER ID": ISSUER,
    "MARKET COVERAGE": MARKET,
    "DENTAL ONLY PLAN": YES_NO,
    "QHP NONQHP TYPE ID": EXCHANGE,
    "STANDARD COMPONENT ID": COMPONENT,
    "PLAN ID": VARIANT,
    "PLAN MARKETING NAME": cells.words,
    "PLAN TYPE": cells.words,
    "METAL LEVEL": METAL,
    "IS HSA ELIGIBLE": YES_NO_OR_BLANK,
    "NATIONAL NETWORK": YES_NO_OR_BLANK,
    "SERVICE AREA ID": SERVICE_AREA,
    "CSR VARIATION TYPE": cells.anything,
    "TEHB DED INN TIER 1 INDIVIDUAL": cells.amount,
    "MEHB DED INN TIER1 INDIVIDUAL": cells.amount,
    "DEHB DED INN TIER1 INDIVIDUAL": cells.amount,
    "TEHB INN TIER 1 INDIVIDUAL MOOP": cells.amount,
}
RATES: dict[str, Reading] = {
    "PLAN ID": COMPONENT,
    "RATING AREA ID": cells.anything,  # read once the year, and so the law's areas, are known
    "AGE": cells.age,
    "INDIVIDUAL RATE": cells.premium,
}
SERVICE_AREAS: dict[str, Reading] = {
    "ISSUER ID": ISSUER,
    "SERVICE AREA ID": SERVICE_AREA,
    "COVER ENTIRE STATE": YES_NO,
    "COUNTY": cells.county,
    "PARTIAL COUNTY": YES_NO_OR_BLANK,
    "ZIP CODE": cells.zips,
    "MARKET COVERAGE": MARKET,
    "DENTAL PLAN ONLY": YES_NO,
}
BENEFITS: dict[str, Reading] = {
    "StandardComponentId": COMPONENT,
    "PlanId": VARIANT,
    "BenefitName": cells.words,
    "CopayInnTier1": cells.anything,
    "CoinsInnTier1": cells.anything,
    "CopayOutofNet": cells.anything,
    "CoinsOutofNet": cells.anything,
    "IsCovered": COVERED,
    "LimitQty": cells.anything,
    "LimitUnit": cells.anything,
    "Explanation": cells.anything,
}
OURS: dict[str, Reading] = {
    "STANDARD COMPONENT ID": COMPONENT,
    "TIER": TIER,
    "CONNECTORCARE": YES_NO,
    "FAMILY DEDUCTIBLE": cells.amount,
    "FAMILY MOOP": cells.amount,
    "DEDUCTIBLE BASIS": BASIS,
    "MOOP BASIS": BASIS,
    "PREMIUM BASIS": BASIS,
}


@cache
def carriers() -> dict[str, Carrier]:
    """The carriers that we know by name, by issuer number."""
    lines = [line for line in CARRIERS.read_text(encoding="utf-8").splitlines() if line[:1].isdigit()]
    rows = (line.split(",", 2) for line in lines)
    return {id: Carrier(id, name, "dental" if kind == "dental" else "health") for id, kind, name in rows}


@dataclass(frozen=True, eq=False)
class _File:
    """A table whose columns have been read."""

    table: Table
    columns: dict[str, list[Any]]

    @classmethod
    def read(cls, folder: Folder, pattern: str, readings: dict[str, Reading]) -> _File:
        table = folder.table(pattern, tuple(readings))
        return cls(table, {heading: folder.column(table, heading, reading) for heading, reading in readings.items()})

    def rows(self) -> list[tuple[int, dict[str, Any]]]:
        """Each row with its number in the file."""
        headings = list(self.columns)
        together = zip(*self.columns.values(), strict=True)
        return [(number, dict(zip(headings, row, strict=True))) for number, row in enumerate(together, 2)]


def read_filing(path: Path) -> Filing:
    """The shelf in a folder, checked in every cell and between the files. Raises ShelfRefused."""
    folder = Folder(path)
    plans = _File.read(folder, "MAPlans*.csv", PLANS)
    rates = _File.read(folder, "MARates*.csv", RATES)
    areas = _File.read(folder, "MAServiceAreas*.csv", SERVICE_AREAS)
    benefits = _File.read(folder, "MABenefits*.csv", BENEFITS)
    ours = _File.read(folder, "openhix.csv", OURS) if (path / "openhix.csv").exists() else None
    folder.stop_if_refused()

    year = _one_year(folder, plans)
    service_areas = _service_areas(folder, areas, year)
    sold = _sold(folder, plans, {(area.carrier, area.id) for area in service_areas})
    known = set(plans.columns["STANDARD COMPONENT ID"])
    benefits_of = _benefits(folder, benefits, known, year)
    for id, (row, _) in sold.items():
        if id not in benefits_of:
            folder.refuse(plans.table.file, row, "STANDARD COMPONENT ID", f"{id} has no row in {benefits.table.file}")
    additions = _additions(folder, ours, known)
    ids = sorted(sold)
    priced = _rates(folder, rates, known, {id: position for position, id in enumerate(ids)}, year)
    folder.stop_if_refused()

    filing = Filing(
        year=year,
        plans=tuple(_plan(sold[id][1], benefits_of[id], additions.get(id), year) for id in ids),
        service_areas=service_areas,
        rates=priced,
    )
    for position, area in filing.unpriced():
        row, reason = sold[ids[position]][0], f"{ids[position]} is sold in Rating Area {area} and has no rate there"
        folder.refuse(plans.table.file, row, "STANDARD COMPONENT ID", reason)
    folder.stop_if_refused()
    return filing


def _one_year(folder: Folder, plans: _File) -> int:
    """The business year, the same in every row, for which there is law. Raises ShelfRefused otherwise."""
    years = plans.columns["BUSINESS YEAR"]
    for number, year in enumerate(years, 2):
        if year != years[0]:
            folder.refuse(plans.table.file, number, "BUSINESS YEAR", f"{year} stands here, and {years[0]} above")
    try:
        Geography.shipped(years[0])
    except MissingLaw as missing:
        folder.refuse(plans.table.file, 2, "BUSINESS YEAR", str(missing))
    folder.stop_if_refused()
    return int(years[0])


def _service_areas(folder: Folder, file: _File, year: int) -> tuple[ServiceArea, ...]:
    places = {(place.zip, place.county_fips) for place in Geography.shipped(year).places}
    found: dict[ServiceArea, int] = {}
    for number, row in file.rows():
        county = "" if row["COVER ENTIRE STATE"] else row["COUNTY"]
        if not county and not row["COVER ENTIRE STATE"]:
            folder.refuse(file.table.file, number, "COUNTY", "a county is needed where the whole state is not covered")
            continue
        partial = bool(county) and row["PARTIAL COUNTY"]
        if partial and not row["ZIP CODE"]:
            folder.refuse(file.table.file, number, "ZIP CODE", "a part of a county is told by its ZIP codes")
        for zip in row["ZIP CODE"] if partial else ("",):
            area = ServiceArea(row["ISSUER ID"], row["SERVICE AREA ID"], county, zip)
            if zip and (zip, county) not in places:
                folder.refuse(file.table.file, number, "ZIP CODE", f"{zip} is not a ZIP code of this county")
            if area in found:
                folder.refuse(file.table.file, number, "COUNTY", f"the same as row {found[area]}")
            found[area] = number
    return tuple(sorted(found))


def _sold(folder: Folder, file: _File, areas: set[tuple[str, str]]) -> dict[str, tuple[int, dict[str, Any]]]:
    """The rows of the plans sold on the exchange, by component id, each with its number."""
    seen: dict[str, int] = {}
    sold: dict[str, tuple[int, dict[str, Any]]] = {}
    for number, row in file.rows():
        id, variant, issuer = row["STANDARD COMPONENT ID"], row["PLAN ID"], row["ISSUER ID"]
        kind: Kind = "dental" if row["DENTAL ONLY PLAN"] else "health"
        area = row["SERVICE AREA ID"]
        wrong = [
            ("PLAN ID", variant in seen, f"the same plan as row {seen.get(variant)}"),
            ("PLAN ID", not variant.startswith(id), f"{variant} is not a variant of {id}"),
            ("ISSUER ID", not id.startswith(issuer), f"{issuer} is not the issuer of {id}"),
            ("METAL LEVEL", row["METAL LEVEL"] not in METALS[kind], f"{row['METAL LEVEL']} is not for a {kind} plan"),
            ("SERVICE AREA ID", (issuer, area) not in areas, f"{area} of {issuer} is not among the service areas"),
        ]
        for heading, is_wrong, reason in wrong:
            if is_wrong:
                folder.refuse(file.table.file, number, heading, reason)
        seen[variant] = number
        if row["QHP NONQHP TYPE ID"] and variant.endswith(ON_EXCHANGE):
            sold[id] = (number, row)
    if not sold and not folder.refusals:
        folder.refuse(file.table.file, 0, "PLAN ID", f"no plan has the variant {ON_EXCHANGE}, sold on the exchange")
    return sold


def _benefits(folder: Folder, file: _File, known: set[str], year: int) -> dict[str, tuple[Benefit, ...]]:
    of: dict[str, dict[str, Benefit]] = {}
    for number, row in file.rows():
        id, name = row["StandardComponentId"], row["BenefitName"]
        if id not in known:
            folder.refuse(file.table.file, number, "StandardComponentId", f"{id} is not among the plans")
        if not row["PlanId"].endswith(ON_EXCHANGE):
            continue
        if name in of.setdefault(id, {}):
            folder.refuse(file.table.file, number, "BenefitName", f"{name} of {id} stands here a second time")
        of[id][name] = _benefit(row, year)
    return {id: tuple(benefits.values()) for id, benefits in of.items()}


def _benefit(row: dict[str, Any], year: int) -> Benefit:
    quantity, unit = row["LimitQty"], row["LimitUnit"].casefold()
    dollars = quantity.isdecimal() and unit.startswith("dollars")
    return Benefit(
        name=row["BenefitName"],
        covered=row["IsCovered"],
        copay=row["CopayInnTier1"],
        coinsurance=row["CoinsInnTier1"],
        copay_out_of_network=row["CopayOutofNet"],
        coinsurance_out_of_network=row["CoinsOutofNet"],
        limit=f"${int(quantity):,}{unit.removeprefix('dollars')}" if dollars else f"{quantity} {unit}".strip(),
        basis=row["Explanation"] if BASIS_SHAPE.fullmatch(row["Explanation"]) else f"published {year}",
    )


def _additions(folder: Folder, file: _File | None, known: set[str]) -> dict[str, dict[str, Any]]:
    """The rows of our own file, by component id."""
    found: dict[str, dict[str, Any]] = {}
    if file is None:
        return found
    for number, row in file.rows():
        id = row["STANDARD COMPONENT ID"]
        if id not in known or id in found:
            reason = f"{id} stands here a second time" if id in found else f"{id} is not among the plans"
            folder.refuse(file.table.file, number, "STANDARD COMPONENT ID", reason)
        found[id] = row
    return found


def _rates(folder: Folder, file: _File, known: set[str], position: dict[str, int], year: int) -> Ints:
    """Position of the plan, rating area, youngest age, cents; rates of plans not sold on the exchange are left out."""
    ids = file.columns["PLAN ID"]
    areas = folder.column(
        file.table, "RATING AREA ID", cells.rating_area(len(Law(date(year, 1, 1)).rating_areas.places))
    )
    for number, id in enumerate(ids, 2):
        if id not in known:
            folder.refuse(file.table.file, number, "PLAN ID", f"{id} is not among the plans")
    folder.stop_if_refused()
    rows = np.array(
        [[position.get(id, -1) for id in ids], areas, file.columns["AGE"], file.columns["INDIVIDUAL RATE"]],
        dtype=np.int64,
    ).T
    first_seen: dict[tuple[str, int, int], int] = {}
    keys = list(zip(ids, areas, file.columns["AGE"], strict=True))
    if len(set(keys)) < len(keys):
        for number, key in enumerate(keys, 2):
            if first_seen.setdefault(key, number) != number:
                folder.refuse(file.table.file, number, "AGE", f"a second price: the first is in row {first_seen[key]}")
    return rows[rows[:, 0] >= 0]


def _plan(row: dict[str, Any], benefits: tuple[Benefit, ...], addition: dict[str, Any] | None, year: int) -> Plan:
    kind: Kind = "dental" if row["DENTAL ONLY PLAN"] else "health"
    metal, name, issuer, published = (
        row["METAL LEVEL"],
        row["PLAN MARKETING NAME"],
        row["ISSUER ID"],
        f"published {year}",
    )
    tier = addition["TIER"] if addition else _told_tier(kind, metal, name)
    whole, medical = row["TEHB DED INN TIER 1 INDIVIDUAL"], row["MEHB DED INN TIER1 INDIVIDUAL"]
    more = addition or {}
    return Plan(
        id=row["STANDARD COMPONENT ID"],
        name=name,
        carrier=carriers().get(issuer, Carrier(issuer, issuer, kind)),
        kind=kind,
        market=row["MARKET COVERAGE"],
        tier=tier,
        metal=metal,
        plan_type=row["PLAN TYPE"],
        connectorcare=more.get("CONNECTORCARE", tier == "high_silver" and name.startswith("Standard")),
        hsa=row["IS HSA ELIGIBLE"],
        national_network=row["NATIONAL NETWORK"],
        service_area=row["SERVICE AREA ID"],
        deductible=Amount(
            individual=medical if whole is None else whole,
            family=more.get("FAMILY DEDUCTIBLE"),
            basis=more.get("DEDUCTIBLE BASIS", published),
        ),
        drug_deductible=row["DEHB DED INN TIER1 INDIVIDUAL"] if whole is None else None,
        out_of_pocket_maximum=Amount(
            individual=row["TEHB INN TIER 1 INDIVIDUAL MOOP"],
            family=more.get("FAMILY MOOP"),
            basis=more.get("MOOP BASIS", published),
        ),
        premium_basis=more.get("PREMIUM BASIS", published),
        benefits=benefits,
    )


def _told_tier(kind: Kind, metal: str, name: str) -> str:
    """The tier that a plan's metal and name tell, in the exchange's way of naming plans."""
    name = name.casefold()
    if kind == "dental":
        kinds = {"pediatric": "pediatric", "child": "pediatric", "family plus": "family_plus"}
        told = next((tier for word, tier in kinds.items() if word in name), None)
        return told or f"family_{metal.casefold()}"
    metal = metal.casefold()
    if metal in HEALTH_TIERS:
        return metal
    return f"{'low' if f'low {metal}' in name else 'high'}_{metal}"
