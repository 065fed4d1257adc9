"""MassHealth's limits by group and the ages that divide the groups; what the state offers beside it."""

from datetime import date

import pytest

from openhix.law.tables import HealthSafetyNet, Law, MedicalSecurityPlan


@pytest.mark.parametrize("year", [2025, 2026])
@pytest.mark.parametrize(
    ("group", "limit"),
    [
        ("infant", 200_00),
        ("child", 150_00),
        ("young_adult", 150_00),
        ("pregnant", 200_00),
        ("parent", 133_00),
        ("disabled_adult", 133_00),
        ("careplus_adult", 133_00),
        ("commonhealth_young_adult", 150_00),
        ("family_assistance_child", 300_00),
        ("family_assistance_young", 150_00),
        ("family_assistance_infant", 200_00),
        ("family_assistance_adult", 300_00),
        ("family_assistance_disabled", 100_00),
        ("limited_infant", 200_00),
        ("limited_child", 150_00),
        ("limited_young_adult", 150_00),
        ("limited_adult", 133_00),
        ("disregard", 5_00),
    ],
)
def test_limits_in_hundredths_of_a_percent(year: int, group: str, limit: int) -> None:
    assert getattr(Law(date(year, 1, 1)).masshealth, group) == limit


def test_ages() -> None:
    limits = Law(date(2026, 1, 1)).masshealth
    assert (limits.infant_under, limits.child_under, limits.young_adult_under, limits.adult_under) == (1, 19, 21, 65)
    foster_care = (limits.foster_care_from, limits.foster_care_under, limits.foster_care_lawful_under)
    assert foster_care == (18, 26, 21)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_health_safety_net_pays_in_full_to_150_and_in_part_to_300_percent(year: int) -> None:
    law = Law(date(year, 1, 1))
    assert law.health_safety_net == HealthSafetyNet(full_to=150_00, partial_to=300_00, beside_connectorcare=True)
    assert set(law.health_safety_net.edges) <= set(law.edges)


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_medical_security_plan_is_for_children_under_19_and_free_to_300_percent(year: int) -> None:
    assert Law(date(year, 1, 1)).medical_security_plan == MedicalSecurityPlan(under=19, premium_free_to=300_00)
