"""No row of a determination can be changed or taken away by the application's user."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.db.models import Model

from openhix.eligibility.models import Determination, Finding
from openhix.site import database
from openhix.site.database import rights


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", [Determination, Finding])
@pytest.mark.parametrize("change", ["update {table} set id = id", "delete from {table}", "truncate {table} cascade"])
def test_the_applications_user_can_change_no_row(table: type[Model], change: str) -> None:
    if not rights.grant():
        pytest.skip("DATABASE_URL names one user for both roles")
    address = {**database.conninfo(database.Role.APP), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**address, autocommit=True) as app_connection:
        assert app_connection.execute(f"select count(*) from {table._meta.db_table}").fetchone() is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(change.format(table=table._meta.db_table))
