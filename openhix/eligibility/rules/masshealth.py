"""MassHealth for people whose eligibility goes by MAGI: which coverage type, by group and income.

First cut: citizens and people with a qualified status; no disability, no other coverage.
"""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PERSON
from openhix.kernel import percent
from openhix.kernel.codes import Code
from openhix.kernel.facts import Bools, Column, Ints, rule
from openhix.kernel.story import CENTS, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


class Coverage(Code):
    NONE = 0, _("not eligible for MassHealth")
    STANDARD = 1, _("MassHealth Standard")
    CAREPLUS = 2, _("MassHealth CarePlus")
    FAMILY_ASSISTANCE = 3, _("MassHealth Family Assistance")
    NOT_ASKED = 4, _("no help was asked for")
    OTHER_RULES = 5, _("decided by MassHealth's rules for people of 65 and older")


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


@rule(PERSON, cites="130 CMR 506.007(A)", unit=HUNDREDTHS, says=_("{magi_income} is {masshealth_fpl} of that level."))
def masshealth_fpl(magi_income: Ints, masshealth_guideline: Ints, law: Law) -> Ints:
    """For showing only, before the five points are taken off."""
    return percent.shown(magi_income, masshealth_guideline, law.edges)


@rule(PERSON, cites="130 CMR 505.002(B), (C), (D)", unit=HUNDREDTHS)
def standard_limit(age: Ints, expecting: Ints, is_parent: Bools, law: Law) -> Ints:
    """The highest limit of MassHealth Standard among the groups that the person belongs to; 0: none."""
    limits = law.masshealth
    by_age = np.select(
        [age < limits.infant_under, age < limits.child_under, age < limits.young_adult_under],
        [limits.infant, limits.child, limits.young_adult],
        default=0,
    )
    as_parent = np.where(is_parent & (age < limits.adult_under), limits.parent, 0)
    as_pregnant = np.where(expecting > 0, limits.pregnant, 0)
    return np.maximum(np.maximum(by_age, as_parent), as_pregnant)


@rule(PERSON, cites="130 CMR 505.005(B); 130 CMR 505.008(A)", unit=HUNDREDTHS)
def other_limit(age: Ints, law: Law) -> Ints:
    """The limit of the coverage type beside Standard: Family Assistance for a child, CarePlus from 21 to 64; 0: none."""
    limits = law.masshealth
    is_adult = (age >= limits.young_adult_under) & (age < limits.adult_under)
    return np.where(
        age < limits.child_under, limits.family_assistance_child, np.where(is_adult, limits.careplus_adult, 0)
    )


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def standard_limit_tested(standard_limit: Ints, other_limit: Ints, law: Law) -> Ints:
    """Standard's limit with the five points, which are given only in the test for the type with the highest limit."""
    return np.where(
        (standard_limit > 0) & (standard_limit >= other_limit),
        standard_limit + law.masshealth.disregard,
        standard_limit,
    )


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def other_limit_tested(standard_limit: Ints, other_limit: Ints, law: Law) -> Ints:
    """The other type's limit, with the five points where it is the highest."""
    return np.where(
        (other_limit > 0) & (other_limit >= standard_limit), other_limit + law.masshealth.disregard, other_limit
    )


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def masshealth_limit(standard_limit_tested: Ints, other_limit_tested: Ints) -> Ints:
    """The highest percentage at which this person can still have MassHealth, the five points included; 0: none."""
    return np.maximum(standard_limit_tested, other_limit_tested)


@rule(
    PERSON,
    cites="130 CMR 505.002, 505.005, 505.008",
    unit=Coverage,
    says={
        Coverage.STANDARD: _(
            "At {masshealth_fpl} this person can have MassHealth Standard: the limit for this age and situation is {standard_limit_tested}."
        ),
        Coverage.CAREPLUS: _(
            "At {masshealth_fpl} this person can have MassHealth CarePlus: the limit for adults is {other_limit_tested}."
        ),
        Coverage.FAMILY_ASSISTANCE: _(
            "At {masshealth_fpl} this child can have MassHealth Family Assistance: the limit for children is {other_limit_tested}."
        ),
        Coverage.NONE: _(
            "At {masshealth_fpl} this person cannot have MassHealth: the limit for this age and situation is {masshealth_limit}."
        ),
        Coverage.NOT_ASKED: _("You did not ask for help paying, so MassHealth was not looked at."),
        Coverage.OTHER_RULES: _(
            "From the age of 65 MassHealth goes by other rules, which this estimate does not know. Call us, or apply to find out."
        ),
    },
    because={
        Coverage.STANDARD: ("masshealth_fpl", "standard_limit_tested"),
        Coverage.CAREPLUS: ("masshealth_fpl", "other_limit_tested"),
        Coverage.FAMILY_ASSISTANCE: ("masshealth_fpl", "other_limit_tested"),
        Coverage.NONE: ("masshealth_fpl", "masshealth_limit"),
        Coverage.NOT_ASKED: (),
        Coverage.OTHER_RULES: ("age",),
    },
)
def masshealth(
    magi_income: Ints,
    masshealth_guideline: Ints,
    masshealth_fpl: Ints,
    given_masshealth_fpl: Column,
    masshealth_limit: Ints,
    standard_limit_tested: Ints,
    other_limit_tested: Ints,
    age: Ints,
    seeks_help: Bools,
    law: Law,
) -> Ints:
    """The fullest coverage type whose limit the income, or the percentage given for it, does not exceed."""
    income = np.where(given_masshealth_fpl.known_rows, masshealth_fpl, magi_income)
    guideline = np.where(given_masshealth_fpl.known_rows, percent.WHOLE, masshealth_guideline)

    def within(limit: Ints) -> Bools:
        return (limit > 0) & ~percent.above(income, limit, guideline)

    limits = law.masshealth
    other = np.where(age < limits.child_under, int(Coverage.FAMILY_ASSISTANCE), int(Coverage.CAREPLUS))
    return np.select(
        [~seeks_help, within(standard_limit_tested), within(other_limit_tested), age >= limits.adult_under],
        [int(Coverage.NOT_ASKED), int(Coverage.STANDARD), other, int(Coverage.OTHER_RULES)],
        default=int(Coverage.NONE),
    )


@rule(PERSON, cites="26 USC 36B(c)(2)(B)", unit=YES_NO)
def has_masshealth(masshealth: Ints) -> Bools:
    return (masshealth > Coverage.NONE) & (masshealth < Coverage.NOT_ASKED)
