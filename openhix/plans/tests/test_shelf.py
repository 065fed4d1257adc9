"""The shelf of 2026 as it comes with the program."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from openhix.kernel import cents
from openhix.law.tables import Law, MissingLaw
from openhix.plans import generate, shelf
from openhix.plans.files import SHIPPED
from openhix.plans.geography import Geography
from openhix.plans.plan import HEALTH_TIERS, ILLUSTRATIVE, SERVICES, Cost, cost
from openhix.plans.shelf import NO_RATE, NO_SILVER_RATE, NoShelf, UnknownPlan

SHELF = shelf.shipped(2026)
HERE = Geography.shipped()
LAW = Law(date(2026, 1, 1))
PUBLISHED = {1: 262, 2: 280, 3: 255, 4: 277, 5: 266, 6: 258}  # dollars at child age; KFF, through PolicyEngine
HEALTH = [plan for plan in SHELF.plans if plan.kind == "health"]


def test_the_second_lowest_silver_premium_of_every_place_and_age_is_the_published_benchmark() -> None:
    curve = LAW.age_curve.thousandths
    for place in HERE.places:
        prices = SHELF.silver_premiums[place.rating_area - 1][:, SHELF.silver_open[place.index]]
        lowest, second, third = np.sort(prices, axis=1)[:, :3].T
        over, under = (PUBLISHED[place.rating_area] * 100, 1) if place.rating_area != 7 else (47_600 * 706, 1_000)
        assert np.array_equal(second, cents.divide(over * curve, under * 751)), place
        # Apart by more than rounding over a family of twenty could close, so that family sums keep the order.
        assert (second - lowest).min() > 100 < (third - second).min(), place


@pytest.mark.parametrize(
    ("zip", "age", "benchmark"),
    [
        ("01103", 0, 262_00),
        ("02118", 20, 266_00),
        ("02118", 40, 493_39),  # 266 x 1.393 / 0.751 = 493.394
        ("02118", 64, 837_67),
        ("02601", 0, 336_06),  # 476 x 0.706 = 336.056
        ("02601", 21, 529_37),  # 336.056 x 1.183 / 0.751 = 529.367; of 336.06 it would be 529.373
        ("02554", 60, 1058_29),  # 336.056 x 2.365 / 0.751 = 1,058.286; of 336.06 it would be 1,058.298
    ],
)
def test_benchmarks_that_were_computed_by_hand(zip: str, age: int, benchmark: int) -> None:
    place = HERE.find(zip)
    prices = SHELF.silver_premiums[place.rating_area - 1, age][SHELF.silver_open[place.index]]
    assert sorted(prices)[1] == benchmark


def test_how_many_plans_there_are() -> None:
    tiers = Counter((plan.kind, plan.tier) for plan in SHELF.plans)
    assert sum(count for (kind, _), count in tiers.items() if kind == "health") == 48
    assert sum(count for (kind, _), count in tiers.items() if kind == "dental") == 14
    assert len({plan.carrier for plan in HEALTH}) == 8
    assert {plan.market for plan in SHELF.plans} == {"individual"}
    sellers = {plan.carrier.name for plan in HEALTH if plan.tier == "catastrophic"}
    assert sellers == {"Blue Cross Blue Shield of Massachusetts", "Tufts Health Direct"}


def test_the_connectorcare_variant_belongs_to_each_carriers_standard_high_silver() -> None:
    plans = [plan for plan in SHELF.plans if plan.connectorcare]
    assert len({plan.carrier for plan in plans}) == len(plans) == 8
    assert all(plan.tier == "high_silver" and plan.name.startswith("Standard High Silver: ") for plan in plans)


def test_every_county_has_4_to_8_connectorcare_carriers_and_the_islands_the_fewest() -> None:
    rows = [position for position, plan in enumerate(SHELF.plans) if plan.connectorcare]
    here = {place: int(SHELF.open_at[rows, place.index].sum()) for place in HERE.places}
    assert set(here.values()) <= set(range(4, 9))
    assert {place.county for place, carriers in here.items() if carriers == 4} == {"Dukes", "Nantucket"}


def test_every_price_is_there_where_a_plan_is_sold_and_nowhere_else() -> None:
    area = np.array([place.rating_area for place in HERE.places])
    for position, plan in enumerate(SHELF.plans):
        sold = np.isin(np.arange(1, 8), area[SHELF.open_at[position]])
        priced = SHELF.premiums[position] != NO_RATE
        ages = np.arange(65) <= (18 if plan.tier == "pediatric" else 64)
        assert np.array_equal(priced, sold[:, None] & ages), plan.name
    assert (SHELF.premiums[SHELF.premiums != NO_RATE] > 0).all()


def test_premiums_rise_with_age_as_the_curve_does() -> None:
    curve = LAW.age_curve.thousandths
    for plan, prices in zip(SHELF.plans, SHELF.premiums, strict=True):
        if plan.kind == "health":
            sold = prices[prices[:, 0] != NO_RATE]
            expected = sold[:, :1] * curve / curve[0]
            assert (np.abs(sold - expected) < 2.5).all(), plan.name  # cents: the child's price is rounded too


def test_no_carrier_charges_one_area_more_than_half_again_what_it_charges_another() -> None:
    """211 CMR 66.07 lets area factors lie between 0.8 and 1.2 of the carrier's base."""
    for plan, prices in zip(SHELF.plans, SHELF.premiums, strict=True):
        sold = prices[:, 0][prices[:, 0] != NO_RATE]
        assert sold.max() * 8 <= sold.min() * 12, plan.name


def test_richer_tiers_cost_more_with_every_carrier() -> None:
    for carrier in {plan.carrier for plan in HEALTH}:
        own = {plan.tier: SHELF.premiums[SHELF.position(plan.id), :, 40] for plan in HEALTH if plan.carrier == carrier}
        ordered = [own[tier] for tier in HEALTH_TIERS if tier in own]
        for dearer, cheaper in pairwise(ordered):
            assert (dearer[dearer != NO_RATE] > cheaper[dearer != NO_RATE]).all()


def test_nothing_is_blank_and_every_figure_says_where_it_comes_from() -> None:
    for plan in SHELF.plans:
        assert plan.illustrative
        assert plan.premium_basis == ILLUSTRATIVE
        assert plan.deductible.individual is not None
        assert plan.out_of_pocket_maximum.individual
        services = {benefit.service for benefit in plan.benefits}
        assert "" not in services
        if plan.kind == "health":
            assert services >= {key for key in SERVICES.values() if "dental" not in key and "restor" not in key} - {
                "child_orthodontia",
                "adult_orthodontia",
            }
        for benefit in plan.benefits:
            assert benefit.basis == ILLUSTRATIVE or benefit.basis in {f"published {year}" for year in range(2020, 2027)}
            assert not benefit.in_network.as_filed, benefit
            assert not benefit.out_of_network.as_filed, benefit


def test_no_plan_lets_members_pay_more_than_the_federal_maximum_of_2026() -> None:
    for plan in HEALTH:
        assert (plan.out_of_pocket_maximum.individual or 0) <= 10_600_00
        assert (plan.out_of_pocket_maximum.family or 0) <= 21_200_00
        assert (plan.deductible.individual or 0) <= (plan.out_of_pocket_maximum.individual or 0)


def test_a_catastrophic_plan_pays_for_three_visits_before_its_deductible_the_federal_maximum() -> None:
    for plan in (plan for plan in HEALTH if plan.tier == "catastrophic"):
        assert plan.deductible == plan.out_of_pocket_maximum
        assert plan.deductible.individual == LAW.out_of_pocket_maximum.individual
        visit = plan.benefit("primary_care")
        assert (
            visit and visit.limit.startswith("3 visits") and str(visit.in_network) == "No charge after the deductible"
        )


def test_published_cost_sharing_is_kept_with_its_year() -> None:
    platinum = SHELF.plan(next(plan.id for plan in HEALTH if plan.name.endswith("HMO Blue Premium")))
    told = {benefit.service: (str(benefit.in_network), benefit.basis) for benefit in platinum.benefits}
    assert told["primary_care"] == ("$20.00", "published 2025")
    assert told["specialist"] == ("$40.00", "published 2022")
    assert told["medical_equipment"] == ("20%", "published 2020")
    assert platinum.deductible.individual == 0
    assert platinum.out_of_pocket_maximum.family == 6_000_00


@pytest.mark.parametrize(
    ("copay", "coinsurance", "expected", "shown"),
    [
        ("$30.00", "Not Applicable", Cost(copay=30_00), "$30.00"),
        (
            "$1,250.50 Copay after deductible",
            "",
            Cost(copay=1250_50, after_deductible=True),
            "$1,250.50 after the deductible",
        ),
        ("Not Applicable", "20.00%", Cost(coinsurance=20_00), "20%"),
        (
            "Not Applicable",
            "33.5% Coinsurance after deductible",
            Cost(coinsurance=33_50, after_deductible=True),
            "33.5% after the deductible",
        ),
        ("No Charge", "Not Applicable", Cost(), "No charge"),
        (
            "No Charge after deductible",
            "No Charge after deductible",
            Cost(after_deductible=True),
            "No charge after the deductible",
        ),
        ("$100.00", "30.00%", Cost(copay=100_00, coinsurance=30_00), "$100.00 and 30%"),
        ("$0.00", "", Cost(copay=0), "No charge"),
        (
            "$75 per day, up to five days",
            "",
            Cost(as_filed="$75 per day, up to five days"),
            "$75 per day, up to five days",
        ),
        ("", "", Cost(as_filed="Not stated"), "Not stated"),
    ],
)
def test_costs_are_read_as_the_federal_templates_write_them(
    copay: str, coinsurance: str, expected: Cost, shown: str
) -> None:
    assert cost(copay, coinsurance) == expected
    assert str(expected) == shown
    assert expected.free == shown.startswith("No charge")
    assert str(cost(copay, coinsurance, covered=False)) == "Not covered"


def test_a_plan_that_is_not_there_is_an_error() -> None:
    with pytest.raises(UnknownPlan, match="not a plan of 2026"):
        SHELF.plan("00000MA0000000")
    with pytest.raises(NoShelf, match="no plans of 2031"):
        shelf.shipped(2031)


def test_who_may_buy_where() -> None:
    nantucket, boston = HERE.find("02554"), HERE.find("02118")
    carriers = {SHELF.plans[position].carrier.name for position in SHELF.open_to(nantucket)}
    assert "Tufts Health Direct" not in carriers
    assert "Altus Dental" in carriers
    assert len(SHELF.open_to(boston)) > len(SHELF.open_to(nantucket))
    assert len(SHELF.open_to(boston, market="small_group")) == 0


def test_the_arrays_for_the_benchmark_agree_with_the_others_and_cannot_be_changed() -> None:
    for column, position in enumerate(SHELF.silver):
        assert SHELF.plans[position].metal == "Silver"
        prices = SHELF.premiums[position]
        assert np.array_equal(SHELF.silver_premiums[:, :, column], np.where(prices == NO_RATE, NO_SILVER_RATE, prices))
        assert np.array_equal(SHELF.silver_open[:, column], SHELF.open_at[position])
    for array in (SHELF.premiums, SHELF.open_at, SHELF.silver, SHELF.silver_premiums, SHELF.silver_open):
        assert array.flags.c_contiguous
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_the_published_benchmark_of_2025_stands_in_for_plans() -> None:
    published = shelf.published_benchmark(Law(date(2025, 1, 1)))
    assert published.plans == ()
    assert published.silver_open.all()
    child = [int(price) for price in published.silver_premiums[:, 0, 0]]
    assert child == [244_00, 249_00, 237_00, 241_00, 241_00, 234_00, 308_52]  # area 7: 437 x 0.706 = 308.522
    assert published.silver_premiums[0, 40, 0] == 452_59  # 244 x 1.393 / 0.751 = 452.591
    assert published.silver_premiums[6, 64, 0] == 971_58  # 308.522 x 2.365 / 0.751 = 971.577
    with pytest.raises(MissingLaw):
        shelf.published_benchmark(Law(date(2031, 1, 1)))


def test_the_generator_writes_the_shipped_files_byte_for_byte(tmp_path: Path) -> None:
    generate.write(tmp_path)
    assert {file.name for file in tmp_path.iterdir()} == {file.name for file in SHIPPED.iterdir()}
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (SHIPPED / file.name).read_bytes(), file.name
