"""What the state offers to people without full MassHealth: Limited, the Children's Medical Security Plan, the Health
Safety Net. None of them stands in the way of a tax credit."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.income_standards import AgeGroup
from openhix.eligibility.rules.masshealth import Considered, Coverage, Ground
from openhix.eligibility.rules.masshealth_income import within
from openhix.eligibility.rules.people import PERSON
from openhix.kernel import percent
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Ints, rule
from openhix.kernel.story import HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


class Emergency(Code):
    """Whether MassHealth Limited is open, and why."""

    NOT_CONSIDERED = 0, _("MassHealth was not looked at")
    OPEN = 1, _("open")
    OPEN_BY_CONNECTOR = 2, _("open, as the Health Connector counts income")
    FULLER = 3, _("has fuller coverage")
    AGE = 4, _("the rules for people of 65 and older")
    STATUS = 5, _("full coverage goes with this status, so there is no Limited")
    INCOME = 6, _("income above the limit")


@rule(
    PERSON,
    cites="130 CMR 505.006; 130 CMR 506.007(D)",
    unit=Emergency,
    says={
        Emergency.OPEN: _(
            "This person can have MassHealth Limited, which pays for care in an emergency: the limit is {limited_limit_tested}."
        ),
        Emergency.OPEN_BY_CONNECTOR: _(
            "As the Health Connector counts income, your tax household is at {fpl_percent}. By that, this person can have MassHealth Limited, which pays for care in an emergency."
        ),
        Emergency.FULLER: _("This person can have fuller coverage than MassHealth Limited."),
        Emergency.AGE: _(
            "From the age of 65 MassHealth Limited goes by other rules, which this estimate does not know."
        ),
        Emergency.STATUS: _(
            "MassHealth Limited, for emergencies, is for people to whom their immigration status closes full coverage. That is not so for this person."
        ),
        Emergency.INCOME: _(
            "At {masshealth_fpl} of the poverty level this person cannot have MassHealth Limited, which pays for care in an emergency: the limit is {limited_limit_tested}."
        ),
    },
    because={
        Emergency.NOT_CONSIDERED: ("considered",),
        Emergency.OPEN: ("masshealth_fpl", "age_group", "status_group"),
        Emergency.OPEN_BY_CONNECTOR: ("masshealth_fpl", "fpl_percent", "age_group", "status_group"),
        Emergency.FULLER: ("masshealth",),
        Emergency.AGE: ("age_group",),
        Emergency.STATUS: ("age_group", "status_group"),
        Emergency.INCOME: ("masshealth_fpl", "age_group", "status_group"),
    },
)
def emergency_care(
    considered: Ints,
    masshealth: Ints,
    open_ground: Ints,
    age_group: Ints,
    disabled: Bools,
    status_group: Ints,
    limited_limit_tested: Ints,
    compared_magi_income: Ints,
    compared_magi_guideline: Ints,
    compared_disabled_income: Ints,
    compared_disabled_guideline: Ints,
    below_by_connector_rules: Bools,
    masshealth_fpl: Ints,
    fpl_percent: Ints,
) -> Ints:
    """Limited stands beside Family Assistance and CommonHealth, where its own test is met.

    Disabled adults may meet it by the disabled adult household too. Below 100% as the exchange counts, who has no full
    coverage by MassHealth's own count has Limited by that.
    """
    is_disabled_adult = disabled & (age_group == AgeGroup.ADULT)
    meets = within(compared_magi_income, limited_limit_tested, compared_magi_guideline) | (
        is_disabled_adult & within(compared_disabled_income, limited_limit_tested, compared_disabled_guideline)
    )
    has_fuller = (masshealth == Coverage.STANDARD) | (masshealth == Coverage.CAREPLUS)
    return first_of(
        [
            considered != Considered.YES,
            has_fuller,
            age_group == AgeGroup.SENIOR,
            limited_limit_tested == 0,
            meets,
            below_by_connector_rules & (open_ground == Ground.NOT_CONSIDERED),
        ],
        [
            Emergency.NOT_CONSIDERED,
            Emergency.FULLER,
            Emergency.AGE,
            Emergency.STATUS,
            Emergency.OPEN,
            Emergency.OPEN_BY_CONNECTOR,
        ],
        default=Emergency.INCOME,
    )


@rule(PERSON, cites="130 CMR 505.006", unit=YES_NO)
def masshealth_limited(emergency_care: Ints) -> Bools:
    """Whether MassHealth Limited is open."""
    return (emergency_care == Emergency.OPEN) | (emergency_care == Emergency.OPEN_BY_CONNECTOR)


class SecurityPlan(Code):
    """Whether the Children's Medical Security Plan is open, and why."""

    NOT_CONSIDERED = 0, _("MassHealth was not looked at")
    FREE = 1, _("open without a premium")
    WITH_PREMIUM = 2, _("open with a premium")
    AGE = 3, _("for children under 19")
    HAS_MASSHEALTH = 4, _("has MassHealth")
    HAS_COVERAGE = 5, _("has other health coverage")


@rule(PERSON, cites="130 CMR 506.011(A); 130 CMR 522.004", unit=HUNDREDTHS)
def security_plan_free_to(age: Ints, law: Law) -> Ints:
    """The highest percentage of the guideline without a premium."""
    return np.full(len(age), law.medical_security_plan.premium_free_to)


@rule(
    PERSON,
    cites="130 CMR 522.004; 130 CMR 506.011(A)",
    unit=SecurityPlan,
    says={
        SecurityPlan.FREE: _(
            "This child can have the Children's Medical Security Plan, which pays for check-ups and some other care, without a premium: that is for incomes up to {security_plan_free_to}."
        ),
        SecurityPlan.WITH_PREMIUM: _(
            "This child may get the Children's Medical Security Plan, which pays for check-ups and some other care. Above {security_plan_free_to} there is a premium."
        ),
        SecurityPlan.AGE: _("The Children's Medical Security Plan is for children under 19."),
        SecurityPlan.HAS_MASSHEALTH: _(
            "The Children's Medical Security Plan is for children who can have no other MassHealth but Limited."
        ),
        SecurityPlan.HAS_COVERAGE: _(
            "The Children's Medical Security Plan is for children who have no other health coverage. This child's coverage: {other_coverage}."
        ),
    },
    because={
        SecurityPlan.NOT_CONSIDERED: ("considered",),
        SecurityPlan.FREE: ("age", "masshealth", "other_coverage"),
        SecurityPlan.WITH_PREMIUM: ("age", "masshealth", "other_coverage"),
        SecurityPlan.AGE: ("age",),
        SecurityPlan.HAS_MASSHEALTH: ("masshealth",),
        SecurityPlan.HAS_COVERAGE: ("other_coverage",),
    },
)
def security_plan(
    considered: Ints,
    masshealth: Ints,
    has_masshealth: Bools,
    age: Ints,
    is_uninsured: Bools,
    other_coverage: Ints,
    compared_magi_income: Ints,
    compared_magi_guideline: Ints,
    security_plan_free_to: Ints,
    law: Law,
) -> Ints:
    """For uninsured children of any status and income. That the plan may have a waiting list is not weighed."""
    is_free = within(compared_magi_income, security_plan_free_to, compared_magi_guideline)
    return first_of(
        [
            considered != Considered.YES,
            age >= law.medical_security_plan.under,
            has_masshealth,
            ~is_uninsured,
            is_free,
        ],
        [
            SecurityPlan.NOT_CONSIDERED,
            SecurityPlan.AGE,
            SecurityPlan.HAS_MASSHEALTH,
            SecurityPlan.HAS_COVERAGE,
            SecurityPlan.FREE,
        ],
        default=SecurityPlan.WITH_PREMIUM,
    )


@rule(PERSON, cites="130 CMR 522.004", unit=YES_NO)
def cmsp(security_plan: Ints) -> Bools:
    """Whether the Children's Medical Security Plan is open."""
    return (security_plan == SecurityPlan.FREE) | (security_plan == SecurityPlan.WITH_PREMIUM)


class HealthSafetyNet(Code):
    NONE = 0, _("no Health Safety Net")
    FULL = 1, _("Health Safety Net")
    PARTIAL = 2, _("Health Safety Net, partial")


class SafetyNet(Code):
    """Whether the Health Safety Net pays, and why."""

    NOT_CONSIDERED = 0, _("MassHealth was not looked at")
    FULL = 1, _("open")
    PARTIAL = 2, _("open above a deductible")
    FULL_UNTIL_ENROLLED = 3, _("open until enrolled in ConnectorCare")
    PARTIAL_UNTIL_ENROLLED = 4, _("open above a deductible, until enrolled in ConnectorCare")
    HAS_MASSHEALTH = 5, _("has MassHealth")
    HAS_CONNECTORCARE = 6, _("can have ConnectorCare")
    INCOME = 8, _("income above the limit")


@rule(PERSON, cites="101 CMR 613.04", unit=HUNDREDTHS)
def safety_net_up_to(age: Ints, law: Law) -> Ints:
    """The highest percentage of the guideline at which the Health Safety Net pays."""
    return np.full(len(age), law.health_safety_net.partial_to)


@rule(PERSON, cites="101 CMR 613.04", unit=YES_NO)
def keeps_safety_net(plan_type: Ints, law: Law) -> Bools:
    """Whether ConnectorCare leaves the Health Safety Net open.

    Doubt: accounts of the rule give people with ConnectorCare about 90 or 100 days to enroll, in which it pays, and
    dental care alone from then on. The law's table says whether that time counts as being eligible.
    """
    return (plan_type == PlanType.NONE) | law.health_safety_net.beside_connectorcare


@rule(
    PERSON,
    cites="101 CMR 613.04(1), (2)",
    unit=SafetyNet,
    says={
        SafetyNet.FULL: _(
            "At {masshealth_fpl} of the poverty level the Health Safety Net can pay this person's bills from hospitals and community health centers in Massachusetts."
        ),
        SafetyNet.PARTIAL: _(
            "At {masshealth_fpl} of the poverty level the Health Safety Net can pay a part of this person's bills from hospitals and community health centers in Massachusetts, above a deductible. It ends at {safety_net_up_to}."
        ),
        SafetyNet.FULL_UNTIL_ENROLLED: _(
            "At {masshealth_fpl} of the poverty level the Health Safety Net can pay this person's bills from hospitals and community health centers in Massachusetts until this person has a ConnectorCare plan, but not for long: enroll soon. Dental care stays covered."
        ),
        SafetyNet.PARTIAL_UNTIL_ENROLLED: _(
            "At {masshealth_fpl} of the poverty level the Health Safety Net can pay a part of this person's bills from hospitals and community health centers in Massachusetts until this person has a ConnectorCare plan, but not for long: enroll soon. There is a deductible."
        ),
        SafetyNet.HAS_MASSHEALTH: _("The Health Safety Net is for people who can have no full MassHealth coverage."),
        SafetyNet.HAS_CONNECTORCARE: _("The Health Safety Net is for people who can have no ConnectorCare plan."),
        SafetyNet.INCOME: _(
            "At {masshealth_fpl} of the poverty level this person cannot have the Health Safety Net: it ends at {safety_net_up_to}."
        ),
    },
    because={
        SafetyNet.NOT_CONSIDERED: ("considered",),
        SafetyNet.FULL: ("masshealth", "masshealth_fpl"),
        SafetyNet.PARTIAL: ("masshealth", "masshealth_fpl"),
        SafetyNet.FULL_UNTIL_ENROLLED: ("masshealth", "masshealth_fpl", "keeps_safety_net"),
        SafetyNet.PARTIAL_UNTIL_ENROLLED: ("masshealth", "masshealth_fpl", "keeps_safety_net"),
        SafetyNet.HAS_MASSHEALTH: ("masshealth",),
        SafetyNet.HAS_CONNECTORCARE: ("keeps_safety_net",),
        SafetyNet.INCOME: ("masshealth_fpl",),
    },
)
def safety_net(
    considered: Ints,
    masshealth: Ints,
    has_masshealth: Bools,
    plan_type: Ints,
    keeps_safety_net: Bools,
    compared_magi_income: Ints,
    compared_magi_guideline: Ints,
    masshealth_fpl: Ints,
    safety_net_up_to: Ints,
    law: Law,
) -> Ints:
    """For residents of any age and status, insured or not; the five points are MassHealth's, not given here.

    Doubt: how income is counted from 65 on was not read; assumed as for everyone else. Who was ended in MassHealth or
    ConnectorCare for unpaid premiums is shut out: that is not asked.
    """
    above_full = percent.above(compared_magi_income, law.health_safety_net.full_to, compared_magi_guideline)
    above_partial = percent.above(compared_magi_income, law.health_safety_net.partial_to, compared_magi_guideline)
    has_plan_type = plan_type != PlanType.NONE
    return first_of(
        [
            considered != Considered.YES,
            has_masshealth,
            above_partial,
            ~keeps_safety_net,
            above_full & has_plan_type,
            above_full,
            has_plan_type,
        ],
        [
            SafetyNet.NOT_CONSIDERED,
            SafetyNet.HAS_MASSHEALTH,
            SafetyNet.INCOME,
            SafetyNet.HAS_CONNECTORCARE,
            SafetyNet.PARTIAL_UNTIL_ENROLLED,
            SafetyNet.PARTIAL,
            SafetyNet.FULL_UNTIL_ENROLLED,
        ],
        default=SafetyNet.FULL,
    )


@rule(PERSON, cites="101 CMR 613.04", unit=HealthSafetyNet)
def health_safety_net(safety_net: Ints) -> Ints:
    return first_of(
        [
            (safety_net == SafetyNet.FULL) | (safety_net == SafetyNet.FULL_UNTIL_ENROLLED),
            (safety_net == SafetyNet.PARTIAL) | (safety_net == SafetyNet.PARTIAL_UNTIL_ENROLLED),
        ],
        [HealthSafetyNet.FULL, HealthSafetyNet.PARTIAL],
        default=HealthSafetyNet.NONE,
    )
