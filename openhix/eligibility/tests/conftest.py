"""A shelf in the database, loaded once for the tests of a module and rolled back after; files of households."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from openhix.eligibility.tests import household_files
from openhix.plans import actions
from openhix.plans.shelf import DATA


@pytest.fixture(scope="module")
def shelf_2026(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shelf(folder=DATA / "shelf_2026", by="tests")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def ask(tmp_path: Path) -> household_files.Ask:
    """Determine a file of households in a folder of the test."""
    return partial(household_files.determine, tmp_path)
