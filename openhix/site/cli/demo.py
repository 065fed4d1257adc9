from __future__ import annotations

from datetime import date

import click

from openhix.site.cli.exchange import exchange

BEGINS = date(2025, 11, 15)


@click.command()
def demo() -> None:
    """Load the shipped shelf and set the demonstration's clock, where that has not been done."""
    with exchange():
        from openhix.plans import actions, queries
        from openhix.plans.files import SHIPPED
        from openhix.site import clock

        clock.set_once(day=BEGINS, who="operator")
        if not queries.loaded_years():
            actions.load_shelf(folder=SHIPPED, by="operator")
