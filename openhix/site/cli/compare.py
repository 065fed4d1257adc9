"""`openhix compare`: two scenarios over one file of households. Needs no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from openhix.eligibility.comparison import shown
from openhix.eligibility.comparison.of_a_file import compare_file
from openhix.eligibility.comparison.sums import GAINS, LOSES, SAME, Comparison
from openhix.eligibility.files.tables import FileRefused
from openhix.eligibility.files.workers import WorkerDied
from openhix.law.tables import Law, MissingLaw, scenarios
from openhix.site.cli.determine import CORES, REJECTED_ROWS, Progress, day_asked, name_rejected
from openhix.site.cli.shelves import coverage_month as parse_month
from openhix.site.cli.shelves import shelf_for


@click.command()
@click.argument("households", type=click.Path(path_type=Path))
@click.option("--scenario", "names", type=click.Choice(scenarios()), multiple=True, help="Give two: before and after.")
@click.option("--coverage-month", required=True, help="First month of coverage, such as 2026-01.")
@click.option("--as-of", help="The day on which it is asked: nobody is born later (default: the first of the month).")
@click.option("--shelf", type=click.Path(path_type=Path), help="A folder with another shelf of plans.")
@click.option(
    "--processes", type=click.IntRange(1, 256), default=CORES, help="How many share the work (default: cores)."
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="A folder for CSV and a picture.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def compare(
    households: Path,
    names: tuple[str, ...],
    coverage_month: str,
    as_of: str | None,
    shelf: Path | None,
    processes: int,
    out: Path | None,
    as_json: bool,
) -> None:
    """Who of HOUSEHOLDS (CSV or Parquet) gains and who loses from one scenario to another, and what it costs a month.

    Rows that cannot be understood are left out and named, and the exit code is 3.
    """
    if len(names) != 2:
        raise click.BadParameter("Give two scenarios: the law before, and the law after.", param_hint="--scenario")
    month = parse_month(coverage_month)
    try:
        before, after = (Law(month, name) for name in names)
        compared = compare_file(
            source=households,
            before=before,
            after=after,
            shelf=shelf_for(month, shelf),
            as_of=day_asked(as_of) if as_of else month,
            processes=processes,
            progress=Progress(),
        )
        found, rejected = compared.found, compared.rejected
        paths = shown.write(found, out) if out else []
    except (FileRefused, MissingLaw, WorkerDied, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(json.dumps(_data(found, rejected), indent=2) if as_json else shown.text(found))
    if paths and not as_json:
        click.echo(f"\nWritten: {', '.join(path.name for path in paths)} in {out}")
    name_rejected(compared.first)
    if rejected:
        click.echo(f"{rejected} reasons for rows that were left out.", err=True)
    sys.exit(REJECTED_ROWS if rejected else 0)


def _data(found: Comparison, rejected: int) -> dict[str, object]:
    """The sums and every table; money in monthly cents."""
    return {
        "before": found.before,
        "after": found.after,
        "coverage_month": found.month,
        "households": found.households,
        "people": found.people(),
        **{name: found.people(change) for name, change in (("gain", GAINS), ("same", SAME), ("lose", LOSES))},
        "rejected": rejected,
        **{f"{name}_cents": found.total(name) for name in shown.MONEY},
        **{f"by_{key}": found.by(key).to_dicts() for key in shown.TABLES},
        "moves": found.moves().to_dicts(),
    }
