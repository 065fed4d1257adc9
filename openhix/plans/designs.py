"""What members pay for care under the plans of our illustrative shelf, tier by tier, with the year of each figure.

The exchange's standard designs of 2026 are not published where we can read them, so that each figure is the newest
that is: 2025 and 2020 from plan records of the exchange's quoting tool (Blue Cross Blue Shield, Tufts Health Direct),
2022 from WellSense's plan guide. What was published nowhere is ILLUSTRATIVE. The dental designs are those of 2026.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ILLUSTRATIVE = 0  # stands where a year would


@dataclass(frozen=True)
class Design:
    """Amounts in dollars, one person and family, and what a service costs, each with its year.

    A cost is written `20` (a copay in dollars), `20%`, `0`, each with ` ad` where the deductible comes first, or `no`.
    """

    deductible: tuple[int, int | None, int]
    out_of_pocket_maximum: tuple[int, int | None, int]
    costs: dict[str, tuple[str, int]]
    out_of_network: dict[str, str] = field(default_factory=dict)
    adult_maximum: int | None = None
    hsa: bool = False


def _of(year: int, **costs: str) -> dict[str, tuple[str, int]]:
    return {service: (cost, year) for service, cost in costs.items()}


# 42 USC 300gg-13: preventive care is free in every plan. Children's dental care is part of every health plan; the
# shares are those of the 2020 platinum record, and illustrative in the other tiers.
_PREVENTIVE = _of(2026, preventive_care="0")
_CHILD_DENTAL = {"child_minor_restorative": "25%", "child_major_restorative": "50%"}
_EVERY_TIER = _PREVENTIVE | _of(ILLUSTRATIVE, child_preventive_dental="0", **_CHILD_DENTAL)


def _tier(published: dict[str, tuple[str, int]], **assumed: str) -> dict[str, tuple[str, int]]:
    """Every cost of a tier. What is neither published nor said here is assumed to be as what is near it: mental health
    as primary care, urgent care and therapies as a specialist, a nursing facility as a hospital, specialty drugs as
    brands that are not preferred."""
    cost = {**{service: amount for service, (amount, _year) in published.items()}, **assumed}
    near = {
        "mental_health_outpatient": cost["primary_care"],
        "urgent_care": cost["specialist"],
        "speech_therapy": cost["specialist"],
        "occupational_and_physical_therapy": cost["specialist"],
        "skilled_nursing": cost["inpatient_hospital"].removesuffix(" ad") + " ad",
        "specialty_drugs": cost["non_preferred_brand_drugs"],
        "ambulance": "0 ad",
        "medical_equipment": "20% ad",
    }
    return _EVERY_TIER | _of(ILLUSTRATIVE, **{**near, **assumed}) | published


PLATINUM = Design(
    deductible=(0, 0, 2025),
    out_of_pocket_maximum=(3_000, 6_000, 2025),
    costs=_tier(
        _of(2025, primary_care="20", emergency_room="150", inpatient_hospital="500", generic_drugs="10")
        | _of(2022, specialist="40", preferred_brand_drugs="25", non_preferred_brand_drugs="50")
        | _of(2020, mental_health_outpatient="20", urgent_care="40", ambulance="0", outpatient_surgery="250")
        | _of(2020, high_cost_imaging="150", laboratory="0", x_ray="0", skilled_nursing="500", medical_equipment="20%")
        | _of(2020, speech_therapy="40", occupational_and_physical_therapy="40", specialty_drugs="50", **_CHILD_DENTAL)
    ),
)

HIGH_GOLD = Design(
    deductible=(1_000, 2_000, 2025),
    out_of_pocket_maximum=(6_000, 12_000, 2025),
    costs=_tier(
        _of(2025, primary_care="20", emergency_room="250", inpatient_hospital="200", generic_drugs="25")
        | _of(2022, specialist="50", preferred_brand_drugs="50", non_preferred_brand_drugs="75"),
        outpatient_surgery="250 ad", high_cost_imaging="200 ad", laboratory="25 ad", x_ray="25 ad",
    ),
)  # fmt: skip

LOW_GOLD = Design(
    deductible=(2_000, 4_000, 2025),
    out_of_pocket_maximum=(6_450, 12_900, 2025),
    costs=_tier(
        _of(2025, primary_care="30", emergency_room="350", inpatient_hospital="750", generic_drugs="25")
        | _of(2022, specialist="50", preferred_brand_drugs="50 ad", non_preferred_brand_drugs="125 ad"),
        outpatient_surgery="500 ad", high_cost_imaging="250 ad", laboratory="35 ad", x_ray="50 ad",
    ),
)  # fmt: skip

HIGH_SILVER = Design(
    deductible=(2_000, 4_000, 2022),
    out_of_pocket_maximum=(8_700, 17_400, 2022),
    costs=_tier(
        _of(2022, primary_care="25", specialist="50", emergency_room="300 ad", inpatient_hospital="750 ad")
        | _of(2022, generic_drugs="25", preferred_brand_drugs="50", non_preferred_brand_drugs="70 ad"),
        outpatient_surgery="500 ad", high_cost_imaging="300 ad", laboratory="50 ad", x_ray="75 ad",
    ),
)  # fmt: skip

LOW_SILVER = Design(
    hsa=True,
    deductible=(2_000, 4_000, 2020),
    out_of_pocket_maximum=(7_000, 14_000, ILLUSTRATIVE),
    costs=_tier(
        {}, primary_care="30 ad", specialist="60 ad", emergency_room="300 ad", inpatient_hospital="750 ad",
        generic_drugs="30 ad", preferred_brand_drugs="60 ad", non_preferred_brand_drugs="105 ad",
        outpatient_surgery="500 ad", high_cost_imaging="500 ad", laboratory="60 ad", x_ray="75 ad",
    ),
)  # fmt: skip

SILVER_B = Design(  # WellSense's own, not standard
    deductible=(3_000, 6_000, 2022),
    out_of_pocket_maximum=(7_900, 15_800, 2022),
    costs=_tier(
        _of(2022, primary_care="30", specialist="55", emergency_room="500 ad", inpatient_hospital="30% ad")
        | _of(2022, generic_drugs="30", preferred_brand_drugs="35% ad", non_preferred_brand_drugs="35% ad"),
        outpatient_surgery="30% ad", high_cost_imaging="30% ad", laboratory="30% ad", x_ray="30% ad",
        medical_equipment="30% ad",
    ),
)  # fmt: skip

# P.L. 119-21 section 71307: from 2026 every bronze and catastrophic plan of an exchange goes with a health savings
# account.
HIGH_BRONZE = Design(
    hsa=True,
    deductible=(3_600, 7_200, 2022),
    out_of_pocket_maximum=(7_000, 14_000, 2022),
    costs=_tier(
        _of(2022, primary_care="100 ad", specialist="150 ad", generic_drugs="30 ad", preferred_brand_drugs="150 ad"),
        non_preferred_brand_drugs="225 ad", emergency_room="500 ad", inpatient_hospital="1000 ad",
        outpatient_surgery="500 ad", high_cost_imaging="1000 ad", laboratory="75 ad", x_ray="150 ad",
    ),
)  # fmt: skip

LOW_BRONZE = Design(
    hsa=True,
    deductible=(6_500, 13_000, ILLUSTRATIVE),
    out_of_pocket_maximum=(10_600, 21_200, ILLUSTRATIVE),
    costs=_tier(
        {}, primary_care="60 ad", specialist="100 ad", emergency_room="35% ad", inpatient_hospital="35% ad",
        generic_drugs="35 ad", preferred_brand_drugs="35% ad", non_preferred_brand_drugs="35% ad",
        outpatient_surgery="35% ad", high_cost_imaging="35% ad", laboratory="35% ad", x_ray="35% ad",
        ambulance="35% ad", medical_equipment="35% ad",
    ),
)  # fmt: skip

# 42 USC 18022(e): nothing but preventive care and three primary care visits is paid for below the federal maximum,
# which is the deductible; above it everything is.
CATASTROPHIC = Design(
    hsa=True,
    deductible=(10_600, 21_200, 2026),
    out_of_pocket_maximum=(10_600, 21_200, 2026),
    costs=_PREVENTIVE
    | _of(2026, primary_care="0 ad", specialist="0 ad", mental_health_outpatient="0 ad", urgent_care="0 ad")
    | _of(2026, emergency_room="0 ad", ambulance="0 ad", outpatient_surgery="0 ad", inpatient_hospital="0 ad")
    | _of(
        2026, high_cost_imaging="0 ad", laboratory="0 ad", x_ray="0 ad", skilled_nursing="0 ad", speech_therapy="0 ad"
    )
    | _of(2026, occupational_and_physical_therapy="0 ad", medical_equipment="0 ad", generic_drugs="0 ad")
    | _of(2026, preferred_brand_drugs="0 ad", non_preferred_brand_drugs="0 ad", specialty_drugs="0 ad")
    | _of(2026, child_preventive_dental="0 ad", child_minor_restorative="0 ad", child_major_restorative="0 ad"),
)


def _dental(*, minor: tuple[str, str], adults: bool, adult_major: bool = True, adult_maximum: int | None) -> Design:
    """MA Health Care Learning Series, Fall 2025, slide 2026 QDP Standardized Designs; the deductible is for minor and
    major restorative care. Adults have no orthodontia in any of them."""
    inside = {"preventive_dental": "0", "minor_restorative": f"{minor[0]} ad", "major_restorative": "50% ad"}
    outside = {"preventive_dental": "20%", "minor_restorative": f"{minor[1]} ad", "major_restorative": "70% ad"}
    costs = {f"child_{care}": cost for care, cost in inside.items()} | {"child_orthodontia": "50%"}
    elsewhere = {f"child_{care}": cost for care, cost in outside.items()} | {"child_orthodontia": "70%"}
    if adults:
        costs |= {f"adult_{care}": cost for care, cost in inside.items()} | {"adult_orthodontia": "no"}
        elsewhere |= {f"adult_{care}": cost for care, cost in outside.items()}
    if not adult_major:
        costs["adult_major_restorative"] = "no"
    return Design(
        deductible=(50, 150 if adults else None, 2026),
        out_of_pocket_maximum=(350, 700 if adults else None, 2026),  # people under 19 only
        costs=_of(2026, **costs),
        out_of_network=elsewhere,
        adult_maximum=adult_maximum,
    )


FAMILY_PLUS = _dental(minor=("20%", "40%"), adults=True, adult_maximum=1_750)
FAMILY_HIGH = _dental(minor=("25%", "45%"), adults=True, adult_maximum=1_250)
FAMILY_LOW = _dental(minor=("25%", "45%"), adults=True, adult_major=False, adult_maximum=750)
PEDIATRIC = _dental(minor=("25%", "45%"), adults=False, adult_maximum=None)

DESIGNS: dict[str, Design] = {
    "platinum": PLATINUM,
    "high_gold": HIGH_GOLD,
    "low_gold": LOW_GOLD,
    "high_silver": HIGH_SILVER,
    "low_silver": LOW_SILVER,
    "high_bronze": HIGH_BRONZE,
    "low_bronze": LOW_BRONZE,
    "catastrophic": CATASTROPHIC,
    "family_plus": FAMILY_PLUS,
    "family_high": FAMILY_HIGH,
    "family_low": FAMILY_LOW,
    "pediatric": PEDIATRIC,
}
