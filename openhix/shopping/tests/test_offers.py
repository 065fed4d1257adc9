"""The plans that are open to a household, and what each costs it: on a shelf of a few plans, and on the shipped one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.program import Program
from openhix.law.tables import Law
from openhix.plans import shelf as shelves
from openhix.plans.filing import Filing, ServiceArea
from openhix.plans.geography import Geography
from openhix.plans.plan import Amount, Carrier, Kind, Plan
from openhix.plans.shelf import NoShelf, Shelf
from openhix.shopping import offers
from openhix.shopping.offers import Help, LeftOut, Offer, by_price
from openhix.shopping.queries import Estimate, assumed_people, estimate

LAW = Law(date(2026, 1, 1))
PLACES = Geography.shipped(2026).places
BOSTON = Geography.shipped(2026).find("02118")
HYANNIS = Geography.shipped(2026).find("02601")
NOTHING = Amount(0, 0, "published 2026")
AGES = (0, *range(15, 65))


def a_plan(name: str, tier: str = "low_silver", *, connectorcare: bool = False, area: str = "STATE") -> Plan:
    kind: Kind = "dental" if tier in ("family_high", "pediatric") else "health"
    metal = {"low_silver": "Silver", "catastrophic": "Catastrophic"}.get(tier, "High")
    return Plan(
        id=name,
        name=name,
        carrier=Carrier("11111", "A carrier", kind),
        kind=kind,
        market="individual",
        tier=tier,
        metal=metal,
        plan_type="HMO",
        connectorcare=connectorcare,
        hsa=False,
        national_network=False,
        service_area=area,
        deductible=NOTHING,
        drug_deductible=None,
        out_of_pocket_maximum=NOTHING,
        premium_basis="published 2026",
    )


def a_shelf(*plans: tuple[Plan, int], missing: Sequence[tuple[str, int]] = ()) -> Shelf:
    """Plans at one price for every age; `missing` are plans and ages without a rate. BOSTON is a service area."""
    rates = [
        (position, area, age, price * 100)
        for position, (plan, price) in enumerate(plans)
        for area in range(1, 8)
        for age in AGES
        if (plan.id, age) not in missing
    ]
    areas = (ServiceArea("11111", "STATE", "", ""), ServiceArea("11111", "BOSTON", BOSTON.county_fips, ""))
    return Shelf.of(Filing(2026, tuple(plan for plan, _price in plans), areas, np.array(rates, dtype=np.int64)))


def priced(found: list[Offer]) -> list[tuple[str, int]]:
    """Plan and price in whole dollars, in the order in which they are offered."""
    assert all(offer.price % 100 == 0 for offer in found)
    return [(offer.plan.id, offer.price // 100) for offer in found]


def health(
    shelf: Shelf, ages: Sequence[int], help: Help | None = None, people: Sequence[int] | None = None
) -> tuple[list[Offer], list[LeftOut]]:
    return offers.health(
        law=LAW,
        shelf=shelf,
        place=BOSTON,
        ages=ages,
        people=range(len(ages)) if people is None else people,
        help=help or Help(),
    )


def test_plans_are_offered_by_price_then_premium_then_id() -> None:
    shelf = a_shelf((a_plan("C"), 500), (a_plan("B"), 300), (a_plan("D"), 400), (a_plan("A"), 400))
    assert priced(health(shelf, [40])[0]) == [("B", 300), ("A", 400), ("D", 400), ("C", 500)]
    with_help = health(shelf, [40], Help(credit=50_000))[0]
    assert [offer.plan.id for offer in with_help] == ["B", "A", "D", "C"]
    assert {offer.price for offer in with_help} == {0}


def test_everyone_is_charged_but_the_fourth_child() -> None:
    (offer,), _ = health(a_shelf((a_plan("A"), 100)), [40, 38, 2, 4, 6, 8])
    assert (offer.premium, offer.people) == (50_000, (0, 1, 2, 3, 4, 5))
    assert offer.premiums == (10_000, 10_000, 0, 10_000, 10_000, 10_000)


def test_only_those_who_need_coverage_are_charged() -> None:
    (offer,), _ = health(a_shelf((a_plan("A"), 100)), [40, 38, 6], people=[0, 1])
    assert (offer.premium, offer.people) == (20_000, (0, 1))
    assert health(a_shelf((a_plan("A"), 100)), [40], people=[]) == ([], [])


def test_a_plan_is_offered_only_where_it_is_sold() -> None:
    shelf = a_shelf((a_plan("A"), 100), (a_plan("B", area="BOSTON"), 90))
    assert priced(health(shelf, [40])[0]) == [("B", 90), ("A", 100)]
    elsewhere, _ = offers.health(law=LAW, shelf=shelf, place=HYANNIS, ages=[40], people=[0], help=Help())
    assert priced(elsewhere) == [("A", 100)]


def test_a_plan_without_a_rate_for_someone_is_left_out_and_told() -> None:
    shelf = a_shelf((a_plan("A"), 100), (a_plan("B"), 90), missing=[("B", 40)])
    found, left_out = health(shelf, [25, 40])
    assert priced(found) == [("A", 200)]
    assert [(each.plan.id, each.person) for each in left_out] == [("B", 1)]
    assert priced(health(shelf, [25])[0]) == [("B", 90), ("A", 100)]
    nobody, all_left_out = health(a_shelf((a_plan("B"), 90), missing=[("B", 40)]), [40])
    assert (nobody, [each.plan.id for each in all_left_out]) == ([], ["B"])


def test_64_is_the_rate_of_everyone_older() -> None:
    assert priced(health(a_shelf((a_plan("A"), 100)), [64, 65, 99])[0]) == [("A", 300)]


def test_a_catastrophic_plan_is_for_people_under_30_and_takes_no_credit() -> None:
    shelf = a_shelf((a_plan("A"), 100), (a_plan("K", "catastrophic"), 50))
    assert priced(health(shelf, [29], Help(credit=6_000))[0]) == [("A", 40), ("K", 50)]
    assert priced(health(shelf, [30])[0]) == [("A", 100)]
    assert priced(health(shelf, [29, 30])[0]) == [("A", 200)]
    assert priced(health(shelf, [29, 30], people=[0])[0]) == [("K", 50), ("A", 100)]


def test_the_lowest_connectorcare_plan_costs_the_minimum_and_a_dearer_one_its_difference() -> None:
    shelf = a_shelf((a_plan("A", connectorcare=True), 400), (a_plan("B", connectorcare=True), 430), (a_plan("S"), 300))
    help = Help(credit=20_000, plan_type=PlanType.TYPE_3A, minimum=10_300)
    found, _ = health(shelf, [40], help)
    assert priced(found) == [("A", 103), ("B", 133), ("S", 100)]
    assert [offer.is_connectorcare for offer in found] == [True, True, False]
    assert [(offer.credit, offer.subsidy) for offer in found] == [(20_000, 9_700), (20_000, 9_700), (20_000, 0)]
    for_two = {offer.plan.id: offer.price for offer in health(shelf, [40, 41], help)[0]}
    assert for_two == {"S": 40_000, "A": 20_600, "B": 26_600}


def test_connectorcare_never_costs_more_than_premium_less_credit() -> None:
    shelf = a_shelf((a_plan("A", connectorcare=True), 400))
    (offer,), _ = health(shelf, [40], Help(credit=39_000, plan_type=PlanType.TYPE_3C, minimum=23_500))
    assert (offer.price, offer.subsidy) == (1_000, 0)


def test_a_connectorcare_plan_that_cannot_be_compared_is_left_out_and_told() -> None:
    """What one owes above the minimum is compared at the age of 40: without that rate there is no price."""
    shelf = a_shelf((a_plan("A", connectorcare=True), 400), (a_plan("B", connectorcare=True), 430), missing=[("A", 40)])
    help = Help(credit=20_000, plan_type=PlanType.TYPE_3A, minimum=10_300)
    found, left_out = health(shelf, [25], help)
    assert priced(found) == [("B", 103)]
    assert [(each.plan.id, each.person) for each in left_out] == [("A", None)]
    assert priced(health(shelf, [25])[0]) == [("A", 400), ("B", 430)]


def test_dental_plans_charge_everyone_and_take_no_credit() -> None:
    shelf = a_shelf((a_plan("F", "family_high"), 30), (a_plan("P", "pediatric"), 20), (a_plan("A"), 100))
    found, left_out = offers.dental(shelf=shelf, place=BOSTON, ages=[40, 38, 18, 12, 8, 4, 19])
    assert priced(found) == [("P", 80), ("F", 210)]
    assert {offer.plan.id: offer.people for offer in found} == {"F": (0, 1, 2, 3, 4, 5, 6), "P": (2, 3, 4, 5)}
    assert {offer.credit for offer in found} == {0}
    assert left_out == []
    assert priced(offers.dental(shelf=shelf, place=BOSTON, ages=[40])[0]) == [("F", 30)]


def test_a_dental_plan_without_a_rate_is_left_out_and_told() -> None:
    shelf = a_shelf((a_plan("F", "family_high"), 30), missing=[("F", 38)])
    found, left_out = offers.dental(shelf=shelf, place=BOSTON, ages=[40, 38])
    assert (found, [(each.plan.id, each.person) for each in left_out]) == ([], [("F", 1)])


def test_the_estimate_of_a_family() -> None:
    """The family of the opening page: 40 and 38, a child of 6, 60,000 dollars, in Boston."""
    found = of_ages([40, 38, 6], 6_000_000)
    assert [answer.program for answer in found.people] == [
        Program.CONNECTORCARE,
        Program.CONNECTORCARE,
        Program.MASSHEALTH_FAMILY_ASSISTANCE,
    ]
    assert [answer.contribution for answer in found.people] == [10_300, 10_300, None]
    assert (found.fpl_percent, found.expected_contribution) == (22_514, 37_650)
    assert min(offer.price for offer in found.health if offer.is_connectorcare) == 20_600
    assert all(offer.people == (0, 1) for offer in found.health)
    assert found.left_out == ()


def test_connectorcare_comes_before_a_bronze_plan_that_costs_less() -> None:
    """The same family in Hyannis: the credit pays most of a bronze plan, which has a deductible."""
    found = of_ages([40, 38, 6], 6_000_000, HYANNIS.index)
    bronze = min(found.health, key=by_price)
    assert (bronze.plan.metal, bronze.price) == ("Bronze", 15_403)
    assert (found.health[0].is_connectorcare, found.health[0].price) == (True, 20_600)
    first_other = next(at for at, offer in enumerate(found.health) if not offer.is_connectorcare)
    assert found.health[first_other] == bronze
    assert not any(offer.is_connectorcare for offer in found.health[first_other:])


def test_no_plans_are_made_up_for_a_year_without_a_shelf() -> None:
    with pytest.raises(NoShelf, match="2025"):
        shelves.shipped(2025)


def of_ages(ages: list[int], income: int, place: int = BOSTON.index, *, seeks_help: bool = True) -> Estimate:
    return estimate(
        people=assumed_people(ages),
        place=PLACES[place],
        income_cents=income,
        coverage_month=date(2026, 1, 1),
        shelf=shelves.shipped(2026),
        seeks_help=seeks_help,
    )


@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=8),
    st.one_of(st.integers(0, 25_000_000), st.integers(0, 10**12)),
    st.integers(0, len(PLACES) - 1),
    st.booleans(),
)
@settings(deadline=None)
def test_every_offer_adds_up_wherever_and_whoever(ages: list[int], income: int, place: int, seeks_help: bool) -> None:
    found = of_ages(ages, income, place, seeks_help=seeks_help)
    covered = tuple(at for at, answer in enumerate(found.people) if not answer.has_masshealth)
    credit = found.monthly_credit or 0
    for offer in found.health:
        assert offer.people == covered
        assert offer.premium == sum(offer.premiums) > 0
        assert offer.premium - offer.credit - offer.subsidy == offer.price
        assert 0 <= offer.credit <= credit and offer.subsidy >= 0
        assert 0 <= offer.price <= offer.premium - offer.credit
        assert offer.is_connectorcare == (offer.plan.connectorcare and found.plan_type != PlanType.NONE)
    for offer in found.dental:
        assert offer.premium == sum(offer.premiums) == offer.price > 0
    order = [(not offer.is_connectorcare, offer.price) for offer in found.health]
    assert order == sorted(order)  # ConnectorCare first, then by price
    assert found.left_out == ()
    assert bool(found.health) == bool(covered)


@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=8),
    st.integers(0, 25_000_000),
    st.integers(0, len(PLACES) - 1),
)
@settings(deadline=None)
def test_the_benchmark_is_the_second_lowest_silver_offer(ages: list[int], income: int, place: int) -> None:
    """Eligibility and shopping look at the same shelf, each in its own way."""
    found = of_ages(ages, income, place)
    silver = sorted(offer.premium for offer in found.health if offer.plan.metal == "Silver")
    assert found.benchmark_premium == (silver[min(1, len(silver) - 1)] if silver else None)


@given(
    st.lists(st.integers(0, 90), min_size=1, max_size=8),
    st.integers(1_565_000, 25_000_000),
    st.integers(0, len(PLACES) - 1),
)
@settings(deadline=None)
def test_the_lowest_connectorcare_plan_costs_the_contributions_or_less(
    ages: list[int], income: int, place: int
) -> None:
    found = of_ages(ages, income, place)
    owed = sum(answer.contribution or 0 for answer in found.people)
    prices = [offer.price for offer in found.health if offer.is_connectorcare]
    assert bool(prices) == (found.plan_type != PlanType.NONE)
    assert not prices or min(prices) <= owed
