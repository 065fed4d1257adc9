from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from functools import lru_cache
from typing import cast

import numpy as np

from openhix.plans import models
from openhix.plans import plan as values
from openhix.plans.filing import Filing, ServiceArea
from openhix.plans.shelf import NoShelf, Shelf

BENEFIT_COLUMNS = [field.name for field in fields(values.Benefit)]


def loaded_years() -> tuple[int, ...]:
    """The years of which there is a shelf, oldest first."""
    years = models.ShelfLoad.objects.filter(superseded_at=None).order_by("year")
    return tuple(years.values_list("year", flat=True))


def shelf(*, year: int) -> Shelf:
    """The shelf that is sold from. One query while nothing new has been loaded. Raises NoShelf."""
    load = models.ShelfLoad.objects.filter(year=year, superseded_at=None).values_list("pk", flat=True).first()
    if load is None:
        raise NoShelf(f"no plans of {year} have been loaded: openhix load --shelf FOLDER")
    return shelf_of(load=load)


@lru_cache(maxsize=4)
def shelf_of(*, load: int) -> Shelf:
    """The shelf of one load, as it was loaded: its rows never change. Raises ShelfLoad.DoesNotExist."""
    return Shelf.of(_filing(models.ShelfLoad.objects.get(pk=load)))


def findings(*, year: int) -> tuple[str, ...]:
    """What staff should look at on the shelf that is sold from."""
    found = models.ShelfFinding.objects.filter(load__year=year, load__superseded_at=None).order_by("pk")
    return tuple(found.values_list("text", flat=True))


def _filing(load: models.ShelfLoad) -> Filing:
    carriers = {
        row.pk: values.Carrier(row.issuer, row.name, cast(values.Kind, row.kind))
        for row in models.Carrier.objects.filter(load=load)
    }
    benefits = defaultdict(list)
    rows = models.Benefit.objects.filter(plan__load=load).order_by("plan", "position")
    for of, *cells in rows.values_list("plan_id", *BENEFIT_COLUMNS):
        benefits[of].append(values.Benefit(*cells))
    plans = sorted(models.Plan.objects.filter(load=load), key=lambda row: row.component)
    position = {row.pk: position for position, row in enumerate(plans)}
    stretches = models.ServiceArea.objects.filter(carrier__load=load)
    prices = models.Rate.objects.filter(plan__load=load).values_list("plan_id", "rating_area", "age", "cents")
    return Filing(
        year=load.year,
        plans=tuple(_plan(row, carriers[row.carrier_id], tuple(benefits[row.pk])) for row in plans),
        service_areas=tuple(
            sorted(ServiceArea(carriers[row.carrier_id].id, row.code, row.county, row.zip) for row in stretches)
        ),
        rates=np.array([(position[of], area, age, cents) for of, area, age, cents in prices], dtype=np.int64),
    )


def _plan(row: models.Plan, carrier: values.Carrier, benefits: tuple[values.Benefit, ...]) -> values.Plan:
    return values.Plan(
        id=row.component,
        name=row.name,
        carrier=carrier,
        kind=cast(values.Kind, row.kind),
        market=cast(values.Market, row.market),
        tier=row.tier,
        metal=row.metal,
        plan_type=row.plan_type,
        connectorcare=row.connectorcare,
        hsa=row.hsa,
        national_network=row.national_network,
        service_area=row.service_area,
        deductible=values.Amount(row.deductible, row.family_deductible, row.deductible_basis),
        drug_deductible=row.drug_deductible,
        out_of_pocket_maximum=values.Amount(
            row.out_of_pocket_maximum, row.family_out_of_pocket_maximum, row.out_of_pocket_maximum_basis
        ),
        premium_basis=row.premium_basis,
        benefits=benefits,
    )
