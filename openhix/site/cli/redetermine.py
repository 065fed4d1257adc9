"""`openhix redetermine`: households are answered anew after the law, its figures or the rules have changed."""

from __future__ import annotations

import json

import click

from openhix.law.tables import MissingLaw
from openhix.site.cli.exchange import exchange


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say how many they are.")
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def redetermine(dry_run: bool, as_json: bool) -> None:
    """Queue every household that was answered under other law, figures or rules than this version's; workers do it.

    Who has the same answer as before gets no letter. May be run again at any time: --dry-run says how many are left.
    """
    with exchange():
        from openhix.eligibility import other_law

        try:
            households = other_law.waiting() if dry_run else other_law.start(_progress)
        except MissingLaw as error:
            raise click.ClickException(str(error)) from error
    if as_json:
        click.echo(json.dumps({"households": households, "queued": not dry_run}))
        return
    said = "to be answered anew; nothing was queued." if dry_run else "queued to be answered anew."
    click.echo(f"{households:,} {'household' if households == 1 else 'households'} {said}")


def _progress(queued: int) -> None:
    click.echo(f"{queued:,} queued", err=True)
