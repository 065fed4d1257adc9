from __future__ import annotations

import click

from openhix.site import database
from openhix.site.cli.exchange import exchange


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date, and give the application's user its rights."""
    with exchange(role=database.Role.OWNER):
        from django.core.management import call_command

        from openhix.site.database import rights

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not rights.grant():
            click.echo(
                "Note: one database user owns and serves, so nothing keeps it from deleting history. "
                "Name the owner of the tables in DATABASE_OWNER_URL and another user in DATABASE_URL.",
                err=True,
            )
