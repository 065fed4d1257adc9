"""The applicable percentage on both sides of every edge, against exact fractions; window, employers, who must file."""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.law.tables import Law

LAW_2025 = Law(date(2025, 1, 1))
LAW_2026 = Law(date(2026, 1, 1))
LAWS = {2025: LAW_2025, 2026: LAW_2026}
FOR_FOUR = 3_215_000  # cents, the guideline of 2025


def at(law: Law, income: int, of: int) -> int:
    return int(law.applicable_percentage.at(np.array([income]), of=np.array([of]))[0])


def covers(law: Law, income: int, of: int) -> bool:
    return bool(law.applicable_percentage.covers(np.array([income]), of=np.array([of]))[0])


# Income in percent of the guideline to six decimals; the guideline is a million, so every row is exact.
@pytest.mark.parametrize(
    ("year", "percent_of_guideline", "expected"),
    [
        (2026, "0", "2.10"),
        (2026, "100", "2.10"),
        (2026, "132.9999", "2.10"),
        (2026, "133", "3.14"),
        (2026, "133.0001", "3.14"),
        (2026, "141.5", "3.67"),  # 3.14 + 1.05 * 8.5 / 17 = 3.665: half goes up
        (2026, "149.9999", "4.19"),
        (2026, "150", "4.19"),
        (2026, "150.1037", "4.19"),  # 4.194998...
        (2026, "150.1038", "4.20"),  # 4.195003...
        (2026, "175", "5.40"),  # 5.395
        (2026, "199.9999", "6.60"),
        (2026, "200", "6.60"),
        (2026, "225.4", "7.53"),
        (2026, "249.9999", "8.44"),
        (2026, "250", "8.44"),
        (2026, "275", "9.20"),
        (2026, "299.9999", "9.96"),
        (2026, "300", "9.96"),
        (2026, "350", "9.96"),
        (2026, "400", "9.96"),
        (2025, "0", "0.00"),
        (2025, "149.9999", "0.00"),
        (2025, "150", "0.00"),
        (2025, "150.1249", "0.00"),  # 0.004996
        (2025, "150.125", "0.01"),  # 0.005
        (2025, "199.9999", "2.00"),
        (2025, "200", "2.00"),
        (2025, "249.9999", "4.00"),
        (2025, "250", "4.00"),
        (2025, "299.9999", "6.00"),
        (2025, "300", "6.00"),
        (2025, "350", "7.25"),
        (2025, "399.9999", "8.50"),
        (2025, "400", "8.50"),
        (2025, "400.0001", "8.50"),
        (2025, "2000", "8.50"),
    ],
)
def test_case_table(year: int, percent_of_guideline: str, expected: str) -> None:
    income = Fraction(percent_of_guideline) * 10_000
    assert income.denominator == 1
    assert at(LAWS[year], int(income), 1_000_000) == Fraction(expected) * 100


def test_a_family_of_four_loses_the_percentage_with_one_dollar_more() -> None:
    assert covers(LAW_2026, 12_860_000, FOR_FOUR)
    assert at(LAW_2026, 12_860_000, FOR_FOUR) == 996
    assert not covers(LAW_2026, 12_860_001, FOR_FOUR)
    assert not covers(LAW_2026, 12_860_100, FOR_FOUR)


def test_in_2025_there_is_a_percentage_at_any_income() -> None:
    assert covers(LAW_2025, 12_860_100, FOR_FOUR)
    assert covers(LAW_2025, 10**12, FOR_FOUR)


def by_fractions(law: Law, income: int, of: int) -> int:
    """The same from the definition: exact fractions, one band at a time, halves up."""
    level = Fraction(income * 100, of)
    for band in law.applicable_percentage.bands:
        start, end = Fraction(band.start, 100), None if band.end is None else Fraction(band.end, 100)
        if end is None or level < end or (level == end and band is law.applicable_percentage.bands[-1]):
            share = Fraction(0) if end is None else (level - start) / (end - start)
            return floor(band.initial + (band.final - band.initial) * share + Fraction(1, 2))
    raise AssertionError("above the last band")


guidelines = st.sampled_from([LAW_2026.poverty_guideline.first + 550_000 * n for n in range(20)])


@given(year=st.sampled_from([2025, 2026]), of=guidelines, level=st.fractions(0, 4, max_denominator=10**7))
def test_agrees_with_exact_fractions(year: int, of: int, level: Fraction) -> None:
    income = floor(of * level)
    assert at(LAWS[year], income, of) == by_fractions(LAWS[year], income, of)


@given(year=st.sampled_from([2025, 2026]), of=guidelines, edge=st.sampled_from([133, 150, 200, 250, 300, 400]))
def test_agrees_with_exact_fractions_a_cent_around_each_edge(year: int, of: int, edge: int) -> None:
    for income in (of * edge // 100 + cent for cent in (-1, 0, 1)):
        if covers(LAWS[year], income, of):
            assert at(LAWS[year], income, of) == by_fractions(LAWS[year], income, of)


@given(of=guidelines, incomes=st.lists(st.integers(0, 10**12), min_size=2, max_size=20))
def test_never_falls_as_income_rises(of: int, incomes: list[int]) -> None:
    percentages = LAW_2025.applicable_percentage.at(np.array(sorted(incomes)), of=np.full(len(incomes), of))
    assert all(earlier <= later for earlier, later in pairwise(percentages.tolist()))


@pytest.mark.parametrize("income", [10**9, 10**12, 9 * 10**14])  # ten million dollars; the kernel's most; the bound
@pytest.mark.parametrize("of", [1, 1_565_000, 12_015_000, 10**11])
def test_very_large_amounts_do_not_overflow(income: int, of: int) -> None:
    assert at(LAW_2025, income, of) == by_fractions(LAW_2025, income, of)
    assert covers(LAW_2026, income, of) == (Fraction(income, of) <= 4)
    if covers(LAW_2026, income, of):
        assert at(LAW_2026, income, of) == by_fractions(LAW_2026, income, of)


def test_columns_in_columns_out() -> None:
    incomes = np.array([0, 6_430_000, 12_860_000])
    answer = LAW_2026.applicable_percentage.at(incomes, of=np.full(3, FOR_FOUR))
    assert answer.dtype == np.int64
    assert answer.tolist() == [210, 660, 996]


def test_no_column_at_all() -> None:
    nobody = np.array([], dtype=np.int64)
    assert LAW_2026.applicable_percentage.at(nobody, of=nobody).tolist() == []
    assert LAW_2026.applicable_percentage.covers(nobody, of=nobody).tolist() == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_each_band_begins_where_the_one_before_it_ends(year: int) -> None:
    bands = LAWS[year].applicable_percentage.bands
    assert bands[0].start == 0
    assert all(earlier.end == later.start for earlier, later in pairwise(bands))
    assert all(band.initial == band.final for band in bands if band.end is None)


def test_window() -> None:
    assert (LAW_2025.credit_window.minimum, LAW_2025.credit_window.maximum) == (10_000, None)
    assert (LAW_2026.credit_window.minimum, LAW_2026.credit_window.maximum) == (10_000, 40_000)
    assert LAW_2025.credit_window.lawfully_present_below_minimum
    assert not LAW_2026.credit_window.lawfully_present_below_minimum


@pytest.mark.parametrize(("year", "hundredths"), [(2025, 902), (2026, 996)])
def test_employer_affordability(year: int, hundredths: int) -> None:
    assert LAWS[year].employer_affordability == hundredths


@pytest.mark.parametrize(
    ("year", "earned", "unearned", "aged", "must_file"),
    [
        (2025, 15_750, 0, False, False),
        (2025, 15_751, 0, False, True),
        (2025, 0, 1_350, False, False),
        (2025, 0, 1_351, False, True),
        (2025, 3_000, 450, False, False),
        (2025, 3_000, 451, False, True),
        (2025, 900, 450, False, False),
        (2025, 15_400, 351, False, True),
        (2026, 16_100, 0, False, False),
        (2026, 16_101, 0, False, True),
        (2026, 0, 1_350, False, False),
        (2026, 0, 1_351, False, True),
        (2025, 17_750, 0, True, False),
        (2025, 17_751, 0, True, True),
        (2026, 18_150, 0, True, False),
        (2026, 18_151, 0, True, True),
        (2026, 0, 3_400, True, False),
        (2026, 0, 3_401, True, True),
    ],
)
def test_who_must_file(year: int, earned: int, unearned: int, aged: bool, must_file: bool) -> None:
    obliged = LAWS[year].filing_threshold.obliges(np.array([earned * 100]), np.array([unearned * 100]), aged)
    assert obliged.tolist() == [must_file]
