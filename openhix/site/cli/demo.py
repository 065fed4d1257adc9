from __future__ import annotations

import json
from datetime import date

import click

from openhix.site.cli.exchange import exchange

BEGINS = date(2025, 11, 15)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def demo(as_json: bool) -> None:
    """Load the shipped shelf and set the demonstration's clock, where that has not been done."""
    with exchange():
        from openhix.kernel import clock as business
        from openhix.plans import actions, queries
        from openhix.plans.files import SHIPPED
        from openhix.site import clock

        clock.set_once(day=BEGINS, who="operator")
        if not queries.loaded_years():
            actions.load_shelf(folder=SHIPPED, by="operator")
        if as_json:
            click.echo(json.dumps({"today": business.today().isoformat(), "years": queries.loaded_years()}))
