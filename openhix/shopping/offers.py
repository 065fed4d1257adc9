"""The plans that are open to a household, with its own price after help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.cost_sharing import Variant
from openhix.kernel.facts import Bools, Ints
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

    premium - credit - subsidy = price. `premiums` are each person's share of the premium; `variant` says what care
    costs them in it.
    """

    plan: Plan
    people: tuple[int, ...]
    premiums: tuple[int, ...]
    premium: int
    credit: int
    subsidy: int
    price: int
    plan_type: PlanType = PlanType.NONE
    variant: Variant = Variant.STANDARD

    @property
    def at_no_cost(self) -> bool:
        """Whether these people pay nothing for care that the plan covers, beside the premium."""
        return self.variant is Variant.ZERO

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
    plans = [
        index
        for index in shelf.open_to(place)
        if shelf.plans[index].kind == "health"
        and (shelf.plans[index].tier != "catastrophic" or pricing.catastrophic_open(each, law.catastrophic_under))
    ]
    priced, left_out = _priced(shelf, place, plans, each, people, help.plan_type)
    counted = pricing.rated(each, law.family_rating)
    return sorted(_offers(shelf, place, people, priced.counting(counted), help), key=usual_order), left_out


def dental(
    *, shelf: Shelf, place: Place, ages: Sequence[int], people: Sequence[int] | None = None
) -> tuple[list[Offer], list[LeftOut]]:
    """Dental plans for `people` (everyone, unless told), pediatric ones for those of them under 19.

    Each person is charged; no credit applies.
    """
    buyers = list(range(len(ages)) if people is None else people)
    sold = [index for index in shelf.open_to(place) if shelf.plans[index].kind == "dental"]
    pediatric = [index for index in sold if shelf.plans[index].tier == "pediatric"]
    family = [index for index in sold if shelf.plans[index].tier != "pediatric"]
    found: list[Offer] = []
    left_out: list[LeftOut] = []
    for plans, covered in ((family, buyers), (pediatric, [at for at in buyers if ages[at] < ADULT_DENTAL_FROM])):
        if plans and covered:
            each = np.asarray([ages[person] for person in covered], dtype=np.int64)
            priced, missing = _priced(shelf, place, plans, each, covered)
            found += _offers(shelf, place, covered, priced, Help())
            left_out += missing
    return sorted(found, key=usual_order), left_out


class _Priced(NamedTuple):
    """Plans of a shelf by their index, and their monthly premiums: one row a plan, one column a person."""

    plans: Ints
    premiums: Ints

    def counting(self, people: Bools) -> _Priced:
        """With the premiums of these people alone."""
        return _Priced(self.plans, np.where(people, self.premiums, 0))


def _priced(
    shelf: Shelf,
    place: Place,
    plans: Sequence[int],
    ages: Ints,
    people: Sequence[int],
    plan_type: PlanType = PlanType.NONE,
) -> tuple[_Priced, list[LeftOut]]:
    """A plan without a rate for someone is left out, never priced at zero.

    Where ConnectorCare plans are compared, so is one without a rate at the reference age.
    """
    rates = shelf.premiums[list(plans), place.rating_area - 1]
    premiums = rates[:, np.minimum(ages, OLDEST_RATED)]
    missing = premiums == NO_RATE
    compared = _yes_or_no(plan_type is not PlanType.NONE and shelf.plans[index].connectorcare for index in plans)
    lacking = missing.any(axis=1) | (compared & (rates[:, pricing.REFERENCE_AGE] == NO_RATE))
    left_out = [
        LeftOut(shelf.plans[plans[row]], people[int(np.argmax(missing[row]))] if missing[row].any() else None)
        for row in np.flatnonzero(lacking).tolist()
    ]
    return _Priced(np.asarray(plans, dtype=np.int64)[~lacking], premiums[~lacking]), left_out


def _offers(shelf: Shelf, place: Place, people: Sequence[int], priced: _Priced, help: Help) -> list[Offer]:
    """Every plan at its price for these people."""
    plans = [shelf.plans[index] for index in priced.plans]
    takes_credit = _yes_or_no(plan.kind == "health" and plan.tier != "catastrophic" for plan in plans)
    premium = priced.premiums.sum(axis=1)
    credit = pricing.credit_applied(premium, np.where(takes_credit, help.credit, 0))
    price = premium - credit
    in_connectorcare = _yes_or_no(help.plan_type is not PlanType.NONE and plan.connectorcare for plan in plans)
    if in_connectorcare.any():
        reference = shelf.premiums[priced.plans[in_connectorcare], place.rating_area - 1, pricing.REFERENCE_AGE]
        contribution = pricing.contribution_of_plan(help.minimum, reference)
        before = premium[in_connectorcare], credit[in_connectorcare]
        price[in_connectorcare] = pricing.connectorcare_price(*before, contribution, len(people))
    money = (each.tolist() for each in (priced.premiums, premium, credit, premium - credit - price, price))
    return [
        Offer(
            plan=plan,
            people=tuple(people),
            premiums=tuple(premiums),
            premium=total,
            credit=credited,
            subsidy=subsidized,
            price=owed,
            plan_type=help.plan_type if is_connectorcare else PlanType.NONE,
        )
        for plan, is_connectorcare, premiums, total, credited, subsidized, owed in zip(
            plans, in_connectorcare.tolist(), *money, strict=True
        )
    ]


def _yes_or_no(values: Iterable[bool]) -> Bools:
    return np.fromiter(values, dtype=np.bool_)


def by_price(offer: Offer) -> tuple[int, int, str]:
    """The lowest monthly price first."""
    return offer.price, offer.premium, offer.plan.id


def usual_order(offer: Offer) -> tuple[bool, tuple[int, int, str]]:
    """ConnectorCare plans first, for those who have them open; then by price.

    The order of a list is advice. A bronze plan may cost less a month, where the credit pays most of it; but a
    ConnectorCare plan has no deductible and small copays (956 CMR 12.04(3)(b)), and in the other the first care that
    someone needs can cost more than a year's difference. The pages say so. For members of a tribe to whom care costs
    nothing in any plan, the price alone counts; catastrophic plans, where it does, come last.
    """
    return not (offer.is_connectorcare or offer.at_no_cost), by_price(offer)
