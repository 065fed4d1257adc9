"""Stories are told on tables that keep what is written, with the queue and its worker; after each they are emptied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from conftest import NOW
from openhix.kernel import clock
from openhix.plans import actions
from openhix.plans.files import SHIPPED
from tests.stories.town import Town

STAY = ("plans", "contenttypes", "sites")  # apps whose tables are left alone between stories


@pytest.fixture(scope="package")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The plans of 2026, loaded once for all stories."""
    with django_db_blocker.unblock():
        actions.load_shelf(folder=SHIPPED, by="tests")
        yield
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def transactional_db(shelf: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's, which would empty the shelf too."""
    with django_db_blocker.unblock():
        _empty()
        yield
        _empty()
        connection.close()


@pytest.fixture
def town(drain: Callable[[], None]) -> Iterator[Town]:
    yield Town(drain)
    clock.install(lambda: NOW)


def _empty() -> None:
    models = [model._meta for model in apps.get_models() if model._meta.managed]
    tables = [each.db_table for each in models if each.app_label not in STAY]
    with connection.cursor() as cursor:
        cursor.execute(f"truncate {', '.join(tables)} cascade")
