"""Which year's poverty guideline counts, for whom and when."""

from datetime import date

import numpy as np
import pytest

from openhix.law.tables import Guideline, Law, MissingLaw


@pytest.mark.parametrize(
    ("month", "credit", "masshealth"),
    [
        (date(2025, 1, 1), 2024, 2024),
        (date(2025, 2, 1), 2024, 2024),
        (date(2025, 3, 1), 2024, 2025),
        (date(2025, 12, 1), 2024, 2025),
        (date(2026, 1, 1), 2025, 2025),
        (date(2026, 2, 1), 2025, 2025),
        (date(2026, 3, 1), 2025, 2026),
        (date(2026, 12, 1), 2025, 2026),
    ],
)
def test_masshealth_changes_on_1_march_and_the_credit_does_not(month: date, credit: int, masshealth: int) -> None:
    law = Law(month)
    assert law.poverty_guideline.year == credit
    assert law.masshealth_poverty_guideline.year == masshealth


def test_masshealth_changes_within_a_night() -> None:
    assert Guideline.for_masshealth(date(2026, 2, 28)).year == 2025
    assert Guideline.for_masshealth(date(2026, 3, 1)).year == 2026


@pytest.mark.parametrize(
    ("year", "one", "two", "four", "eight"),
    [
        (2024, 15_060, 20_440, 31_200, 52_720),
        (2025, 15_650, 21_150, 32_150, 54_150),
        (2026, 15_960, 21_640, 33_000, 55_720),
    ],
)
def test_dollars_by_household_size(year: int, one: int, two: int, four: int, eight: int) -> None:
    cents = Guideline.published_in(year).cents(np.array([1, 2, 4, 8]))
    assert cents.dtype == np.int64
    assert cents.tolist() == [one * 100, two * 100, four * 100, eight * 100]


def test_a_household_of_twenty() -> None:
    assert Law(date(2026, 1, 1)).poverty_guideline.cents(np.array([20])).tolist() == [12_015_000]


def test_a_guideline_that_was_not_entered_is_an_error() -> None:
    with pytest.raises(MissingLaw, match=r"law/federal/poverty_guidelines.yaml has no figures for guideline year 2023"):
        Guideline.published_in(2023)
