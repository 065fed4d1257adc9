"""`openhix determine`: eligibility for a file of households. Needs no database."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import click

from openhix.eligibility import batch
from openhix.eligibility.tables import FileRefused
from openhix.kernel import periods
from openhix.law.tables import CURRENT_LAW, Law, MissingLaw, scenarios
from openhix.site.cli.shelves import coverage_month as parse_month
from openhix.site.cli.shelves import shelf_for

REJECTED_ROWS = 3  # 1: nothing was determined; 2: the command was not understood
SHOWN = 5


@click.command()
@click.argument("households", type=click.Path(path_type=Path))
@click.argument("results", type=click.Path(path_type=Path))
@click.option("--coverage-month", required=True, help="First month of coverage, such as 2026-01.")
@click.option("--as-of", help="The day on which it is asked (default: the first day of the month before).")
@click.option("--shelf", type=click.Path(path_type=Path), help="A folder with another shelf of plans.")
@click.option("--scenario", type=click.Choice(scenarios()), default=CURRENT_LAW, help="Another law than it is.")
@click.option("--json", "as_json", is_flag=True, help="Write the summary as JSON.")
def determine(
    households: Path,
    results: Path,
    coverage_month: str,
    as_of: str | None,
    shelf: Path | None,
    scenario: str,
    as_json: bool,
) -> None:
    """Determine every household of HOUSEHOLDS (CSV or Parquet) and write one row a person to RESULTS.

    Rows that cannot be understood go to a file beside it, RESULTS with `.errors.csv`; all others are determined.

    \b
    Exit code 0  every row was determined
              1  nothing was determined: a file is refused, or law is missing
              2  the command was not understood
              3  some rows were left out: see the file of errors
    """
    month = parse_month(coverage_month)
    errors = results.with_suffix(".errors.csv")
    try:
        outcome = batch.determine_file(
            source=households,
            results=results,
            errors=errors,
            law=Law(month, scenario),
            shelf=shelf_for(month, shelf),
            as_of=day_asked(as_of) if as_of else periods.first_of_month_before(month),
        )
    except (FileRefused, MissingLaw, OSError) as error:
        raise click.ClickException(str(error)) from error
    summary = {"households": outcome.households, "people": outcome.people, "rejected": len(outcome.rejected)}
    by = "" if scenario == CURRENT_LAW else f" by the scenario {scenario}, not by the law as it is"
    if as_json:
        click.echo(
            json.dumps(
                {
                    **summary,
                    "scenario": scenario,
                    "results": str(results),
                    "errors": str(errors) if outcome.rejected else None,
                }
            )
        )
    else:
        click.echo(f"{outcome.people} people of {outcome.households} households determined{by}: {results}")
        for each in outcome.rejected[:SHOWN]:
            click.echo(f"  row {each.row}, {each.column or 'the row'}: {each.reason}", err=True)
        if outcome.rejected:
            click.echo(f"{len(outcome.rejected)} reasons for rows that were left out: {errors}", err=True)
    sys.exit(REJECTED_ROWS if outcome.rejected else 0)


def day_asked(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text[:20]!r} is not a date: write it as 2025-11-15.", param_hint="--as-of"
        ) from error
