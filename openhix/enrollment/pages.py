"""What the pages of choosing show, laid out for a reader."""

from __future__ import annotations

from collections import Counter as Count
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from openhix.enrollment import care, telling
from openhix.enrollment.basket import NOT_NOW, Basket, Group
from openhix.enrollment.counter import Counter, Counters
from openhix.enrollment.labels import SORTS, why_not
from openhix.enrollment.models import Kind, Policy
from openhix.enrollment.queries import Opening, Standing, Status, plan_of, stand_until_paid
from openhix.law.special_enrollment import EnrolleeMay
from openhix.plans.plan import Plan
from openhix.shopping import labels
from openhix.shopping.answer import PER_PAGE, Choice, card
from openhix.shopping.forms import Filters
from openhix.shopping.households import Shopper
from openhix.shopping.offers import Offer, by_price, usual_order


@dataclass(frozen=True)
class Held:
    """A policy that the household has, in words."""

    standing: Standing
    plan: Plan
    people: str
    status: str
    care: str

    @classmethod
    def of(cls, standing: Standing, today: date) -> Held:
        status, costs = telling.status(standing, today), care.under(standing.policy)
        return cls(standing, plan_of(standing.policy), telling.members(standing), status, costs)


@dataclass(frozen=True)
class Seat:
    """One person and the plan they are to be in: `number` counts the groups from 1, NOT_NOW for none."""

    shopper: Shopper
    number: str


@dataclass(frozen=True)
class Pick:
    """One group of people and what they picked; `care`: what members of a tribe among them are to know of it."""

    kind: str
    number: int
    names: str
    offer: Offer | None
    care: Sequence[str]

    @property
    def title(self) -> str:
        """`Health plan for Ana and Bruno`"""
        says = _("Health plan for {names}") if self.kind == Kind.HEALTH else _("Dental plan for {names}")
        return says.format(names=self.names)


@dataclass(frozen=True)
class Counted:
    """One kind of plans with who is in which, and what was picked."""

    counter: Counter
    seats: Sequence[Seat]
    picks: Sequence[Pick]
    total: int

    @property
    def numbers(self) -> list[str]:
        """The plans that people can be put into: as many as there are people."""
        return [str(each) for each in range(1, len(self.seats) + 1)]


class Choosing:
    """The page to which choosing comes back: what is sold, who is in which plan, what is picked."""

    def __init__(self, counters: Counters, basket: Basket, today: date) -> None:
        self.counters, self.basket, self.today = counters, basket, today

    @cached_property
    def held(self) -> list[Held]:
        return [Held.of(each, self.today) for each in self.counters.standing]

    @cached_property
    def kinds(self) -> list[Counted]:
        return [self._counted(kind) for kind in self.basket.kinds]

    def _counted(self, kind: str) -> Counted:
        counter, groups = self.counters.open[kind], self.basket.groups[kind]
        offers = counter.picked(groups, self.basket.share)
        seat_of = {key: str(number) for number, group in enumerate(groups, 1) for key in group.people}
        return Counted(
            counter,
            [Seat(each, seat_of.get(each.person.key, NOT_NOW)) for each in counter.buyers],
            [
                Pick(
                    kind,
                    number,
                    telling.names(counter.names(group)),
                    offer,
                    care.of_offer(offer, counter.shopping.people) if offer else (),
                )
                for number, (group, offer) in enumerate(zip(groups, offers, strict=True), 1)
            ],
            sum(offer.price for offer in offers if offer),
        )

    @property
    def period(self) -> str:
        """Which time to choose a health plan is open, where it is not open enrollment alone."""
        there = self._health_openings
        return telling.period(there) if any(each.special for each in there) else ""

    @property
    def first_days(self) -> list[tuple[str, str, bool]]:
        """The days from which a health plan can cover, where there are several: value, in words, whether picked."""
        there = self._health_openings
        now = self.counters.open[Kind.HEALTH].opening if there else None
        days = [(each.starts.isoformat(), telling.opening(each), each == now) for each in there]
        return days if len(days) > 1 and Kind.HEALTH in self.basket.kinds else []

    @property
    def _health_openings(self) -> Sequence[Opening]:
        health = self.counters.open.get(Kind.HEALTH)
        return health.openings if health else ()

    @property
    def picks(self) -> list[Pick]:
        return [pick for kind in self.kinds for pick in kind.picks]

    @property
    def full(self) -> bool:
        """Whether everyone who is to be in a plan has one that is open to them."""
        return bool(self.picks) and all(pick.offer for pick in self.picks)

    @property
    def picked_only(self) -> str:
        """The fields of an address, without the groups for which no plan is picked; empty where nothing is picked."""
        if not any(pick.offer for pick in self.picks):
            return ""
        picked = {(pick.kind, pick.number) for pick in self.picks if pick.offer}
        groups = {
            kind: tuple(group for number, group in enumerate(self.basket.groups[kind], 1) if (kind, number) in picked)
            for kind in self.basket.kinds
        }
        return replace(self.basket, groups={**self.basket.groups, **groups}).query

    @property
    def illustrative(self) -> bool:
        return any(pick.offer.plan.illustrative for pick in self.picks if pick.offer)

    @property
    def credit(self) -> int:
        """Cents of tax credit a month that can be taken by what is picked; 0 where there is none."""
        return self._any_counter.shopping.credit(pick.offer for pick in self.picks if pick.offer)

    @property
    def credit_used(self) -> int:
        return sum(pick.offer.credit for pick in self.picks if pick.offer)

    @property
    def with_connectorcare(self) -> bool:
        return any(pick.offer.is_connectorcare for pick in self.picks if pick.offer)

    @property
    def agreed(self) -> list[tuple[str, int]]:
        """What the household is shown, and sends back: the monthly cents of each kind."""
        return [(f"agreed-{each.counter.kind}", each.total) for each in self.kinds]

    @property
    def others(self) -> list[Shopper]:
        """Who cannot be in a health plan: MassHealth, or not decided yet."""
        return [each for each in self._any_counter.shopping.people if not each.may_buy_health]

    @property
    def _any_counter(self) -> Counter:
        return next(iter(self.counters.open.values()))


class Chosen:
    """What was confirmed together: each kind with its policies, what is due and until when."""

    def __init__(self, standing: Sequence[Standing], complete: Sequence[Standing], today: date) -> None:
        """`complete`: every paid policy of the household."""
        self.kinds = [
            ChosenKind(
                kind,
                [Held.of(each, today) for each in standing if each.policy.kind == kind],
                [each for each in complete if each.policy.kind == kind],
                today,
            )
            for kind in dict.fromkeys(each.policy.kind for each in standing)
        ]

    @property
    def waits(self) -> bool:
        """Whether something is to be paid now; of a change perhaps nothing is left to pay."""
        return any(kind.due and not kind.meanwhile for kind in self.kinds)


@dataclass(frozen=True)
class ChosenKind:
    """The policies of one kind that were chosen together. `complete`: the household's paid ones of this kind."""

    kind: str
    held: Sequence[Held]
    complete: Sequence[Standing]
    today: date

    @property
    def first(self) -> Policy:
        return self.held[0].standing.policy

    @property
    def due(self) -> bool:
        """Whether the first payment can still come in time."""
        return self.held[0].standing.status is Status.WAITING and self.today <= self.first.pay_by

    @property
    def meanwhile(self) -> str:
        """What holds until it is paid, where it changes a paid plan."""
        stands = stand_until_paid([each.standing for each in self.held], self.complete)
        return telling.meanwhile(stands, self.first.pay_by)

    @property
    def total(self) -> int:
        return sum(each.standing.policy.price for each in self.held)


class Listing:
    """The plans that are open to one group, as the filters leave them, a page at a time."""

    def __init__(self, counter: Counter, basket: Basket, number: int, typed: QueryDict) -> None:
        query = typed.copy()
        query["kind"] = counter.kind
        self.filters = Filters.read(query)
        self.typed_sort = typed.get("sort", "")
        self.counter, self.basket, self.number = counter, basket, number
        self.group: Group = basket.groups[counter.kind][number - 1]

    @property
    def names(self) -> str:
        return telling.names(self.counter.names(self.group))

    @property
    def kind(self) -> str:
        return self.counter.kind

    @property
    def terms(self) -> str:
        """What those of the group who are in a paid plan may do outside open enrollment; empty where they may all."""
        may, people = self.counter.opening.enrollee_may, set(self.counter.people(self.group))
        is_held = may is not EnrolleeMay.ANY and any(each.people & people for each in self.counter.paid)
        return why_not(may.value) if is_held else ""

    @cached_property
    def of_kind(self) -> list[Offer]:
        return self.counter.offers(self.basket.groups[self.kind], self.number, self.basket.share)

    @cached_property
    def offers(self) -> list[Offer]:
        metal, carrier = self.filters.metal, self.filters.carrier
        left = [
            offer
            for offer in self.of_kind
            if metal in ("", offer.plan.metal) and carrier in ("", offer.plan.carrier.id)
        ]
        return sorted(left, key=ORDERS[self.sort])

    @cached_property
    def sort(self) -> str:
        """As it was chosen; or else the usual order, which without ConnectorCare plans is that by price."""
        if self.typed_sort in dict(self.sorts):
            return self.typed_sort
        return "usual" if self.connectorcare else "price"

    @property
    def pages(self) -> int:
        return -(-len(self.offers) // PER_PAGE)

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @cached_property
    def page_number(self) -> int:
        return min(self.filters.page, max(self.pages, 1))

    @cached_property
    def page(self) -> list[tuple[Plan, dict[str, str]]]:
        """The plans of the page, and what the page says of each."""
        first = (self.page_number - 1) * PER_PAGE
        offers = self.offers[first : first + PER_PAGE]
        return [(offer.plan, card(offer, self._address(offer.plan))) for offer in offers]

    def _address(self, plan: Plan) -> str:
        return f"{reverse('plan-for', args=[self.kind, self.number, plan.id])}?{self.query}"

    @property
    def query(self) -> str:
        """The basket and the filters: what a link to a plan or another page carries on."""
        said = [("metal", self.filters.metal), ("carrier", self.filters.carrier), ("sort", self.sort)]
        return f"{self.basket.query}&{urlencode([(name, value) for name, value in said if value])}"

    @property
    def illustrative(self) -> bool:
        return any(plan.illustrative for plan, _card in self.page)

    @cached_property
    def care(self) -> list[str]:
        """What members of a tribe among them are to know of these plans."""
        return care.of_offers(self.of_kind, self.counter.shopping.people)

    @cached_property
    def connectorcare(self) -> bool:
        """Whether there are ConnectorCare plans in which care costs less than in others."""
        return any(offer.is_connectorcare and not offer.at_no_cost for offer in self.of_kind)

    @cached_property
    def metals(self) -> list[Choice]:
        counted = Count(offer.plan.metal for offer in self.of_kind)
        return _choices(
            {each: _(words) for each, words in labels.METALS.items() if each in counted}, counted, self.filters.metal
        )

    @cached_property
    def carriers(self) -> list[Choice]:
        counted = Count(offer.plan.carrier.id for offer in self.of_kind)
        names = sorted({(offer.plan.carrier.name, offer.plan.carrier.id) for offer in self.of_kind})
        return _choices({id: name for name, id in names}, counted, self.filters.carrier)

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return [(each, _(words)) for each, words in SORTS.items() if each != "usual" or self.connectorcare]

    def offer(self, plan_id: str) -> Offer | None:
        return next((offer for offer in self.of_kind if offer.plan.id == plan_id), None)


def _choices(words: Mapping[str, str], counted: Mapping[str, int], chosen: str) -> list[Choice]:
    return [Choice(value, said, counted[value], value == chosen) for value, said in words.items()]


def _by_deductible(offer: Offer) -> tuple[int, int]:
    """ConnectorCare has none; a plan whose files do not state it comes last."""
    deductible = 0 if offer.is_connectorcare or offer.at_no_cost else offer.plan.deductible.individual
    return (10**9 if deductible is None else deductible, offer.price)


ORDERS: dict[str, Callable[[Offer], Any]] = {
    "usual": usual_order,
    "price": by_price,
    "deductible": _by_deductible,
}
