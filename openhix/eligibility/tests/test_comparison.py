"""Two laws over the same households: everybody is counted once, and gains, losses and the rest are all of them."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility.comparison import shown
from openhix.eligibility.comparison.of_a_file import compare_file
from openhix.eligibility.comparison.sums import GAINS, LOSES, SAME, SUMS, Comparison, compare
from openhix.eligibility.files import parts
from openhix.eligibility.households import Households
from openhix.eligibility.tests import people_in_words
from openhix.eligibility.tests.household_files import lines
from openhix.law.tables import Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf, published_benchmark

JANUARY = date(2026, 1, 1)


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return published_benchmark(Law(JANUARY))


def one(people: str, zip_code: str = "02118") -> Households:
    place = Geography.shipped(2026).find(zip_code, None)
    told = people_in_words.columns(people)
    where = {"place": np.array([place.index]), "rating_area": np.array([place.rating_area])}
    return Households.arranged(np.zeros(len(told["tax_role"]), dtype=np.int64), told, where)


def compared_laws(*households: Households, shelf: Shelf, before: str = "current-law", after: str) -> Comparison:
    return compare(households, before=Law(JANUARY, before), after=Law(JANUARY, after), shelf=shelf)


def changes(found: Comparison) -> tuple[int, int, int]:
    return found.people(GAINS), found.people(SAME), found.people(LOSES)


@pytest.mark.parametrize(
    ("people", "after", "expected"),
    [
        ("filer 40 $62,600", "enhanced-500", (0, 1, 0)),  # 3C with the same contribution, whatever the credit
        ("filer 40 $62,600.01", "enhanced-500", (1, 0, 0)),  # full price to 3D
        ("filer 40 $78,250.01", "enhanced-500", (0, 1, 0)),
        ("filer 40 $62,600.01", "federal-2027", (1, 0, 0)),  # 400% of the newer guideline is higher
        ("filer 40 $15,650 barred", "federal-2027", (0, 0, 1)),  # and so is 100%
        ("filer 40 $60,000 lawful", "federal-2027", (0, 0, 1)),
        ("filer 40 $31,300.01", "federal-2027", (1, 0, 0)),  # 3A to 2B
        ("filer 40 $60,000 offer $511", "federal-2027", (0, 0, 1)),  # affordable from then on
        ("filer 40 $20,000", "federal-2027", (0, 1, 0)),  # MassHealth stays
        ("filer 40 $84,600.01 not applying; spouse 38", "enhanced-500", (1, 0, 0)),  # who does not apply is not counted
    ],
)
def test_who_gains_and_who_loses(people: str, after: str, expected: tuple[int, int, int], shelf: Shelf) -> None:
    assert changes(compared_laws(one(people), after=after, shelf=shelf)) == expected


def test_the_other_way_round_gains_are_losses(shelf: Shelf) -> None:
    households = [one("filer 40 $62,600.01"), one("filer 60 $90,000"), one("filer 40 $30,000; child 6")]
    there = compared_laws(*households, after="enhanced-500", shelf=shelf)
    back = compared_laws(*households, before="enhanced-500", after="current-law", shelf=shelf)
    assert changes(there) == (1, 3, 0)
    assert changes(back) == (0, 3, 1)
    assert there.total("credit_before") == back.total("credit_after")


def test_a_credit_is_counted_once_a_return_and_a_contribution_once_a_person(shelf: Shelf) -> None:
    found = compared_laws(one("filer 40 $60,000; spouse 38; child 6"), after="current-law", shelf=shelf)
    alone = compared_laws(one("filer 40 $60,000; spouse 38"), after="current-law", shelf=shelf)
    assert (found.total("credit_before"), found.total("contribution_before")) == (601_78, 206_00)
    assert found.total("credit_after") == found.total("credit_before")
    assert (alone.people(), found.people()) == (2, 3)


@settings(deadline=None, max_examples=25)
@given(
    incomes=st.lists(st.integers(0, 200_000_00), min_size=1, max_size=8),
    after=st.sampled_from(["current-law", "enhanced-500", "federal-2027"]),
)
def test_every_table_sums_to_the_same(incomes: list[int], after: str) -> None:
    shelf = published_benchmark(Law(JANUARY))
    zips = ("02118", "01201", "02601")
    households = [
        one(f"filer 40 ${income / 100:.2f}; spouse 63; child 9", zips[at % 3]) for at, income in enumerate(incomes)
    ]
    found = compared_laws(*households, after=after, shelf=shelf)
    assert found.people() == sum(changes(found)) == 3 * len(incomes) == 3 * found.households
    for key in shown.TABLES:
        table = found.by(key)
        assert table["people_before"].sum() == table["people_after"].sum() == found.people()
        assert tuple(int(table[name].sum()) for name in ("gain", "same", "lose")) == changes(found)
        for name in shown.MONEY:
            assert int(table[name].sum()) == found.total(name)
    assert int(found.moves()["people"].sum()) == found.people()
    if after == "current-law":
        assert changes(found) == (0, found.people(), 0)


def test_in_parts_or_together_it_is_the_same_and_it_can_be_kept(shelf: Shelf) -> None:
    households = [one("filer 40 $62,600.01"), one("filer 60 $90,000", "01201"), one("filer 40 $62,600.01")]
    laws = {"before": Law(JANUARY), "after": Law(JANUARY, "enhanced-500")}
    found = compare(households, **laws, shelf=shelf)
    assert found.cells["people"].to_list() == [1, 2]
    again = Comparison.from_data(json.loads(json.dumps(found.as_data())))
    assert again.cells.equals(found.cells) and changes(again) == changes(found)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_file_in_parts_has_the_sums_of_all_its_households(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Shelf, processes: int
) -> None:
    incomes, source = range(10_000, 100_000, 400), tmp_path / "households.csv"
    rows = [f"{income},a,1985-06-15,02118,filer,{income}" for income in incomes]
    source.write_text(lines(*rows[:100], "x,a,1985-06-15,02118,king,1", "y,a,,02118,filer,1", *rows[100:]))
    told: Any = {"before": Law(JANUARY), "after": Law(JANUARY, "enhanced-500"), "shelf": shelf}
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(parts, "PART_ROWS", 30)
    heard: list[int] = []
    done = compare_file(
        **told,
        source=source,
        as_of=date(2025, 12, 1),
        processes=processes,
        progress=lambda done, rows: heard.append(done.rows),
    )
    whole = compare([one(f"filer 40 ${income}") for income in incomes], **told)
    assert done.found.households == len(incomes) and done.found.cells.equals(whole.cells)
    assert (done.rejected, [(each.row, each.column) for each in done.first]) == (
        2,
        [(102, "tax_role"), (103, "birth_date")],
    )
    assert len(heard) == 8 and heard[-1] == len(incomes) + 2
    assert list(tmp_path.iterdir()) == [source]


def test_nobody_at_all_is_a_comparison_too(shelf: Shelf) -> None:
    found = compared_laws(after="enhanced-500", shelf=shelf)
    assert (found.people(), found.households, found.by("program").height) == (0, 0, 0)
    assert "0 people of 0 households" in shown.text(found)
    ElementTree.fromstring(shown.picture(found))


def test_the_files_say_what_the_tables_say_and_the_picture_says_it_in_words(tmp_path: Path, shelf: Shelf) -> None:
    found = compared_laws(one("filer 40 $62,600.01"), one("filer 40 $60,000"), after="enhanced-500", shelf=shelf)
    names = [path.name for path in shown.write(found, tmp_path / "new")]
    assert names == ["cells.csv", "programs.csv", "types.csv", "areas.csv", "moves.csv", "picture.svg"]
    areas = pl.read_csv(tmp_path / "new" / "areas.csv", schema_overrides={"contribution_after": pl.String})
    assert areas.select("area", "people_before", "gain", "contribution_after").rows() == [(5, 2, 1, "510.00")]
    picture = ElementTree.fromstring((tmp_path / "new" / "picture.svg").read_text())
    said = picture.find("{http://www.w3.org/2000/svg}desc")
    assert said is not None and said.text is not None
    assert "gain: 1 people" in said.text and "ConnectorCare: 1 before, 2 after" in said.text
    assert "Health Connector plan at full price  ConnectorCare" in shown.text(found)
    assert set(SUMS) <= set(pl.read_csv(tmp_path / "new" / "cells.csv").columns)


def test_nothing_of_a_person_is_in_it(shelf: Shelf) -> None:
    found = compared_laws(one("filer 40 $62,613.17"), after="enhanced-500", shelf=shelf)
    assert "62613" not in json.dumps(found.as_data())
