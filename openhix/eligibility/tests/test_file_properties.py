"""A file of households of every kind, in any order, has the answers that its people have as columns of facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility import queries
from openhix.eligibility.files import batch
from openhix.eligibility.rules.people import HOUSEHOLD, NOBODY, OUTSIDE, PERSON, TaxRole
from openhix.eligibility.tests import household_files
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.homes import ONE_RETURN, PLACES, Home, any_home, determine

HOMES = st.one_of(ONE_RETURN, any_home())
Row = dict[str, str | None]


def rows_of(number: int, home: Home) -> Iterator[Row]:
    """The people of a household as a file has them: who is who by id, what is not told left blank."""
    place = PLACES[home.place]
    for at, person in enumerate(home.people):
        parents = [f"p{each}" for each in (person.first_parent, person.second_parent) if each != NOBODY]
        is_dependent = person.tax_role == TaxRole.DEPENDENT
        claimant = "outside" if person.claimed_by == OUTSIDE else f"p{person.claimed_by}"
        yield {
            "household_id": str(number),
            "person_id": f"p{at}",
            "birth_date": "1985-06-30",
            "age": str(person.age),
            "zip": place.zip,
            "county": place.county,
            "tax_role": person.tax_role.code,
            "annual_income": cell("annual_income", person.annual_income),
            "pregnant": str(person.expecting),
            "claimed_by": claimant if is_dependent else None,
            "spouse": None if person.spouse == NOBODY else f"p{person.spouse}",
            "parents": ";".join(parents) or None,
            "relationship": "other" if is_dependent and not parents else None,
            **{name: cell(name, value) for name, value in person.facts.items()},
        }


def cell(name: str, value: int) -> str:
    return words.written(value, queries.rulebook().fact(name).unit).replace(",", "")


def answers_of(homes: Sequence[Home]) -> pl.DataFrame:
    """Each person's answers as the file writes them, from the columns of facts."""
    facts = determine(homes, date(2026, 1, 1))
    household = facts.population.up(np.arange(len(homes)), PERSON, HOUSEHOLD)
    people = pl.DataFrame({"household": household, "position": facts["position"].values})
    answers = batch.answers(facts, people).sort("household", "position")
    return answers.select(pl.col(batch.ANSWERS).cast(pl.String).fill_null(""))


@given(st.lists(HOMES, min_size=1, max_size=6), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=60)
def test_a_file_in_any_order_has_the_answers_of_its_columns(homes: list[Home], chance: Random) -> None:
    rows = [row for number, home in enumerate(homes) for row in rows_of(number, home)]
    order = list(range(len(rows)))
    chance.shuffle(order)
    table = pl.DataFrame([rows[at] for at in order], infer_schema_length=None)
    with TemporaryDirectory() as folder:
        done = household_files.determine(Path(folder), table)
    assert done.errors == []
    assert [(row["household_id"], row["person_id"]) for row in done.answers] == [
        (rows[at]["household_id"], rows[at]["person_id"]) for at in order
    ]
    expected = answers_of(homes)[order]
    for name in batch.ANSWERS:
        assert done.column(name) == expected[name].to_list(), name
