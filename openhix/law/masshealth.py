"""MassHealth's income limits by group."""

from __future__ import annotations

from dataclasses import dataclass

from openhix.kernel import percent
from openhix.law.reading import table


@dataclass(frozen=True)
class MassHealthLimits:
    """Limits in hundredths of a percent of the guideline, inclusive, before the disregard; ages in completed years.

    The disregard (500: five points) is added to the highest limit that the person could come under, and to no
    other (130 CMR 506.007(A)(3)).
    """

    infant: int
    child: int
    young_adult: int
    pregnant: int
    parent: int
    careplus_adult: int
    family_assistance_child: int
    disregard: int
    infant_under: int
    child_under: int
    young_adult_under: int
    adult_under: int

    @classmethod
    def for_year(cls, year: int) -> MassHealthLimits:
        figures = table("massachusetts/masshealth_limits").for_year(year)
        limits = {group: percent.parse(limit) for group, limit in figures["limits"].items()}
        ages = {group: int(age) for group, age in figures["ages"].items()}
        return cls(**limits, **ages)

    @property
    def edges(self) -> tuple[int, ...]:
        """Every limit, as it stands and with the disregard, in hundredths of a percent."""
        limits = (
            self.infant,
            self.child,
            self.young_adult,
            self.pregnant,
            self.parent,
            self.careplus_adult,
            self.family_assistance_child,
        )
        return (*limits, *(limit + self.disregard for limit in limits))
