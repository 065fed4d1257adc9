"""Scenarios: other figures in some tables of law, to see what they would do. The law itself is `current-law`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from openhix.law.reading import HOME, Figures, MissingLaw, Tables, names, read_yaml, table

FOLDER = HOME / "scenarios"
CURRENT_LAW = "current-law"


class UnknownScenario(LookupError):
    """There is no scenario of that name, or it changes a table that is none. The message names what there is."""


@dataclass(frozen=True)
class Scenario:
    """A named set of changed tables. `plan_years`: those that it is about; none: all that the tables have.

    `says` is what it is in plain words, `source` where it comes from; `illustrative` tells which figures are nobody's
    but ours.
    """

    name: str
    title: str
    says: str
    source: str
    illustrative: str
    plan_years: tuple[int, ...]
    changes: Mapping[str, Mapping[str, Figures]]

    @property
    def is_current_law(self) -> bool:
        return not self.changes

    def tables(self, plan_year: int) -> Tables:
        """The tables of law as they would be in a plan year. Raises MissingLaw for one that it is not about."""
        if self.plan_years and plan_year not in self.plan_years:
            about = ", ".join(map(str, self.plan_years))
            raise MissingLaw(f"law/scenarios/{self.name}.yaml says nothing of plan year {plan_year}: it has {about}")
        return Tables({name: table(name).changed(years) for name, years in self.changes.items()})


@cache
def find(name: str) -> Scenario:
    """Raises UnknownScenario."""
    if name not in scenarios():
        raise UnknownScenario(f"There is no scenario {name[:60]!r}; there are {', '.join(scenarios())}.")
    content = read_yaml(FOLDER / f"{name}.yaml")
    changes = content["tables"] or {}
    for changed in changes:
        if changed not in names():
            raise UnknownScenario(
                f"law/scenarios/{name}.yaml changes {changed}, which is no table; the tables are {', '.join(names())}."
            )
    return Scenario(
        name=name,
        title=content["title"],
        says=content["says"],
        source=content["source"],
        illustrative=content["illustrative"],
        plan_years=tuple(int(year) for year in content["plan_years"]),
        changes=changes,
    )


@cache
def scenarios() -> tuple[str, ...]:
    """The names of all scenarios, the law as it is first."""
    found = {path.stem for path in FOLDER.glob("*.yaml")}
    return (CURRENT_LAW, *sorted(found - {CURRENT_LAW}))
