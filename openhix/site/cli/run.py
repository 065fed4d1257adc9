from __future__ import annotations

import click


@click.command()
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535))
@click.option("--json", "as_json", is_flag=True, help="Say in JSON where it answers.")
def run(port: int, as_json: bool) -> None:
    """Start the database, the web server and the worker together, as a demonstration on this machine."""
    from openhix.site.run import run as start

    start(port=port, as_json=as_json)
