"""A shelf in the database for the tests of a module, loaded once and rolled back after the last of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from openhix.plans import actions
from openhix.plans.files import SHIPPED


@pytest.fixture(scope="module")
def shelf_2026(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_shelf(folder=SHIPPED, by="tests")
        yield
        transaction.set_rollback(True)
