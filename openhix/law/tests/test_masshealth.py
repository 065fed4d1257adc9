"""MassHealth's limits by group and the ages that divide the groups."""

from datetime import date

import pytest

from openhix.law.tables import Law


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(
    ("group", "limit"),
    [
        ("infant", 200_00),
        ("child", 150_00),
        ("young_adult", 150_00),
        ("pregnant", 200_00),
        ("parent", 133_00),
        ("careplus_adult", 133_00),
        ("family_assistance_child", 300_00),
        ("disregard", 5_00),
    ],
)
def test_limits_in_hundredths_of_a_percent(year: int, group: str, limit: int) -> None:
    assert getattr(Law(date(year, 1, 1)).masshealth, group) == limit


def test_ages() -> None:
    limits = Law(date(2026, 1, 1)).masshealth
    assert (limits.infant_under, limits.child_under, limits.young_adult_under, limits.adult_under) == (1, 19, 21, 65)
