"""`openhix plans`: the shelf at a glance. Needs no database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from openhix.plans import review
from openhix.plans import shelf as shelves
from openhix.plans.plan import DENTAL_TIERS, HEALTH_TIERS
from openhix.plans.shelf import NoShelf, Shelf, ShelfRefused

CARRIER, TIER = 40, 10  # widths


@click.group()
def plans() -> None:
    """Look at the plans."""


@plans.command()
@click.option("--year", type=click.IntRange(2014, 2100), default=2026, show_default=True, help="Plan year.")
@click.option("--shelf", "folder", type=click.Path(path_type=Path), help="A folder with another shelf of plans.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def shelf(year: int, folder: Path | None, as_json: bool) -> None:
    """Count the plans by market, tier and carrier, and say what should be looked at."""
    found = _shelf(year, folder)
    if as_json:
        click.echo(json.dumps(_data(found), indent=2, ensure_ascii=False))
    else:
        _print(found)


def _shelf(year: int, folder: Path | None) -> Shelf:
    try:
        found = shelves.read(folder) if folder else shelves.shipped(year)
    except (NoShelf, ShelfRefused) as error:
        raise click.ClickException(str(error)) from error
    if found.year != year:
        raise click.BadParameter(f"The shelf is of {found.year}: say --year {found.year}.", param_hint="--year")
    return found


def _data(shelf: Shelf) -> dict[str, Any]:
    return {
        "year": shelf.year,
        "plans": len(shelf.plans),
        "illustrative": shelf.illustrative,
        "markets": {
            market: {kind: _kind(shelf, market, kind, carriers) for kind, carriers in kinds.items()}
            for market, kinds in review.counts(shelf).items()
        },
        "connectorcare_carriers": {
            county: {"fewest": fewest, "most": most}
            for county, (fewest, most) in review.connectorcare_carriers(shelf).items()
        },
        "findings": [finding._asdict() for finding in review.findings(shelf)],
    }


def _kind(shelf: Shelf, market: str, kind: str, carriers: dict[str, dict[str, int]]) -> dict[str, Any]:
    tiers = _tiers(carriers)
    return {
        "plans": sum(tiers.values()),
        "said": review.said(shelf, market=market, kind=kind),
        "tiers": tiers,
        "carriers": {name: {"plans": sum(of.values()), "tiers": of} for name, of in carriers.items()},
    }


def _tiers(carriers: dict[str, dict[str, int]]) -> dict[str, int]:
    totals = {tier: sum(of.get(tier, 0) for of in carriers.values()) for tier in (*HEALTH_TIERS, *DENTAL_TIERS)}
    return {tier: total for tier, total in totals.items() if total}


def _print(shelf: Shelf) -> None:
    click.echo(f"Plans of {shelf.year}")
    if shelf.illustrative:
        click.echo("The premiums are illustrative: the carriers' own are not published.")
    for market, kinds in review.counts(shelf).items():
        for kind, carriers in kinds.items():
            said = review.said(shelf, market=market, kind=kind)
            click.echo(f"\n{market.replace('_', ' ').capitalize()} {kind} plans: {said}")
            _print_table(carriers)
    click.echo("\nConnectorCare carriers by county:")
    for county, (fewest, most) in review.connectorcare_carriers(shelf).items():
        click.echo(f"  {county:12} {fewest if fewest == most else f'{fewest} to {most}'}")
    findings = review.findings(shelf)
    click.echo("\nTo look at:" if findings else "\nNothing to look at.")
    for finding in findings:
        click.echo(f"  {finding.text}")


def _print_table(carriers: dict[str, dict[str, int]]) -> None:
    tiers = _tiers(carriers)
    headings = [tier.replace("cata", "cata-_").rpartition("_")[::2] for tier in tiers]
    for line in zip(*headings, ("", "all"), strict=True):
        click.echo(f"  {'':{CARRIER}}" + "".join(f"{word:>{TIER}}" for word in line))
    for name, of in [*carriers.items(), ("Together", tiers)]:
        cells = "".join(f"{of.get(tier) or '':>{TIER}}" for tier in tiers)
        click.echo(f"  {name:{CARRIER}}{cells}{sum(of.values()):>{TIER}}")
