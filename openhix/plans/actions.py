from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from django.db import connection, transaction

from openhix.history.actions import record
from openhix.kernel import clock
from openhix.plans import queries, review
from openhix.plans.files import read_filing
from openhix.plans.filing import Filing
from openhix.plans.models import Benefit, Carrier, Plan, Rate, ServiceArea, ShelfFinding, ShelfLoad

RATE_COLUMNS = "plan_id, rating_area, age, cents"


def load_shelf(*, folder: Path, by: str) -> ShelfLoad:
    """Put a year's plans on the shelf, in the place of those loaded before: all of the files, or nothing.

    Raises ShelfRefused, which lists file, row, column and reason.
    """
    filing = read_filing(folder)
    with transaction.atomic():
        load = _superseding(filing.year, by)
        plans = _save_plans(load, filing)
        _save_rates(filing, plans)
        record(
            kind="plans.shelf_loaded",
            who=by,
            why=f"The plans of {filing.year} were loaded from files.",
            subject_kind="plans.ShelfLoad",
            subject_id=load.pk,
            payload={"year": filing.year, "plans": len(plans), "rates": len(filing.rates)},
        )
    return load


def review_shelf(*, load: int) -> list[ShelfFinding]:
    """Write down what staff should look at on a loaded shelf."""
    findings = [
        ShelfFinding(load_id=load, kind=finding.kind, text=finding.text)
        for finding in review.findings(queries.shelf_of(load=load))
    ]
    return ShelfFinding.objects.bulk_create(findings)


def _superseding(year: int, by: str) -> ShelfLoad:
    """A new load of the year, with the mark on the one before; two at the same time take turns."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {ShelfLoad._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
    ShelfLoad.objects.filter(year=year, superseded_at=None).update(superseded_at=now)
    return ShelfLoad.objects.create(year=year, by=by, at=now)


def _save_plans(load: ShelfLoad, filing: Filing) -> list[Plan]:
    """Carriers, service areas, plans in the filing's order, and their benefits."""
    known = {plan.carrier.id: plan.carrier for plan in filing.plans}
    carriers = {
        carrier.issuer: carrier
        for carrier in Carrier.objects.bulk_create(
            Carrier(load=load, issuer=each.id, name=each.name, kind=each.kind) for each in known.values()
        )
    }
    ServiceArea.objects.bulk_create(
        ServiceArea(carrier=carriers[stretch.carrier], code=stretch.id, county=stretch.county, zip=stretch.zip)
        for stretch in filing.service_areas
        if stretch.carrier in carriers
    )
    plans = Plan.objects.bulk_create(
        Plan(
            load=load,
            carrier=carriers[plan.carrier.id],
            component=plan.id,
            name=plan.name,
            kind=plan.kind,
            market=plan.market,
            tier=plan.tier,
            metal=plan.metal,
            plan_type=plan.plan_type,
            connectorcare=plan.connectorcare,
            hsa=plan.hsa,
            national_network=plan.national_network,
            service_area=plan.service_area,
            deductible=plan.deductible.individual,
            family_deductible=plan.deductible.family,
            deductible_basis=plan.deductible.basis,
            drug_deductible=plan.drug_deductible,
            out_of_pocket_maximum=plan.out_of_pocket_maximum.individual,
            family_out_of_pocket_maximum=plan.out_of_pocket_maximum.family,
            out_of_pocket_maximum_basis=plan.out_of_pocket_maximum.basis,
            premium_basis=plan.premium_basis,
        )
        for plan in filing.plans
    )
    Benefit.objects.bulk_create(
        Benefit(plan=plan, position=position, **asdict(benefit))
        for plan, filed in zip(plans, filing.plans, strict=True)
        for position, benefit in enumerate(filed.benefits)
    )
    return plans


def _save_rates(filing: Filing, plans: list[Plan]) -> None:
    table = Rate._meta.db_table
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({RATE_COLUMNS}) FROM STDIN") as copy:
        for plan, area, age, cents in filing.rates.tolist():
            copy.write_row((plans[plan].pk, area, age, cents))
