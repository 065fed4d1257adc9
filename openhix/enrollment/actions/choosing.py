"""A household chooses its plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from openhix.enrollment import choices, letters, queries, records
from openhix.enrollment.actions.completing import complete
from openhix.enrollment.choices import ALL, CannotChoose, Selection
from openhix.enrollment.models import Policy, Step
from openhix.enrollment.queries import Opening, Standing
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.kernel import clock
from openhix.law.tables import OpenEnrollment
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer


@dataclass(frozen=True)
class Wish:
    """The plans of one kind that a household wants. `agreed`: the monthly cents that it was shown for all of them;
    `starts`: the first day that it wants, None for the earliest."""

    kind: str
    selections: tuple[Selection, ...]
    credit_share: int = ALL
    agreed: int | None = None
    starts: date | None = None


@transaction.atomic
def choose_all(
    *, household: Household, account: Account, wishes: Sequence[Wish], plan_year: int, key: str
) -> list[Policy]:
    """Health and dental plans confirmed together: all of them or none. Raises what `choose` raises."""
    return [
        policy
        for wish in wishes
        for policy in choose(
            household=household,
            account=account,
            kind=wish.kind,
            selections=wish.selections,
            plan_year=plan_year,
            credit_share=wish.credit_share,
            agreed=wish.agreed,
            starts=wish.starts,
            key=key,
        )
    ]


@transaction.atomic
def choose(
    *,
    household: Household,
    account: Account,
    kind: str,
    selections: Sequence[Selection],
    plan_year: int,
    credit_share: int = ALL,
    agreed: int | None = None,
    starts: date | None = None,
    key: str,
) -> list[Policy]:
    """The plans of one kind that a household wants from the next possible first day on, or from `starts`.

    A health plan in open enrollment, or in a time that an event has opened: the choice then rests on that.
    `credit_share` (hundredths of a percent) of the credit is taken in advance; ConnectorCare takes all of it. `agreed`
    are the monthly cents that the household was shown: at another price it is asked again. Whatever was chosen before
    and is not paid for is withdrawn; what is paid for stands until this choice is complete. The same `key` again gives
    the same policies; so does another key where exactly this stands already, and nothing changes. A choice that costs
    nothing is complete at once. Raises CannotChoose, EnrollmentClosed, NothingToShop.
    """
    household = people.lock(household.pk)
    before = list(Policy.objects.filter(household=household, kind=kind, choice=key).order_by("pk"))
    if before:
        return before
    today = clock.today()
    opening = _opening(household, kind, today, plan_year, starts)
    shopping = ShoppingHousehold.of(household, opening.starts)
    paid = queries.complete(household, kind)
    offers = choices.priced(shopping, kind, selections, credit_share, paid)
    for offer, selection in zip(offers, selections, strict=True) if opening.special else ():
        there = choices.open_plans(shopping, kind, selection.people)
        choices.check_terms(shopping, offer, may=opening.enrollee_may, paid=paid, open_to_all=there)
    if agreed is not None and agreed != sum(offer.price for offer in offers):
        raise CannotChoose("price")
    waiting = queries.waiting(household, kind)
    wanted = [_Terms.of_offer(shopping, offer, opening.starts, credit_share) for offer in offers]
    if standing := _standing(wanted, waiting, paid, today):
        return standing
    records.withdraw([each.policy for each in waiting], "Another plan was chosen before it was paid for.")
    policies = [
        records.write_policy(
            shopping,
            offer,
            starts=opening.starts,
            pay_by=opening.pay_by,
            share=credit_share,
            key=key,
            special=opening.special,
        )
        for offer in offers
    ]
    for policy in policies:
        records.step(policy, Step.What.CHOSEN, opening.starts, "The household chose it.")
    plans = f"a {kind} plan" if len(policies) == 1 else f"{len(policies)} {kind} plans"
    why = f"The household chose {plans}, to begin on {clock.written(opening.starts)}."
    records.note("chosen", f"account {account.pk}", why, policies[0])
    if any(policy.price for policy in policies):
        letters.choice(household=household, policies=policies)
    else:
        complete(household=household, kind=kind, on=today, why="No payment is due.")
    return policies


@dataclass(frozen=True)
class _Terms:
    """What makes one choice the same as another: whom the plan covers from when, what care costs, all of its money."""

    people: frozenset[int]
    plan_id: str
    plan_type: str
    variant: str
    starts: date
    share: int
    money: tuple[int, int, int, int]  # monthly cents: premium, credit, subsidy, price

    @classmethod
    def of_offer(cls, shopping: ShoppingHousehold, offer: Offer, starts: date, share: int) -> _Terms:
        people = frozenset(shopping.people[at].person.pk for at in offer.people)
        plan_type = offer.plan_type.code if offer.is_connectorcare else ""
        money = (offer.premium, offer.credit, offer.subsidy, offer.price)
        return cls(people, offer.plan.id, plan_type, offer.variant.code, starts, share, money)

    @classmethod
    def of_standing(cls, each: Standing) -> _Terms:
        policy = each.policy
        money = (policy.premium, policy.credit, policy.subsidy, policy.price)
        kind = (policy.plan_id, policy.plan_type, policy.variant)
        return cls(each.people, *kind, policy.starts, policy.credit_share, money)


def _standing(
    wanted: Sequence[_Terms], waiting: Sequence[Standing], paid: Sequence[Standing], today: date
) -> list[Policy]:
    """The policies that are exactly what is wanted: those that wait and can still be paid for, or, where none waits,
    the paid ones of these people. Empty where something would change."""
    people = frozenset[int]().union(*(each.people for each in wanted))
    there = list(waiting) or [each for each in paid if each.people & people]
    if {_Terms.of_standing(each) for each in there} != set(wanted):
        return []
    if any(each.policy.pay_by < today for each in waiting):
        return []
    return sorted((each.policy for each in there), key=lambda policy: policy.pk)


def _opening(household: Household, kind: str, today: date, plan_year: int, starts: date | None) -> Opening:
    """The way to this first day, or to the earliest. Raises EnrollmentClosed, CannotChoose."""
    there = queries.openings(household, kind, today, plan_year)
    if not there:
        raise EnrollmentClosed(OpenEnrollment.for_year(plan_year))
    for each in there:
        if starts in (None, each.starts):
            return each
    raise CannotChoose("day")
