"""ConnectorCare: its plan types, what members pay each month, and what they pay for care."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from openhix.kernel import cents, percent
from openhix.law.reading import SHIPPED, MissingLaw, Tables

CostSharingGroup = Literal["type_1", "low", "high"]
Copays = Mapping[str, int | tuple[int, int]]


@dataclass(frozen=True)
class PlanType:
    """One plan type: over `over` up to and with `to` hundredths of a percent of the guideline.

    `includes_lower`: exactly `over` belongs to it too. `contribution`: the least that each enrolled person pays,
    cents a month.
    """

    code: str
    over: int
    to: int
    includes_lower: bool
    contribution: int
    cost_sharing: CostSharingGroup


@dataclass(frozen=True)
class ConnectorCare:
    """The program in one plan year (956 CMR 12.04(3)): its plan types from the lowest income to the highest."""

    plan_year: int
    plan_types: tuple[PlanType, ...]
    tables: Tables = field(default=SHIPPED, repr=False, compare=False)

    @classmethod
    def for_year(cls, plan_year: int, tables: Tables = SHIPPED) -> ConnectorCare:
        types = tables.table("massachusetts/connectorcare_plan_types").for_year(plan_year)["types"]
        contributions = tables.table("massachusetts/connectorcare_contributions").for_year(plan_year)["contributions"]
        return cls(
            plan_year,
            tuple(
                PlanType(
                    code=row["code"],
                    over=percent.parse(row["from"] if "from" in row else row["over"]),
                    to=percent.parse(row["to"]),
                    includes_lower="from" in row,
                    contribution=cents.parse(contributions[row["code"]]),
                    cost_sharing=row["cost_sharing"],
                )
                for row in types
            ),
            tables,
        )

    def group_of(self, code: str) -> CostSharingGroup:
        """The group of cost sharing of a plan type such as `2A`. Raises MissingLaw where this plan year has none."""
        found = next((each.cost_sharing for each in self.plan_types if each.code == code), None)
        if found is None:
            raise MissingLaw(
                f"law/massachusetts/connectorcare_plan_types.yaml has no type {code} for plan year {self.plan_year}"
            )
        return found

    def cost_sharing(self, group: CostSharingGroup) -> Copays:
        """What care costs a member, in cents, in the order in which the exchange lists it.

        The two out-of-pocket maximums are pairs (individual, family) a year. Raises MissingLaw for a group that
        this plan year does not have.
        """
        groups = self.tables.table("massachusetts/connectorcare_cost_sharing").for_year(self.plan_year)["groups"]
        if group not in groups:
            raise MissingLaw(
                f"law/massachusetts/connectorcare_cost_sharing.yaml has no group {group} for plan year {self.plan_year}"
            )
        return {benefit: _amount(written) for benefit, written in groups[group].items()}


def _amount(written: str | list[str]) -> int | tuple[int, int]:
    if isinstance(written, str):
        return cents.parse(written)
    individual, family = written
    return cents.parse(individual), cents.parse(family)
