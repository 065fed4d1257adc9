"""What the commands that need the database begin with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from openhix.site import database
from openhix.site.home import Unusable


@contextmanager
def exchange(*, role: database.Role = database.Role.APP, set_up: bool = False) -> Iterator[None]:
    """The database runs and Django is set up inside the block; with `set_up` it is made ready first."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "openhix.site.settings"
    os.environ["OPENHIX_DATABASE_ROLE"] = role
    with database.running():
        import django

        django.setup()
        if set_up:
            _set_up()
        yield


def _set_up() -> None:
    """The tables; in the demonstration its clock and shelf too. Whatever is there already is left as it is."""
    from django.conf import settings
    from django.db import connection

    from openhix.history import clock
    from openhix.plans import queries as plans

    if "history_event" not in connection.introspection.table_names():
        _do("migrate")
    if settings.DEMONSTRATION and not (clock.is_set() and plans.loaded_years()):
        _do("prepare")


def _do(step: str) -> None:
    """As `openhix run` does it."""
    if subprocess.run([sys.executable, "-m", "openhix.site.cli", step], stdout=sys.stderr).returncode:
        raise Unusable(f"`openhix {step}` failed: see above.")
