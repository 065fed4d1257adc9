"""`openhix clock`: the demonstration's clock. It goes forward only, and each day's nightly work is done on the way."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from openhix.site.cli.exchange import exchange

if TYPE_CHECKING:
    from openhix.history.models import ClockMove

LOOK_AGAIN = 0.5  # seconds
MOST_DAYS = 3660


@click.group()
def clock() -> None:
    """Show the demonstration's clock, or move it forward."""


as_json = click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")


@clock.command()
@as_json
def show(as_json: bool) -> None:
    """The day and time in the exchange."""
    with exchange(set_up=True):
        from openhix.kernel import clock as business

        now = business.now()
        said = {"today": now.date().isoformat(), "now": now.isoformat(timespec="seconds")}
        click.echo(json.dumps(said) if as_json else now.strftime("%A, %B %-d, %Y, %H:%M"))


@clock.command("set")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE")
@as_json
def set_to(day: object, as_json: bool) -> None:
    """Go forward to DATE, such as 2025-12-24. An earlier date is refused."""
    assert hasattr(day, "date")
    with exchange(set_up=True):
        _move(day.date(), as_json)


@clock.command()
@click.argument("days", type=click.IntRange(0, MOST_DAYS))
@as_json
def forward(days: int, as_json: bool) -> None:
    """Go forward by DAYS days."""
    with exchange(set_up=True):
        from openhix.kernel import clock as business

        _move(business.today() + timedelta(days=days), as_json)


def _move(to: date, as_json: bool) -> None:
    from openhix.history import moving
    from openhix.history.clock import NotADemonstration

    try:
        move = moving.start(to=to, who="operator")
    except (moving.CannotMove, NotADemonstration) as error:
        raise click.ClickException(str(error)) from error
    _wait(move, quiet=as_json)
    if move.stopped_by:
        raise click.ClickException(
            f"The night to {move.reached + timedelta(days=1)} failed ({move.stopped_by}, see above), "
            f"and nothing of it counts: the clock stands at {move.reached}."
        )
    if as_json:
        click.echo(json.dumps({"from": move.from_day.isoformat(), "today": move.reached.isoformat()}))


def _wait(move: ClockMove, *, quiet: bool) -> None:
    """Until the move has ended. The jobs are done here, beside those of whatever workers run."""
    from openhix.history.worker import work

    while move.ended_at is None:
        work(until_empty=True)
        move.refresh_from_db()
        if move.ended_at is None:
            time.sleep(LOOK_AGAIN)
    if not quiet:
        click.echo(f"It is {move.reached:%A, %B} {move.reached.day}, {move.reached.year}.")
