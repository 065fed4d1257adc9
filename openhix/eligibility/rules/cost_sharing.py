"""Cost sharing: which variant of a plan a person is in, and so what care costs beside the premium."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import PERSON
from openhix.kernel import percent
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Ints, rule
from openhix.kernel.story import _
from openhix.law.connectorcare import CostSharingGroup
from openhix.law.tables import Law


class Variant(Code):
    """A plan as it is sold, or with less to pay for care. The federal ones stand in the order of 45 CFR 155.305(g)(3)."""

    STANDARD = 0, _("the plan as it is sold")
    LIMITED = 1, _("no cost at Indian health providers")
    SILVER_73 = 2, _("silver plan that pays 73 of 100 dollars")
    SILVER_87 = 3, _("silver plan that pays 87 of 100 dollars")
    SILVER_94 = 4, _("silver plan that pays 94 of 100 dollars")
    ZERO = 5, _("no cost for care")
    CONNECTORCARE_HIGH = 6, _("ConnectorCare's higher copays")
    CONNECTORCARE_LOW = 7, _("ConnectorCare's lower copays")
    CONNECTORCARE_TYPE_1 = 8, _("ConnectorCare's copays for drugs alone")

    @classmethod
    def of_connectorcare(cls, group: CostSharingGroup) -> "Variant":
        return cls[f"CONNECTORCARE_{group.upper()}"]


TRIBAL = (Variant.LIMITED, Variant.ZERO)  # what members of a tribe alone can have


@rule(PERSON, cites="45 CFR 155.305(g)(1), (2)", unit=Variant)
def silver_variant(may_have_credit: Bools, compared_income: Ints, compared_guideline: Ints, law: Law) -> Ints:
    """By income, in a silver plan, for who can have a credit."""
    limits = law.cost_sharing_reductions
    above_94, above_87, above_73 = (
        percent.above(compared_income, limit, compared_guideline)
        for limit in (limits.silver_94, limits.silver_87, limits.silver_73)
    )
    return first_of(
        [~may_have_credit | above_73, above_87, above_94],
        [Variant.STANDARD, Variant.SILVER_73, Variant.SILVER_87],
        default=Variant.SILVER_94,
    )


@rule(PERSON, cites="45 CFR 155.350(a), (b); 45 CFR 156.410(b)", unit=Variant)
def federal_variant(
    silver_variant: Ints,
    may_have_credit: Bools,
    buys_as_tribal_member: Bools,
    has_masshealth: Bools,
    compared_income: Ints,
    compared_guideline: Ints,
    law: Law,
) -> Ints:
    """What members of a tribe have goes before it, in plans of every metal: zero up to 300%, if they can have a credit;
    else limited, with any income and whether or not they asked for help."""
    above_300 = percent.above(compared_income, law.cost_sharing_reductions.zero, compared_guideline)
    return first_of(
        [buys_as_tribal_member & may_have_credit & ~above_300, buys_as_tribal_member & ~has_masshealth],
        [Variant.ZERO, Variant.LIMITED],
        default=silver_variant,
    )


@rule(
    PERSON,
    cites="956 CMR 12.04(3)(b); 45 CFR 155.305(g); 45 CFR 155.350",
    unit=Variant,
    says={
        Variant.LIMITED: _(
            "As a member of a tribe, this person pays nothing for care at Indian health providers, or to which they refer, in any plan and with any income."
        ),
        Variant.ZERO: _(
            "As a member of a tribe with income at {fpl_percent} of the poverty level, this person pays nothing for care that the plan covers, in any plan."
        ),
        **{
            each: _(
                "In a silver plan this person pays less for care, since income is at {fpl_percent} of the poverty level."
            )
            for each in (Variant.SILVER_73, Variant.SILVER_87, Variant.SILVER_94)
        },
        **{
            each: _("In {plan_type} there is no deductible, and the copays are low.")
            for each in (Variant.CONNECTORCARE_HIGH, Variant.CONNECTORCARE_LOW, Variant.CONNECTORCARE_TYPE_1)
        },
    },
    because={each: () for each in Variant},
)
def cost_sharing_variant(federal_variant: Ints, plan_type: Ints, fpl_percent: Ints, law: Law) -> Ints:
    """ConnectorCare's own where there is a plan type; what members of a tribe have goes before it."""
    own = np.full(len(PlanType), int(Variant.STANDARD))
    for each in law.connectorcare.plan_types:
        own[PlanType.of(each.code)] = Variant.of_connectorcare(each.cost_sharing)
    is_tribal = np.isin(federal_variant, TRIBAL)
    return np.where((plan_type == PlanType.NONE) | is_tribal, federal_variant, own[plan_type])
