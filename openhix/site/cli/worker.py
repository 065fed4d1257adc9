from __future__ import annotations

import click

from openhix.site.cli.exchange import exchange


@click.command()
def worker() -> None:
    """Start a worker alone: it does the queued and the nightly jobs. Any number may run, on any number of hosts."""
    with exchange():
        from openhix.history.worker import work

        work()
