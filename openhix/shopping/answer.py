"""What the estimate's pages show: the household's answer and one plan's sheet, laid out for a reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from openhix.eligibility.telling import Reason, stories
from openhix.kernel import cents
from openhix.law.tables import Law
from openhix.plans.plan import ILLUSTRATIVE, Benefit, Cost, Plan
from openhix.plans.shelf import UnknownPlan
from openhix.shopping import labels
from openhix.shopping.calendar import enrollment_is_open
from openhix.shopping.forms import EstimateForm, Filters, Person
from openhix.shopping.offers import Offer
from openhix.shopping.queries import ASSUMED, Estimate, PersonAnswer

PER_PAGE = 10
Translate = Callable[[str], str]


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

    def __init__(self, found: Estimate, form: EstimateForm, filters: Filters, *, today: date, translate: Translate):
        self.found = found
        self.form = form
        self.filters = filters
        self.translate = translate
        self.assumed = ASSUMED
        self.enrollment_open = enrollment_is_open(today)

    @cached_property
    def people(self) -> list[PersonCard]:
        told = stories(self.found.facts, len(self.found.people), self.translate)
        return [PersonCard(*each) for each in zip(self.form.people, self.found.people, told, strict=True)]

    @cached_property
    def bar(self) -> Bar | None:
        """200 units wide; nothing where there is no credit to show."""
        found = self.found
        if not found.monthly_credit or not found.benchmark_premium:
            return None
        expected = found.benchmark_premium - found.monthly_credit
        return Bar(width=200, paid=200 * expected // found.benchmark_premium)

    @property
    def query(self) -> str:
        """The household and the filters: what a link to one plan or another page of plans carries on."""
        return f"{self.form.query}&{self.filters.query}"

    @cached_property
    def of_kind(self) -> tuple[Offer, ...]:
        return self.found.dental if self.filters.kind == "dental" else self.found.health

    @cached_property
    def offers(self) -> list[Offer]:
        """Those that the filters leave, cheapest first. A carrier that sells none of the kind filters nothing."""
        metal, carrier = self.filters.metal, self.filters.carrier
        if carrier not in {offer.plan.carrier.id for offer in self.of_kind}:
            carrier = ""
        return [
            offer
            for offer in self.of_kind
            if metal in ("", offer.plan.metal) and carrier in ("", offer.plan.carrier.id)
        ]

    @cached_property
    def page(self) -> list[Offer]:
        first = (self.page_number - 1) * PER_PAGE
        return self.offers[first : first + PER_PAGE]

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
        return self.found.health[0] if self.found.health else None

    @property
    def with_masshealth(self) -> int:
        return sum(each.has_masshealth for each in self.found.people)

    @property
    def left_out(self) -> int:
        return len({each.plan.id for each in self.found.left_out if each.plan.kind == self.filters.kind})

    @property
    def illustrative(self) -> bool:
        return any(offer.plan.illustrative for offer in self.page)

    @cached_property
    def metals(self) -> list[Choice]:
        counted = Counter(offer.plan.metal for offer in self.of_kind)
        return [
            Choice(metal, self.translate(labels.METALS[metal]), counted[metal], metal == self.filters.metal)
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
    def of(cls, found: Estimate, plan_id: str, *, translate: Translate) -> PlanSheet:
        """Raises UnknownPlan where the plan is not among the household's offers."""
        offer = next((each for each in (*found.health, *found.dental) if each.plan.id == plan_id), None)
        if offer is None:
            raise UnknownPlan(plan_id)
        people: list[tuple[int | str, int, int]] = [
            (person + 1, found.people[person].person.age, premium)
            for person, premium in zip(offer.people, offer.premiums, strict=True)
        ]
        return cls.for_people(offer, people, law=found.law, translate=translate)

    @classmethod
    def for_people(
        cls, offer: Offer, people: Sequence[tuple[int | str, int, int]], *, law: Law, translate: Translate
    ) -> PlanSheet:
        if offer.is_connectorcare:
            return cls(offer, people, *_connectorcare(law, offer, translate))
        lines = [_line(benefit, translate) for benefit in offer.plan.benefits if benefit.service in labels.SERVICES]
        return cls(offer, people, _limits(offer.plan, translate), lines)


def _connectorcare(law: Law, offer: Offer, translate: Translate) -> tuple[list[Limit], list[Line]]:
    """The design of the household's plan type, which every carrier's ConnectorCare plan follows."""
    group = next(each.cost_sharing for each in law.connectorcare.plan_types if each.code == offer.plan_type.code)
    limits, lines = [], []
    for name, amount in law.connectorcare.cost_sharing(group).items():
        if isinstance(amount, tuple):
            individual, family = amount
            limits.append(Limit(translate(labels.LIMITS[name]), cents.dollars(individual), cents.dollars(family)))
        else:
            lines.append(Line(translate(labels.SERVICES[name]), translate(labels.copay(amount)), False))
    return limits, lines


def _limits(plan: Plan, translate: Translate) -> list[Limit]:
    found = []
    for name, amount in (("deductible", plan.deductible), ("out_of_pocket_maximum", plan.out_of_pocket_maximum)):
        individual, family = (
            "—" if each is None else cents.dollars(each) for each in (amount.individual, amount.family)
        )
        found.append(Limit(translate(labels.LIMITS[name]), individual, family, amount.basis == ILLUSTRATIVE))
    return found


def _line(benefit: Benefit, translate: Translate) -> Line:
    costs = _costs(benefit.in_network, translate)
    return Line(translate(labels.SERVICES[benefit.service]), costs, benefit.basis == ILLUSTRATIVE)


def _costs(cost: Cost, translate: Translate) -> str:
    if not cost.covered:
        return translate(labels.NOT_COVERED)
    if cost.as_filed:
        return cost.as_filed
    parts = [cents.dollars(cost.copay)] if cost.copay else []
    if cost.coinsurance:
        parts.append(labels.share(cost.coinsurance))
    words = f" {translate(labels.AND)} ".join(parts) or translate(labels.NO_CHARGE)
    return f"{words} {translate(labels.AFTER_DEDUCTIBLE)}" if cost.after_deductible else words
