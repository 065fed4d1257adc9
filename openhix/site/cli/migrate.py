from __future__ import annotations

import json

import click

from openhix.site import database
from openhix.site.cli.exchange import exchange

ONE_USER = (
    "Note: one database user owns and serves, so nothing keeps it from deleting history. Name the owner of the "
    "tables in DATABASE_OWNER_URL and another user in DATABASE_URL."
)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def migrate(as_json: bool) -> None:
    """Bring the database's tables up to date, and give the application's user its rights."""
    with exchange(role=database.Role.OWNER):
        from django.core.management import call_command

        from openhix.site.database import rights

        call_command("migrate", interactive=False, verbosity=0)
        is_protected = rights.grant()
    if as_json:
        click.echo(json.dumps({"migrated": True, "history_is_protected": is_protected}))
    elif not is_protected:
        click.echo(ONE_USER, err=True)
