"""What is sold to one household today: of each kind from when, to whom, and at which price beside its other picks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from openhix.enrollment import choices, queries
from openhix.enrollment.basket import Group
from openhix.enrollment.choices import ALL, CannotChoose, Selection
from openhix.enrollment.models import Kind
from openhix.enrollment.queries import Opening, Standing, Status
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.law.tables import OpenEnrollment
from openhix.people.models import Household
from openhix.shopping import calendar
from openhix.shopping.households import Shopper, ShoppingHousehold
from openhix.shopping.offers import Offer, usual_order


@dataclass(frozen=True)
class Counter:
    """One kind of plans, open to this household today."""

    kind: str
    opening: Opening
    openings: tuple[Opening, ...]  # every first day that can be had, this one among them
    usual: Opening  # that of who picks none
    shopping: ShoppingHousehold
    paid: tuple[Standing, ...]

    @property
    def starts(self) -> date:
        return self.opening.starts

    @property
    def pay_by(self) -> date:
        return self.opening.pay_by

    @property
    def buyers(self) -> list[Shopper]:
        """Who can be in a plan of this kind."""
        born = [each for each in self.shopping.people if each.age >= 0]
        return [each for each in born if self.kind == Kind.DENTAL or each.may_buy_health]

    @property
    def usual_groups(self) -> list[tuple[str, ...]]:
        """Together in one plan: those with the same help, so that no help is lost; for dental plans everyone."""
        together: dict[object, list[str]] = {}
        for each in self.buyers:
            number = each.tax_household if each.tax_household in self.shopping.credits else None
            tribal = each.entitled.own if each.entitled.as_tribal_member else None
            help = (number, each.plan_type, tribal) if self.kind == Kind.HEALTH else None
            together.setdefault(help, []).append(each.person.key)
        return [tuple(keys) for keys in together.values()]

    def people(self, group: Group) -> tuple[int, ...]:
        """The ids of a group's persons."""
        ids = {each.person.key: each.person.pk for each in self.shopping.people}
        return tuple(ids[key] for key in group.people)

    def names(self, group: Group) -> list[str]:
        names = {each.person.key: each.person.name for each in self.shopping.people}
        return [names[key] for key in group.people]

    def selections(self, groups: Sequence[Group]) -> list[Selection]:
        return [Selection(group.plan, self.people(group)) for group in groups]

    def picked(self, groups: Sequence[Group], share: int) -> list[Offer | None]:
        """Each group's plan at its price beside the others', None where none is picked or it is not open to them."""
        bare = [self._bare(group) for group in groups]
        there = [offer for offer in bare if offer is not None]
        priced = iter(self._with_help(there, share, self._chosen(groups)))
        return [None if offer is None else next(priced) for offer in bare]

    def offers(self, groups: Sequence[Group], number: int, share: int) -> list[Offer]:
        """The plans open to group `number` (from 1) in the usual order, each at its price beside the other picks."""
        others = [offer for at, group in enumerate(groups, 1) if at != number and (offer := self._bare(group))]
        chosen = self._chosen(groups)
        people = self.people(groups[number - 1])
        there = choices.open_plans(self.shopping, self.kind, people)
        bare = [each for each in there if self._may_have(each, there)]
        priced = [self._with_help([*others, offer], share, chosen)[-1] for offer in bare]
        return sorted(priced, key=usual_order)

    def _bare(self, group: Group) -> Offer | None:
        try:
            there = choices.open_plans(self.shopping, self.kind, self.people(group))
        except CannotChoose:
            return None
        return next((each for each in there if each.plan.id == group.plan and self._may_have(each, there)), None)

    def _may_have(self, offer: Offer, there: Sequence[Offer]) -> bool:
        """Whether those of its people who are in a plan may change to it; `there`: what all of them can have."""
        may = self.opening.enrollee_may
        try:
            choices.check_terms(self.shopping, offer, may=may, paid=self.paid, open_to_all=there)
        except CannotChoose:
            return False
        return True

    def _chosen(self, groups: Sequence[Group]) -> frozenset[int]:
        return frozenset(person for group in groups for person in self.people(group))

    def share(self, groups: Sequence[Group], wanted: int) -> int:
        """The part of the credit that is taken: what is wanted, or all of it with a ConnectorCare plan among them."""
        return _share([offer for group in groups if (offer := self._bare(group))], wanted)

    def _with_help(self, offers: list[Offer], share: int, chosen: frozenset[int]) -> list[Offer]:
        stays = [each for each in self.paid if not each.people & chosen]
        return choices.with_help(
            self.shopping, offers, choices.free_credit(self.shopping, stays), _share(offers, share)
        )


def _share(offers: Sequence[Offer], wanted: int) -> int:
    return ALL if any(offer.is_connectorcare for offer in offers) else wanted


@dataclass(frozen=True)
class Counters:
    """Every kind of plans: open ones, and why others are closed."""

    plan_year: int
    open: Mapping[str, Counter]
    closed: Mapping[str, EnrollmentClosed]
    standing: tuple[Standing, ...]  # every policy that waits, is paid for, or has ended, the newest first

    @classmethod
    def of(cls, household: Household, today: date, wanted: str = "") -> Counters:
        """`wanted`: the first day of a health plan, as 2026-04-01; the usual one where it is none that can be had.

        Raises NothingToShop.
        """
        year = calendar.plan_year(today)
        standing = tuple(queries.standings(household))
        households: dict[date, ShoppingHousehold] = {}
        there: dict[str, Counter] = {}
        closed: dict[str, EnrollmentClosed] = {}
        for kind in Kind.values:
            openings = tuple(queries.openings(household, kind, today, year))
            if not openings:
                closed[kind] = EnrollmentClosed(OpenEnrollment.for_year(year))
                continue
            paid = tuple(each for each in standing if each.policy.kind == kind and each.status is Status.COMPLETE)
            first = _shopping(households, household, openings[0])
            usual = _usual(openings, first, paid, today)
            opening = next((each for each in openings if each.starts.isoformat() == wanted), usual)
            shopping = _shopping(households, household, opening)
            there[kind] = Counter(kind, opening, openings, usual, shopping, paid)
        return cls(year, there, closed, tuple(each for each in standing if each.status is not Status.WITHDRAWN))

    @property
    def starts(self) -> str:
        """The first day of a health plan that was picked among several, as 2026-04-01; empty for the usual one."""
        health = self.open.get(Kind.HEALTH)
        return "" if health is None or health.opening == health.usual else health.starts.isoformat()

    @property
    def usual(self) -> dict[str, list[tuple[str, ...]]]:
        """Who can buy what today, in the groups in which they usually go."""
        return {kind: counter.usual_groups for kind, counter in self.open.items()}


def _shopping(known: dict[date, ShoppingHousehold], household: Household, opening: Opening) -> ShoppingHousehold:
    if opening.starts not in known:
        known[opening.starts] = ShoppingHousehold.of(household, opening.starts)
    return known[opening.starts]


def _usual(openings: Sequence[Opening], first: ShoppingHousehold, paid: Sequence[Standing], today: date) -> Opening:
    """The earliest; but a day that is over only where it covers somebody who has no plan: a month without credit."""
    covered = {person for each in paid for person in each.people}
    lacks = any(each.may_buy_health and each.person.pk not in covered for each in first.people)
    return openings[0] if lacks else next((each for each in openings if each.starts > today), openings[0])
