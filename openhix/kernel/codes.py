"""Enumerations that live in integer columns and carry the words that people read."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Self

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


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


def first_of(conditions: Sequence[Bools], codes: Sequence[int | Ints], default: int | Ints) -> Ints:
    """In each row the code of the first condition that holds, `default` where none does. Codes are below 2**31.

    What np.select does, in a tenth of its time: sums of masked codes keep the processor's pipeline full.
    """
    left = np.ones(len(conditions[0]), dtype=np.bool_)
    chosen = np.zeros(len(left), dtype=np.int32)
    for condition, code in zip(conditions, codes, strict=True):
        chosen += (condition & left) * np.asarray(code, dtype=np.int32)
        left &= ~condition
    chosen += left * np.asarray(default, dtype=np.int32)
    return chosen.astype(np.int64)
