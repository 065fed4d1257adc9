"""The plans that are open to a household, with its own price after help."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.kernel.facts import Ints
from openhix.law.tables import Law
from openhix.plans.geography import Place
from openhix.plans.plan import Plan
from openhix.plans.shelf import NO_RATE, Shelf
from openhix.shopping.rules import pricing

OLDEST_RATED = 64
ADULT_DENTAL_FROM = 19


@dataclass(frozen=True)
class Help:
    """What lowers the price: the credit, and the ConnectorCare plan type with its minimum. Monthly cents."""

    credit: int = 0
    plan_type: PlanType = PlanType.NONE
    minimum: int = 0


@dataclass(frozen=True)
class Offer:
    """One plan for some people of the household (`people`: their places in it). Monthly cents.

    premium - credit - subsidy = price. `premiums` are each person's share of the premium.
    """

    plan: Plan
    people: tuple[int, ...]
    premiums: tuple[int, ...]
    premium: int
    credit: int
    subsidy: int
    price: int
    plan_type: PlanType = PlanType.NONE

    @property
    def is_connectorcare(self) -> bool:
        return self.plan_type is not PlanType.NONE

    @property
    def takes_credit(self) -> bool:
        """Dental plans and catastrophic ones do not. 26 CFR 1.36B-1(c); 45 CFR 155.305(f)."""
        return self.plan.kind == "health" and self.plan.tier != "catastrophic"

    def with_credit(self, credit: int) -> Offer:
        """This plan, priced without a credit, with `credit` cents of it: the state's subsidy pays what is left over.

        A ConnectorCare premium of 400.00, of which the household pays 103.00, has a subsidy of 297.00; with a credit
        of 350.00 the household pays 50.00.
        """
        applied = min(self.premium, credit) if self.takes_credit else 0
        price = min(self.price, self.premium - applied) if self.is_connectorcare else self.premium - applied
        return replace(self, credit=applied, subsidy=self.premium - applied - price, price=price)


@dataclass(frozen=True)
class LeftOut:
    """A plan that is sold there but has no price for someone; `person` None: none at the age of comparison."""

    plan: Plan
    person: int | None


def health(
    *, law: Law, shelf: Shelf, place: Place, ages: Sequence[int], people: Sequence[int], help: Help
) -> tuple[list[Offer], list[LeftOut]]:
    """Health plans for `people`, the household's members at these positions of `ages`; in the usual order."""
    each = np.asarray([ages[person] for person in people], dtype=np.int64)
    if not len(each):
        return [], []
    open_plans = [
        index
        for index in shelf.open_to(place)
        if shelf.plans[index].kind == "health"
        and (shelf.plans[index].tier != "catastrophic" or pricing.catastrophic_open(each, law.catastrophic_under))
    ]
    counted = pricing.rated(each, law.family_rating)
    priced, left_out = _priced(shelf, place, open_plans, each, people, help.plan_type)
    premiums = {index: np.where(counted, row, 0) for index, row in priced.items()}
    contributions = _contributions(shelf, place, priced, help)
    offers = [
        _offer(shelf.plans[index], people, row, help, contributions.get(index)) for index, row in premiums.items()
    ]
    return sorted(offers, key=usual_order), left_out


def dental(
    *, shelf: Shelf, place: Place, ages: Sequence[int], people: Sequence[int] | None = None
) -> tuple[list[Offer], list[LeftOut]]:
    """Dental plans for `people` (everyone, unless told), pediatric ones for those of them under 19.

    Each person is charged; no credit applies.
    """
    buyers = range(len(ages)) if people is None else people
    offers, left_out = [], []
    for index in shelf.open_to(place):
        plan = shelf.plans[index]
        if plan.kind != "dental":
            continue
        covered = [at for at in buyers if plan.tier != "pediatric" or ages[at] < ADULT_DENTAL_FROM]
        if not covered:
            continue
        each = np.asarray([ages[person] for person in covered], dtype=np.int64)
        priced, missing = _priced(shelf, place, [index], each, covered)
        left_out += missing
        offers += [_offer(plan, covered, row, Help(), None) for row in priced.values()]
    return sorted(offers, key=usual_order), left_out


def _priced(
    shelf: Shelf,
    place: Place,
    plans: Sequence[int],
    ages: Ints,
    people: Sequence[int],
    plan_type: PlanType = PlanType.NONE,
) -> tuple[dict[int, Ints], list[LeftOut]]:
    """Each plan's premium by person; a plan without a rate for someone is left out, never priced at zero.

    Where ConnectorCare plans are compared, so is one without a rate at the reference age.
    """
    rates = shelf.premiums[list(plans), place.rating_area - 1]
    priced, left_out = {}, []
    for index, row in zip(plans, rates, strict=True):
        premiums = row[np.minimum(ages, OLDEST_RATED)]
        is_compared = plan_type is not PlanType.NONE and shelf.plans[index].connectorcare
        missing = premiums == NO_RATE
        if missing.any():
            left_out.append(LeftOut(shelf.plans[index], people[int(np.argmax(missing))]))
        elif is_compared and row[pricing.REFERENCE_AGE] == NO_RATE:
            left_out.append(LeftOut(shelf.plans[index], None))
        else:
            priced[index] = premiums
    return priced, left_out


def _contributions(shelf: Shelf, place: Place, priced: dict[int, Ints], help: Help) -> dict[int, int]:
    """The contribution of one person for each ConnectorCare plan open there; empty without a plan type."""
    plans = [index for index in priced if shelf.plans[index].connectorcare]
    if help.plan_type is PlanType.NONE or not plans:
        return {}
    reference = shelf.premiums[plans, place.rating_area - 1, pricing.REFERENCE_AGE]
    amounts = pricing.contribution_of_plan(help.minimum, reference)
    return {index: int(amount) for index, amount in zip(plans, amounts, strict=True)}


def _offer(plan: Plan, people: Sequence[int], premiums: Ints, help: Help, contribution: int | None) -> Offer:
    premium = premiums.sum(keepdims=True)
    no_credit = plan.kind == "dental" or plan.tier == "catastrophic"
    credit = pricing.credit_applied(premium, 0 if no_credit else help.credit)
    if contribution is None:
        price = premium - credit
    else:
        price = pricing.connectorcare_price(premium, credit, np.asarray([contribution]), len(people))
    return Offer(
        plan=plan,
        people=tuple(people),
        premiums=tuple(int(each) for each in premiums),
        premium=int(premium[0]),
        credit=int(credit[0]),
        subsidy=int((premium - credit - price)[0]),
        price=int(price[0]),
        plan_type=PlanType.NONE if contribution is None else help.plan_type,
    )


def by_price(offer: Offer) -> tuple[int, int, str]:
    """The lowest monthly price first."""
    return offer.price, offer.premium, offer.plan.id


def usual_order(offer: Offer) -> tuple[bool, tuple[int, int, str]]:
    """ConnectorCare plans first, for those who have them open; then by price.

    The order of a list is advice. A bronze plan may cost less a month, where the credit pays most of it; but a
    ConnectorCare plan has no deductible and small copays (956 CMR 12.04(3)(b)), and in the other the first care that
    someone needs can cost more than a year's difference. The pages say so.
    """
    return not offer.is_connectorcare, by_price(offer)
