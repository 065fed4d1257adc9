"""Slide "2026 QDP Standardized Designs" of the MA Health Care Learning Series, Fall 2025, line by line."""

from __future__ import annotations

import pytest

from openhix.plans import shelf
from openhix.plans.plan import Plan

PLANS = [plan for plan in shelf.shipped(2026).plans if plan.kind == "dental"]
TIERS = ("family_plus", "family_high", "family_low", "pediatric")


def of_tier(tier: str) -> list[Plan]:
    return [plan for plan in PLANS if plan.tier == tier]


def shares(plan: Plan, service: str) -> str:
    """In and out of the network, as the slide writes it: `20%/40%`."""
    benefit = plan.benefit(service)
    assert benefit is not None, service
    both = [benefit.in_network.coinsurance or 0, benefit.out_of_network.coinsurance or 0]
    return "/".join(f"{share // 100}%" for share in both) if benefit.covered else "no"


def comes_first(plan: Plan, service: str) -> bool:
    benefit = plan.benefit(service)
    return bool(benefit and benefit.in_network.after_deductible and benefit.out_of_network.after_deductible)


def test_slide_overview_of_qualified_dental_plans() -> None:
    """Its rows print 3, 9 and 12: those are the totals without the two Family Plus plans, which are new."""
    counts = {
        carrier: tuple(sum(plan.carrier.name == carrier and plan.tier == tier for plan in PLANS) for tier in TIERS)
        for carrier in ("Altus Dental", "Delta Dental of Massachusetts")
    }
    assert counts == {"Altus Dental": (1, 1, 1, 1), "Delta Dental of Massachusetts": (1, 2, 3, 4)}
    assert tuple(len(of_tier(tier)) for tier in TIERS) == (2, 3, 4, 5)
    assert len(PLANS) - len(of_tier("family_plus")) == 12


@pytest.mark.parametrize(
    ("tier", "deductible", "maximum_19_and_over", "most_under_19", "minor", "adults_major"),
    [
        ("family_plus", (50_00, 150_00), "$1,750", (350_00, 700_00), "20%/40%", "50%/70%"),
        ("family_high", (50_00, 150_00), "$1,250", (350_00, 700_00), "25%/45%", "50%/70%"),
        ("family_low", (50_00, 150_00), "$750", (350_00, 700_00), "25%/45%", "no"),
        ("pediatric", (50_00, None), None, (350_00, None), "25%/45%", None),
    ],
)
def test_slide_2026_qdp_standardized_designs(
    tier: str,
    deductible: tuple[int, int | None],
    maximum_19_and_over: str | None,
    most_under_19: tuple[int, int | None],
    minor: str,
    adults_major: str | None,
) -> None:
    for plan in of_tier(tier):
        assert (plan.deductible.individual, plan.deductible.family) == deductible
        assert (plan.out_of_pocket_maximum.individual, plan.out_of_pocket_maximum.family) == most_under_19
        assert shares(plan, "child_preventive_dental") == "0%/20%"
        assert shares(plan, "child_minor_restorative") == minor
        assert shares(plan, "child_major_restorative") == "50%/70%"
        assert shares(plan, "child_orthodontia") == "50%/70%"
        assert comes_first(plan, "child_minor_restorative")
        assert comes_first(plan, "child_major_restorative")
        assert not comes_first(plan, "child_preventive_dental")
        assert {benefit.basis for benefit in plan.benefits} == {"published 2026"}
        assert plan.illustrative  # the premium is not published

        adult = [benefit for benefit in plan.benefits if benefit.service.startswith("adult_")]
        if maximum_19_and_over is None:
            assert not adult
            continue
        assert shares(plan, "adult_preventive_dental") == "0%/20%"
        assert shares(plan, "adult_minor_restorative") == minor
        assert shares(plan, "adult_major_restorative") == adults_major
        assert shares(plan, "adult_orthodontia") == "no"  # medically necessary orthodontia is for people under 19
        assert {benefit.limit.split(" ")[0] for benefit in adult if benefit.covered} == {maximum_19_and_over}
