"""Opens one table of law and finds the figures of a year or a day in it. Nothing is ever borrowed from another year.

Every scalar is read as the text that stands in the file (9.96, not a float near it); the rooms' exact parsers make
numbers of it. A table's layout is described in this folder's README.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).parent
GOVERNMENTS = ("federal", "massachusetts")  # the folders that hold tables
NONE = "none"  # how a table writes that there is no limit

Figures = Mapping[str, Any]

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class MissingLaw(LookupError):
    """The table has no figures for the year or day asked for. The message names the table and what to add."""


@dataclass(frozen=True)
class Table:
    """One file of law: what it is, the law that it carries out, how it is asked, and its figures."""

    name: str  # federal/applicable_percentage
    title: str
    cites: str
    asked_by: str  # plan_year, guideline_year or date
    unit: str
    years: Mapping[str, Figures]
    periods: tuple[Figures, ...]

    def for_year(self, year: int) -> Figures:
        """The figures of one year. Raises MissingLaw."""
        figures = self.years.get(str(year))
        if figures is None:
            asked_by = self.asked_by.replace("_", " ")
            raise MissingLaw(f"law/{self.name}.yaml has no figures for {asked_by} {year}: add the year to the table")
        return figures

    def on(self, day: date) -> Figures:
        """The figures in force on one day: `until` is the day after the last. Raises MissingLaw."""
        for figures in self.periods:
            if date.fromisoformat(figures["from"]) <= day < date.fromisoformat(figures["until"]):
                return figures
        raise MissingLaw(f"law/{self.name}.yaml has no figures for {day}: add the period to the table")

    def changed(self, years: Mapping[str, Figures]) -> Table:
        """The same table with other figures for some years; what they do not name stays. Raises MissingLaw.

        Asked by date, they are those of every day of the year.
        """
        if self.asked_by != "date":
            instead = {year: {**self.for_year(int(year)), **figures} for year, figures in years.items()}
            return replace(self, years={**self.years, **instead})
        parts = [part for year, figures in years.items() for part in self._within(int(year), figures)]
        return replace(self, periods=(*parts, *self.periods))

    def _within(self, year: int, figures: Figures) -> Iterator[Figures]:
        """What of each period lies in the year, with these figures."""
        first, end = f"{year}-01-01", f"{year + 1}-01-01"
        for period in self.periods:
            if period["from"] < end and period["until"] > first:
                yield {
                    **period,
                    **figures,
                    "from": max(period["from"], first),
                    "until": min(period["until"], end),
                }


@cache
def table(name: str) -> Table:
    """The table in `{name}.yaml`, read once in the life of the process."""
    content = read_yaml(HOME / f"{name}.yaml")
    return Table(
        name=name,
        title=content["title"],
        cites=content["cites"],
        asked_by=content["asked_by"],
        unit=content["unit"],
        years=content.get("years", {}),
        periods=tuple(content.get("periods", ())),
    )


@dataclass(frozen=True)
class Tables:
    """The tables that one law is read from: those that are shipped, but for the ones that are changed."""

    instead: Mapping[str, Table] = field(default_factory=dict)

    def table(self, name: str) -> Table:
        return self.instead[name] if name in self.instead else table(name)


SHIPPED = Tables()


def read_yaml(path: Path) -> Any:
    """The content of a file in which every scalar is text."""
    return yaml.load(path.read_bytes(), Loader=_Loader)


def names() -> tuple[str, ...]:
    """Every table there is, by name: `federal/applicable_percentage`."""
    paths = (path for government in GOVERNMENTS for path in (HOME / government).glob("*.yaml"))
    return tuple(sorted(path.relative_to(HOME).with_suffix("").as_posix() for path in paths))
