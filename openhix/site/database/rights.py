"""What the application's user may do: read and write everywhere, but change or delete nothing that is append-only.

A model says so of itself: `append_only = True`. A row that may gain a mark names the columns of it, the only ones that
ever change: `changes = ("superseded_at",)`.
"""

from __future__ import annotations

import psycopg
from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from openhix.site import database


def append_only() -> list[str]:
    """The tables of the models that only grow."""
    return [model._meta.db_table for model in apps.get_models() if getattr(model, "append_only", False)]


def changing() -> list[tuple[str, str]]:
    """The columns of append-only tables that may change: (table, column)."""
    return [
        (model._meta.db_table, str(model._meta.get_field(name).column))  # type: ignore[union-attr]
        for model in apps.get_models()
        if getattr(model, "append_only", False)
        for name in getattr(model, "changes", ())
    ]


def grant() -> bool:
    """As the owner, after migrations. False when one user is both: then nothing keeps the application from deleting."""
    with psycopg.connect(**database.conninfo(database.Role.APP)) as app:
        user = app.info.user
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_user")
        if cursor.fetchone() == (user,):
            return False
        to = sql.Identifier(user)
        for right in (
            "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public",
            "USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public",
        ):
            cursor.execute(sql.SQL("GRANT {} TO {}").format(sql.SQL(right), to))
        for table in append_only():
            cursor.execute(sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(sql.Identifier(table), to))
        for table, column in changing():
            names = sql.Identifier(column), sql.Identifier(table)
            cursor.execute(sql.SQL("GRANT UPDATE ({}) ON {} TO {}").format(*names, to))
    return True
