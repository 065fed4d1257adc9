"""Names are compared without case, marks and double blanks, and with the signs of a keyboard."""

from __future__ import annotations

import pytest

from openhix.kernel.names import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José  Núñez", "jose nunez"),
        ("María O’Brien", "MARIA O'BRIEN"),
        ("Ana O´Hara", "Ana O'Hara"),
        ("Lima‑Costa", "Lima-Costa"),
        ("Strauß", "STRAUSS"),
        ("Ａｎａ", "Ana"),
    ],
)
def test_the_same_name_written_otherwise(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("Ana Lima", "Ana Lina"), ("O'Brien", "OBrien"), ("李", "Нгуен")])
def test_another_name(one: str, other: str) -> None:
    assert folded(one) != folded(other)
