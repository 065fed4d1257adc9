"""Households of the cast that have applied and know what they qualify for, and what they choose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from openhix.application.answers import Answers
from openhix.eligibility import actions as eligibility
from openhix.eligibility.models import Determination
from openhix.eligibility.tests import applications
from openhix.enrollment import actions, choices, queries
from openhix.enrollment.actions import ALL, Selection
from openhix.enrollment.models import Coverage, Policy
from openhix.enrollment.queries import Standing
from openhix.people import queries as people
from openhix.people.models import Household, Person
from openhix.people.tests import cast
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
NEXT_YEAR = date(2027, 1, 1)


def determined(family: cast.Family = cast.ANA, told: Answers | None = None) -> Household:
    household = cast.household(family)
    answer(household, told or applications.of_cast(family))
    return household


def answer(household: Household, told: Answers) -> Determination:
    """The household applies, or changes its application, and has its answer."""
    applications.apply(household, told)
    return eligibility.determine(household=household, why="The household told us.")


def persons(household: Household) -> list[Person]:
    return people.people_of(household)


def plans(
    household: Household, who: Sequence[Person], kind: str = "health", starts: date = JANUARY, credit: int | None = None
) -> list[Offer]:
    """The plans open to these people with the whole credit (or part of it), cheapest first."""
    shopping = ShoppingHousehold.of(household, starts)
    bare = choices.open_plans(shopping, kind, [each.pk for each in who])
    most = sum(shopping.credits.values())
    priced = [each.with_credit(most if credit is None else credit) for each in bare]
    return sorted(priced, key=lambda offer: (offer.price, offer.premium, offer.plan.id))


def choose(
    household: Household, *wanted: tuple[Offer, Sequence[Person]], key: str, kind: str = "health", share: int = ALL
) -> list[Policy]:
    return actions.choose(
        household=household,
        account=people.accounts_of(household)[0],
        kind=kind,
        selections=[Selection(offer.plan.id, tuple(each.pk for each in who)) for offer, who in wanted],
        plan_year=2026,
        credit_share=share,
        key=key,
    )


def pay(household: Household, kind: str = "health", on: date = date(2025, 12, 1)) -> list[Policy]:
    return actions.complete(household=household, kind=kind, on=on, why="The first premium has arrived.")


def covered(household: Household, kind: str = "health") -> list[tuple[str, int, date, date]]:
    """Who is covered by which policy over which days: first name, policy, first day, first day without."""
    spans = Coverage.objects.filter(person__household=household, kind=kind, superseded_at=None)
    return [
        (span.person.first_name, span.policy_id, span.days.lower, span.days.upper)
        for span in spans.select_related("person").order_by("person", "days")
    ]


def statuses(household: Household, kind: str | None = None) -> list[str]:
    """Of each policy, the oldest first."""
    return [each.status.value for each in reversed(queries.standings(household, kind))]


def standing(policy: Policy) -> Standing:
    return queries.standing(policy)
