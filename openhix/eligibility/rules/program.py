"""The answer for each person: the fullest program that the rules above leave open."""

import numpy as np

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.masshealth import Coverage
from openhix.eligibility.rules.people import PERSON
from openhix.kernel.codes import Code
from openhix.kernel.facts import Column, Ints, rule
from openhix.kernel.story import _


class Program(Code):
    MASSHEALTH_STANDARD = 1, _("MassHealth Standard")
    MASSHEALTH_CAREPLUS = 2, _("MassHealth CarePlus")
    MASSHEALTH_FAMILY_ASSISTANCE = 3, _("MassHealth Family Assistance")
    CONNECTORCARE = 4, _("ConnectorCare")
    CREDIT_ONLY = 5, _("Health Connector plan with a tax credit")
    UNSUBSIDIZED = 6, _("Health Connector plan at full price")
    MASSHEALTH_COMMONHEALTH = 7, _("MassHealth CommonHealth")


MASSHEALTH = (
    Program.MASSHEALTH_STANDARD,
    Program.MASSHEALTH_CAREPLUS,
    Program.MASSHEALTH_FAMILY_ASSISTANCE,
    Program.MASSHEALTH_COMMONHEALTH,
)


@rule(
    PERSON,
    cites="956 CMR 12.04; 45 CFR 155.305",
    unit=Program,
    may_lack=("monthly_credit", "contribution"),
    says={
        Program.MASSHEALTH_STANDARD: _("This person may qualify for MassHealth Standard."),
        Program.MASSHEALTH_CAREPLUS: _("This person may qualify for MassHealth CarePlus."),
        Program.MASSHEALTH_FAMILY_ASSISTANCE: _("This person may qualify for MassHealth Family Assistance."),
        Program.MASSHEALTH_COMMONHEALTH: _("This person may qualify for MassHealth CommonHealth."),
        Program.CONNECTORCARE: _("This person may qualify for ConnectorCare: {plan_type}."),
        Program.CREDIT_ONLY: _(
            "This person may qualify for a tax credit that lowers the price of a Health Connector plan."
        ),
        Program.UNSUBSIDIZED: _("This person can buy a Health Connector plan at full price."),
    },
    because={
        **{each: ("masshealth",) for each in MASSHEALTH},
        Program.CONNECTORCARE: ("masshealth", "household_plan_type", "contribution", "monthly_credit"),
        Program.CREDIT_ONLY: ("masshealth", "household_plan_type", "monthly_credit"),
        Program.UNSUBSIDIZED: ("masshealth", "credit_window"),
    },
)
def program(
    masshealth: Ints,
    plan_type: Ints,
    household_plan_type: Ints,
    contribution: Column,
    monthly_credit: Column,
    credit_window: Ints,
) -> Ints:
    """MassHealth before ConnectorCare before a credit alone; a credit that comes to nothing is no help."""
    has_credit = monthly_credit.known_rows & (monthly_credit.values > 0)
    return np.select(
        [
            masshealth == Coverage.STANDARD,
            masshealth == Coverage.CAREPLUS,
            masshealth == Coverage.FAMILY_ASSISTANCE,
            masshealth == Coverage.COMMONHEALTH,
            plan_type != PlanType.NONE,
            has_credit,
        ],
        [int(each) for each in (*MASSHEALTH, Program.CONNECTORCARE, Program.CREDIT_ONLY)],
        default=int(Program.UNSUBSIDIZED),
    )
