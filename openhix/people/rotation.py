"""New keys for old: everything that is sealed is written again under the newest key, and every blind index anew.

It runs as the owner of the tables, since some of them only grow. A batch is one transaction, so that it may be stopped
and run again at any moment.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from functools import partial
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection, models, transaction

from openhix.people import sealed

F = TypeVar("F", sealed.SealedText, sealed.BlindIndex)

SECRETS = ("secret", "seed")  # of an authenticator: sealed by second_factor.SealedSecrets


def sealed_fields() -> list[tuple[type[models.Model], sealed.SealedText]]:
    """Every sealed field of the exchange."""
    return _fields(sealed.SealedText)


def indexes() -> list[tuple[type[models.Model], sealed.BlindIndex]]:
    """Every blind index of the exchange."""
    return _fields(sealed.BlindIndex)


def _fields(kind: type[F]) -> list[tuple[type[models.Model], F]]:
    found = ((model, field) for model in apps.get_models() for field in model._meta.local_concrete_fields)
    return [(model, field) for model, field in found if isinstance(field, kind)]


def reseal() -> Generator[tuple[str, int], None, None]:
    """Carry it out; yields the name of each field and how many values were written. Raises sealed.Unreadable."""
    for model, field in sealed_fields():
        yield f"{model._meta.label}.{field.name}", _rewrite(model, field, field.column, sealed.resealed)
    yield "second factors", _reseal_second_factors()
    for model, index in indexes():
        of = model._meta.get_field(index.of)
        assert isinstance(of, sealed.SealedText)
        yield f"{model._meta.label}.{index.name}", _rewrite(model, of, index.column, partial(_indexed, index, of))


def _indexed(index: sealed.BlindIndex, of: sealed.SealedText, value: bytes) -> str:
    return index.index(of.opened(value))


def _rewrite(
    model: type[models.Model],
    field: sealed.SealedText,
    target: str | None,
    written_anew: Callable[[bytes], bytes | str],
) -> int:
    """Write one column anew from a sealed field, where that holds something."""
    quoted = connection.ops.quote_name
    assert model._meta.pk is not None and model._meta.pk.column is not None and field.column and target
    table, pk = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    source, target = quoted(field.column), quoted(target)
    after, written = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {pk}, {source} FROM {table} WHERE {pk} > %s AND {source} IS NOT NULL"
                f" ORDER BY {pk} LIMIT %s FOR UPDATE",
                [after, field.resealed_at_once],
            )
            rows = cursor.fetchall()
            if not rows:
                return written
            cursor.executemany(
                f"UPDATE {table} SET {target} = %s WHERE {pk} = %s", [(written_anew(text), key) for key, text in rows]
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
