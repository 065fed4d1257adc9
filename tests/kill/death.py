"""Processes that are killed with SIGKILL while they write a certain row, and what they leave in the database.

The child does its work by itself; nothing in it knows of its death. A trigger on every table counts the rows that are
written, and lets the one that is asked for wait for a lock that we hold: there the process is killed.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from asgiref.sync import SyncToAsync
from django.apps import apps
from django.db import connection

LOCK = 4711
PATIENCE = 30.0  # seconds
QUEUE = "procrastinate_jobs"


def tables() -> list[str]:
    """Every table that an action can write to."""
    managed = [model._meta for model in apps.get_models() if model._meta.managed]
    return [*(each.db_table for each in managed if each.app_label != "plans"), QUEUE]


def arm() -> None:
    with connection.cursor() as cursor:
        cursor.execute("create sequence rows_written")
        cursor.execute("create function die() returns trigger language plpgsql as $$ begin return null; end $$")
        for table in tables():
            cursor.execute(f"create trigger die after insert or update or delete on {table} "
                           "for each row execute function die()")  # fmt: skip


def disarm() -> None:
    with connection.cursor() as cursor:
        cursor.execute("drop function die cascade")
        cursor.execute("drop sequence rows_written")


def killed_at(nth: int, act: Callable[[], object]) -> bool:
    """Let another process do `act`, and kill it while it writes its nth row. False: it wrote fewer, and has ended.

    Raises AssertionError when it fails of itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("alter sequence rows_written restart")
        cursor.execute(
            "create or replace function die() returns trigger language plpgsql as $$ begin "
            f"if nextval('rows_written') = {nth} then perform pg_advisory_xact_lock({LOCK}); end if; "
            "return null; end $$"
        )
    connection.close()  # a child must not share it
    with _holding_the_lock() as watch:
        child = os.fork()
        if child == 0:
            _be_the_child(act)
        backend = _wait(watch, child)
        if backend is None:
            return False
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        watch.execute("select pg_advisory_unlock_all()")
        _until_gone(watch, backend)
        return True


def _be_the_child(act: Callable[[], object]) -> None:
    SyncToAsync.single_thread_executor = ThreadPoolExecutor(max_workers=1)  # its thread has stayed with the parent
    failed = 1
    try:
        act()
        failed = 0
    finally:
        os._exit(failed)


@contextmanager
def _holding_the_lock() -> Iterator[psycopg.Connection]:
    settings = connection.get_connection_params()
    wanted = {name: settings[name] for name in ("dbname", "user", "password", "host", "port") if name in settings}
    with psycopg.connect(**wanted, autocommit=True) as watch:
        watch.execute("select pg_advisory_lock(%s)", [LOCK])
        yield watch


def _wait(watch: psycopg.Connection, child: int) -> int | None:
    """The database's process in which the child waits for our lock; None once the child has ended."""
    for _ in _tries():
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            assert status == 0, f"the child has failed: {status}"
            return None
        row = watch.execute(
            "select pid from pg_locks where locktype = 'advisory' and objid = %s and not granted", [LOCK]
        ).fetchone()
        if row:
            return int(row[0])
    raise AssertionError("the child neither wrote its row nor ended")


def _until_gone(watch: psycopg.Connection, backend: int) -> None:
    """The database notices that nobody listens any more, and takes back what was not committed."""
    for _ in _tries():
        if watch.execute("select 1 from pg_stat_activity where pid = %s", [backend]).fetchone() is None:
            return
    raise AssertionError("the database has not noticed")


def _tries() -> Iterator[None]:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        yield
        time.sleep(0.005)


def left_behind() -> dict[str, str | None]:
    """A fingerprint of every table: the same when not a single row is different."""
    found: dict[str, str | None] = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"select md5(string_agg(each::text, '|' order by each::text)) from {table} each")
            [(found[table],)] = cursor.fetchall()
    return found
