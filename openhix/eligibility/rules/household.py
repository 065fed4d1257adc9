"""Households and their income: the tax household of the credit, and each person's own MAGI household of MassHealth.

First cut of the law: everyone on the return is in one tax household. Dependents are the filers' children unless the
relationship says otherwise.
"""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PAIR, PERSON, TAX_HOUSEHOLD, Relationship, TaxRole
from openhix.kernel import percent, periods
from openhix.kernel.codes import Code
from openhix.kernel.facts import Array, Bools, Column, Ints, Members, any_of, count_of, rule, sum_over
from openhix.kernel.story import CENTS, COUNT, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


@rule(PERSON, cites="45 CFR 147.102(a)(1)(iii); 130 CMR 501.001", unit=COUNT)
def age(birth_date: Array, law: Law) -> Ints:
    """Completed years on the first day of the coverage month."""
    return periods.ages_on(birth_date, law.coverage_month)


class Counting(Code):
    """Whether a person's income counts for the household, and why."""

    FILES = 1, _("files a tax return")
    NO_INCOME = 2, _("has no income")
    MUST_FILE = 3, _("a dependent who must file")
    NEED_NOT_FILE = 4, _("a dependent who need not file")


@rule(
    PERSON,
    cites="26 USC 6012(a)(1)(C); 26 CFR 1.36B-1(e)(1)(ii)(B)",
    unit=Counting,
    says={
        Counting.FILES: _("This person files, so the income of {annual_income} counts."),
        Counting.MUST_FILE: _("With {annual_income} this dependent must file a tax return, so the income counts."),
        Counting.NEED_NOT_FILE: _(
            "A dependent with {annual_income} need not file a tax return, so that income does not count."
        ),
    },
    because={Counting.NO_INCOME: ()},
)
def income_counting(annual_income: Ints, tax_role: Ints, law: Law) -> Ints:
    """A dependent must file when income is above the standard deduction. All income is taken as earned."""
    must_file = annual_income > law.filing_threshold.earned
    return np.select(
        [annual_income == 0, tax_role != TaxRole.DEPENDENT, must_file],
        [int(Counting.NO_INCOME), int(Counting.FILES), int(Counting.MUST_FILE)],
        default=int(Counting.NEED_NOT_FILE),
    )


@rule(PERSON, cites="26 CFR 1.36B-1(e)(1)", unit=CENTS)
def counted_income(annual_income: Ints, income_counting: Ints) -> Ints:
    """Yearly income that the tax household counts: a dependent's only when that person must file."""
    return np.where(income_counting == Counting.NEED_NOT_FILE, 0, annual_income)


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-1(d)",
    unit=COUNT,
    says=_(
        "Number of people in your tax household: {tax_household_size}. They are those who file together and everyone they claim."
    ),
)
def tax_household_size(tax_role: Members) -> Ints:
    return count_of(tax_role)


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(d)(2)",
    unit=CENTS,
    says=_("Your household income for the year is {household_income}."),
)
def household_income(counted_income: Members) -> Ints:
    return sum_over(counted_income)


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(d)(3); 26 CFR 1.36B-1(h)",
    unit=CENTS,
    says=_("The federal poverty level for a tax household of {tax_household_size} is {poverty_guideline} a year."),
)
def poverty_guideline(tax_household_size: Ints, law: Law) -> Ints:
    """Annual cents; the guideline in force when open enrollment began."""
    return law.poverty_guideline.cents(tax_household_size)


@rule(TAX_HOUSEHOLD, cites="26 CFR 1.36B-3(g)(2)", unit=CENTS)
def compared_income(household_income: Ints, given_fpl_percent: Column) -> Ints:
    """What is compared with the poverty level at the edges of the law: the income itself, or the given percentage."""
    return np.where(given_fpl_percent.known_rows, given_fpl_percent.values, household_income)


@rule(TAX_HOUSEHOLD, cites="26 CFR 1.36B-3(g)(2)", unit=CENTS)
def compared_guideline(poverty_guideline: Ints, given_fpl_percent: Column) -> Ints:
    """What it is compared with: the guideline, or 100.00 percent where a percentage was given."""
    return np.where(given_fpl_percent.known_rows, percent.WHOLE, poverty_guideline)


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-1(h)",
    unit=HUNDREDTHS,
    says=_("{household_income} is {fpl_percent} of the poverty level of {poverty_guideline}."),
)
def fpl_percent(household_income: Ints, poverty_guideline: Ints, law: Law) -> Ints:
    """For showing only: no edge is tested with it."""
    return percent.shown(household_income, poverty_guideline, law.edges)


@rule(PERSON, cites="130 CMR 506.002(B)(2); 42 CFR 435.603(f)(2)(i)", unit=YES_NO)
def nonfiler_rules_apply(tax_role: Ints, relationship: Ints) -> Bools:
    """A dependent who is claimed by someone other than a parent or spouse is counted by the nonfiler rules."""
    return (tax_role == TaxRole.DEPENDENT) & (relationship == Relationship.OTHER)


@rule(PAIR, cites="130 CMR 506.002(B); 42 CFR 435.603(f)", unit=YES_NO)
def counts(my_position: Ints, their_position: Ints, my_nonfiler_rules_apply: Bools) -> Bools:
    """Whether I count them in my MAGI household.

    A taxpayer, and a dependent of a parent, counts everyone on the return. A dependent under the nonfiler rules
    counts himself alone: of spouses, parents and siblings living along nothing is asked yet.
    """
    return ~my_nonfiler_rules_apply | (my_position == their_position)


@rule(PAIR, cites="130 CMR 506.002(B)(5)", unit=COUNT)
def babies_counted(counts: Bools, their_expecting: Ints) -> Ints:
    """Expected children belong to the household of everyone whose household includes the pregnant person."""
    return np.where(counts, their_expecting, 0)


@rule(PAIR, cites="130 CMR 506.003; 42 CFR 435.603(d)(2)", unit=CENTS)
def income_counted(
    counts: Bools, their_counted_income: Ints, their_annual_income: Ints, my_nonfiler_rules_apply: Bools
) -> Ints:
    """Income that they bring into my MAGI household.

    A dependent's income below the filing threshold is left out of a parent's or claimant's household. In a household
    of one's own (nonfiler rules) it counts: the exclusion is for the household of the parent or of the taxpayer.
    """
    return np.where(counts, np.where(my_nonfiler_rules_apply, their_annual_income, their_counted_income), 0)


@rule(
    PERSON,
    cites="130 CMR 506.002(B)",
    unit=COUNT,
    says=_(
        "Number of people whom MassHealth counts in this person's household: {magi_household_size} (expected children are counted too)."
    ),
)
def magi_household_size(counts: Members, babies_counted: Members) -> Ints:
    return count_of(counts) + sum_over(babies_counted)


@rule(
    PERSON,
    cites="130 CMR 506.003",
    unit=CENTS,
    says=_("The income that MassHealth counts for this person is {magi_income} a year."),
)
def magi_income(income_counted: Members) -> Ints:
    """Yearly cents. The test is monthly: one month is taken as a twelfth, so both sides are compared by the year."""
    return sum_over(income_counted)


@rule(PERSON, cites="130 CMR 505.001", unit=YES_NO)
def is_child_of_filer(relationship: Ints, age: Ints, law: Law) -> Bools:
    return (relationship == Relationship.CHILD) & (age < law.masshealth.child_under)


@rule(TAX_HOUSEHOLD, cites="130 CMR 505.002(C)", unit=YES_NO)
def has_child(is_child_of_filer: Members) -> Bools:
    return any_of(is_child_of_filer)


@rule(PERSON, cites="130 CMR 505.002(C)", unit=YES_NO)
def is_parent(tax_role: Ints, has_child: Bools) -> Bools:
    """Lives with an own child under 19: those who file, when a child of theirs is on the return."""
    return (tax_role != TaxRole.DEPENDENT) & has_child
