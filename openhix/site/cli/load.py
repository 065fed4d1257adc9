from __future__ import annotations

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
def load(shelf: Path) -> None:
    """Load a year's shelf of plans from a folder, all or nothing."""
    with exchange():
        from openhix.plans import actions

        actions.load_shelf(folder=shelf, by="operator")
