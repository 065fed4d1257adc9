"""The answer as a page shows it: each person, the help, and a page of the plans that the filters leave."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from openhix.eligibility.incomes.picture import Picture
from openhix.eligibility.telling import Reason, stories
from openhix.kernel import cents
from openhix.shopping import labels
from openhix.shopping.calendar import enrollment_is_open
from openhix.shopping.forms import EstimateForm, Filters, Person
from openhix.shopping.offers import LeftOut, Offer, by_price
from openhix.shopping.queries import ASSUMED, Estimate, PersonAnswer

PER_PAGE = 10


@dataclass(frozen=True)
class PersonCard:
    """One person: as typed, what the estimate found, and why."""

    typed: Person
    found: PersonAnswer
    story: Reason


@dataclass(frozen=True)
class Choice:
    """One answer of a filter, with how many plans it leaves."""

    value: str
    words: str
    plans: int
    chosen: bool


@dataclass(frozen=True)
class Bar:
    """The benchmark premium split into what the household is expected to pay and the credit, for a picture."""

    width: int
    paid: int

    @property
    def credit(self) -> int:
        return self.width - self.paid


class Answer:
    """The whole answer for the page: people, help, and the plans that the filters leave, a page of them."""

    def __init__(self, found: Estimate, form: EstimateForm, filters: Filters, *, today: date):
        self.found = found
        self.form = form
        self.filters = filters
        self.assumed = ASSUMED
        self.enrollment_open = enrollment_is_open(today)

    @cached_property
    def people(self) -> list[PersonCard]:
        told = stories(self.found.facts, len(self.found.people), gettext)
        return [PersonCard(*each) for each in zip(self.form.people, self.found.people, told, strict=True)]

    @cached_property
    def picture(self) -> Picture | None:
        """Where help changes with income; nothing where no help is asked for."""
        if not self.form.household or not self.form.household.wants_help:
            return None
        names = [gettext("Person {number}").format(number=each.number) for each in self.form.people]
        return Picture(self.found.facts, names, translate=gettext)

    @cached_property
    def bar(self) -> Bar | None:
        """200 units wide; nothing where there is no credit to show."""
        found = self.found
        if not found.monthly_credit or not found.benchmark_premium:
            return None
        expected = found.benchmark_premium - found.monthly_credit
        return Bar(width=200, paid=200 * expected // found.benchmark_premium)

    @cached_property
    def query(self) -> str:
        """The household and the filters: what a link to one plan or another page of plans carries on."""
        return f"{self.form.query}&{self.filters.query}"

    @cached_property
    def of_kind(self) -> tuple[Offer, ...]:
        return self.found.dental if self.filters.kind == "dental" else self.found.health

    @cached_property
    def offers(self) -> list[Offer]:
        """Those that the filters leave, in the usual order. A carrier that sells none of the kind filters nothing."""
        metal, carrier = self.filters.metal, self.filters.carrier
        if carrier not in {offer.plan.carrier.id for offer in self.of_kind}:
            carrier = ""
        return [
            offer
            for offer in self.of_kind
            if metal in ("", offer.plan.metal) and carrier in ("", offer.plan.carrier.id)
        ]

    @cached_property
    def page(self) -> list[dict[str, str]]:
        """The plans of the page, in words."""
        first = (self.page_number - 1) * PER_PAGE
        page = self.offers[first : first + PER_PAGE]
        return [card(offer, f"{reverse('plan', args=[offer.plan.id])}?{self.query}") for offer in page]

    @cached_property
    def page_number(self) -> int:
        return min(self.filters.page, max(self.pages, 1))

    @property
    def pages(self) -> int:
        return -(-len(self.offers) // PER_PAGE)

    @property
    def page_numbers(self) -> range:
        return range(1, self.pages + 1)

    @property
    def cheapest(self) -> Offer | None:
        return min(self.found.health, key=by_price, default=None)

    @property
    def connectorcare(self) -> bool:
        """Whether there are such plans among those that the filters leave."""
        return any(offer.is_connectorcare for offer in self.offers)

    @property
    def with_masshealth(self) -> int:
        return sum(each.has_masshealth for each in self.found.people)

    @property
    def without_price(self) -> int:
        """How many plans are sold there and have no price for someone."""
        return len({each.plan.id for each in self._left_out if each.person is not None})

    @property
    def not_compared(self) -> int:
        """How many ConnectorCare plans lack the price at the age of comparison, on which what one pays rests."""
        return len({each.plan.id for each in self._left_out if each.person is None})

    @property
    def _left_out(self) -> list[LeftOut]:
        return [each for each in self.found.left_out if each.plan.kind == self.filters.kind]

    @property
    def illustrative(self) -> bool:
        return any(offer.plan.illustrative for offer in self.offers)

    @cached_property
    def metals(self) -> list[Choice]:
        counted = Counter(offer.plan.metal for offer in self.of_kind)
        return [
            Choice(metal, gettext(labels.METALS[metal]), counted[metal], metal == self.filters.metal)
            for metal in labels.METALS
            if metal in counted
        ]

    @cached_property
    def carriers(self) -> list[Choice]:
        counted = Counter(offer.plan.carrier for offer in self.of_kind)
        chosen = self.filters.carrier
        return [
            Choice(carrier.id, carrier.name, counted[carrier], carrier.id == chosen)
            for carrier in sorted(counted, key=lambda each: each.name)
        ]


def card(offer: Offer, address: str) -> dict[str, str]:
    """One plan of a list in the reader's words; `address` is that of its sheet."""
    plan, people = offer.plan, len(offer.people)
    facts = (plan.carrier.name, gettext(labels.METALS[plan.metal]), plan.plan_type)
    own_deductible = None if offer.is_connectorcare or offer.at_no_cost else plan.deductible.individual
    return {
        "name": plan.name,
        "address": address,
        "facts": " · ".join(each for each in facts if each),
        "tag": gettext(offer.plan_type.label) if offer.is_connectorcare else "",
        "deductible": ""
        if own_deductible is None
        else gettext("Deductible {amount} for one person").format(amount=cents.dollars(own_deductible)),
        "price": cents.dollars(offer.price),
        "months": ngettext("a month for 1 person", "a month for {people} people", people).format(people=people),
        "before": ""
        if offer.price == offer.premium
        else gettext("Before help {premium}").format(premium=cents.dollars(offer.premium)),
        "illustrative": gettext("illustrative") if plan.illustrative else "",
    }
