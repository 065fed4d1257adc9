"""Each person's own household for MassHealth (MAGI): who is in it, and whose income counts there."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import NOBODY, OUTSIDE, PAIR, PERSON, TaxRole
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Column, Ints, Members, any_of, count_of, rule, sum_over
from openhix.kernel.story import CENTS, COUNT, YES_NO, _


class MagiRule(Code):
    """By which rule a person's household is put together."""

    TAXPAYER = 1, _("files and is not claimed")
    DEPENDENT = 2, _("is claimed by a parent")
    CLAIMED_BY_OTHER = 3, _("is claimed by someone who is not a parent")
    PARENTS_APART = 4, _("lives with two parents who do not file together")
    CLAIMED_OUTSIDE = 5, _("is claimed by someone who lives elsewhere")
    NOT_FILING = 6, _("neither files nor is claimed")


@rule(PAIR, cites="130 CMR 506.002(B)(2)(a)", unit=YES_NO)
def is_claiming_parent(claims_me: Bools, is_my_parent: Bools) -> Bools:
    return claims_me & is_my_parent


@rule(
    PERSON,
    cites="130 CMR 506.002(B); 42 CFR 435.603(f)(1), (2), (3)",
    unit=MagiRule,
    says={
        MagiRule.TAXPAYER: _(
            "This person files taxes, so MassHealth counts everyone on the tax return, and a husband or wife who lives here."
        ),
        MagiRule.DEPENDENT: _(
            "A parent claims this person on taxes, so MassHealth counts everyone on the parent's tax return."
        ),
        MagiRule.CLAIMED_BY_OTHER: _(
            "Someone who is not a parent claims this person on taxes. So MassHealth counts close family who live here, not the tax return."
        ),
        MagiRule.PARENTS_APART: _(
            "Both parents of this child live here and do not file taxes together. So MassHealth counts close family who live here, not the tax return."
        ),
        MagiRule.CLAIMED_OUTSIDE: _(
            "Someone who lives elsewhere claims this person on taxes. So MassHealth counts close family who live here, not the tax return."
        ),
        MagiRule.NOT_FILING: _("This person is on no tax return. So MassHealth counts close family who live here."),
    },
)
def magi_rule(
    tax_role: Ints,
    claimed_by: Ints,
    is_claiming_parent: Members,
    first_parent: Ints,
    second_parent: Ints,
    is_child: Bools,
) -> Ints:
    """Three kinds of dependents go by the rules for people who do not file: claimed by neither parent nor spouse;
    under 19 with two parents here who do not file jointly; under 19 and claimed by a parent who lives elsewhere.

    Close family are the spouse, own children under 19, and for someone under 19 parents and siblings under 19.
    Doubt: of who claims someone of 19 or older from outside nothing is told; assumed not to be a parent, whose
    household could not be counted here.
    """
    is_dependent = tax_role == TaxRole.DEPENDENT
    claiming_parents = count_of(is_claiming_parent)
    two_parents_here = (first_parent != NOBODY) & (second_parent != NOBODY)
    return first_of(
        [
            tax_role == TaxRole.NOT_FILING,
            ~is_dependent,
            claimed_by == OUTSIDE,
            claiming_parents == 0,
            is_child & two_parents_here & (claiming_parents < 2),
        ],
        [
            MagiRule.NOT_FILING,
            MagiRule.TAXPAYER,
            MagiRule.CLAIMED_OUTSIDE,
            MagiRule.CLAIMED_BY_OTHER,
            MagiRule.PARENTS_APART,
        ],
        default=MagiRule.DEPENDENT,
    )


@rule(PERSON, cites="130 CMR 506.002(B)(2), (3); 42 CFR 435.603(f)(2), (3)", unit=YES_NO)
def nonfiler_rules_apply(magi_rule: Ints) -> Bools:
    return (magi_rule != MagiRule.TAXPAYER) & (magi_rule != MagiRule.DEPENDENT)


@rule(PAIR, cites="130 CMR 506.002(B)(3); 42 CFR 435.603(f)(3)", unit=YES_NO)
def is_near_kin(
    is_my_young_child: Bools, is_my_parent: Bools, is_my_sibling: Bools, my_is_child: Bools, their_is_child: Bools
) -> Bools:
    """Whom the rules for people who do not file count beside the spouse: children under 19, and of someone under 19
    also parents and siblings under 19."""
    return is_my_young_child | (my_is_child & (is_my_parent | (is_my_sibling & their_is_child)))


@rule(PAIR, cites="130 CMR 506.002(B); 42 CFR 435.603(f)", unit=YES_NO)
def counts(
    my_position: Ints,
    their_position: Ints,
    is_my_spouse: Bools,
    my_nonfiler_rules_apply: Bools,
    is_near_kin: Bools,
    on_my_return: Bools,
) -> Bools:
    """Whether I count them in my MAGI household: myself, my spouse however we file, and the others by my rule.

    Doubt: a dependent of someone who files apart from a spouse does not count that spouse, as 130 CMR 506.002(B)(2)
    has it; 42 CFR 435.603(f)(2) and (4) can be read to count both.
    """
    others = (my_nonfiler_rules_apply & is_near_kin) | (~my_nonfiler_rules_apply & on_my_return)
    return (my_position == their_position) | is_my_spouse | others


@rule(PAIR, cites="130 CMR 506.002(B)(5)", unit=COUNT)
def number_counted(counts: Bools, their_expecting: Ints) -> Ints:
    """One for them and one for each child they expect: it belongs to every household that includes them."""
    return counts * (1 + their_expecting)


@rule(
    PERSON,
    cites="130 CMR 506.002(B)",
    unit=COUNT,
    says=_(
        "Number of people whom MassHealth counts in this person's household: {magi_household_size} (expected children are counted too)."
    ),
)
def magi_household_size(number_counted: Members) -> Ints:
    return sum_over(number_counted)


@rule(PERSON, cites="130 CMR 506.003; 42 CFR 435.603(h)(1)", unit=CENTS, may_lack=("monthly_income",))
def current_income(annual_income: Ints, monthly_income: Column) -> Ints:
    """Yearly cents at the rate of the month: a monthly income twelve times, else the annual income.

    The test is monthly. One month is a twelfth of a year, so both sides are compared by the year, without rounding.
    """
    return np.where(monthly_income.known_rows, monthly_income.values * 12, annual_income)


@rule(PAIR, cites="42 CFR 435.603(d)(2)(i)", unit=YES_NO)
def parent_counts_me(
    is_my_parent: Bools, their_nonfiler_rules_apply: Bools, my_is_child: Bools, on_my_return: Bools
) -> Bools:
    return is_my_parent & ((their_nonfiler_rules_apply & my_is_child) | (~their_nonfiler_rules_apply & on_my_return))


@rule(PERSON, cites="42 CFR 435.603(d)(2)(i); 130 CMR 506.003", unit=YES_NO)
def in_parents_household(parent_counts_me: Members, claimed_by: Ints, is_child: Bools) -> Bools:
    """Whether a parent's MAGI household includes this person; assumed of a child who is claimed from outside."""
    return any_of(parent_counts_me) | ((claimed_by == OUTSIDE) & is_child)


@rule(PERSON, cites="42 CFR 435.603(d)(2)(i), (ii); 130 CMR 506.003", unit=CENTS)
def income_on_return(current_income: Ints, must_file: Bools, tax_role: Ints) -> Ints:
    """Yearly cents that this person brings into the households of the tax return: a dependent's only who must file."""
    return np.where((tax_role == TaxRole.DEPENDENT) & ~must_file, 0, current_income)


@rule(PERSON, cites="42 CFR 435.603(d)(2)(i); 130 CMR 506.003", unit=CENTS)
def income_among_kin(current_income: Ints, must_file: Bools, in_parents_household: Bools) -> Ints:
    """Yearly cents that this person brings into households by the rules for people who do not file.

    Left out is who is in a parent's household and need not file. A dependent of somebody else is left out of that
    taxpayer's household alone: in the own one the income counts.
    """
    return np.where(in_parents_household & ~must_file, 0, current_income)


@rule(PAIR, cites="130 CMR 506.003; 42 CFR 435.603(d)(2)", unit=CENTS)
def income_counted(
    counts: Bools, my_nonfiler_rules_apply: Bools, their_income_on_return: Ints, their_income_among_kin: Ints
) -> Ints:
    """Income that they bring into my MAGI household."""
    among_kin, on_return = counts & my_nonfiler_rules_apply, counts & ~my_nonfiler_rules_apply
    return their_income_among_kin * among_kin + their_income_on_return * on_return


@rule(
    PERSON,
    cites="130 CMR 506.003",
    unit=CENTS,
    says=_("The income that MassHealth counts for this person is {magi_income} a year."),
)
def magi_income(income_counted: Members) -> Ints:
    """Yearly cents at the rate of the month."""
    return sum_over(income_counted)


@rule(PERSON, cites="130 CMR 505.001; 130 CMR 505.002(C); 42 CFR 435.110", unit=YES_NO)
def is_parent(is_my_young_child: Members, caretaker: Bools) -> Bools:
    """Lives with an own child under 19, or is told to take care of a young relative none of whose parents lives here."""
    return any_of(is_my_young_child) | caretaker


@rule(PAIR, cites="130 CMR 506.002(C)", unit=YES_NO)
def counts_if_disabled(my_position: Ints, their_position: Ints, is_my_spouse: Bools, is_my_young_child: Bools) -> Bools:
    """Whom the household of a disabled adult counts: himself, the spouse, and children under 19, all living here."""
    return (my_position == their_position) | is_my_spouse | is_my_young_child


@rule(PAIR, cites="130 CMR 506.002(C)", unit=COUNT)
def number_if_disabled(counts_if_disabled: Bools, their_expecting: Ints) -> Ints:
    """One for them and one for each child they expect."""
    return counts_if_disabled * (1 + their_expecting)


@rule(PAIR, cites="130 CMR 506.003", unit=CENTS)
def income_if_disabled(
    counts_if_disabled: Bools, is_my_young_child: Bools, their_current_income: Ints, their_income_among_kin: Ints
) -> Ints:
    """Income of the disabled adult and spouse counts; of a child under 19 it counts when the child must file.

    Doubt: someone who is claimed and need not file is left out of a parent's household. Assumed to count here all the
    same: no parent is in this household.
    """
    of_adults = counts_if_disabled & ~is_my_young_child
    return their_current_income * of_adults + their_income_among_kin * is_my_young_child


@rule(
    PERSON,
    cites="130 CMR 506.002(C)",
    unit=COUNT,
    says=_("Number of people in the household of a disabled adult, as MassHealth counts it: {disabled_adult_size}."),
)
def disabled_adult_size(number_if_disabled: Members) -> Ints:
    return sum_over(number_if_disabled)


@rule(
    PERSON,
    cites="130 CMR 506.003",
    unit=CENTS,
    says=_("The income of the people whom MassHealth counts for a disability is {disabled_adult_income} a year."),
)
def disabled_adult_income(income_if_disabled: Members) -> Ints:
    """Yearly cents at the rate of the month."""
    return sum_over(income_if_disabled)
