"""Coverage from elsewhere that a person has or could have, and that leaves no credit: jobs, Medicare and the like."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import PAIR, PERSON, TAX_HOUSEHOLD, OtherCoverage
from openhix.kernel import percent
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Column, Ints, Members, rule
from openhix.kernel.story import CENTS, HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law

NO_OFFER = 1 << 50  # more than any offer


@rule(TAX_HOUSEHOLD, cites="26 USC 36B(c)(2)(C)(i)(II); 26 CFR 1.36B-2(c)(3)(v)(C)", unit=HUNDREDTHS)
def affordable_share(household_income: Ints, law: Law) -> Ints:
    """The share of household income up to which coverage from a job is affordable this year."""
    return np.full(len(household_income), law.employer_affordability)


@rule(
    TAX_HOUSEHOLD,
    cites="26 USC 36B(c)(2)(C)(i)(II); 26 CFR 1.36B-2(c)(3)(v)",
    unit=CENTS,
    says=_(
        "Coverage from a job counts as affordable up to {affordable_share} of your household income of {household_income}: that is {affordable_offer} a month."
    ),
)
def affordable_offer(household_income: Ints, affordable_share: Ints) -> Ints:
    """The highest monthly price that is affordable, in whole cents: 9.96% of 60,000.00 is 498.00 a month.

    Rounded down, so that a price of whole cents is at or below it exactly when it is at or below the share itself.
    """
    return household_income * affordable_share // (12 * percent.WHOLE)


@rule(PERSON, cites="42 USC 300gg-14(a); 45 CFR 147.120", unit=YES_NO)
def is_covered_child(age: Ints, law: Law) -> Bools:
    """Of an age at which a parent's plan must still cover."""
    return age < law.dependent_coverage_under


@rule(
    PAIR, cites="26 CFR 1.36B-2(c)(3)(i), (v)(A)(2), (c)(4)(i)", unit=CENTS, may_lack=("their_employer_family_offer",)
)
def family_offer_to_me(
    their_employer_family_offer: Column,
    their_files: Bools,
    on_my_return: Bools,
    is_my_spouse: Bools,
    is_my_parent: Bools,
    my_is_covered_child: Bools,
) -> Column:
    """What their job asks a month for the family, where I could be covered by it.

    It reaches the spouse of the same return, and children under 26 who are claimed on it. Doubt: an employer may cover
    other dependents too; of them it is not asked, so that they keep the credit.
    """
    reaches_me = on_my_return & their_files & (is_my_spouse | (is_my_parent & my_is_covered_child))
    return Column(their_employer_family_offer.values, reaches_me & their_employer_family_offer.known_rows)


@rule(PERSON, cites="26 CFR 1.36B-2(c)(3)(v)(A)(2)", unit=CENTS, may_lack=("family_offer_to_me",))
def family_offer(family_offer_to_me: Members) -> Column:
    """The cheapest offer to the family that reaches this person, a month; unknown: none does."""
    values, starts, known = family_offer_to_me
    offers = values if known is None else np.where(known, values, NO_OFFER)
    cheapest = np.minimum.reduceat(offers, starts)
    return Column(cheapest, cheapest < NO_OFFER)


class Offer(Code):
    """What the jobs of a family offer to one of its people."""

    NONE = 0, _("no offer from a job")
    OWN = 1, _("an affordable offer from the own job")
    FAMILY = 2, _("an affordable offer from the job of someone in the family")
    NOT_AFFORDABLE = 3, _("only offers that cost too much")


@rule(
    PERSON,
    cites="26 USC 36B(c)(2)(C); 26 CFR 1.36B-2(c)(3)",
    unit=Offer,
    may_lack=("employer_offer", "family_offer"),
    says={
        Offer.OWN: _(
            "This person's job offers coverage for {employer_offer} a month. That is affordable by law, so there is no tax credit and no ConnectorCare for this person, even if the offer is not taken. If the offer ends, or costs more than {affordable_offer}, tell us."
        ),
        Offer.FAMILY: _(
            "The job of someone in the family offers coverage for the family for {family_offer} a month. That is affordable by law, so there is no tax credit and no ConnectorCare for this person, even if the offer is not taken. If the offer ends, or costs more than {affordable_offer}, tell us."
        ),
        Offer.NOT_AFFORDABLE: _(
            "A job offers coverage, but for more than {affordable_offer} a month. That is not affordable by law, so it takes no help away."
        ),
    },
    because={each: () if each == Offer.NONE else ("affordable_offer",) for each in Offer},
)
def offer_found(employer_offer: Column, family_offer: Column, affordable_offer: Ints) -> Ints:
    """The employee is tested on the price for one person, the family on the price for the family.

    Offers are those of plans with minimum value, of the cheapest; without a price there is no offer here.
    """
    own, family = (each.known_rows & (each.values <= affordable_offer) for each in (employer_offer, family_offer))
    return first_of(
        [own, family, employer_offer.known_rows | family_offer.known_rows],
        [Offer.OWN, Offer.FAMILY, Offer.NOT_AFFORDABLE],
        default=Offer.NONE,
    )


@rule(PERSON, cites="26 USC 36B(c)(2)(C)", unit=YES_NO)
def employer_offer_affordable(offer_found: Ints) -> Bools:
    return (offer_found == Offer.OWN) | (offer_found == Offer.FAMILY)


@rule(
    PERSON,
    cites="26 USC 36B(c)(2)(B); 26 CFR 1.36B-2(c)(1), (2)",
    unit=YES_NO,
    says={
        True: _(
            "This person has {other_coverage}. People with other coverage that counts cannot get a tax credit or ConnectorCare. If that coverage ends, tell us."
        )
    },
)
def has_other_coverage(other_coverage: Ints) -> Bools:
    """Medicare and TRICARE count for who can have them, the care of Veterans Affairs for who is enrolled; and so does
    whatever plan a person is in, such as a job's that would not be affordable (26 CFR 1.36B-2(c)(3)(vii)).

    Doubt: a plan bought outside the Health Connector would not count, since it can be given up for one with help.
    """
    return np.asarray(other_coverage != OtherCoverage.NONE)
