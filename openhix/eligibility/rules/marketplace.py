"""The marketplace itself: who may buy a plan, which kinds of plans, and how often one may change it."""

# ruff: noqa: E501
from datetime import date

from openhix.eligibility.rules.people import PERSON, TAX_HOUSEHOLD
from openhix.kernel import periods
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Array, Bools, Column, Input, Ints, Members, any_of, rule
from openhix.kernel.story import YES_NO, _
from openhix.law.tables import Law

hardship_exempt = Input(
    PERSON, YES_NO
)  # holds a federal certificate of exemption, for hardship or for want of an affordable plan


class Access(Code):
    """Whether a person may buy a plan, and why not."""

    OPEN = 1, _("may buy a plan")
    NOT_APPLYING = 2, _("does not ask for coverage")
    NOT_RESIDENT = 3, _("does not live in Massachusetts")
    NOT_LAWFULLY_PRESENT = 4, _("is not lawfully present")
    INCARCERATED = 5, _("is in jail or prison")


@rule(
    PERSON,
    cites="45 CFR 155.305(a); 956 CMR 12.04(1)",
    unit=Access,
    says={
        Access.OPEN: _(
            "This person can buy a plan: a citizen or lawfully present, living in Massachusetts, and not in prison."
        ),
        Access.NOT_APPLYING: _(
            "You did not ask for coverage for this person, who still counts for the size of the household and for its income. To ask for coverage, change your application."
        ),
        Access.NOT_RESIDENT: _(
            "Plans are for people who live in Massachusetts, and this person does not. Tell us if this person moves here."
        ),
        Access.NOT_LAWFULLY_PRESENT: _(
            "With this immigration status this person cannot buy a plan. Tell us if it changes."
        ),
        Access.INCARCERATED: _(
            "This person is in jail or prison, and cannot buy a plan there. People who wait for their trial can: tell us if that is so. Tell us also when this person comes home."
        ),
    },
    because={
        **{each: () for each in Access},
        Access.NOT_LAWFULLY_PRESENT: ("lawfully_present",),
    },
)
def plan_access(applying: Bools, resident: Bools, lawfully_present: Bools, incarcerated: Bools) -> Ints:
    """Someone whose charges are pending is not told as incarcerated."""
    return first_of(
        [~applying, ~resident, ~lawfully_present, incarcerated],
        [
            Access.NOT_APPLYING,
            Access.NOT_RESIDENT,
            Access.NOT_LAWFULLY_PRESENT,
            Access.INCARCERATED,
        ],
        default=Access.OPEN,
    )


@rule(
    PERSON,
    cites="45 CFR 155.305(a); 956 CMR 12.04(1)",
    unit=YES_NO,
    because={True: (), False: ("plan_access",)},
)
def may_buy_plan(plan_access: Ints) -> Bools:
    """Of people with Medicare this holds too; no one may sell them a plan that they need not (42 USC 1395ss(d)(3))."""
    return plan_access == Access.OPEN


@rule(
    PERSON,
    cites="45 CFR 155.305(h); 45 CFR 156.155(a)(5); 956 CMR 12.04(1)",
    unit=YES_NO,
    may_lack=("hardship_exempt",),
    says={
        True: _(
            "This person can also buy a catastrophic plan: low in price, with a high deductible. No tax credit helps with it."
        ),
        False: _(
            "Catastrophic plans are for people who were under 30 when the year began, or who have a hardship exemption. This person cannot buy one."
        ),
    },
    because={True: (), False: ("may_buy_plan",)},
)
def catastrophic_open(birth_date: Array, hardship_exempt: Column, may_buy_plan: Bools, law: Law) -> Bools:
    """Whether the person was younger than 30 on the last day before the plan year, or is exempt.

    Who turns 30 on 1 January had not done so before the year began.
    """
    born = birth_date.astype("datetime64[D]")  # where none is told there is no answer
    young = periods.ages_on(born, date(law.plan_year - 1, 12, 31)) < law.catastrophic_under
    exempt = hardship_exempt.known_rows & (hardship_exempt.values != 0)
    return may_buy_plan & (young | exempt)


@rule(PERSON, cites="25 USC 1603(13); 45 CFR 155.300(a)", unit=YES_NO)
def buys_as_tribal_member(tribal_member: Bools, may_buy_plan: Bools) -> Bools:
    return tribal_member & may_buy_plan


@rule(TAX_HOUSEHOLD, cites="45 CFR 155.420(d)(8)", unit=YES_NO)
def has_tribal_member(buys_as_tribal_member: Members) -> Bools:
    return any_of(buys_as_tribal_member)


@rule(
    PERSON,
    cites="45 CFR 155.420(d)(8)",
    unit=YES_NO,
    says={
        True: _(
            "Members of a tribe, and the family on the same tax return, can choose or change a plan once a month, all year."
        )
    },
)
def may_enroll_each_month(may_buy_plan: Bools, has_tribal_member: Bools) -> Bools:
    """Dependents of a member may change together with the member; the people of the same return are taken as such."""
    return may_buy_plan & has_tribal_member
