"""The law that answers for one month of coverage. This is the address at which other rooms ask.

Each figure is read when it is first asked for; a year or day that its table does not have raises MissingLaw, which
names the table.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from openhix.kernel import percent
from openhix.law.connectorcare import ConnectorCare, PlanType
from openhix.law.cost_sharing import CostSharingReductions
from openhix.law.credit import ApplicablePercentage, CreditWindow, FilingThreshold
from openhix.law.enrollment_dates import OpenEnrollment, important_dates
from openhix.law.immigration import LawfulPresence
from openhix.law.masshealth import HealthSafetyNet, MassHealthLimits, MedicalSecurityPlan
from openhix.law.poverty import Guideline
from openhix.law.proofs import Proofs
from openhix.law.rating import (
    AgeCurve,
    FamilyRating,
    NotMassachusetts,
    OutOfPocketMaximum,
    PublishedBenchmark,
    RatingAreas,
)
from openhix.law.reading import MissingLaw
from openhix.law.scenario import CURRENT_LAW, Scenario, UnknownScenario, scenarios
from openhix.law.scenario import find as scenario_of
from openhix.law.special_enrollment import LifeEvent, SpecialEnrollments

__all__ = [
    "CURRENT_LAW",
    "AgeCurve",
    "ApplicablePercentage",
    "ConnectorCare",
    "CostSharingReductions",
    "CreditWindow",
    "FamilyRating",
    "FilingThreshold",
    "Guideline",
    "HealthSafetyNet",
    "Law",
    "LawfulPresence",
    "LifeEvent",
    "MassHealthLimits",
    "MedicalSecurityPlan",
    "MissingLaw",
    "NotMassachusetts",
    "OpenEnrollment",
    "OutOfPocketMaximum",
    "PlanType",
    "Proofs",
    "PublishedBenchmark",
    "RatingAreas",
    "Scenario",
    "SpecialEnrollments",
    "UnknownScenario",
    "important_dates",
    "scenario_of",
    "scenarios",
]


class Law:
    """The law for one coverage month, given by its first day. Percentages are hundredths of a percent, money cents.

    `scenario` names other tables; without it the law is as it is. Raises UnknownScenario, and MissingLaw for a plan
    year that the scenario is not about.
    """

    def __init__(self, coverage_month: date, scenario: str = CURRENT_LAW) -> None:
        if coverage_month.day != 1:
            raise ValueError(f"{coverage_month} is not the first day of a month, and a coverage month is named by it")
        self.coverage_month = coverage_month
        self.plan_year = coverage_month.year
        self.scenario = scenario_of(scenario)
        self.tables = self.scenario.tables(self.plan_year)

    def __repr__(self) -> str:
        return f"Law({self.coverage_month}{'' if self.scenario.is_current_law else f', {self.scenario.name}'})"

    @cached_property
    def poverty_guideline(self) -> Guideline:
        """For the credit and ConnectorCare: 2025's for plan year 2026."""
        return Guideline.for_credit(self.plan_year, self.tables)

    @cached_property
    def masshealth_poverty_guideline(self) -> Guideline:
        """For MassHealth: until February 2026, 2025's; from March 2026, 2026's."""
        return Guideline.for_masshealth(self.coverage_month, self.tables)

    @cached_property
    def applicable_percentage(self) -> ApplicablePercentage:
        return ApplicablePercentage.for_year(self.plan_year, self.tables)

    @cached_property
    def credit_window(self) -> CreditWindow:
        return CreditWindow.for_year(self.plan_year, self.tables)

    @cached_property
    def employer_affordability(self) -> int:
        """An employer's offer that costs more than this share of household income is not affordable."""
        return percent.parse(self.tables.table("federal/employer_affordability").for_year(self.plan_year)["percent"])

    @cached_property
    def filing_threshold(self) -> FilingThreshold:
        return FilingThreshold.for_year(self.plan_year, self.tables)

    @cached_property
    def masshealth(self) -> MassHealthLimits:
        return MassHealthLimits.for_year(self.plan_year, self.tables)

    @cached_property
    def medical_security_plan(self) -> MedicalSecurityPlan:
        return MedicalSecurityPlan.for_year(self.plan_year, self.tables)

    @cached_property
    def health_safety_net(self) -> HealthSafetyNet:
        return HealthSafetyNet.for_year(self.plan_year, self.tables)

    @cached_property
    def lawful_presence(self) -> LawfulPresence:
        return LawfulPresence.on(self.coverage_month, self.tables)

    @cached_property
    def connectorcare(self) -> ConnectorCare:
        return ConnectorCare.for_year(self.plan_year, self.tables)

    @cached_property
    def age_curve(self) -> AgeCurve:
        return AgeCurve.for_year(self.plan_year, self.tables)

    @cached_property
    def rating_areas(self) -> RatingAreas:
        return RatingAreas.for_year(self.plan_year, self.tables)

    @cached_property
    def family_rating(self) -> FamilyRating:
        return FamilyRating.for_year(self.plan_year, self.tables)

    @cached_property
    def open_enrollment(self) -> OpenEnrollment:
        return OpenEnrollment.for_year(self.plan_year, self.tables)

    @cached_property
    def special_enrollment(self) -> SpecialEnrollments:
        """What opens a time to choose a health plan outside open enrollment."""
        return SpecialEnrollments.for_year(self.plan_year, self.tables)

    @cached_property
    def published_benchmark(self) -> PublishedBenchmark:
        return PublishedBenchmark.for_year(self.plan_year, self.tables)

    @cached_property
    def out_of_pocket_maximum(self) -> OutOfPocketMaximum:
        return OutOfPocketMaximum.for_year(self.plan_year, self.tables)

    @cached_property
    def catastrophic_under(self) -> int:
        """Who is younger than this before the plan year begins may buy a catastrophic plan; completed years."""
        return int(self.tables.table("federal/catastrophic_plans").for_year(self.plan_year)["under"])

    @cached_property
    def cost_sharing_reductions(self) -> CostSharingReductions:
        return CostSharingReductions.for_year(self.plan_year, self.tables)

    @cached_property
    def dependent_coverage_under(self) -> int:
        """A parent's plan that covers children must cover a child who is younger than this; completed years."""
        return int(self.tables.table("federal/dependent_coverage").for_year(self.plan_year)["under"])

    @cached_property
    def proofs(self) -> Proofs:
        """How long one has to prove something, and when what others know agrees with what was told."""
        return Proofs.for_year(self.plan_year, self.tables)

    @cached_property
    def edges(self) -> tuple[int, ...]:
        """Every percentage of the guideline at which something changes: for kernel.percent.shown."""
        bands = [edge for band in self.applicable_percentage.bands for edge in (band.start, band.end)]
        window = [self.credit_window.minimum, self.credit_window.maximum]
        types = [edge for plan_type in self.connectorcare.plan_types for edge in (plan_type.over, plan_type.to)]
        others = (*self.cost_sharing_reductions.edges, *self.masshealth.edges, *self.health_safety_net.edges)
        return tuple(sorted({edge for edge in (*bands, *window, *types, *others) if edge}))
