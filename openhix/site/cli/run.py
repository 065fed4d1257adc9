from __future__ import annotations

import click

from openhix.site.cli.ports import port_option


@click.command()
@port_option
@click.option("--json", "as_json", is_flag=True, help="Say in JSON where it answers.")
def run(port: int, as_json: bool) -> None:
    """Start the database, the web server and the worker together, as a demonstration on this machine."""
    from openhix.site.run import run as start

    start(port=port, as_json=as_json)
