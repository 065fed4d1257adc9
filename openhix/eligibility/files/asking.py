"""A question asked of every household of a file: part after part, by several processes, with the memory of a few."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import polars as pl

from openhix.eligibility import fingerprint, queries
from openhix.eligibility.files import parts
from openhix.eligibility.files.reading import Reading, fact_columns
from openhix.eligibility.files.tables import Source, is_parquet, look, without_faults
from openhix.eligibility.files.workers import sharing
from openhix.eligibility.households import Households
from openhix.eligibility.rules.people import HOUSEHOLD, PERSON, TAX_HOUSEHOLD
from openhix.kernel.facts import Column
from openhix.law.tables import Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf

Progress = Callable[[parts.Counts, int], None]  # what is done so far, and how many rows the file has

CHUNK = 10_000  # households: their columns stay in the cache of a processor


@dataclass(frozen=True)
class Question(ABC):
    """What is asked: under which laws of one coverage year, with which prices, and on which day. It goes to other
    processes."""

    laws: tuple[Law, ...]
    shelf: Shelf
    as_of: date

    @abstractmethod
    def answer(self, households: Households, people: pl.DataFrame) -> pl.DataFrame:
        """Of some households; `people` has a row for each of their people, with ROW, household_id and person_id."""

    @abstractmethod
    def empty(self, people: pl.DataFrame) -> pl.DataFrame:
        """The same of nobody."""


@contextmanager
def asked(
    question: Question, *, source: Path, results: Path, processes: int, progress: Progress
) -> Iterator[tuple[parts.Work, parts.Counts]]:
    """Every household of `source` has answered: the work as it lies beside `results` until this ends, and its counts.

    What was done of the same run before it was stopped is not done again. Raises FileRefused, InUse, WorkerDied.
    """
    looked_at = look(source, list(fact_columns(queries.rulebook())))
    with parts.work_on(results, _hash(question, looked_at)) as work:
        number = parts.number_of(looked_at)
        with sharing(Part(work, looked_at, question).answer, min(processes, number)) as answered:
            work.split(looked_at)
            rows, done = work.told()["rows"], parts.Counts()
            for counts in answered(number):
                done = done.plus(counts)
                progress(done, rows)
        looked_at.check_unchanged()
        yield work, done


def _hash(question: Question, source: Source) -> str:
    """All that answers depend on, as 64 hex digits."""
    told = (
        *(source.digest, is_parquet(source.path), fingerprint.program(), pl.__version__, parts.PART_ROWS),
        *(type(question).__name__, repr(question.laws), fingerprint.prices(question.shelf), str(question.as_of)),
    )
    return sha256(repr(told).encode()).hexdigest()


@dataclass(frozen=True)
class Part:
    """The parts of one work, to each of which the question is put."""

    work: parts.Work
    source: Source
    question: Question

    def answer(self, part: int) -> parts.Counts:
        """Answer a part and keep it; one that is done is left as it is."""
        kept = self.work.kept(part)
        if kept is not None:
            return kept
        question, rows = self.question, self.work.rows_of(self.source, part)
        table, rejected = without_faults(rows)
        geography = Geography.shipped(question.laws[0].plan_year)
        reading = Reading(table, rejected, queries.rulebook(), geography, question.as_of)
        households, people = reading.households()
        answered = [question.answer(each, people[first:last]) for each, first, last in chunks(households)]
        counts = parts.Counts(len(rows), len(households), len(people), len(reading.rejected))
        self.work.keep(part, pl.concat(answered) if answered else question.empty(people), reading.rejected, counts)
        return counts


def chunks(households: Households) -> Iterator[tuple[Households, int, int]]:
    """Slices of at most CHUNK households, with the first and last row of their people."""
    rulebook = queries.rulebook()
    for start in range(0, len(households), CHUNK):
        end = min(start + CHUNK, len(households))
        first, last = (int(each) for each in np.searchsorted(households.household, [start, end]))
        returns = households.tax_household[first:last]
        rows = {
            HOUSEHOLD: slice(start, end),
            TAX_HOUSEHOLD: slice(int(returns[0]), int(returns[-1]) + 1),
            PERSON: slice(first, last),
        }
        facts = {}
        for name, column in households.facts.items():
            values, known = column if isinstance(column, Column) else (column, None)
            here = rows[rulebook.fact(name).entity]
            facts[name] = Column(values[here], None if known is None else known[here])
        part = Households(
            household=households.household[first:last] - start,
            tax_household=returns - returns[0],
            given_as=households.given_as[first:last],
            facts=facts,
        )
        yield part, first, last
