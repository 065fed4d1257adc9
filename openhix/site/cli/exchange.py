"""What the commands that need the database begin with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from openhix.site import database
from openhix.site.home import Unusable

FIRST_STEPS = ("migrate", "prepare")


@contextmanager
def exchange(*, role: database.Role = database.Role.APP, set_up: bool = False) -> Iterator[None]:
    """The database runs and Django is set up inside the block; with `set_up` an empty one is first made ready."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "openhix.site.settings"
    os.environ["OPENHIX_DATABASE_ROLE"] = role
    with database.running():
        import django

        django.setup()
        if set_up:
            _set_up_if_empty()
        yield


def _set_up_if_empty() -> None:
    """A database without our tables gets them, the shipped shelf and the clock, as `openhix run` would do it."""
    from django.db import connection

    if "history_event" in connection.introspection.table_names():
        return
    for step in FIRST_STEPS:
        if subprocess.run([sys.executable, "-m", "openhix.site.cli", step], stdout=sys.stderr).returncode:
            raise Unusable(f"`openhix {step}` failed: see above.")
