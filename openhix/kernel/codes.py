"""Enumerations that live in integer columns and carry the words that people read."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class Code(IntEnum):
    """An integer with a label (a sentence marked for translation). `code` is what files and the API write."""

    label: str

    def __new__(cls, value: int, label: str = "") -> Self:
        member = int.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @property
    def code(self) -> str:
        return self.name.lower()
