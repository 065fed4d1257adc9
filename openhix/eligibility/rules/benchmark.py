"""The benchmark: whose coverage the credit helps with, and the second-lowest silver premium for all of them."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PAIR, PERSON, TAX_HOUSEHOLD
from openhix.kernel.facts import Bools, Column, Ints, Members, any_of, count_of, rule
from openhix.kernel.story import CENTS, COUNT, YES_NO, _
from openhix.law.tables import Law
from openhix.plans.shelf import NO_SILVER_RATE, Shelf

OLDEST_RATED = 64  # the rates of 64 are those of 64 and over
CLOSED = 1 << 50  # more than any family's premium, and than any sum of missing rates
SENIORITY = 1_000  # more than the people of any household


@rule(
    PERSON,
    cites="26 CFR 1.36B-3(b)(1); 26 CFR 1.36B-2(a)",
    unit=YES_NO,
    because={
        True: (),
        False: ("may_buy_plan", "has_credit_status", "has_other_coverage", "employer_offer_affordable"),
    },
)
def in_coverage_family(
    may_buy_plan: Bools,
    has_credit_status: Bools,
    has_masshealth: Bools,
    has_other_coverage: Bools,
    employer_offer_affordable: Bools,
) -> Bools:
    """Whose plan the credit can help with: people of the tax household with no other coverage open to them.

    Who does not ask for coverage is not among them, and counts all the same for the household's size and income.
    """
    covered = has_masshealth | has_other_coverage | employer_offer_affordable
    return may_buy_plan & has_credit_status & ~covered


@rule(PERSON, cites="45 CFR 147.102(c)(1)", unit=YES_NO)
def is_child_rated(age: Ints, in_coverage_family: Bools, law: Law) -> Bools:
    return in_coverage_family & (age < law.family_rating.children_under)


@rule(PERSON, cites="45 CFR 147.102(c)(1)", unit=COUNT)
def child_seniority(is_child_rated: Bools, age: Ints, position: Ints) -> Ints:
    """The larger, the earlier a child is charged for: the older first, of twins the first of the household; else 0."""
    return np.where(is_child_rated, (age + 1) * SENIORITY - position, 0)


@rule(PAIR, cites="45 CFR 147.102(c)(1)", unit=YES_NO)
def comes_before(on_my_return: Bools, their_child_seniority: Ints, my_child_seniority: Ints) -> Bools:
    """Whether they and I are children of one tax household, and they are charged for before me."""
    return on_my_return & (my_child_seniority > 0) & (their_child_seniority > my_child_seniority)


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
    The whole premium is taken as essential health benefits, and dental care of children as part of it: the public
    files do not tell the share (26 CFR 1.36B-3(f)(3), (j)).
    """
    people = np.diff(rated_age.starts, append=len(rated_age.values))
    areas, ages, plans = shelf.silver_premiums.shape
    rates = shelf.silver_premiums.reshape(areas * ages, plans)
    rates = np.append(rates, np.zeros((1, plans), dtype=rates.dtype), axis=0)  # the last row: who is not charged for
    row = np.where(is_rated.values, (np.repeat(rating_area, people) - 1) * ages + rated_age.values, len(rates) - 1)
    closed = np.where(shelf.silver_open, 0, CLOSED)
    lowest = second = np.full(len(place), CLOSED)
    for plan in range(plans):
        family = np.add.reduceat(rates[:, plan][row], rated_age.starts) + closed[place, plan]
        second = np.minimum(second, np.maximum(lowest, family))
        lowest = np.minimum(lowest, family)
    premium = np.where(second < NO_SILVER_RATE, second, lowest)
    return Column(premium, any_of(is_rated) & (premium < NO_SILVER_RATE))
