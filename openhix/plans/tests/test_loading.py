"""A shelf in the database: loaded whole or not at all, the same as in the files, one a year."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from openhix.history.models import Event
from openhix.kernel import clock
from openhix.plans import actions, queries, review, shelf
from openhix.plans.files import SHIPPED
from openhix.plans.models import Benefit, Carrier, Plan, Rate, ServiceArea, ShelfFinding, ShelfLoad
from openhix.plans.shelf import NoShelf, Shelf, ShelfRefused
from openhix.plans.tests import small

TABLES = (ShelfLoad, Carrier, Plan, Benefit, ServiceArea, Rate, ShelfFinding)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "shelf")


def same(one: Shelf, other: Shelf) -> bool:
    arrays = ("premiums", "open_at", "silver", "silver_premiums", "silver_open")
    return (one.year, one.plans) == (other.year, other.plans) and all(
        np.array_equal(getattr(one, array), getattr(other, array)) for array in arrays
    )


def work() -> None:
    """What a worker does until the queue is empty."""
    assert isinstance(app.connector, DjangoConnector)
    with app.replace_connector(app.connector.get_worker_connector()) as running:
        running.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.django_db
def test_the_shelf_in_the_database_is_the_shelf_in_the_files() -> None:
    actions.load_shelf(folder=SHIPPED, by="plan management")
    assert queries.loaded_years() == (2026,)
    assert same(queries.shelf(year=2026), shelf.shipped(2026))
    assert Rate.objects.count() == len(small.rows_of(SHIPPED / "MARates20260101.csv")) - 1


@pytest.mark.django_db
def test_real_files_and_parts_of_counties_come_back_the_same_too(folder: Path) -> None:
    (folder / "openhix.csv").unlink()
    areas = "MAServiceAreas20260101.csv"
    row = next(at for at, cells in enumerate(small.rows_of(folder / areas), 1) if cells[3] == "25001")
    small.set_cell(folder, areas, row, "PARTIAL COUNTY", "Yes")
    small.set_cell(folder, areas, row, "ZIP CODE", "02601,02632")
    small.set_cell(folder, "MAPlans20260101.csv", 2, "TEHB INN TIER 1 INDIVIDUAL MOOP", "Not Applicable")
    actions.load_shelf(folder=folder, by="plan management")
    assert same(queries.shelf(year=2026), shelf.read(folder))


@pytest.mark.django_db
def test_a_load_is_written_into_history_in_ids_and_counts(folder: Path) -> None:
    load = actions.load_shelf(folder=folder, by="plan management")
    event = Event.objects.get()
    assert (event.kind, event.who, event.subject_kind) == ("plans.shelf_loaded", "plan management", "plans.ShelfLoad")
    assert event.subject_id == load.pk
    rates = len(small.rows_of(folder / "MARates20260101.csv")) - 1
    assert event.payload == {"year": 2026, "plans": 8, "rates": rates}
    assert load.at == clock.now()


@pytest.mark.django_db
def test_a_refused_shelf_leaves_nothing_and_the_one_before_stands(folder: Path) -> None:
    with pytest.raises(NoShelf, match="no plans of 2026 have been loaded"):
        queries.shelf(year=2026)
    small.set_cell(folder, "MARates20260101.csv", 9, "INDIVIDUAL RATE", "")
    with pytest.raises(ShelfRefused, match=r"MARates20260101\.csv, row 9, INDIVIDUAL RATE"):
        actions.load_shelf(folder=folder, by="plan management")
    assert not any(table._default_manager.exists() for table in (*TABLES, Event))

    small.write(folder)
    first = actions.load_shelf(folder=folder, by="plan management")
    small.set_cell(folder, "MARates20260101.csv", 9, "INDIVIDUAL RATE", "")
    with pytest.raises(ShelfRefused):
        actions.load_shelf(folder=folder, by="plan management")
    assert ShelfLoad.objects.get(superseded_at=None) == first


@pytest.mark.django_db
def test_a_load_that_fails_in_the_database_leaves_the_one_before(folder: Path) -> None:
    first = actions.load_shelf(folder=folder, by="plan management")
    with pytest.raises(DatabaseError), transaction.atomic():
        actions.load_shelf(folder=folder, by="x" * 81)  # more than the column takes, found after the mark was set
    assert ShelfLoad.objects.get() == first
    assert ShelfLoad.objects.get().superseded_at is None


@pytest.mark.django_db
def test_a_newer_load_takes_the_place_of_the_older_which_is_kept(folder: Path) -> None:
    older = actions.load_shelf(folder=folder, by="plan management")
    before = queries.shelf(year=2026)
    small.set_cell(folder, "MARates20260101.csv", 2, "INDIVIDUAL RATE", "$77.77")
    newer = actions.load_shelf(folder=folder, by="plan management")
    assert queries.shelf(year=2026).premiums[0, 0, 0] == 77_77 != before.premiums[0, 0, 0]
    older.refresh_from_db()
    assert older.superseded_at == newer.at
    assert same(queries.shelf_of(load=older.pk), before)
    assert queries.loaded_years() == (2026,)


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_the_same_time_take_turns(folder: Path) -> None:
    def load(by: str) -> int:
        try:
            return actions.load_shelf(folder=folder, by=by).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        loads = set(both.map(load, ["one", "the other"]))
    assert len(loads) == 2
    assert ShelfLoad.objects.get(superseded_at=None).pk == max(loads)
    assert queries.shelf(year=2026).plans == shelf.read(folder).plans


@pytest.mark.django_db
def test_a_year_has_one_shelf() -> None:
    ShelfLoad.objects.create(year=2026, by="a", at=clock.now(), superseded_at=clock.now() + timedelta(days=1))
    ShelfLoad.objects.create(year=2026, by="a", at=clock.now())
    ShelfLoad.objects.create(year=2027, by="a", at=clock.now())
    with pytest.raises(IntegrityError, match="one_shelf_a_year"), transaction.atomic():
        ShelfLoad.objects.create(year=2026, by="b", at=clock.now())


@pytest.mark.django_db
@pytest.mark.parametrize(("area", "age", "cents"), [(1, 40, 0), (1, 40, -1), (1, 65, 100), (1, 0, 100)])
def test_the_database_takes_no_absurd_price(folder: Path, area: int, age: int, cents: int) -> None:
    actions.load_shelf(folder=folder, by="plan management")
    plan = Plan.objects.get(component="31779MA9010001")
    with pytest.raises(IntegrityError), transaction.atomic():  # the last is a second price for an age
        Rate.objects.create(plan=plan, rating_area=area, age=age, cents=cents)


@pytest.mark.django_db
def test_the_shelf_is_asked_for_with_one_query_while_nothing_new_is_loaded(folder: Path) -> None:
    actions.load_shelf(folder=folder, by="plan management")
    first = queries.shelf(year=2026)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert queries.shelf(year=2026) is first
    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_a_loaded_shelf_is_reviewed_by_the_worker_once(folder: Path) -> None:
    load = actions.load_shelf(folder=folder, by="plan management")
    assert not ShelfFinding.objects.exists()
    work()
    expected = [finding.text for finding in review.findings(shelf.read(folder))]
    assert expected
    assert list(queries.findings(year=2026)) == expected
    event = Event.objects.get(subject_id=load.pk)
    app.tasks["openhix.plans.jobs.review"].defer(event=event.pk)
    work()
    assert ShelfFinding.objects.count() == len(expected)
