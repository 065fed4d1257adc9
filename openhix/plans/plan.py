"""What a carrier sells: plans, and what a member pays for care in them. Pure values; money in cents."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from openhix.kernel import cents, percent

Kind = Literal["health", "dental"]
Market = Literal["individual", "small_group"]

HEALTH_TIERS = (
    "platinum",
    "high_gold",
    "low_gold",
    "high_silver",
    "low_silver",
    "high_bronze",
    "low_bronze",
    "catastrophic",
)
DENTAL_TIERS = ("family_plus", "family_high", "family_low", "pediatric")
# The year in which a tier was new. MA Health Care Learning Series, Fall 2025, slide Overview of Qualified Dental Plans.
FIRST_OFFERED = {"family_plus": 2026}
METALS: dict[Kind, tuple[str, ...]] = {
    "health": ("Platinum", "Gold", "Silver", "Bronze", "Catastrophic"),
    "dental": ("High", "Low"),
}

ILLUSTRATIVE = "illustrative"  # every other basis reads "published <year>"

# The services of a health plan by their names in the federal templates. The keys are those of the law's
# ConnectorCare cost sharing, so that the two can be laid side by side.
SERVICES: dict[str, str] = {
    "Preventive Care/Screening/Immunization": "preventive_care",
    "Primary Care Visit to Treat an Injury or Illness": "primary_care",
    "Specialist Visit": "specialist",
    "Mental/Behavioral Health Outpatient Services": "mental_health_outpatient",
    "Rehabilitative Speech Therapy": "speech_therapy",
    "Rehabilitative Occupational and Rehabilitative Physical Therapy": "occupational_and_physical_therapy",
    "Emergency Room Services": "emergency_room",
    "Emergency Transportation/Ambulance": "ambulance",
    "Urgent Care Centers or Facilities": "urgent_care",
    "Outpatient Facility Fee (e.g., Ambulatory Surgery Center)": "outpatient_surgery",
    "Inpatient Hospital Services (e.g., Hospital Stay)": "inpatient_hospital",
    "Imaging (CT/PET Scans, MRIs)": "high_cost_imaging",
    "Laboratory Outpatient and Professional Services": "laboratory",
    "X-rays and Diagnostic Imaging": "x_ray",
    "Skilled Nursing Facility": "skilled_nursing",
    "Durable Medical Equipment": "medical_equipment",
    "Generic Drugs": "generic_drugs",
    "Preferred Brand Drugs": "preferred_brand_drugs",
    "Non-Preferred Brand Drugs": "non_preferred_brand_drugs",
    "Specialty Drugs": "specialty_drugs",
    "Dental Check-Up for Children": "child_preventive_dental",
    "Basic Dental Care - Child": "child_minor_restorative",
    "Major Dental Care - Child": "child_major_restorative",
    "Orthodontia - Child": "child_orthodontia",
    "Routine Dental Services (Adult)": "adult_preventive_dental",
    "Basic Dental Care - Adult": "adult_minor_restorative",
    "Major Dental Care - Adult": "adult_major_restorative",
    "Orthodontia - Adult": "adult_orthodontia",
}

_CELL = re.compile(
    r"(?:\$(?P<copay>[\d,]+(?:\.\d{1,2})?)|(?P<share>\d{1,3}(?:\.\d{1,2})?)%|(?P<free>no charge))"
    r"(?: (?:copay|coinsurance))?(?P<after> (?:after|with) deductible)?",
    re.IGNORECASE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a member pays for a service: a copay in cents, a share in hundredths of a percent, or neither.

    `as_filed` holds what the carrier wrote where it is none of the usual forms.
    """

    covered: bool = True
    copay: int | None = None
    coinsurance: int | None = None
    after_deductible: bool = False
    as_filed: str = ""

    @property
    def free(self) -> bool:
        return self.covered and not self.copay and not self.coinsurance and not self.as_filed

    def __str__(self) -> str:
        if not self.covered:
            return "Not covered"
        if self.as_filed:
            return self.as_filed
        share = f"{self.coinsurance / 100:g}%" if self.coinsurance else ""
        parts = [part for part in (cents.dollars(self.copay) if self.copay else "", share) if part]
        return (" and ".join(parts) or "No charge") + (" after the deductible" if self.after_deductible else "")


def cost(copay: str, coinsurance: str, *, covered: bool = True) -> Cost:
    """Reads the two cells of a federal benefit row: `$30.00 Copay after deductible`, `20.00%`, `No Charge`."""
    if not covered:
        return Cost(covered=False)
    cells = [cell for cell in (copay, coinsurance) if cell.casefold() not in ("", "not applicable")]
    found = [_CELL.fullmatch(cell) for cell in cells]
    if not cells or not all(found):
        return Cost(as_filed="; ".join(cells) or "Not stated")
    copays = [cents.parse(each["copay"]) for each in found if each and each["copay"]]
    shares = [percent.parse(each["share"]) for each in found if each and each["share"]]
    return Cost(
        copay=copays[0] if copays else None,
        coinsurance=shares[0] if shares else None,
        after_deductible=any(each["after"] for each in found if each),
    )


@dataclass(frozen=True, slots=True)
class Amount:
    """A yearly amount in cents for one person and for a family; None where the files do not state it."""

    individual: int | None
    family: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Benefit:
    """A service of a plan by its federal name, with the cells that the carrier filed for it."""

    name: str
    covered: bool
    copay: str
    coinsurance: str
    copay_out_of_network: str
    coinsurance_out_of_network: str
    limit: str
    basis: str

    @property
    def service(self) -> str:
        """The key of SERVICES; blank where the service has none."""
        return SERVICES.get(self.name, "")

    @property
    def in_network(self) -> Cost:
        return cost(self.copay, self.coinsurance, covered=self.covered)

    @property
    def out_of_network(self) -> Cost:
        return cost(self.copay_out_of_network, self.coinsurance_out_of_network, covered=self.covered)


@dataclass(frozen=True, slots=True)
class Carrier:
    """A company, by its federal issuer number (HIOS, 5 digits)."""

    id: str
    name: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of one year, by its standard component id (14 characters).

    `connectorcare` tells that the carrier's ConnectorCare variant belongs to this plan. `illustrative` is about the
    premiums; each amount and benefit tells its own basis.
    """

    id: str
    name: str
    carrier: Carrier
    kind: Kind
    market: Market
    tier: str
    metal: str
    plan_type: str
    connectorcare: bool
    hsa: bool
    national_network: bool
    service_area: str
    deductible: Amount
    drug_deductible: int | None
    out_of_pocket_maximum: Amount
    premium_basis: str
    benefits: tuple[Benefit, ...] = ()

    @property
    def illustrative(self) -> bool:
        return self.premium_basis == ILLUSTRATIVE

    def benefit(self, service: str) -> Benefit | None:
        """The benefit with this key of SERVICES; None where the plan's files do not list it."""
        return next((benefit for benefit in self.benefits if benefit.service == service), None)
