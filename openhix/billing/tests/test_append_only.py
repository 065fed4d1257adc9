"""No row of the ledger, no bill and no payment can be changed or taken away by the application's user."""

from __future__ import annotations

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model

from conftest import NOW
from openhix.billing.models import Bill, Payment, Transfer
from openhix.people.tests import cast
from openhix.site import database
from openhix.site.database import rights


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", [Transfer, Bill, Payment])
@pytest.mark.parametrize("change", ["update {table} set id = id", "delete from {table}", "truncate {table} cascade"])
def test_the_applications_user_can_change_no_row(table: type[Model], change: str) -> None:
    if not rights.grant():
        pytest.skip("DATABASE_URL names one user for both roles")
    address = {**database.conninfo(database.Role.APP), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**address, autocommit=True) as app_connection:
        assert app_connection.execute(f"select count(*) from {table._meta.db_table}").fetchone() is not None
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(change.format(table=table._meta.db_table))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"cents": 0}, {"cents": -1}, {"to_book": Transfer.Book.BANK}, {"key": "there"}],
    ids=["nothing", "less than nothing", "to itself", "the same event"],
)
def test_the_database_refuses_what_is_no_transfer(wrong: dict[str, object]) -> None:
    right = {
        "household": cast.household(),
        "kind": "health",
        "from_book": Transfer.Book.BANK,
        "to_book": Transfer.Book.HOUSEHOLD,
        "cents": 1,
        "why": Transfer.Why.PAYMENT,
        "posted_at": NOW,
        "counts_on": NOW.date(),
        "who": "system",
        "because": "a test",
    }
    Transfer.objects.create(**right, key="there")
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.create(**{**right, "key": "another", **wrong})
