"""The answer for each person: the fullest program that the rules above leave open, and what there is beside it."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.credit import CreditHelp
from openhix.eligibility.rules.marketplace import Access
from openhix.eligibility.rules.masshealth import Coverage
from openhix.eligibility.rules.people import PERSON
from openhix.eligibility.rules.safety_net import HealthSafetyNet
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Column, Ints, rule
from openhix.kernel.story import _


class Program(Code):
    """From the fullest to none. Someone who does not ask for coverage has none."""

    MASSHEALTH_STANDARD = 1, _("MassHealth Standard")
    MASSHEALTH_COMMONHEALTH = 2, _("MassHealth CommonHealth")
    MASSHEALTH_CAREPLUS = 3, _("MassHealth CarePlus")
    MASSHEALTH_FAMILY_ASSISTANCE = 4, _("MassHealth Family Assistance")
    CONNECTORCARE = 5, _("ConnectorCare")
    CREDIT_ONLY = 6, _("Health Connector plan with a tax credit")
    UNSUBSIDIZED = 7, _("Health Connector plan at full price")
    CMSP = 8, _("Children's Medical Security Plan")
    MASSHEALTH_LIMITED = 9, _("MassHealth Limited")
    NONE = 10, _("no program")


MASSHEALTH = (
    Program.MASSHEALTH_STANDARD,
    Program.MASSHEALTH_COMMONHEALTH,
    Program.MASSHEALTH_CAREPLUS,
    Program.MASSHEALTH_FAMILY_ASSISTANCE,
)
BUYS_A_PLAN = (Program.CONNECTORCARE, Program.CREDIT_ONLY, Program.UNSUBSIDIZED)

BY_COVERAGE = {
    Coverage.STANDARD: Program.MASSHEALTH_STANDARD,
    Coverage.COMMONHEALTH: Program.MASSHEALTH_COMMONHEALTH,
    Coverage.CAREPLUS: Program.MASSHEALTH_CAREPLUS,
    Coverage.FAMILY_ASSISTANCE: Program.MASSHEALTH_FAMILY_ASSISTANCE,
}


@rule(
    PERSON,
    cites="956 CMR 12.04; 45 CFR 155.305; 45 CFR 155.345",
    unit=Program,
    may_lack=("contribution",),
    says={
        Program.MASSHEALTH_STANDARD: _("This person may qualify for MassHealth Standard."),
        Program.MASSHEALTH_COMMONHEALTH: _("This person may qualify for MassHealth CommonHealth."),
        Program.MASSHEALTH_CAREPLUS: _("This person may qualify for MassHealth CarePlus."),
        Program.MASSHEALTH_FAMILY_ASSISTANCE: _("This person may qualify for MassHealth Family Assistance."),
        Program.CONNECTORCARE: _("This person may qualify for ConnectorCare: {plan_type}."),
        Program.CREDIT_ONLY: _(
            "This person may qualify for a tax credit that lowers the price of a Health Connector plan."
        ),
        Program.UNSUBSIDIZED: _("This person can buy a Health Connector plan at full price."),
        Program.CMSP: _("This child may qualify for the Children's Medical Security Plan."),
        Program.MASSHEALTH_LIMITED: _("This person may qualify for MassHealth Limited, which covers emergencies."),
        Program.NONE: _("With this application there is no program for this person."),
    },
    because={
        **{each: ("masshealth",) for each in MASSHEALTH},
        Program.CONNECTORCARE: (
            "masshealth",
            "household_plan_type",
            "contribution",
            "credit_help",
            "cost_sharing_variant",
        ),
        Program.CREDIT_ONLY: ("masshealth", "household_plan_type", "credit_help", "cost_sharing_variant"),
        Program.UNSUBSIDIZED: ("masshealth", "credit_help", "cost_sharing_variant"),
        Program.CMSP: ("plan_access", "masshealth", "cmsp"),
        Program.MASSHEALTH_LIMITED: ("plan_access", "masshealth", "masshealth_limited"),
        Program.NONE: ("plan_access", "masshealth", "masshealth_limited"),
    },
)
def program(
    plan_access: Ints,
    masshealth: Ints,
    plan_type: Ints,
    household_plan_type: Ints,
    contribution: Column,
    credit_help: Ints,
    cost_sharing_variant: Ints,
    cmsp: Bools,
    masshealth_limited: Bools,
) -> Ints:
    """MassHealth before ConnectorCare before a credit alone; a credit that comes to nothing is no help.

    A plan at full price stands before what covers only some care. Who does not ask for coverage has no program. Of the
    household's plan type, the contribution and the variant nothing is asked: they are told.
    """
    of_masshealth = np.zeros(max(Coverage) + 1, dtype=np.int64)
    of_masshealth[list(BY_COVERAGE)] = list(BY_COVERAGE.values())
    full = of_masshealth[masshealth]
    return first_of(
        [
            plan_access == Access.NOT_APPLYING,
            full > 0,
            plan_type != PlanType.NONE,
            credit_help == CreditHelp.SOME,
            plan_access == Access.OPEN,
            cmsp,
            masshealth_limited,
        ],
        [Program.NONE, full, *BUYS_A_PLAN, Program.CMSP, Program.MASSHEALTH_LIMITED],
        default=Program.NONE,
    )


class Also(Code):
    """What a person has beside the program: the sum of 1 (Limited), 2 (the children's plan), 4 or 8 (the safety net)."""

    NOTHING = 0, _("nothing else")
    MASSHEALTH_LIMITED = 1, _("MassHealth Limited")
    CMSP = 2, _("the Children's Medical Security Plan")
    MASSHEALTH_LIMITED__CMSP = 3, _("MassHealth Limited, the Children's Medical Security Plan")
    HSN_FULL = 4, _("the Health Safety Net (full)")
    MASSHEALTH_LIMITED__HSN_FULL = 5, _("MassHealth Limited, the Health Safety Net (full)")
    CMSP__HSN_FULL = 6, _("the Children's Medical Security Plan, the Health Safety Net (full)")
    MASSHEALTH_LIMITED__CMSP__HSN_FULL = (
        7,
        _("MassHealth Limited, the Children's Medical Security Plan, the Health Safety Net (full)"),
    )
    HSN_PARTIAL = 8, _("the Health Safety Net (partial)")
    MASSHEALTH_LIMITED__HSN_PARTIAL = 9, _("MassHealth Limited, the Health Safety Net (partial)")
    CMSP__HSN_PARTIAL = 10, _("the Children's Medical Security Plan, the Health Safety Net (partial)")
    MASSHEALTH_LIMITED__CMSP__HSN_PARTIAL = (
        11,
        _("MassHealth Limited, the Children's Medical Security Plan, the Health Safety Net (partial)"),
    )

    @property
    def code(self) -> str:
        """`masshealth_limited+hsn_full`."""
        return self.name.lower().replace("__", "+")

    @classmethod
    def of(cls, code: str) -> "Also":
        return cls[code.upper().replace("+", "__")]


BESIDE = {
    Also.MASSHEALTH_LIMITED: "masshealth_limited",
    Also.CMSP: "cmsp",
    Also.HSN_FULL: "health_safety_net",
    Also.HSN_PARTIAL: "health_safety_net",
}


@rule(
    PERSON,
    cites="130 CMR 505.006; 130 CMR 522.004; 101 CMR 613.04",
    unit=Also,
    because={
        each: tuple(name for bit, name in BESIDE.items() if each & bit)  # of what is not open nothing is told
        for each in Also
    },
)
def also(program: Ints, plan_access: Ints, masshealth_limited: Bools, cmsp: Bools, health_safety_net: Ints) -> Ints:
    """What stands beside the program, which is not told again; nothing for who does not ask for coverage."""
    limited = masshealth_limited & (program != Program.MASSHEALTH_LIMITED)
    children = cmsp & (program != Program.CMSP)
    net = first_of(
        [health_safety_net == HealthSafetyNet.FULL, health_safety_net == HealthSafetyNet.PARTIAL],
        [Also.HSN_FULL, Also.HSN_PARTIAL],
        default=0,
    )
    beside = limited * int(Also.MASSHEALTH_LIMITED) + children * int(Also.CMSP) + net
    return np.where(plan_access == Access.NOT_APPLYING, 0, beside)
