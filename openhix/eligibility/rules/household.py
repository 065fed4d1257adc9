"""Tax households and whose income counts in them, and the years that people have completed."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PERSON, TAX_HOUSEHOLD, TaxRole
from openhix.kernel import percent, periods
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Array, Bools, Column, Ints, Members, any_of, count_of, rule, sum_over
from openhix.kernel.story import CENTS, COUNT, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


@rule(PERSON, cites="45 CFR 147.102(a)(1)(iii); 130 CMR 501.001", unit=COUNT)
def age(birth_date: Array, law: Law) -> Ints:
    """Completed years on the first day of the coverage month."""
    return periods.ages_on(birth_date, law.coverage_month)


@rule(PERSON, cites="26 USC 6012(a); 26 CFR 1.36B-1(d)", unit=YES_NO)
def files(tax_role: Ints) -> Bools:
    """Files a return, alone or jointly. A dependent who files too is told as a dependent."""
    return (tax_role != TaxRole.DEPENDENT) & (tax_role != TaxRole.NOT_FILING)


@rule(TAX_HOUSEHOLD, cites="26 CFR 1.36B-2(b)(1)", unit=YES_NO)
def files_return(files: Members) -> Bools:
    """Whether anybody files: else it is one person alone, who does not file or is claimed from outside."""
    return any_of(files)


@rule(
    PERSON,
    cites="26 USC 6012(a)(1)(C); 26 USC 63(c)(5), (f)(1); 26 USC 86",
    unit=YES_NO,
    may_lack=("unearned_income", "social_security"),
)
def must_file(annual_income: Ints, unearned_income: Column, social_security: Column, age: Ints, law: Law) -> Bools:
    """Whether this income obliges someone whom another claims, or a parent could claim, to file a return.

    Asked of nobody else. What is not told to be unearned is taken as earned; benefits of Social Security are not gross
    income. Assumed: not married, not blind; 65 on the first day of the coverage month, where the law asks at the end
    of the year; half of the benefits and the other income together not above the 25,000 dollars from which some of the
    benefits are gross income.
    """
    gross = annual_income - _part(social_security, annual_income)
    unearned = _part(unearned_income, gross)
    return law.filing_threshold.obliges(gross - unearned, unearned, age >= law.masshealth.adult_under)


def _part(told: Column, whole: Ints) -> Ints:
    return np.minimum(np.where(told.known_rows, told.values, 0), whole)


class Counting(Code):
    """Whether a person's income counts for the tax household, and why."""

    FILES = 1, _("files a tax return")
    NO_INCOME = 2, _("has no income")
    MUST_FILE = 3, _("a dependent who must file")
    NEED_NOT_FILE = 4, _("a dependent who need not file")
    ALONE = 5, _("is on no tax return of this household")


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
        Counting.ALONE: _(
            "This person is on no tax return of your household, so the income of {annual_income} counts for this person alone."
        ),
    },
    because={Counting.NO_INCOME: ()},
)
def income_counting(annual_income: Ints, tax_role: Ints, must_file: Bools, files_return: Bools) -> Ints:
    return first_of(
        [annual_income == 0, ~files_return, tax_role != TaxRole.DEPENDENT, must_file],
        [Counting.NO_INCOME, Counting.ALONE, Counting.FILES, Counting.MUST_FILE],
        default=Counting.NEED_NOT_FILE,
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
