"""Opens one table of law and finds the figures of a year or a day in it. Nothing is ever borrowed from another year.

Every scalar is read as the text that stands in the file (9.96, not a float near it); the rooms' exact parsers make
numbers of it. A table's layout is described in this folder's README.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HOME = Path(__file__).parent
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


@cache
def table(name: str) -> Table:
    """The table in `{name}.yaml`, read once in the life of the process."""
    content = yaml.load((HOME / f"{name}.yaml").read_bytes(), Loader=_Loader)
    return Table(
        name=name,
        title=content["title"],
        cites=content["cites"],
        asked_by=content["asked_by"],
        unit=content["unit"],
        years=content.get("years", {}),
        periods=tuple(content.get("periods", ())),
    )


def names() -> tuple[str, ...]:
    """Every table there is, by name: `federal/applicable_percentage`."""
    return tuple(sorted(path.relative_to(HOME).with_suffix("").as_posix() for path in HOME.glob("*/*.yaml")))
