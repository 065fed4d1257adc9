"""What the commands that need the database begin with."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from openhix.site import database


@contextmanager
def exchange(*, role: database.Role = database.Role.APP) -> Iterator[None]:
    """The database runs and Django is set up inside the block."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "openhix.site.settings"
    os.environ["OPENHIX_DATABASE_ROLE"] = role
    with database.running():
        import django

        django.setup()
        yield
