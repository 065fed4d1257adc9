"""Where the database is and how to reach it: the one that `DATABASE_URL` names, or our own embedded one.

Two users: the owner migrates; the application's user serves, and has no right to change or delete what is
append-only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from openhix.site import home
from openhix.site.database.cluster import Cluster

OLDEST = 15  # PostgreSQL's major version


class Role(StrEnum):
    OWNER = "owner"
    APP = "app"


def embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def conninfo(role: Role) -> dict[str, Any]:
    """libpq's parameters for this role; an outside database may use one user for both."""
    if embedded():
        return Cluster.of(home.home()).conninfo(user=f"openhix_{role}")
    url = os.environ["DATABASE_URL"]
    if role is Role.OWNER:
        url = os.environ.get("DATABASE_OWNER_URL") or url
    try:
        return conninfo_to_dict(url)
    except psycopg.ProgrammingError as error:
        raise home.Unusable(
            f"DATABASE_URL is not a PostgreSQL address ({str(error).strip()}): "
            "write it as postgresql://user:password@host:5432/name"
        ) from error


def django(*, role: Role) -> dict[str, Any]:
    """One entry of Django's DATABASES."""
    rest = conninfo(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": rest.pop("dbname", ""),
        "USER": rest.pop("user", ""),
        "PASSWORD": rest.pop("password", ""),
        "HOST": rest.pop("host", ""),
        "PORT": rest.pop("port", ""),
        "OPTIONS": rest,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


@contextmanager
def running(**settings: str) -> Iterator[None]:
    """The database is there inside the block: ours is started, and stopped by the last process that needs it.

    `settings` are PostgreSQL's, for ours if it is started here. Raises home.Unusable, saying what to do, when it
    cannot be had.
    """
    if embedded():
        with Cluster.of(home.home()).running(**settings):
            yield
        return
    for role in Role:
        _check(conninfo(role))
    yield


def is_running() -> bool:
    """Whether our own database still runs; of an outside one we do not judge."""
    return not embedded() or Cluster.of(home.home()).pid() is not None


def _check(address: dict[str, Any]) -> None:
    try:
        with psycopg.connect(**{"connect_timeout": 10, **address}) as connection:
            version = connection.info.server_version
    except psycopg.OperationalError as error:
        raise home.Unusable(f"The database of DATABASE_URL does not answer: {str(error).strip()}") from error
    if version < OLDEST * 10_000:
        raise home.Unusable(
            f"The database of DATABASE_URL is PostgreSQL {version // 10_000}: OpenHIX needs {OLDEST} or newer."
        )
