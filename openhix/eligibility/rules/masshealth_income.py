"""The income that MassHealth tests: of the person's own household, this month, against this month's guideline."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PERSON
from openhix.kernel import percent
from openhix.kernel.facts import Bools, Column, Ints, rule
from openhix.kernel.story import CENTS, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


def within(income: Ints, limit: Ints | int, guideline: Ints) -> Bools:
    """Whether income is not above `limit` hundredths of a percent of the guideline; a limit of 0 is none.

    The law takes the yearly standard, rounded up to the next cent, by twelve (130 CMR 506.007(A)). Guidelines are
    whole dollars and limits whole percents, so the standard is whole cents: 133% of 15,650 dollars is 20,814.50. A
    monthly income, taken twelve times, is compared with it without rounding.
    """
    return (np.asarray(limit) > 0) & ~percent.above(income, limit, guideline)


@rule(
    PERSON,
    cites="130 CMR 506.007(A)",
    unit=CENTS,
    says=_(
        "The poverty level that MassHealth uses for a household of {magi_household_size} is {masshealth_guideline} a year."
    ),
)
def masshealth_guideline(magi_household_size: Ints, law: Law) -> Ints:
    """Annual cents of the guideline in force in the coverage month (it changes on 1 March)."""
    return law.masshealth_poverty_guideline.cents(magi_household_size)


@rule(
    PERSON,
    cites="130 CMR 506.007(A)",
    unit=HUNDREDTHS,
    says=_(
        "{magi_income} is {masshealth_fpl} of MassHealth's poverty level for this household, {masshealth_guideline}."
    ),
)
def masshealth_fpl(magi_income: Ints, masshealth_guideline: Ints, law: Law) -> Ints:
    """For showing only, before the five points are taken off."""
    return percent.shown(magi_income, masshealth_guideline, law.edges)


@rule(PERSON, cites="130 CMR 506.007(A)", unit=CENTS)
def compared_magi_income(magi_income: Ints, given_masshealth_fpl: Column) -> Ints:
    """What is compared at the limits: the income itself, or the given percentage."""
    return np.where(given_masshealth_fpl.known_rows, given_masshealth_fpl.values, magi_income)


@rule(PERSON, cites="130 CMR 506.007(A)", unit=CENTS)
def compared_magi_guideline(masshealth_guideline: Ints, given_masshealth_fpl: Column) -> Ints:
    """What it is compared with: the guideline, or 100.00 percent where a percentage was given."""
    return np.where(given_masshealth_fpl.known_rows, percent.WHOLE, masshealth_guideline)


@rule(
    PERSON,
    cites="130 CMR 506.002(C); 130 CMR 506.007(A)",
    unit=CENTS,
    says=_(
        "For a disability MassHealth counts a household of {disabled_adult_size}: its poverty level is {disabled_adult_guideline} a year."
    ),
)
def disabled_adult_guideline(disabled_adult_size: Ints, law: Law) -> Ints:
    """Annual cents, of the disabled adult household."""
    return law.masshealth_poverty_guideline.cents(disabled_adult_size)


@rule(
    PERSON,
    cites="130 CMR 506.007(A)",
    unit=HUNDREDTHS,
    says=_(
        "{disabled_adult_income} is {disabled_adult_fpl} of MassHealth's poverty level for this household, {disabled_adult_guideline}."
    ),
)
def disabled_adult_fpl(disabled_adult_income: Ints, disabled_adult_guideline: Ints, law: Law) -> Ints:
    """For showing only."""
    return percent.shown(disabled_adult_income, disabled_adult_guideline, law.edges)


@rule(PERSON, cites="130 CMR 506.007(A)", unit=CENTS)
def compared_disabled_income(disabled_adult_income: Ints, given_disabled_adult_fpl: Column) -> Ints:
    """As `compared_magi_income`."""
    return np.where(given_disabled_adult_fpl.known_rows, given_disabled_adult_fpl.values, disabled_adult_income)


@rule(PERSON, cites="130 CMR 506.007(A)", unit=CENTS)
def compared_disabled_guideline(disabled_adult_guideline: Ints, given_disabled_adult_fpl: Column) -> Ints:
    """As `compared_magi_guideline`."""
    return np.where(given_disabled_adult_fpl.known_rows, percent.WHOLE, disabled_adult_guideline)


@rule(PERSON, cites="130 CMR 506.007(D); 42 CFR 435.603(i)", unit=YES_NO)
def below_by_connector_rules(
    compared_income: Ints, compared_guideline: Ints, files_return: Bools, credit_from: Ints
) -> Bools:
    """Whether the tax return's income for the year is below 100% of the guideline that tax credits use.

    The exchange's way of counting is that of a tax return: people who are on none of this household's have no income
    by it.
    """
    return files_return & (compared_income * percent.WHOLE < credit_from * compared_guideline)
