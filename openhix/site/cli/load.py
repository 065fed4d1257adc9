from __future__ import annotations

import json
from pathlib import Path

import click

from openhix.site.cli.exchange import exchange


@click.command()
@click.option(
    "--shelf",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the year's files, in the layout of the CMS State-based Exchange public use files.",
)
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def load(shelf: Path, as_json: bool) -> None:
    """Load a year's shelf of plans from a folder, all or nothing."""
    with exchange():
        from openhix.plans import actions
        from openhix.plans.files import ShelfRefused

        try:
            loaded = actions.load_shelf(folder=shelf, by="operator")
        except ShelfRefused as error:
            if as_json:
                click.echo(json.dumps({"refused": [refusal._asdict() for refusal in error.refusals]}))
                raise SystemExit(1) from error
            raise click.ClickException(str(error)) from error
        click.echo(json.dumps({"year": loaded.year}) if as_json else f"The plans of {loaded.year} are on the shelf.")
