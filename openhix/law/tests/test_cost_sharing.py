"""Whose cost sharing the federal law lowers, and until which age a parent's plan covers."""

from datetime import date

import pytest

from openhix.law.tables import CostSharingReductions, Law


@pytest.mark.parametrize("year", [2025, 2026])
def test_variants_reach_to_150_200_250_and_for_members_of_a_tribe_to_300_percent(year: int) -> None:
    expected = CostSharingReductions(silver_94=15_000, silver_87=20_000, silver_73=25_000, zero=30_000)
    assert Law(date(year, 1, 1)).cost_sharing_reductions == expected


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_variant_ends_at_an_edge_onto_which_no_percentage_is_rounded(year: int) -> None:
    law = Law(date(year, 1, 1))
    assert set(law.cost_sharing_reductions.edges) <= set(law.edges)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_parents_plan_covers_children_until_they_turn_26(year: int) -> None:
    assert Law(date(year, 1, 1)).dependent_coverage_under == 26
