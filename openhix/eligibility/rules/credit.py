"""The premium tax credit: who can have it, what a household is expected to pay, and what is left of the benchmark."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.filing import Filing
from openhix.eligibility.rules.immigration import StatusGroup
from openhix.eligibility.rules.people import PERSON, TAX_HOUSEHOLD
from openhix.kernel import cents, percent
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Column, Ints, Members, any_of, rule
from openhix.kernel.story import CENTS, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


class Window(Code):
    """Where the household's income lies between the ends of the law on credits."""

    NOT_ASKED = 0, _("no help was asked for")
    BELOW = 1, _("below the income range of the tax credit")
    WITHIN = 2, _("within the income range of the tax credit")
    ABOVE = 3, _("above the income range of the tax credit")
    LAWFULLY_PRESENT = 4, _("below the income range of the tax credit, which is open for an immigration status")


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(c)(1)(A)", unit=HUNDREDTHS)
def credit_from(poverty_guideline: Ints, law: Law) -> Ints:
    """The lowest percentage of the poverty level that has a credit."""
    return np.full(len(poverty_guideline), law.credit_window.minimum)


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(d)(3)", unit=CENTS)
def income_floor(poverty_guideline: Ints, credit_from: Ints) -> Ints:
    """The lowest yearly income with a credit, in whole cents."""
    return -(-poverty_guideline * credit_from // percent.WHOLE)


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(c)(1)(A)", unit=HUNDREDTHS)
def credit_up_to(poverty_guideline: Ints, law: Law) -> Column:
    """The highest percentage that has a credit, itself included; unknown in years without an upper end."""
    size, limit = len(poverty_guideline), law.credit_window.maximum
    return Column(np.full(size, limit or 0), np.full(size, limit is not None))


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(d)(3)", unit=CENTS)
def income_limit(poverty_guideline: Ints, credit_up_to: Ints) -> Ints:
    """The highest yearly income with a credit, in whole cents."""
    return poverty_guideline * credit_up_to // percent.WHOLE


@rule(PERSON, cites="26 CFR 1.36B-2(b)(5); 45 CFR 155.305(f)(2)(iii)", unit=YES_NO)
def lacks_masshealth_for_status(may_buy_plan: Bools, status_group: Ints, has_masshealth: Bools) -> Bools:
    """Is lawfully present, and refused full MassHealth for that status.

    Doubt: from 65 on MassHealth goes by other rules, which look at status too; taken as refused for it.
    """
    return may_buy_plan & (status_group == StatusGroup.LAWFUL) & ~has_masshealth


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(c)(1)(B); 26 CFR 1.36B-2(b)(5)", unit=YES_NO)
def is_open_below(lacks_masshealth_for_status: Members, law: Law) -> Bools:
    """Whether the credit is open below its lowest income: one such person on the return is enough, until 2025."""
    return any_of(lacks_masshealth_for_status) & law.credit_window.lawfully_present_below_minimum


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(c)(1)(A), (B)",
    unit=Window,
    may_lack=("income_limit", "credit_up_to"),
    says={
        Window.NOT_ASKED: _("You did not ask for help paying, so tax credits and ConnectorCare were not looked at."),
        Window.BELOW: _(
            "At {fpl_percent} of the poverty level your income is below {credit_from}, where tax credits and ConnectorCare begin: for your household that is {income_floor} a year. With that or more you could get help."
        ),
        Window.WITHIN: _(
            "At {fpl_percent} of the poverty level your income is in the range that can have a tax credit."
        ),
        Window.ABOVE: _(
            "At {fpl_percent} of the poverty level your income is above the limit of {credit_up_to}: for your household that is {income_limit} a year. With that or less you could get help."
        ),
        Window.LAWFULLY_PRESENT: _(
            "At {fpl_percent} of the poverty level your income is below {credit_from}, where tax credits mostly begin. They are open for you all the same, since someone in your household cannot have full MassHealth with their immigration status."
        ),
    },
    because={
        Window.NOT_ASKED: (),
        Window.BELOW: ("fpl_percent", "credit_from", "income_floor"),
        Window.WITHIN: ("fpl_percent",),
        Window.ABOVE: ("fpl_percent", "credit_up_to", "income_limit"),
        Window.LAWFULLY_PRESENT: ("fpl_percent", "credit_from"),
    },
)
def credit_window(
    compared_income: Ints,
    compared_guideline: Ints,
    credit_from: Ints,
    income_floor: Ints,
    credit_up_to: Column,
    income_limit: Column,
    fpl_percent: Ints,
    is_open_below: Bools,
    seeks_help: Bools,
) -> Ints:
    """At exactly 100% and at exactly 400% of the poverty level there is a credit ("does not exceed")."""
    below = compared_income * percent.WHOLE < credit_from * compared_guideline
    above = credit_up_to.known_rows & percent.above(compared_income, credit_up_to.values, compared_guideline)
    return first_of(
        [~seeks_help, below & is_open_below, below, above],
        [Window.NOT_ASKED, Window.LAWFULLY_PRESENT, Window.BELOW, Window.ABOVE],
        default=Window.WITHIN,
    )


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-2(b); 45 CFR 155.305(f)",
    unit=YES_NO,
    because={True: ("credit_window",), False: ("filing", "credit_window")},
)
def credit_open(filing: Ints, credit_window: Ints) -> Bools:
    """Whether this tax household can have a credit: by how it files, and by its income."""
    in_range = (credit_window == Window.WITHIN) | (credit_window == Window.LAWFULLY_PRESENT)
    return in_range & (filing == Filing.FILES)


@rule(
    PERSON,
    cites="26 USC 36B(c)(2); 45 CFR 155.305(f)",
    unit=YES_NO,
    because={True: ("credit_open",), False: ("in_coverage_family", "credit_open")},
)
def may_have_credit(in_coverage_family: Bools, credit_open: Bools) -> Bools:
    """Whether the credit can help with this person's plan; it may come to nothing all the same."""
    return in_coverage_family & credit_open


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(b)(3)(A); 26 CFR 1.36B-3(g)",
    unit=HUNDREDTHS,
    says=_(
        "With income at {fpl_percent} of the poverty level, you are expected to pay {applicable_percentage} of it for the benchmark plan."
    ),
)
def applicable_percentage(
    compared_income: Ints, compared_guideline: Ints, credit_open: Bools, fpl_percent: Ints, law: Law
) -> Column:
    """Known only for those who can have a credit. Below the lowest income it is that of the lowest band."""
    compared = np.where(credit_open, compared_income, law.credit_window.minimum)
    guideline = np.where(credit_open, compared_guideline, percent.WHOLE)
    return Column(law.applicable_percentage.at(compared, of=guideline), credit_open)


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(b)(2)(B)(ii)",
    unit=CENTS,
    says=_("{applicable_percentage} of {household_income}, by the month, is {expected_contribution}."),
)
def expected_contribution(household_income: Ints, applicable_percentage: Ints) -> Ints:
    """Monthly cents: a twelfth of the year's share, rounded once, half up."""
    return cents.divide(household_income * applicable_percentage, 12 * percent.WHOLE)


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-3(d)",
    unit=CENTS,
    says=_(
        "Your tax credit is the benchmark of {benchmark_premium} less {expected_contribution}: {monthly_credit} a month. If that is less than zero, it is zero."
    ),
)
def monthly_credit(benchmark_premium: Ints, expected_contribution: Ints) -> Ints:
    """The most that can be paid in advance each month, before it is spread over policies."""
    return np.maximum(benchmark_premium - expected_contribution, 0)


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-3(a), (d)",
    unit=CENTS,
    says=_("That is {yearly_credit} for a year of twelve such months."),
)
def yearly_credit(monthly_credit: Ints) -> Ints:
    """The most of a whole year in which nothing changes; what is left of it after changes is for enrollment to spread."""
    return monthly_credit * 12


class CreditHelp(Code):
    """What the credit does for one person."""

    NONE = 0, _("no tax credit")
    NO_BENCHMARK = 1, _("a tax credit that cannot be worked out")
    NOTHING = 2, _("a tax credit of zero")
    SOME = 3, _("a tax credit")


@rule(
    PERSON,
    cites="26 CFR 1.36B-3(d)",
    unit=CreditHelp,
    may_lack=("monthly_credit",),
    says={
        CreditHelp.NO_BENCHMARK: _(
            "The tax credit is worked out from the price of a silver plan, and where you live we have no such price for everyone. Our staff look at this."
        ),
    },
    because={
        CreditHelp.NONE: ("may_have_credit",),
        CreditHelp.NO_BENCHMARK: ("may_have_credit",),
        CreditHelp.NOTHING: ("may_have_credit", "monthly_credit"),
        CreditHelp.SOME: ("monthly_credit",),
    },
)
def credit_help(may_have_credit: Bools, monthly_credit: Column) -> Ints:
    return first_of(
        [~may_have_credit, ~monthly_credit.known_rows, monthly_credit.values == 0],
        [CreditHelp.NONE, CreditHelp.NO_BENCHMARK, CreditHelp.NOTHING],
        default=CreditHelp.SOME,
    )
