"""`openhix determine`: eligibility for a file of households. Needs no database."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import click

from openhix.eligibility.files import batch
from openhix.eligibility.files.explained import Explained, explain
from openhix.eligibility.files.parts import Counts, InUse
from openhix.eligibility.files.tables import FileRefused, Rejected
from openhix.eligibility.files.workers import WorkerDied
from openhix.kernel.facts import FactError
from openhix.law.tables import CURRENT_LAW, Law, MissingLaw, scenarios
from openhix.site.cli.shelves import coverage_month as parse_month
from openhix.site.cli.shelves import shelf_for

REJECTED_ROWS = 3  # 1: nothing was determined; 2: the command was not understood
NOW_AND_THEN = 10.0  # seconds between two lines of progress
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@click.command()
@click.argument("households", type=click.Path(path_type=Path))
@click.argument("results", type=click.Path(path_type=Path), required=False)
@click.option("--coverage-month", required=True, help="First month of coverage, such as 2026-01.")
@click.option("--as-of", help="The day on which it is asked: nobody is born later (default: the first of the month).")
@click.option("--shelf", type=click.Path(path_type=Path), help="A folder with another shelf of plans.")
@click.option("--scenario", type=click.Choice(scenarios()), default=CURRENT_LAW, help="Another law than it is.")
@click.option(
    "--processes", type=click.IntRange(1, 256), default=CORES, help="How many share the work (default: cores)."
)
@click.option("--explain", "fact", metavar="FACT", help="Tell why this fact is what it is; needs no RESULTS.")
@click.option("--household", metavar="ID", help="The household_id of whom --explain tells.")
@click.option("--json", "as_json", is_flag=True, help="Write the summary, or the story, as JSON.")
def determine(
    households: Path,
    results: Path | None,
    coverage_month: str,
    as_of: str | None,
    shelf: Path | None,
    scenario: str,
    processes: int,
    fact: str | None,
    household: str | None,
    as_json: bool,
) -> None:
    """Determine every household of HOUSEHOLDS (CSV or Parquet) and write one row a person to RESULTS.

    Rows that cannot be understood go to a file beside it, RESULTS with `.errors.csv`; all others are determined.
    A run that was stopped is finished by the same command: until then RESULTS with `.unfinished` keeps what is done.

    \b
    Exit code 0  every row was determined
              1  nothing was determined: a file is refused, or law is missing
              2  the command was not understood
              3  some rows were left out: see the file of errors
    """
    if (fact is None) != (household is None):
        raise click.UsageError("--explain FACT and --household ID go together.")
    if results is None and fact is None:
        raise click.UsageError("Name a file for the results.")
    month = parse_month(coverage_month)
    told: dict[str, Any] = {"scenario": scenario}
    left_out = 0
    try:
        asked: Any = {
            "source": households,
            "law": Law(month, scenario),
            "shelf": shelf_for(month, shelf),
            "as_of": day_asked(as_of) if as_of else month,
        }
        if results is not None:
            left_out = _determine(asked, results, processes, told, as_json)
        if fact is not None and household is not None:
            found = explain(**asked, fact=fact, household=household)
            left_out = left_out or len(found.rejected)
            _tell(found, fact, household, told, as_json)
    except (FileRefused, MissingLaw, FactError, InUse, WorkerDied, OSError) as error:
        raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False))
    sys.exit(REJECTED_ROWS if left_out else 0)


def _determine(asked: Any, results: Path, processes: int, told: dict[str, Any], as_json: bool) -> int:
    """Write the answers and say how it went; how many reasons there are for rows that were left out."""
    errors = results.with_suffix(".errors.csv")
    outcome = batch.determine_file(**asked, results=results, errors=errors, processes=processes, progress=Progress())
    told.update(households=outcome.households, people=outcome.people, rejected=outcome.rejected)
    told.update(results=str(results), errors=str(errors) if outcome.rejected else None)
    if not as_json:
        scenario = told["scenario"]
        by = "" if scenario == CURRENT_LAW else f" by the scenario {scenario}, not by the law as it is"
        click.echo(f"{outcome.people} people of {outcome.households} households determined{by}: {results}")
        name_rejected(outcome.first)
        if outcome.rejected:
            click.echo(f"{outcome.rejected} reasons for rows that were left out: {errors}", err=True)
    return outcome.rejected


def _tell(found: Explained, fact: str, household: str, told: dict[str, Any], as_json: bool) -> None:
    rejected = [{"row": each.row, "column": each.column, "reason": each.reason} for each in found.rejected]
    stories = [story.as_data() for story in found.stories]
    told["explained"] = {"household": household, "fact": fact, "stories": stories, "rejected": rejected}
    if as_json:
        return
    for story in found.stories:
        click.echo(f"\n{fact} of household {household}, {', '.join(story.of)}:")
        for line in story.lines():
            click.echo(f"  {line}")
    if found.rejected:
        click.echo(f"Household {household} is left out:", err=True)
        name_rejected(found.rejected)


def name_rejected(rejected: tuple[Rejected, ...]) -> None:
    for each in rejected:
        click.echo(f"  row {each.row}, {each.column or 'the row'}: {each.reason}", err=True)


class Progress:
    """How far it is, on stderr: one line that changes on a terminal, elsewhere a line now and then."""

    def __init__(self) -> None:
        self.told_at = time.monotonic()

    def __call__(self, done: Counts, rows: int) -> None:
        share = 100 * done.rows // rows if rows else 100
        text = f"{done.households:,} households done, {share}% of the file"
        if sys.stderr.isatty():
            click.echo(f"\r{text}", nl=done.rows >= rows, err=True)
        elif time.monotonic() - self.told_at > NOW_AND_THEN:
            click.echo(text, err=True)
            self.told_at = time.monotonic()


def day_asked(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(
            f"{text[:20]!r} is not a date: write it as 2025-11-15.", param_hint="--as-of"
        ) from error
