"""New keys for old: everything that is sealed is written again under the newest key, and every blind index anew.

It runs as the owner of the tables, since some of them only grow. A batch is one transaction, so that it may be stopped
and run again at any moment.
"""

from __future__ import annotations

from collections.abc import Generator

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from openhix.people import actions, sealed
from openhix.people.models import Person

BATCH = 500
SECRETS = ("secret", "seed")  # of an authenticator: sealed by second_factor.SealedSecrets


def sealed_fields() -> list[tuple[type[models.Model], sealed.SealedText]]:
    """Every sealed field of the exchange."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, sealed.SealedText)
    ]


def reseal() -> Generator[tuple[str, int], None, None]:
    """Carry it out; yields the name of each field and how many values were written. Raises sealed.Unreadable."""
    for model, field in sealed_fields():
        yield f"{model._meta.label}.{field.name}", _reseal_column(model, field)
    yield "second factors", _reseal_second_factors()
    yield "blind indexes", _index_again()


def _reseal_column(model: type[models.Model], field: sealed.SealedText) -> int:
    quoted = connection.ops.quote_name
    assert model._meta.pk is not None and model._meta.pk.column is not None and field.column is not None
    table, pk, value = quoted(model._meta.db_table), quoted(model._meta.pk.column), quoted(field.column)
    after, written = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {pk}, {value} FROM {table} WHERE {pk} > %s AND {value} IS NOT NULL"
                f" ORDER BY {pk} LIMIT %s FOR UPDATE",
                [after, field.resealed_at_once],
            )
            rows = cursor.fetchall()
            if not rows:
                return written
            cursor.executemany(
                f"UPDATE {table} SET {value} = %s WHERE {pk} = %s", [(sealed.resealed(text), key) for key, text in rows]
            )
        after, written = rows[-1][0], written + len(rows)


@transaction.atomic
def _reseal_second_factors() -> int:
    found = list(Authenticator.objects.select_for_update())
    for each in found:
        for name in SECRETS:
            if name in each.data:
                each.data[name] = sealed.resealed(each.data[name].encode()).decode()
        each.save(update_fields=["data"])
    return len(found)


def _index_again() -> int:
    after, written = 0, 0
    while True:
        with transaction.atomic():
            people = list(Person.objects.select_for_update().filter(pk__gt=after).order_by("pk")[:BATCH])
            if not people:
                return written
            for person in people:
                actions.index(person)
            Person.objects.bulk_update(people, ["folded_name", "ssn_index", "last_four_index"])
        after, written = people[-1].pk, written + len(people)
