"""Percentages: tested without division, shown with two decimals and never onto or over an edge."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from openhix.kernel import percent

EDGES = (10_000, 13_300, 13_800, 15_000, 20_000, 25_000, 30_000, 40_000)
PARTS = st.integers(0, 10**12)
WHOLES = st.integers(1, 10**9)


def shown(part: int, whole: int, edges: tuple[int, ...] = EDGES) -> int:
    return int(percent.shown(np.array([part]), np.array([whole]), edges)[0])


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (12_860_000, 3_215_000, "400.00"),
        (12_860_001, 3_215_000, "400.01"),
        (12_860_100, 3_215_000, "400.01"),  # 128,601 dollars for four
        (12_859_999, 3_215_000, "399.99"),
        (1_564_999, 1_565_000, "99.99"),
        (1, 3_000, "0.03"),
        (1, 8_000, "0.01"),  # 0.0125
        (1, 20_000, "0.01"),  # 0.005, half up
        (1, 20_001, "0.00"),
        (0, 1, "0.00"),
    ],
)
def test_shows_two_decimals_but_never_an_edge_that_is_not_met(part: int, whole: int, expected: str) -> None:
    assert percent.text(shown(part, whole)) == expected


@given(PARTS, WHOLES)
def test_is_shown_on_the_same_side_of_every_edge(part: int, whole: int) -> None:
    exact, seen = Fraction(part * percent.WHOLE, whole), shown(part, whole)
    assert abs(seen - exact) <= 1
    for edge in EDGES:
        assert (seen > edge) == (exact > edge)
        assert (seen < edge) == (exact < edge)


@given(PARTS, WHOLES)
def test_is_rounded_half_up_away_from_edges(part: int, whole: int) -> None:
    rounded = (2 * part * percent.WHOLE + whole) // (2 * whole)
    assume(rounded not in EDGES)
    assert shown(part, whole) == rounded


@given(st.sampled_from(EDGES), WHOLES, st.integers(-2, 2))
def test_above_is_exact_at_the_edge(edge: int, whole: int, step: int) -> None:
    part = max(edge * whole // percent.WHOLE + step, 0)
    expected = Fraction(part * percent.WHOLE, whole) > edge
    assert percent.above(np.array([part]), edge, np.array([whole])).tolist() == [expected]


@given(st.integers(0, 10**9))
def test_what_is_written_is_read_back(hundredths: int) -> None:
    assert percent.parse(percent.text(hundredths)) == hundredths
    assert percent.parse(percent.text(hundredths) + "%") == hundredths


@pytest.mark.parametrize(
    ("written", "hundredths"), [("9.96", 996), ("9.9", 990), ("400", 40_000), (" 0.05 ", 5), ("138%", 13_800)]
)
def test_reads_percentages(written: str, hundredths: int) -> None:
    assert percent.parse(written) == hundredths


@pytest.mark.parametrize("written", ["", "abc", "-1", "1.234", "1e3", "%", ".5", "1,000", "٤٠٠", "4００", "9" * 10])
def test_refuses_what_is_no_percentage(written: str) -> None:
    with pytest.raises(ValueError):
        percent.parse(written)
