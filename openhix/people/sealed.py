"""Fields that nobody reads in the database: sealed with keys of our own, found again by a blind index.

`OPENHIX_FIELD_KEYS` holds the keys, newest first, separated by commas; the first seals, all open. Rotation is in
rotation.py. An index is an HMAC under a key that is not among them (`OPENHIX_INDEX_KEY`), so that it outlives rotation.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models


class Unreadable(ValueError):
    """A sealed value that none of our keys opens."""

    def __init__(self) -> None:
        super().__init__("None of the field keys opens this value. Is a key missing from OPENHIX_FIELD_KEYS?")


@cache
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> bytes:
    return seal_bytes(text.encode())


def unseal(sealed: bytes) -> str:
    """Raises Unreadable."""
    return unseal_bytes(sealed).decode()


def seal_bytes(content: bytes) -> bytes:
    return _keys(tuple(settings.FIELD_KEYS)).encrypt(content)


def unseal_bytes(sealed: bytes) -> bytes:
    """Raises Unreadable."""
    try:
        return _keys(tuple(settings.FIELD_KEYS)).decrypt(bytes(sealed))
    except InvalidToken as error:
        raise Unreadable from error


def resealed(sealed: bytes) -> bytes:
    """The same text under the newest key. Raises Unreadable."""
    try:
        return _keys(tuple(settings.FIELD_KEYS)).rotate(bytes(sealed))
    except InvalidToken as error:
        raise Unreadable from error


def blind_index(purpose: str, value: str | bytes) -> str:
    """The same for the same value and purpose, telling nothing about it without our key. 64 hex digits."""
    content = value.encode() if isinstance(value, str) else value
    return hmac.new(settings.INDEX_KEY.encode(), f"{purpose}\0".encode() + content, hashlib.sha256).hexdigest()


class BlindIndex(models.CharField):  # type: ignore[type-arg]
    """What the sealed value `of` is found by, or its `last` letters; empty where there is none. Written with the row.

    Person.objects.filter(ssn_index__of="219099901")
    """

    def __init__(self, *, of: str, purpose: str, last: int | None = None, **options: Any) -> None:
        self.of, self.purpose, self.last = of, purpose, last
        super().__init__(**{**options, "max_length": 64})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "of": self.of, "purpose": self.purpose, "last": self.last}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = getattr(model_instance, self.of)
        index = self.index(value) if value else ""
        setattr(model_instance, self.attname, index)
        return index

    def index(self, value: str | bytes) -> str:
        return blind_index(self.purpose, value[-self.last :] if self.last else value)


@BlindIndex.register_lookup
class Of(models.lookups.Exact):
    """The rows with this value in the sealed field."""

    lookup_name = "of"

    def get_prep_lookup(self) -> str:
        return str(self.lhs.output_field.index(self.rhs))

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"= {rhs}"


class SealedText(models.BinaryField):  # type: ignore[type-arg]
    """Text that is sealed in the database. None stays NULL; an empty text is sealed like any other."""

    empty_strings_allowed = False  # a value that was not given is missing, not empty
    resealed_at_once = 500  # values that are held in memory together when keys are rotated

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{**options, "editable": True})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, path, args, options = super().deconstruct()
        options.pop("editable", None)
        return name, path, args, options

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(None if value is None else self.sealed(value), connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self.opened(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_lookup(self, lookup_name: str) -> Any:
        """Sealed values cannot be compared: look up by a blind index."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def sealed(self, value: Any) -> bytes:
        return seal(self.write(value))

    def opened(self, sealed: bytes) -> Any:
        return self.read(unseal(sealed))

    def write(self, value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{self.name} holds text, not {type(value).__name__}")
        return value

    def read(self, text: str) -> Any:
        return text


class SealedJSON(SealedText):
    """Plain JSON values, sealed."""

    def write(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def read(self, text: str) -> Any:
        return json.loads(text)


class SealedBytes(SealedText):
    """A file, sealed as it is."""

    resealed_at_once = 4

    def sealed(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError(f"{self.name} holds bytes, not {type(value).__name__}")
        return seal_bytes(value)

    def opened(self, sealed: bytes) -> bytes:
        return unseal_bytes(sealed)
