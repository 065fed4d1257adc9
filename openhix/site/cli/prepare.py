from __future__ import annotations

import contextlib
import json
from datetime import date

import click

from openhix.site.cli.exchange import exchange

BEGINS = date(2025, 11, 15)
STAFF = "staff@example.com"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def prepare(as_json: bool) -> None:
    """Load the shipped shelf and set the demonstration's clock, where that has not been done."""
    with exchange():
        from openhix.history import clock as demonstration
        from openhix.kernel import clock
        from openhix.people import actions as people
        from openhix.plans import actions, queries
        from openhix.plans.files import SHIPPED

        demonstration.set_once(day=BEGINS, who="operator")
        if not queries.loaded_years():
            actions.load_shelf(folder=SHIPPED, by="operator")
        with contextlib.suppress(people.AlreadyThere):
            password = people.add_staff(email=STAFF)
            click.echo(
                f"Staff sign in as {STAFF} with this password, once, then choose their own: {password}", err=True
            )
        if as_json:
            click.echo(json.dumps({"today": clock.today().isoformat(), "years": queries.loaded_years()}))
