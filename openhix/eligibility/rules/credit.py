"""The premium tax credit: whose coverage it helps with, the benchmark, what a household is expected to pay."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PAIR, PERSON, TAX_HOUSEHOLD
from openhix.kernel import cents, percent
from openhix.kernel.codes import Code
from openhix.kernel.facts import Bools, Column, Ints, Members, any_of, count_of, rule
from openhix.kernel.story import CENTS, COUNT, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law
from openhix.plans.shelf import NO_SILVER_RATE, Shelf

OLDEST_RATED = 64  # the rates of 64 are those of 64 and over
CLOSED = 1 << 50  # more than any family's premium, and than any sum of missing rates


class Window(Code):
    """Where the household's income lies between the ends of the law on credits."""

    NOT_ASKED = 0, _("no help was asked for")
    BELOW = 1, _("below the income range of the tax credit")
    WITHIN = 2, _("within the income range of the tax credit")
    ABOVE = 3, _("above the income range of the tax credit")


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(c)(1)(A)", unit=HUNDREDTHS)
def credit_from(poverty_guideline: Ints, law: Law) -> Ints:
    """The lowest percentage of the poverty level that has a credit."""
    return np.full(len(poverty_guideline), law.credit_window.minimum)


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(c)(1)(A)", unit=HUNDREDTHS)
def credit_up_to(poverty_guideline: Ints, law: Law) -> Column:
    """The highest percentage that has a credit, itself included; unknown in years without an upper end."""
    size, limit = len(poverty_guideline), law.credit_window.maximum
    return Column(np.full(size, limit or 0), np.full(size, limit is not None))


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(d)(3)", unit=CENTS)
def income_limit(poverty_guideline: Ints, credit_up_to: Ints) -> Ints:
    """The highest yearly income with a credit, in whole cents."""
    return poverty_guideline * credit_up_to // percent.WHOLE


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(c)(1)(A)",
    unit=Window,
    may_lack=("income_limit", "credit_up_to"),
    says={
        Window.NOT_ASKED: _("You did not ask for help paying, so tax credits and ConnectorCare were not looked at."),
        Window.BELOW: _(
            "At {fpl_percent} of the poverty level your income is below {credit_from}, where tax credits and ConnectorCare begin."
        ),
        Window.WITHIN: _(
            "At {fpl_percent} of the poverty level your income is in the range that can have a tax credit."
        ),
        Window.ABOVE: _(
            "At {fpl_percent} of the poverty level your income is above the limit of {credit_up_to}: for your household that is {income_limit} a year. With that or less you could get help."
        ),
    },
    because={
        Window.NOT_ASKED: (),
        Window.BELOW: ("fpl_percent", "credit_from"),
        Window.WITHIN: ("fpl_percent",),
        Window.ABOVE: ("fpl_percent", "credit_up_to", "income_limit"),
    },
)
def credit_window(
    compared_income: Ints,
    compared_guideline: Ints,
    credit_from: Ints,
    credit_up_to: Column,
    income_limit: Column,
    fpl_percent: Ints,
    seeks_help: Bools,
) -> Ints:
    """At exactly 100% and at exactly 400% of the poverty level there is a credit ("does not exceed")."""
    below = compared_income * percent.WHOLE < credit_from * compared_guideline
    above = credit_up_to.known_rows & percent.above(compared_income, credit_up_to.values, compared_guideline)
    return np.select(
        [~seeks_help, below, above],
        [int(Window.NOT_ASKED), int(Window.BELOW), int(Window.ABOVE)],
        default=int(Window.WITHIN),
    )


@rule(PERSON, cites="26 CFR 1.36B-3(b)(1)", unit=YES_NO)
def in_coverage_family(has_masshealth: Bools) -> Bools:
    """Whose plan the credit can help with: people of the tax household with no other coverage open to them.

    First cut: MassHealth is the only other coverage that is asked about.
    """
    return ~has_masshealth


@rule(PERSON, cites="45 CFR 147.102(c)(1)", unit=YES_NO)
def is_child_rated(age: Ints, in_coverage_family: Bools, law: Law) -> Bools:
    return in_coverage_family & (age < law.family_rating.children_under)


@rule(PAIR, cites="45 CFR 147.102(c)(1)", unit=YES_NO)
def comes_before(
    on_my_return: Bools,
    their_is_child_rated: Bools,
    their_age: Ints,
    my_age: Ints,
    their_position: Ints,
    my_position: Ints,
) -> Bools:
    """Whether they are an older child than I am (twins: in the order of the file, which changes no price)."""
    older = (their_age > my_age) | ((their_age == my_age) & (their_position < my_position))
    return on_my_return & their_is_child_rated & older


@rule(PERSON, cites="45 CFR 147.102(c)(1)", unit=YES_NO)
def is_rated(in_coverage_family: Bools, is_child_rated: Bools, comes_before: Members, law: Law) -> Bools:
    """Whose premium counts: everyone from 21, and the three oldest under 21."""
    return in_coverage_family & (~is_child_rated | (count_of(comes_before) < law.family_rating.rated_children))


@rule(PERSON, cites="26 CFR 1.36B-3(f)", unit=COUNT)
def rated_age(age: Ints) -> Ints:
    """The row of the rate tables: 64 stands for 64 and over."""
    return np.clip(age, 0, OLDEST_RATED)


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-3(f)",
    unit=CENTS,
    says=_(
        "The benchmark plan, the second-lowest silver plan where you live, costs {benchmark_premium} a month for the people who need coverage."
    ),
)
def benchmark_premium(rated_age: Members, is_rated: Members, place: Ints, rating_area: Ints, shelf: Shelf) -> Column:
    """Monthly cents of the second-lowest silver plan open there, compared by what the whole coverage family would pay.

    Unknown where nobody needs coverage or no silver plan has a price for everyone. With one plan open, that one.
    The whole premium is taken as essential health benefits: the public files do not tell the share.
    """
    people = np.diff(rated_age.starts, append=len(rated_age.values))
    each = shelf.silver_premiums[np.repeat(rating_area, people) - 1, rated_age.values]
    each = np.where(is_rated.values[:, None], each, 0)
    family = np.add.reduceat(each, rated_age.starts, axis=0) + np.where(shelf.silver_open[place], 0, CLOSED)
    if family.shape[1] < 2:
        premium = family.min(axis=1, initial=CLOSED)
    else:
        lowest, second = np.partition(family, 1, axis=1)[:, :2].T
        premium = np.where(second < NO_SILVER_RATE, second, lowest)
    return Column(premium, any_of(is_rated) & (premium < NO_SILVER_RATE))


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(b)(3)(A); 26 CFR 1.36B-3(g)",
    unit=HUNDREDTHS,
    says=_(
        "With income at {fpl_percent} of the poverty level, you are expected to pay {applicable_percentage} of it for the benchmark plan."
    ),
)
def applicable_percentage(
    compared_income: Ints, compared_guideline: Ints, credit_window: Ints, fpl_percent: Ints, law: Law
) -> Column:
    """Known only where the income lies in the window."""
    within = credit_window == Window.WITHIN
    compared = np.where(within, compared_income, law.credit_window.minimum)
    guideline = np.where(within, compared_guideline, percent.WHOLE)
    return Column(law.applicable_percentage.at(compared, of=guideline), within)


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
