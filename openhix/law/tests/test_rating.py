"""Age curve, rating areas, families, the benchmark as published, and the most that a plan may let people pay."""

from datetime import date

import numpy as np
import pytest

from openhix.law.tables import Law, NotMassachusetts

LAW_2025 = Law(date(2025, 1, 1))
LAW_2026 = Law(date(2026, 1, 1))


@pytest.mark.parametrize("law", [LAW_2025, LAW_2026], ids=repr)
def test_age_curve_rises_from_child_to_64_by_two_to_one(law: Law) -> None:
    curve = law.age_curve.thousandths
    assert curve.shape == (65,)
    assert curve.dtype == np.int64
    assert set(curve[:21].tolist()) == {751}
    assert set(curve[21:27].tolist()) == {1_183}
    assert {age: int(curve[age]) for age in (27, 30, 40, 50, 59, 60, 64)} == {
        27: 1_220, 30: 1_287, 40: 1_393, 50: 1_741, 59: 2_280, 60: 2_365, 64: 2_365,
    }  # fmt: skip
    assert bool(np.all(np.diff(curve) >= 0))
    # Sums of the published table by ages 0-20, 21-29, 30-39, 40-49, 50-59, 60-64: a slip at any age shows here.
    assert np.add.reduceat(curve, [0, 21, 30, 40, 50, 60]).tolist() == [15771, 10843, 13418, 15141, 19970, 11825]
    assert curve[21] * 2 - 10 < curve[64] <= curve[21] * 2  # 211 CMR 66.07 allows adults at most two to one


def test_nobody_changes_the_curve_for_the_rest() -> None:
    with pytest.raises(ValueError, match="read-only"):
        LAW_2026.age_curve.thousandths[0] = 1


@pytest.mark.parametrize(
    ("area", "zip_codes"),
    [
        (1, ["01001", "01103", "01201", "01301"]),
        (2, ["01420", "01501", "01608"]),
        (3, ["01701", "02026"]),
        (4, ["01840", "01902"]),
        (5, ["02118", "02210", "02458"]),
        (6, ["02301", "02740"]),
        (7, ["02540", "02554", "02601"]),
    ],
)
def test_rating_area_by_the_first_three_digits(area: int, zip_codes: list[str]) -> None:
    for law in (LAW_2025, LAW_2026):
        assert {law.rating_areas.of_zip(zip_code) for zip_code in zip_codes} == {area}


def test_every_prefix_from_010_to_027_has_one_area() -> None:
    assert sorted(LAW_2026.rating_areas.zip3) == [f"{number:03}" for number in range(10, 28)]
    assert set(LAW_2026.rating_areas.zip3.values()) == set(LAW_2026.rating_areas.places) == set(range(1, 8))


@pytest.mark.parametrize(
    "zip_code", ["02903", "10001", "00901", "", "021", "0211", "021180", "abcde", "02118-1234", "٠٢١١٨"]
)
def test_any_other_zip_is_not_massachusetts(zip_code: str) -> None:
    with pytest.raises(NotMassachusetts, match="is not a ZIP code in Massachusetts: write five digits"):
        LAW_2026.rating_areas.of_zip(zip_code)


@pytest.mark.parametrize(
    ("law", "dollars"),
    [(LAW_2025, [244, 249, 237, 241, 241, 234, 437]), (LAW_2026, [262, 280, 255, 277, 266, 258, 476])],
    ids=repr,
)
def test_published_benchmark(law: Law, dollars: list[int]) -> None:
    benchmark = law.published_benchmark
    assert list(benchmark.dollars.items()) == list(enumerate(dollars, start=1))
    assert [benchmark.exact(area) for area in range(1, 7)] == [(amount * 100, 1) for amount in dollars[:6]]


def test_the_mainland_benchmark_of_area_7_is_a_ratio_of_the_islands() -> None:
    """47,600 cents * 0.706 = 33,605.6: left as a fraction, so that it is rounded once, after ages."""
    assert LAW_2026.published_benchmark.mainland_ratio_thousandths == {7: 706}
    assert LAW_2026.published_benchmark.exact(7) == (47_600 * 706, 1_000)
    assert LAW_2025.published_benchmark.exact(7) == (43_700 * 706, 1_000)


def test_three_children_are_charged_for() -> None:
    assert (LAW_2026.family_rating.children_under, LAW_2026.family_rating.rated_children) == (21, 3)


def test_catastrophic_plans_are_for_people_under_30() -> None:
    assert LAW_2026.catastrophic_under == 30


@pytest.mark.parametrize(("law", "individual", "family"), [(LAW_2025, 9_200, 18_400), (LAW_2026, 10_600, 21_200)])
def test_out_of_pocket_maximum(law: Law, individual: int, family: int) -> None:
    assert law.out_of_pocket_maximum.individual == individual * 100
    assert law.out_of_pocket_maximum.family == family * 100
