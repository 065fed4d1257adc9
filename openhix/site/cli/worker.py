from __future__ import annotations

import json
import os

import click

from openhix.site.cli.exchange import exchange


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say in JSON that it works.")
def worker(as_json: bool) -> None:
    """Start a worker alone: it does the queued and the nightly jobs. Any number may run, on any number of hosts."""
    with exchange():
        from openhix.history.worker import work

        if as_json:
            click.echo(json.dumps({"worker": os.getpid()}))
        work()
