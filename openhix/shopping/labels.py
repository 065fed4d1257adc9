"""The words for what plans cover, marked for translation: services by the keys of `plans.plan.SERVICES`."""

from __future__ import annotations

from openhix.kernel import cents, percent
from openhix.kernel.story import _

SERVICES: dict[str, str] = {
    "preventive_care": _("Preventive care, screenings and shots"),
    "primary_care": _("Primary care visit for an injury or illness"),
    "specialist": _("Specialist visit"),
    "mental_health_outpatient": _("Mental health and substance use visit"),
    "speech_therapy": _("Speech therapy"),
    "occupational_and_physical_therapy": _("Occupational and physical therapy"),
    "emergency_room": _("Emergency room"),
    "ambulance": _("Ambulance"),
    "urgent_care": _("Urgent care"),
    "outpatient_surgery": _("Surgery without a hospital stay"),
    "inpatient_hospital": _("Hospital stay"),
    "high_cost_imaging": _("CT, PET and MRI scans"),
    "laboratory": _("Laboratory tests"),
    "x_ray": _("X-rays and other imaging"),
    "skilled_nursing": _("Skilled nursing facility"),
    "medical_equipment": _("Medical equipment"),
    "generic_drugs": _("Generic drugs"),
    "preferred_brand_drugs": _("Preferred brand drugs"),
    "non_preferred_brand_drugs": _("Non-preferred brand drugs"),
    "specialty_drugs": _("Specialty drugs"),
    "child_preventive_dental": _("Check-ups and cleanings, under 19"),
    "child_minor_restorative": _("Fillings and other minor work, under 19"),
    "child_major_restorative": _("Crowns and other major work, under 19"),
    "child_orthodontia": _("Braces that are medically necessary, under 19"),
    "adult_preventive_dental": _("Check-ups and cleanings, 19 and older"),
    "adult_minor_restorative": _("Fillings and other minor work, 19 and older"),
    "adult_major_restorative": _("Crowns and other major work, 19 and older"),
    "adult_orthodontia": _("Braces, 19 and older"),
}

METALS: dict[str, str] = {
    "Platinum": _("Platinum"),
    "Gold": _("Gold"),
    "Silver": _("Silver"),
    "Bronze": _("Bronze"),
    "Catastrophic": _("Catastrophic"),
    "High": _("High"),
    "Low": _("Low"),
}

LIMITS: dict[str, str] = {
    "deductible": _("Deductible, each year"),
    "out_of_pocket_maximum": _("The most you pay for care, each year"),
    "medical_out_of_pocket_maximum": _("The most you pay for medical care, each year"),
    "drug_out_of_pocket_maximum": _("The most you pay for prescription drugs, each year"),
}

NOT_COVERED = _("Not covered")
NO_CHARGE = _("No charge")
AFTER_DEDUCTIBLE = _("after the deductible")
AND = _("and")


def copay(amount: int) -> str:
    """What a fixed amount of cents is called: `$22.00`, or no charge."""
    return cents.dollars(amount) if amount else NO_CHARGE


def share(hundredths: int) -> str:
    """`20%`, `12.5%`"""
    return percent.text(hundredths).rstrip("0").rstrip(".") + "%"
