"""Which shelf a command uses: a folder, the shipped files, or a year's published benchmark alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from openhix.kernel import periods
from openhix.law.tables import Law, MissingLaw
from openhix.plans import shelf as shelves
from openhix.plans.shelf import NoShelf, Shelf, ShelfRefused


def coverage_month(text: str) -> date:
    """The first day of `2026-01`, or a usage error."""
    try:
        return periods.parse_month(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--coverage-month") from error


def coverage_month_or_default(text: str | None) -> date:
    """January of the newest shelf that comes with the program, where no month is told."""
    if text:
        return coverage_month(text)
    return date(max(int(folder.name.removeprefix("shelf_")) for folder in shelves.DATA.glob("shelf_*")), 1, 1)


def shelf_for(month: date, folder: Path | None) -> Shelf:
    """The folder's shelf, else the shipped one of the year, else the year's published benchmark without plans."""
    if folder is not None:
        return _read(month, folder)
    try:
        return shelves.shipped(month.year)
    except NoShelf:
        try:
            return shelves.published_benchmark(Law(month))
        except MissingLaw as error:
            raise click.ClickException(str(error)) from error


def _read(month: date, folder: Path) -> Shelf:
    try:
        shelf = shelves.read(folder)
    except ShelfRefused as error:
        raise click.ClickException(str(error)) from error
    if shelf.year != month.year:
        raise click.BadParameter(
            f"The shelf is of {shelf.year}, the coverage month of {month.year}.", param_hint="--shelf"
        )
    return shelf
