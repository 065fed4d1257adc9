"""ConnectorCare: the plan type, by the household's percentage of the poverty level, and what each person pays."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PERSON, TAX_HOUSEHOLD
from openhix.kernel import percent
from openhix.kernel.codes import Code
from openhix.kernel.facts import Bools, Column, Ints, rule
from openhix.kernel.story import CENTS, HUNDREDTHS, _
from openhix.law.tables import Law


class PlanType(Code):
    NONE = 0, _("no ConnectorCare plan type")
    TYPE_1 = 1, _("ConnectorCare Plan Type 1")
    TYPE_2A = 2, _("ConnectorCare Plan Type 2A")
    TYPE_2B = 3, _("ConnectorCare Plan Type 2B")
    TYPE_3A = 4, _("ConnectorCare Plan Type 3A")
    TYPE_3B = 5, _("ConnectorCare Plan Type 3B")
    TYPE_3C = 6, _("ConnectorCare Plan Type 3C")
    TYPE_3D = 7, _("ConnectorCare Plan Type 3D")

    @property
    def code(self) -> str:
        """`2A`, as members and carriers write it."""
        return self.name.removeprefix("TYPE_")

    @classmethod
    def of(cls, code: str) -> "PlanType":
        return cls[f"TYPE_{code}"]


@rule(TAX_HOUSEHOLD, cites="956 CMR 12.04(3)(b)", unit=HUNDREDTHS)
def connectorcare_up_to(poverty_guideline: Ints, law: Law) -> Ints:
    """The highest percentage of the poverty level that has a plan type this year."""
    return np.full(len(poverty_guideline), law.connectorcare.plan_types[-1].to)


@rule(
    TAX_HOUSEHOLD,
    cites="956 CMR 12.04(3)(b)",
    unit=PlanType,
    says={
        PlanType.NONE: _(
            "At {fpl_percent} of the poverty level there is no ConnectorCare plan type this year (it ends at {connectorcare_up_to})."
        ),
        **{
            each: _(
                "At {fpl_percent} of the poverty level your household's ConnectorCare plan type is {household_plan_type}."
            )
            for each in PlanType
            if each != PlanType.NONE
        },
    },
    because={each: ("credit_open",) for each in PlanType},
)
def household_plan_type(
    compared_income: Ints,
    compared_guideline: Ints,
    credit_open: Bools,
    fpl_percent: Ints,
    connectorcare_up_to: Ints,
    law: Law,
) -> Ints:
    """The plan type of the income, for those who can have a credit: ConnectorCare is built on it."""
    found = np.zeros(len(compared_income), dtype=np.int64)
    for plan_type in law.connectorcare.plan_types:
        over = percent.above(compared_income, plan_type.over, compared_guideline)
        if plan_type.includes_lower:
            over |= compared_income * percent.WHOLE == plan_type.over * compared_guideline
        inside = over & ~percent.above(compared_income, plan_type.to, compared_guideline)
        found = np.where(inside, int(PlanType.of(plan_type.code)), found)
    return np.where(credit_open, found, int(PlanType.NONE))


@rule(PERSON, cites="956 CMR 12.04(3)", unit=PlanType)
def plan_type(household_plan_type: Ints, may_have_credit: Bools) -> Ints:
    """The person's plan type: ConnectorCare is for who can have a credit, be it a credit of zero."""
    return np.where(may_have_credit, household_plan_type, int(PlanType.NONE))


@rule(
    PERSON,
    cites="956 CMR 12.12(9)",
    unit=CENTS,
    says=_("In {plan_type} the lowest-cost plan costs this person {contribution} a month."),
)
def contribution(plan_type: Ints, law: Law) -> Column:
    """The plan type's minimum for one person and month; known where there is a plan type."""
    minimum = np.zeros(len(PlanType), dtype=np.int64)
    for each in law.connectorcare.plan_types:
        minimum[PlanType.of(each.code)] = each.contribution
    return Column(minimum[plan_type], plan_type != PlanType.NONE)
