"""A household that shops: who may be in a plan, with which help, and what plans cost it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openhix.application import queries as application
from openhix.eligibility import queries as eligibility
from openhix.eligibility.models import Determination, Finding
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.cost_sharing import Variant
from openhix.eligibility.rules.program import BUYS_A_PLAN, MASSHEALTH, Program
from openhix.kernel.periods import age_on
from openhix.law.tables import Law
from openhix.people.models import Household, Person
from openhix.plans import queries as plans
from openhix.plans.geography import Geography, Place
from openhix.plans.shelf import Shelf
from openhix.shopping import offers
from openhix.shopping.offers import Help, LeftOut, Offer
from openhix.shopping.rules import variants
from openhix.shopping.rules.variants import Entitled


class NothingToShop(LookupError):
    """The household has no determination yet."""


@dataclass(frozen=True)
class Shopper:
    """One person of the household as a buyer of plans.

    `contribution`: monthly cents, the plan type's minimum; `entitled`: the variants of a plan for this person alone.
    """

    person: Person
    age: int
    program: Program | None
    plan_type: PlanType
    contribution: int
    decided: bool
    entitled: Entitled
    tax_household: int = 0  # its number in the determination

    @property
    def may_buy_health(self) -> bool:
        """Everyone whose answer is a plan: nobody has one beside MassHealth, or without the right to one."""
        return self.decided and self.program in BUYS_A_PLAN

    @property
    def has_credit(self) -> bool:
        """Whether the credit of the tax household helps with this person's plan."""
        return self.decided and self.program in (Program.CONNECTORCARE, Program.CREDIT_ONLY)

    @property
    def has_masshealth(self) -> bool:
        return self.program in MASSHEALTH


@dataclass(frozen=True)
class ShoppingHousehold:
    """What prices rest on: the determination, the law and shelf of the first day of coverage, and the people.

    `credits`: the most credit of one month of each tax household that can have one, by its number; cents.
    """

    household: Household
    determination: Determination
    starts: date
    law: Law
    shelf: Shelf
    place: Place
    people: tuple[Shopper, ...]
    credits: Mapping[int, int]

    @classmethod
    def of(cls, household: Household, starts: date) -> ShoppingHousehold:
        """Raises NothingToShop."""
        determination = eligibility.current(household)
        if determination is None:
            raise NothingToShop(f"household {household.pk} has no determination")
        home = application.answers_of(determination.version).home
        return cls(
            household=household,
            determination=determination,
            starts=starts,
            law=Law(starts.replace(day=1)),  # a child may be covered from the day of its birth
            shelf=plans.shelf(year=starts.year),
            place=Geography.shipped(starts.year).find(home.zip, home.county or None),
            people=tuple(
                Shopper(
                    person=finding.person,
                    age=age_on(finding.person.birth_date, starts),
                    program=Program[finding.program.upper()] if finding.program else None,
                    plan_type=PlanType.of(finding.plan_type) if finding.plan_type else PlanType.NONE,
                    contribution=finding.contribution or 0,
                    decided=not finding.undecided,
                    entitled=_entitled(finding),
                    tax_household=finding.tax_household,
                )
                for finding in eligibility.findings(determination)
                if finding.applying
            ),
            credits=eligibility.credits(determination),
        )

    def parts(self, offer: Offer) -> dict[int, int]:
        """The premium of those whom a credit helps, by tax household; cents. 26 CFR 1.36B-3(h).

        The law parts a premium by the benchmarks of the people. Premiums of one plan go by age as benchmarks do, so
        each person's own is that part.
        """
        found: dict[int, int] = {}
        for at, premium in zip(offer.people, offer.premiums, strict=True):
            each = self.people[at]
            if offer.takes_credit and each.has_credit:
                found[each.tax_household] = found.get(each.tax_household, 0) + premium
        return found

    def credit(self, offers: Iterable[Offer]) -> int:
        """The most credit of one month that these plans could take: that of everybody's tax household; cents."""
        return sum(self.credits.get(number, 0) for number in {each for offer in offers for each in self.parts(offer)})

    def help(self, people: Sequence[int], credit: int) -> Help:
        """The help for some people (their places in `people`) who take `credit` cents of the month's credit."""
        types = {self.people[at].plan_type for at in people}
        plan_type = types.pop() if len(types) == 1 else PlanType.NONE
        minimum = self.people[people[0]].contribution if people and plan_type else 0
        return Help(credit, plan_type, minimum)

    def offers(self, kind: str, people: Sequence[int], credit: int) -> tuple[list[Offer], list[LeftOut]]:
        """The plans for some people at these prices; `Offer.people` are places in `people` of the household."""
        ages = [each.age for each in self.people]
        if kind == "dental":
            return offers.dental(shelf=self.shelf, place=self.place, ages=ages, people=people)
        found, left_out = offers.health(
            law=self.law, shelf=self.shelf, place=self.place, ages=ages, people=people, help=self.help(people, credit)
        )
        return [replace(each, variant=self._variant(each)) for each in found], left_out

    def _variant(self, offer: Offer) -> Variant:
        """What care costs these people together in this plan."""
        connectorcare = Variant.STANDARD
        if offer.is_connectorcare:
            connectorcare = Variant.of_connectorcare(self.law.connectorcare.group_of(offer.plan_type.code))
        people = [self.people[at].entitled for at in offer.people]
        return variants.of_policy(people, metal=offer.plan.metal, connectorcare=connectorcare)


def _entitled(finding: Finding) -> Entitled:
    """An answer from before variants were kept opens none: the next one does."""
    if not finding.federal_variant:
        return Entitled()
    return Entitled(Variant[finding.federal_variant.upper()], Variant[finding.silver_variant.upper()])
