"""Choose plans, complete a choice that is paid for, end one that is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from openhix.enrollment import letters, queries
from openhix.enrollment.models import Coverage, Kind, Member, Policy, Step
from openhix.enrollment.queries import Standing, Status
from openhix.enrollment.rules import allocation, dates
from openhix.history import actions as history
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer

ALL = 10_000  # the whole credit, in hundredths of a percent


class CannotChoose(ValueError):
    """The choice is not possible; `reason` is a code that the page puts into words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Selection:
    """One plan for some of the household's people (ids of Person)."""

    plan_id: str
    people: tuple[int, ...]


@transaction.atomic
def choose(
    *,
    household: Household,
    account: Account,
    kind: str,
    selections: Sequence[Selection],
    plan_year: int,
    credit_share: int = ALL,
    key: str,
) -> list[Policy]:
    """The plans of one kind that a household wants from the next possible first day on.

    `credit_share` (hundredths of a percent) of the credit is taken in advance; ConnectorCare takes all of it. Whatever
    was chosen before and is not paid for is withdrawn; what is paid for stands until this choice is complete. The same
    `key` again gives the same policies. A choice that costs nothing is complete at once. Raises CannotChoose,
    EnrollmentClosed, NothingToShop, UnknownPlan.
    """
    household = people.lock(household.pk)
    before = list(Policy.objects.filter(household=household, choice=key).order_by("pk"))
    if before:
        return before
    today = clock.today()
    enrollment = Law(date(plan_year, 1, 1)).open_enrollment
    starts = dates.first_day(chosen_on=today, kind=kind, enrollment=enrollment)
    shopping = ShoppingHousehold.of(household, starts)
    paid = queries.complete(household, kind)
    kept = _kept(paid, selections)
    offers = _priced(shopping, kind, selections, credit_share, kept)
    for waiting in queries.waiting(household, kind):
        _step(
            waiting.policy, Step.What.WITHDRAWN, waiting.policy.starts, "another plan was chosen before it was paid for"
        )
    policies = [
        _policy(shopping, kind, selection, offer, dates.pay_by(starts=starts, enrollment=enrollment), key)
        for selection, offer in zip(selections, offers, strict=True)
    ]
    history.record(
        kind="enrollment.chosen",
        who=f"account {account.pk}",
        why=f"the household chose {len(policies)} {kind} plan(s) from {starts}",
        subject_kind="household",
        subject_id=household.pk,
        payload={"policy": policies[0].pk},
    )
    letters.choice(household=household, policies=policies)
    if not sum(policy.price for policy in policies):
        complete(household=household, kind=kind, on=today, why="nothing is due")
    return policies


@transaction.atomic
def complete(*, household: Household, kind: str, on: date, why: str) -> list[Policy]:
    """The first premium has arrived (or none is due): what was chosen becomes coverage and replaces what stood.

    All policies of the choice are completed together. Nothing waiting: an empty list.
    """
    household = people.lock(household.pk)
    chosen = queries.waiting(household, kind)
    if not chosen:
        return []
    standing = queries.complete(household, kind)
    for each in chosen:
        _step(each.policy, Step.What.COMPLETE, each.policy.starts, why)
        for member in each.members:
            _cover(each.policy, member)
    for old in standing:
        _end_if_replaced(old, chosen[0].policy.starts)
    policies = [each.policy for each in chosen]
    history.record(
        kind="enrollment.completed",
        who="system",
        why=f"{why}, on {on}",
        subject_kind="household",
        subject_id=household.pk,
        payload={"policy": policies[0].pk},
    )
    letters.covered(household=household, policies=policies)
    return policies


@transaction.atomic
def withdraw_unpaid(*, household: Household, today: date) -> list[Policy]:
    """End what was chosen and not paid for by its day; a plan that is paid for stands. Tells the member what to do."""
    household = people.lock(household.pk)
    late = [
        each.policy
        for each in queries.standings(household)
        if each.status is Status.WAITING and each.policy.pay_by < today
    ]
    for policy in late:
        _step(policy, Step.What.WITHDRAWN, policy.starts, f"the first payment had not arrived by {policy.pay_by}")
    for kind in sorted({policy.kind for policy in late}):
        ended = [policy for policy in late if policy.kind == kind]
        history.record(
            kind="enrollment.withdrawn",
            who="system",
            why=f"the first {kind} payment had not arrived by {ended[0].pay_by}",
            subject_kind="household",
            subject_id=household.pk,
            payload={"policy": ended[0].pk},
        )
        letters.choice_ended(household=household, policies=ended, today=today)
    return late


def _kept(paid: list[Standing], selections: Sequence[Selection]) -> list[Standing]:
    """Paid policies that this choice leaves alone. One that it touches must be replaced for all of its people."""
    chosen = {person for selection in selections for person in selection.people}
    if len(chosen) < sum(len(selection.people) for selection in selections):
        raise CannotChoose("twice")
    touched = [each for each in paid if each.people & chosen]
    if any(not each.people <= chosen for each in touched):
        raise CannotChoose("together")
    return [each for each in paid if each not in touched]


def _priced(
    shopping: ShoppingHousehold, kind: str, selections: Sequence[Selection], credit_share: int, kept: list[Standing]
) -> list[Offer]:
    """Each selection at its price. Paid policies keep their part of the credit; the rest is spread by premium."""
    if not selections or not 0 <= credit_share <= ALL:
        raise CannotChoose("nothing")
    places = {each.person.pk: at for at, each in enumerate(shopping.people)}
    groups = []
    for selection in selections:
        if not selection.people or any(person not in places for person in selection.people):
            raise CannotChoose("people")
        groups.append([places[person] for person in selection.people])
        if kind == Kind.HEALTH and not all(shopping.people[at].may_buy_health for at in groups[-1]):
            raise CannotChoose("masshealth")
    full = [_offer(shopping, kind, selection, group, 0) for selection, group in zip(selections, groups, strict=True)]
    if kind == Kind.DENTAL:
        return full
    if credit_share < ALL and any(offer.is_connectorcare for offer in full):
        raise CannotChoose("connectorcare")
    rest = max(shopping.credit - sum(each.policy.credit for each in kept), 0)
    takes_credit = [0 if offer.plan.tier == "catastrophic" else offer.premium for offer in full]
    parts = allocation.allocate(allocation.requested(rest, credit_share), takes_credit)
    return [
        _offer(shopping, kind, selection, group, part)
        for selection, group, part in zip(selections, groups, parts, strict=True)
    ]


def _offer(shopping: ShoppingHousehold, kind: str, selection: Selection, group: list[int], credit: int) -> Offer:
    offered, _left_out = shopping.offers(kind, group, credit)
    for offer in offered:
        if offer.plan.id == selection.plan_id and set(offer.people) == set(group):
            return offer
    raise CannotChoose("plan")


def _policy(
    shopping: ShoppingHousehold, kind: str, selection: Selection, offer: Offer, pay_by: date, key: str
) -> Policy:
    policy = Policy.objects.create(
        household=shopping.household,
        kind=kind,
        plan_year=shopping.starts.year,
        plan_id=offer.plan.id,
        plan_type=offer.plan_type.code if offer.is_connectorcare else "",
        determination=shopping.determination,
        starts=shopping.starts,
        pay_by=pay_by,
        chosen_at=clock.now(),
        premium=offer.premium,
        credit=offer.credit,
        subsidy=offer.subsidy,
        price=offer.price,
        choice=key,
    )
    Member.objects.bulk_create(
        Member(policy=policy, person=shopping.people[at].person, premium=premium)
        for at, premium in zip(offer.people, offer.premiums, strict=True)
    )
    _step(policy, Step.What.CHOSEN, policy.starts, "chosen by the household")
    return policy


def _step(policy: Policy, what: str, effective: date, why: str) -> None:
    Step.objects.create(policy=policy, what=what, effective=effective, at=clock.now(), why=why)


def _cover(policy: Policy, member: Member) -> None:
    """From the policy's first day this person is covered by it; an older span gives way from that day on."""
    end = date(policy.plan_year + 1, 1, 1)
    days = DateRange(policy.starts, end)
    older = Coverage.objects.filter(
        person_id=member.person_id, kind=policy.kind, superseded_at=None, days__overlap=days
    )
    for span in older.select_related("policy"):
        Coverage.objects.filter(pk=span.pk).update(superseded_at=clock.now())
        if span.days.lower < policy.starts:
            before = DateRange(span.days.lower, policy.starts)
            Coverage.objects.create(policy=span.policy, person_id=member.person_id, kind=policy.kind, days=before)
    Coverage.objects.create(policy=policy, person_id=member.person_id, kind=policy.kind, days=days)


def _end_if_replaced(old: Standing, starts: date) -> None:
    """The old policy's last step, once none of its spans reaches the new one's first day."""
    spans = Coverage.objects.filter(policy=old.policy, superseded_at=None)
    if spans.filter(days__endswith__gt=starts).exists():
        return
    if spans.exists():
        _step(old.policy, Step.What.ENDED, starts, "replaced by another plan")
    else:
        _step(old.policy, Step.What.WITHDRAWN, old.policy.starts, "replaced by another plan before it began")
