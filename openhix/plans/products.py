"""Who sells what, where and how dear on our illustrative shelf of 2026.

Carriers, the number of plans, the dental plans by carrier and the sellers of catastrophic plans are those of 2026.
Names follow the exchange's pattern and the carriers' products as last seen (2020 to 2025). Which carrier sells which
tier, service areas, price levels and the plan part of each id are ours.
"""

from __future__ import annotations

from typing import NamedTuple

from openhix.plans.designs import DESIGNS, SILVER_B, Design

BLUE_CROSS, FALLON, HARVARD_PILGRIM, NEW_ENGLAND = "42690", "88806", "36046", "34484"
MASS_GENERAL_BRIGHAM, TUFTS, UNITED, WELLSENSE = "41304", "59763", "31779", "82569"
ALTUS, DELTA = "18076", "11821"

TIER_NAMES = {
    "platinum": "Standard Platinum",
    "high_gold": "Standard High Gold",
    "low_gold": "Non-Standard Low Gold",
    "high_silver": "Standard High Silver",
    "low_silver": "Standard Low Silver",
    "high_bronze": "Standard High Bronze",
    "low_bronze": "Non-Standard Low Bronze",
    "catastrophic": "Catastrophic",
    "family_plus": "Standard Family Plus",
    "family_high": "Standard Family High",
    "family_low": "Standard Family Low",
    "pediatric": "Standard Pediatric-Only",
}

HEALTH: dict[str, dict[str, str]] = {
    BLUE_CROSS: {
        "platinum": "HMO Blue Premium",
        "high_gold": "HMO Blue Value Deductible",
        "low_gold": "HMO Blue Deductible with Copayment",
        "high_silver": "HMO Blue Basic",
        "low_silver": "HMO Blue Saver",
        "high_bronze": "HMO Blue Basic Deductible",
        "low_bronze": "HMO Blue Basic Coinsurance",
        "catastrophic": "HMO Blue Catastrophic",
    },
    FALLON: {
        "platinum": "Fallon Community Care Platinum",
        "high_gold": "Fallon Community Care Gold",
        "low_gold": "Fallon Community Care Gold Hybrid",
        "high_silver": "Fallon Community Care Silver",
        "high_bronze": "Fallon Community Care Bronze",
    },
    HARVARD_PILGRIM: {
        "platinum": "Harvard Pilgrim Flex Platinum",
        "high_gold": "Harvard Pilgrim Flex Gold",
        "low_gold": "Harvard Pilgrim Flex Gold 2000",
        "high_silver": "Harvard Pilgrim Flex Silver",
        "low_silver": "Harvard Pilgrim Flex Silver HSA",
        "high_bronze": "Harvard Pilgrim Flex Bronze",
    },
    NEW_ENGLAND: {
        "platinum": "HNE Platinum A",
        "high_gold": "HNE Gold B",
        "low_gold": "HNE Gold 2000",
        "high_silver": "HNE Silver A",
        "high_bronze": "HNE Bronze 2",
    },
    MASS_GENERAL_BRIGHAM: {
        "platinum": "Complete HMO Platinum",
        "high_gold": "Complete HMO Gold",
        "low_gold": "Complete HMO Gold 2000",
        "high_silver": "Complete HMO Silver",
        "high_bronze": "Complete HMO Bronze",
        "low_bronze": "Complete HMO Bronze Coinsurance",
    },
    TUFTS: {
        "platinum": "Tufts Health Direct Platinum",
        "high_gold": "Tufts Health Direct Gold",
        "low_gold": "Tufts Health Direct Gold 2000",
        "high_silver": "Tufts Health Direct Silver 2000 II",
        "low_silver": "Tufts Health Direct Silver HSA",
        "high_bronze": "Tufts Health Direct Bronze",
        "low_bronze": "Tufts Health Direct Bronze Coinsurance",
        "catastrophic": "Tufts Health Direct Catastrophic",
    },
    UNITED: {
        "platinum": "UHC Navigate Platinum",
        "high_gold": "UHC Navigate Gold",
        "high_silver": "UHC Navigate Silver",
        "high_bronze": "UHC Navigate Bronze",
    },
    WELLSENSE: {
        "platinum": "WellSense Health Plan Platinum",
        "high_gold": "WellSense Health Plan Gold",
        "low_gold": "WellSense Health Plan Low Gold",
        "high_silver": "WellSense Health Plan Silver A",
        "low_silver": "WellSense Health Plan Silver B",
        "high_bronze": "WellSense Health Plan Bronze",
    },
}
PLAN_TYPES = {UNITED: "EPO"}  # the others are HMO

# A name and a design of its own, where a plan is not the standard of its tier.
OWN: dict[tuple[str, str], tuple[str, Design]] = {
    (WELLSENSE, "low_silver"): ("Non-Standard Low Silver", SILVER_B),
}


class Dental(NamedTuple):
    """A dental plan with its monthly premium in cents for one adult and one child (0-20, or 0-18 in pediatric)."""

    tier: str
    product: str
    adult: int
    child: int


# Twelve plans of 2025's kinds and the two Family Plus that are new in 2026. The premiums are illustrative; the last
# ones seen were $31 and $21 (Altus, high and low) and $34 and $24 (Delta) a month for an adult in 2018, in every area.
DENTAL: dict[str, tuple[Dental, ...]] = {
    ALTUS: (
        Dental("family_plus", "Altus Dental Plus", 49_80, 33_10),
        Dental("family_high", "Altus Dental High", 43_20, 31_40),
        Dental("family_low", "Altus Dental Low", 30_90, 27_60),
        Dental("pediatric", "Altus Dental Pediatric", 0, 29_80),
    ),
    DELTA: (
        Dental("family_plus", "Delta Dental PPO Plus Premier Enhanced", 53_40, 35_20),
        Dental("family_high", "Delta Dental Premier", 48_10, 33_00),
        Dental("family_high", "Delta Dental PPO Plus Premier", 44_60, 31_20),
        Dental("family_low", "Delta Dental Premier Value", 34_20, 29_80),
        Dental("family_low", "Delta Dental PPO Plus Premier Value", 32_70, 28_90),
        Dental("family_low", "Delta Dental PPO Value", 31_10, 27_90),
        Dental("pediatric", "Delta Dental Premier Pediatric", 0, 33_60),
        Dental("pediatric", "Delta Dental PPO Plus Premier Pediatric", 0, 31_90),
        Dental("pediatric", "Delta Dental PPO Pediatric", 0, 30_40),
        Dental("pediatric", "Delta Dental PPO Pediatric Value", 0, 28_70),
    ),
}

# Counties in which a carrier does not sell; carriers not named here sell everywhere.
NOT_SOLD: dict[str, tuple[str, ...]] = {
    FALLON: ("Barnstable", "Berkshire", "Dukes", "Nantucket"),
    NEW_ENGLAND: (
        "Barnstable",
        "Bristol",
        "Dukes",
        "Essex",
        "Middlesex",
        "Nantucket",
        "Norfolk",
        "Plymouth",
        "Suffolk",
    ),
    MASS_GENERAL_BRIGHAM: ("Berkshire", "Franklin"),
    TUFTS: ("Dukes", "Nantucket"),
    UNITED: ("Berkshire", "Dukes", "Franklin", "Nantucket"),
}

# How dear a carrier's high silver plan is beside the benchmark, in thousandths, before the areas' own differences.
# The order is that of 2018, its distances halved.
LEVELS: dict[str, int] = {
    BLUE_CROSS: 1_240,
    FALLON: 1_110,
    HARVARD_PILGRIM: 1_270,
    NEW_ENGLAND: 1_090,
    MASS_GENERAL_BRIGHAM: 1_160,
    TUFTS: 1_100,
    UNITED: 1_200,
    WELLSENSE: 1_110,
}

# How dear a tier is beside the carrier's high silver, in thousandths; each carrier differs a little.
TIERS: dict[str, int] = {
    "platinum": 1_600,
    "high_gold": 1_300,
    "low_gold": 1_180,
    "high_silver": 1_000,
    "low_silver": 952,
    "high_bronze": 870,
    "low_bronze": 815,
    "catastrophic": 770,
}


class Lowest(NamedTuple):
    """The two lowest silver plans of an area, both sold in all of it: the lowest, its share of the benchmark in
    thousandths, and the benchmark plan. Each is a carrier and a tier."""

    lowest: tuple[str, str]
    share: int
    benchmark: tuple[str, str]


LOWEST: dict[int, Lowest] = {
    1: Lowest((TUFTS, "low_silver"), 975, (WELLSENSE, "low_silver")),
    2: Lowest((FALLON, "high_silver"), 962, (TUFTS, "low_silver")),
    3: Lowest((WELLSENSE, "low_silver"), 971, (TUFTS, "low_silver")),
    4: Lowest((TUFTS, "low_silver"), 978, (WELLSENSE, "low_silver")),
    5: Lowest((TUFTS, "low_silver"), 968, (WELLSENSE, "low_silver")),
    6: Lowest((WELLSENSE, "low_silver"), 974, (MASS_GENERAL_BRIGHAM, "high_silver")),  # Cuttyhunk, in Dukes, is here
    7: Lowest((WELLSENSE, "low_silver"), 970, (MASS_GENERAL_BRIGHAM, "high_silver")),
}


class Product(NamedTuple):
    """A plan of the shelf before it has a price."""

    id: str
    issuer: str
    tier: str
    name: str
    design: Design


def _id(issuer: str, tier: str, nth: int) -> str:
    return f"{issuer}MA9{list(DESIGNS).index(tier) + 1:02d}{nth:04d}"


def products() -> list[Product]:
    """Every plan of the shelf, by id."""
    found = []
    for issuer, plans in HEALTH.items():
        for tier, product in plans.items():
            name, design = OWN.get((issuer, tier), (TIER_NAMES[tier], DESIGNS[tier]))
            found.append(Product(_id(issuer, tier, 1), issuer, tier, f"{name}: {product}", design))
    for issuer, dental in DENTAL.items():
        for nth, plan in enumerate(dental, 1):
            name = f"{TIER_NAMES[plan.tier]}: {plan.product}"
            found.append(Product(_id(issuer, plan.tier, nth), issuer, plan.tier, name, DESIGNS[plan.tier]))
    return sorted(found)
