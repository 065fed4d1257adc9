"""One household of a file: the story of a fact for each of those whose fact it is. Telling it writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from openhix.eligibility import queries
from openhix.eligibility.files import tables
from openhix.eligibility.files.reading import Reading, fact_columns
from openhix.eligibility.files.tables import ROW, FileRefused, Rejected
from openhix.eligibility.rules.people import HOUSEHOLD, PAIR, PERSON, TAX_HOUSEHOLD
from openhix.kernel.facts import FactError, Facts
from openhix.kernel.story import Storyteller, Told
from openhix.law.tables import Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf


@dataclass(frozen=True)
class Story:
    """`of`: the person_ids of whom the fact is told; `people`: those of the whole household, by their rows."""

    of: tuple[str, ...]
    told: Told
    people: tuple[str, ...]

    def as_data(self) -> dict[str, Any]:
        return {"people": list(self.of), **self.told.as_data()}

    def lines(self) -> Iterator[str]:
        """The fact, and below it each reason that has a sentence, with its law. Every fact stands in `as_data`."""
        return self._lines(self.told, 0)

    def _lines(self, told: Told, depth: int) -> Iterator[str]:
        value = "not known" if told.figure is None else told.figure.text()
        whose = f" of {self.people[told.row]}" if told.entity == PERSON.name else ""
        said = "; ".join(each for each in (value, "as it was given" if told.given else "", told.sentence()) if each)
        yield f"{'  ' * depth}{told.name}{whose}: {said}{f' [{told.cites}]' if told.cites else ''}"
        for reason in told.reasons():
            yield from self._lines(reason, depth + 1)


@dataclass(frozen=True)
class Explained:
    """The stories in the order of the file, or the reasons for which the household is left out."""

    stories: tuple[Story, ...]
    rejected: tuple[Rejected, ...]


def explain(*, source: Path, household: str, fact: str, law: Law, shelf: Shelf, as_of: date) -> Explained:
    """Why `fact` is what it is in the household with this id. Raises FileRefused, and FactError for what is no fact."""
    rulebook = queries.rulebook()
    if rulebook.fact(fact).entity is PAIR:
        raise FactError(f"{fact!r} is a fact of two people: ask for one of a person, a tax return or a household")
    asked = tables.look(source, list(fact_columns(rulebook)))
    blocks = map(tables.as_text, tables.rows(asked))
    theirs = [block.filter(pl.col("household_id") == household.strip()) for block in blocks]
    table, faults = tables.without_faults(pl.concat([pl.DataFrame(schema=asked.schema), *theirs]))
    if table.is_empty() and not faults:
        raise FileRefused(f"{source}: no row has the household_id {household!r}.")
    reading = Reading(table, faults, rulebook, Geography.shipped(law.plan_year), as_of)
    if reading.rejected:
        return Explained((), tuple(sorted(reading.rejected, key=lambda each: each.row)))
    households, people = reading.households()
    facts = queries.determine(households=households, law=law, shelf=shelf)
    return Explained(tuple(_stories(facts, fact, people)), ())


def _stories(facts: Facts, fact: str, people: pl.DataFrame) -> Iterator[Story]:
    """`people`: a row for each person, in the order of the facts."""
    entity, teller, ids = facts.rulebook.fact(fact).entity, Storyteller(facts), tuple(people["person_id"])
    of_return = facts.population.groups[PERSON]
    row_of = {PERSON: np.arange(len(ids)), TAX_HOUSEHOLD: of_return, HOUSEHOLD: np.zeros_like(of_return)}
    whose: dict[int, list[str]] = {}
    for at in people[ROW].arg_sort():
        whose.setdefault(int(row_of[entity][at]), []).append(ids[at])
    for row, of in whose.items():
        yield Story(tuple(of), teller.tell(fact, row), ids)
