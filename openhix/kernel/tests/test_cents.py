"""Money: what is read, what is shown, and how it is rounded."""

from contextlib import suppress
from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.kernel import cents

AMOUNTS = st.integers(0, cents.LARGEST)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("0", 0),
        ("60000", 6_000_000),
        ("60,000", 6_000_000),
        ("$60,000", 6_000_000),
        ("$ 60,000.00", 6_000_000),
        ("$1,234.56", 123_456),
        ("12.5", 1_250),
        ("12.05", 1_205),
        ("  7.00 ", 700),
        ("007", 700),
        ("10,000,000,000", 10**12),
    ],
)
def test_reads_amounts_as_people_write_them(written: str, amount: int) -> None:
    assert cents.parse(written) == amount


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "abc",
        "-1",
        "+1",
        "1.234",
        ".50",
        "5.",
        "1,23",
        "1,2345",
        ",100",
        "1e6",
        "0x10",
        "1_000",
        "$",
        "$$5",
        "5 $",
        "5 000",
        "NaN",
        "inf",
        "10000000000.01",
        "9" * 400,
        "١٢",  # digits of another script
        "１２",  # full-width digits
        "1\n2",
        "5\x00",
        "€5",
    ],
)
def test_refuses_what_is_no_amount(written: str) -> None:
    with pytest.raises(cents.NotMoney):
        cents.parse(written)


@given(AMOUNTS)
def test_what_is_shown_is_read_back(amount: int) -> None:
    assert cents.parse(cents.dollars(amount)) == amount
    assert cents.parse(cents.plain(amount)) == amount


@given(st.text(max_size=30))
def test_reads_or_refuses_any_text(text: str) -> None:
    with suppress(cents.NotMoney):
        assert 0 <= cents.parse(text) <= cents.LARGEST


@pytest.mark.parametrize(
    ("amount", "dollars", "plain"),
    [
        (0, "$0.00", "0.00"),
        (5, "$0.05", "0.05"),
        (123_456, "$1,234.56", "1234.56"),
        (100_000_000, "$1,000,000.00", "1000000.00"),
        (-5, "−$0.05", "-0.05"),
        (-123_456, "−$1,234.56", "-1234.56"),
    ],
)
def test_shows_two_decimals_always(amount: int, dollars: str, plain: str) -> None:
    assert cents.dollars(amount) == dollars
    assert cents.plain(amount) == plain


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(5, 2, 3), (7, 3, 2), (8, 3, 3), (-5, 2, -2), (-7, 3, -2), (0, 9, 0), (1, 2, 1), (-1, 2, 0)],
)
def test_divides_once_half_up(numerator: int, denominator: int, expected: int) -> None:
    assert cents.divide(numerator, denominator) == expected
    assert cents.divide(np.array([numerator]), denominator).tolist() == [expected]


@given(st.lists(st.tuples(st.integers(-(10**17), 10**17), st.integers(1, 10**8)), min_size=1))
def test_dividing_agrees_with_exact_fractions(pairs: list[tuple[int, int]]) -> None:
    exact = [floor(Fraction(numerator, denominator) + Fraction(1, 2)) for numerator, denominator in pairs]
    numerators, denominators = np.array(pairs, dtype=np.int64).T
    assert cents.divide(numerators, denominators).tolist() == exact
    assert [cents.divide(*pair) for pair in pairs] == exact
