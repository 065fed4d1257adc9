"""MassHealth's income limits by group and the ages that divide them, and what the state offers beside it."""

from __future__ import annotations

from dataclasses import dataclass, fields

from openhix.kernel import percent
from openhix.law.reading import SHIPPED, Tables


@dataclass(frozen=True)
class MassHealthLimits:
    """Limits in hundredths of a percent of the guideline, inclusive, before the disregard; ages in completed years.

    The disregard (500: five points) is added in the test for the coverage type with the highest limit that the person
    could have, and in no other (130 CMR 506.007(A)(3)).
    """

    infant: int
    child: int
    young_adult: int
    pregnant: int
    parent: int
    disabled_adult: int
    careplus_adult: int
    commonhealth_young_adult: int
    family_assistance_child: int
    family_assistance_young: int
    family_assistance_infant: int
    family_assistance_adult: int
    family_assistance_disabled: int
    limited_infant: int
    limited_child: int
    limited_young_adult: int
    limited_adult: int
    disregard: int
    infant_under: int
    child_under: int
    young_adult_under: int
    adult_under: int
    foster_care_from: int
    foster_care_under: int
    foster_care_lawful_under: int

    @classmethod
    def for_year(cls, year: int, tables: Tables = SHIPPED) -> MassHealthLimits:
        figures = tables.table("massachusetts/masshealth_limits").for_year(year)
        limits = {group: percent.parse(limit) for group, limit in figures["limits"].items()}
        ages = {group: int(age) for group, age in figures["ages"].items()}
        return cls(**limits, **ages)

    @property
    def edges(self) -> tuple[int, ...]:
        """Every limit, as it stands and with the disregard, in hundredths of a percent."""
        names = [each.name for each in fields(self)]
        limits = [getattr(self, name) for name in names[: names.index("disregard")]]
        return (*limits, *(limit + self.disregard for limit in limits))


@dataclass(frozen=True)
class HealthSafetyNet:
    """Hundredths of a percent of the guideline, inclusive; whether it stands beside ConnectorCare (101 CMR 613.04)."""

    full_to: int
    partial_to: int
    beside_connectorcare: bool

    @classmethod
    def for_year(cls, year: int, tables: Tables = SHIPPED) -> HealthSafetyNet:
        figures = tables.table("massachusetts/health_safety_net").for_year(year)
        return cls(
            full_to=percent.parse(figures["full_to"]),
            partial_to=percent.parse(figures["partial_to"]),
            beside_connectorcare={"yes": True, "no": False}[figures["beside_connectorcare"]],
        )

    @property
    def edges(self) -> tuple[int, ...]:
        return (self.full_to, self.partial_to)


@dataclass(frozen=True)
class MedicalSecurityPlan:
    """The Children's Medical Security Plan (130 CMR 522.004): completed years, hundredths of a percent, inclusive."""

    under: int
    premium_free_to: int

    @classmethod
    def for_year(cls, year: int, tables: Tables = SHIPPED) -> MedicalSecurityPlan:
        figures = tables.table("massachusetts/medical_security_plan").for_year(year)
        return cls(under=int(figures["under"]), premium_free_to=percent.parse(figures["premium_free_to"]))
