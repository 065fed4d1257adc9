from __future__ import annotations

import click

from openhix.site.cli.exchange import exchange


@click.command()
def worker() -> None:
    """Start a worker alone: it does the queued and the nightly jobs. Any number may run, on any number of hosts."""
    with exchange():
        from procrastinate.contrib.django import app
        from procrastinate.contrib.django.django_connector import DjangoConnector

        assert isinstance(app.connector, DjangoConnector)
        with app.replace_connector(app.connector.get_worker_connector()) as running:
            running.run_worker(shutdown_graceful_timeout=10)
