"""`openhix demo`: five households walk through the whole exchange and stay to be looked at."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from openhix.site.cli.exchange import exchange

if TYPE_CHECKING:
    from openhix.desk.demonstration import Walked

COLUMNS = ("person", "program", "type", "plan", "premium", "credit", "subsidy", "paid", "covered from")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def demo(as_json: bool) -> None:
    """Walk five new households from their application to their coverage, and print what became of each person.

    Amounts are for one month; of a plan that people share, each person's part of it. The clock is not
    moved: outside open enrollment there is nothing to choose, and the walk is refused.
    """
    with exchange(set_up=True):
        from openhix.desk import demonstration
        from openhix.enrollment.rules.dates import EnrollmentClosed
        from openhix.history.clock import NotADemonstration
        from openhix.history.worker import work

        try:
            starts = demonstration.first_day()
            people = demonstration.walk(lambda: work(until_empty=True))
        except EnrollmentClosed as closed:
            raise click.ClickException(
                f"Open enrollment for {closed.plan_year} is from {closed.opens} to {closed.ended}: "
                "no health plan can be chosen on this day, so nobody was added."
            ) from closed
        except (NotADemonstration, demonstration.NoAnswer) as error:
            raise click.ClickException(str(error)) from error
        rows = [_row(each) for each in people]
    if as_json:
        click.echo(json.dumps({"starts": starts.isoformat(), "people": rows}, ensure_ascii=False, indent=2))
        return
    click.echo(f"Plans that are chosen and paid for today cover from {starts}.\n")
    click.echo(_table([COLUMNS, *([_shown(value) for value in list(row.values())[1:]] for row in rows)]))


def _row(each: Walked) -> dict[str, Any]:
    from openhix.kernel import cents

    amounts = {name: getattr(each, name) for name in ("premium", "credit", "subsidy", "paid")}
    return {
        "member_id": each.household.member_id,
        "name": each.name,
        "program": each.program,
        "plan_type": each.plan_type or None,
        "plan": each.plan or None,
        **{name: None if amount is None else cents.plain(amount) for name, amount in amounts.items()},
        "covered_from": each.covered_from.isoformat() if each.covered_from else None,
    }


def _shown(value: str | None) -> str:
    return value or ""


def _table(rows: list[Any]) -> str:
    widths = [max(len(row[at]) for row in rows) for at in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
