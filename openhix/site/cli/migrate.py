from __future__ import annotations

import json
from pathlib import Path

import click

from openhix.site import database
from openhix.site.cli.exchange import exchange
from openhix.site.database.cluster import Cluster
from openhix.site.database.upgrade import upgrade
from openhix.site.home import home

ONE_USER = (
    "Note: one database user owns and serves, so nothing keeps it from deleting history. Name the owner of the "
    "tables in DATABASE_OWNER_URL and another user in DATABASE_URL."
)


@click.command()
@click.option(
    "--from-postgresql",
    "old_programs",
    type=click.Path(exists=True, file_okay=False, path_type=Path, resolve_path=True),
    help="First upgrade the embedded database's data, with the programs of the older PostgreSQL in this folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def migrate(old_programs: Path | None, as_json: bool) -> None:
    """Bring the database's tables up to date, and give the application's user its rights."""
    if old_programs:
        kept = upgrade(Cluster.of(home()), old_programs=old_programs)
        click.echo(f"The data have been upgraded; the old ones are kept in {kept}.", err=True)
    with exchange(role=database.Role.OWNER):
        from django.core.management import call_command

        from openhix.site.database import rights

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        is_protected = rights.grant()
    if as_json:
        click.echo(json.dumps({"migrated": True, "history_is_protected": is_protected}))
    elif not is_protected:
        click.echo(ONE_USER, err=True)
