"""One plan's sheet: what this household would pay for it each month, and for care in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from openhix.kernel import cents
from openhix.law.tables import Law
from openhix.plans.plan import ILLUSTRATIVE, Benefit, Cost, Plan
from openhix.plans.shelf import UnknownPlan
from openhix.shopping import labels
from openhix.shopping.offers import Offer
from openhix.shopping.queries import Estimate


@dataclass(frozen=True)
class Line:
    """What a service costs a member, in the reader's language."""

    service: str
    costs: str
    illustrative: bool


@dataclass(frozen=True)
class Limit:
    """A yearly amount for one person and for a family, as money; a dash where the files do not state it."""

    name: str
    individual: str
    family: str
    illustrative: bool = False


@dataclass(frozen=True)
class PlanSheet:
    """One plan as this household would have it: what it costs each month, and what care costs in it."""

    offer: Offer
    people: Sequence[tuple[int | str, int, int]]  # number or name, age, share of the premium
    limits: Sequence[Limit]
    lines: Sequence[Line]

    @property
    def free_children(self) -> bool:
        return any(premium == 0 for _number, _age, premium in self.people)

    @classmethod
    def of(cls, found: Estimate, plan_id: str) -> PlanSheet:
        """Raises UnknownPlan where the plan is not among the household's offers."""
        offer = next((each for each in (*found.health, *found.dental) if each.plan.id == plan_id), None)
        if offer is None:
            raise UnknownPlan(plan_id)
        people: list[tuple[int | str, int, int]] = [
            (person + 1, found.people[person].person.age, premium)
            for person, premium in zip(offer.people, offer.premiums, strict=True)
        ]
        return cls.for_people(offer, people, law=found.law)

    @classmethod
    def for_people(cls, offer: Offer, people: Sequence[tuple[int | str, int, int]], *, law: Law) -> PlanSheet:
        benefits = [each for each in offer.plan.benefits if each.service in labels.SERVICES]
        if offer.at_no_cost:
            return cls(offer, people, _no_limits(), [_free(each) for each in benefits])
        if offer.is_connectorcare:
            return cls(offer, people, *_connectorcare(law, offer))
        return cls(offer, people, _limits(offer.plan), [_line(each) for each in benefits])


def _connectorcare(law: Law, offer: Offer) -> tuple[list[Limit], list[Line]]:
    """The design of the household's plan type, which every carrier's ConnectorCare plan follows."""
    group = law.connectorcare.group_of(offer.plan_type.code)
    limits, lines = [], []
    for name, amount in law.connectorcare.cost_sharing(group).items():
        if isinstance(amount, tuple):
            individual, family = amount
            limits.append(Limit(gettext(labels.LIMITS[name]), cents.dollars(individual), cents.dollars(family)))
        else:
            lines.append(Line(gettext(labels.SERVICES[name]), gettext(labels.copay(amount)), False))
    return limits, lines


def _no_limits() -> list[Limit]:
    """The law takes all cost sharing away, so there is nothing to limit. 45 CFR 156.410(b)(2)."""
    nothing = cents.dollars(0)
    return [Limit(gettext(labels.LIMITS[name]), nothing, nothing) for name in ("deductible", "out_of_pocket_maximum")]


def _free(benefit: Benefit) -> Line:
    costs = labels.NO_CHARGE if benefit.covered else labels.NOT_COVERED
    illustrative = benefit.basis == ILLUSTRATIVE and not benefit.covered
    return Line(gettext(labels.SERVICES[benefit.service]), gettext(costs), illustrative)


def _limits(plan: Plan) -> list[Limit]:
    found = []
    for name, amount in (("deductible", plan.deductible), ("out_of_pocket_maximum", plan.out_of_pocket_maximum)):
        individual, family = (
            "—" if each is None else cents.dollars(each) for each in (amount.individual, amount.family)
        )
        found.append(Limit(gettext(labels.LIMITS[name]), individual, family, amount.basis == ILLUSTRATIVE))
    return found


def _line(benefit: Benefit) -> Line:
    costs = _costs(benefit.in_network)
    return Line(gettext(labels.SERVICES[benefit.service]), costs, benefit.basis == ILLUSTRATIVE)


def _costs(cost: Cost) -> str:
    if not cost.covered:
        return gettext(labels.NOT_COVERED)
    if cost.as_filed:
        return cost.as_filed
    parts = [cents.dollars(cost.copay)] if cost.copay else []
    if cost.coinsurance:
        parts.append(labels.share(cost.coinsurance))
    words = f" {gettext(labels.AND)} ".join(parts) or gettext(labels.NO_CHARGE)
    return f"{words} {gettext(labels.AFTER_DEDUCTIBLE)}" if cost.after_deductible else words
