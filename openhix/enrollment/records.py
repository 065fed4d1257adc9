"""How choices and coverage are written down: policies and their steps, spans of days that give way to others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from openhix.enrollment import queries
from openhix.enrollment.models import Coverage, Member, Policy, SpecialEnrollment, Step
from openhix.enrollment.queries import Standing
from openhix.history import actions as history
from openhix.kernel import clock
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer


def write_policy(
    shopping: ShoppingHousehold,
    offer: Offer,
    *,
    starts: date,
    pay_by: date,
    share: int,
    key: str,
    special: SpecialEnrollment | None = None,
) -> Policy:
    """A plan chosen for some people, at the price of the offer; outside open enrollment, the time that it rests on."""
    policy = Policy.objects.create(
        household=shopping.household,
        kind=offer.plan.kind,
        plan_year=starts.year,
        plan_id=offer.plan.id,
        plan_type=offer.plan_type.code if offer.is_connectorcare else "",
        variant=offer.variant.code,
        determination=shopping.determination,
        starts=starts,
        pay_by=pay_by,
        chosen_at=clock.now(),
        premium=offer.premium,
        credit=offer.credit,
        subsidy=offer.subsidy,
        price=offer.price,
        credit_share=share,
        choice=key,
        special=special,
    )
    Member.objects.bulk_create(
        Member(policy=policy, person=shopping.people[at].person, premium=premium)
        for at, premium in zip(offer.people, offer.premiums, strict=True)
    )
    return policy


def step(policy: Policy, what: str, effective: date, why: str) -> None:
    Step.objects.create(policy=policy, what=what, effective=effective, at=clock.now(), why=why)


def withdraw(policies: Iterable[Policy], why: str) -> None:
    for policy in policies:
        step(policy, Step.What.WITHDRAWN, policy.starts, why)


def put_in_force(policies: Iterable[Standing], why: str) -> None:
    """These policies cover their people from their first day to the end of the plan year; older spans give way."""
    for each in policies:
        policy = each.policy
        step(policy, Step.What.COMPLETE, policy.starts, why)
        days = DateRange(policy.starts, date(policy.plan_year + 1, 1, 1))
        stop(Coverage.objects.filter(person_id__in=each.people, kind=policy.kind), days)
        Coverage.objects.bulk_create(
            Coverage(policy=policy, person_id=person, kind=policy.kind, days=days) for person in sorted(each.people)
        )


def stop(spans: QuerySet[Coverage], days: DateRange) -> None:
    """Spans that reach into `days` end where these begin: superseded by what of them lies before."""
    for span in spans.filter(superseded_at=None, days__overlap=days):
        Coverage.objects.filter(pk=span.pk).update(superseded_at=clock.now())
        if span.days.lower < days.lower:
            Coverage.objects.create(
                policy_id=span.policy_id,
                person_id=span.person_id,
                kind=span.kind,
                days=DateRange(span.days.lower, days.lower),
            )


def close(policies: Iterable[Standing], starts: date, why: str) -> list[Policy]:
    """The last step of those policies of which no span reaches `starts`; returns them."""
    closed = []
    for policy in (each.policy for each in policies):
        spans = queries.spans(policy)
        if any(span.days.upper > starts for span in spans):
            continue
        if spans:
            step(policy, Step.What.ENDED, max(span.days.upper for span in spans), why)
        else:
            step(policy, Step.What.WITHDRAWN, policy.starts, f"{why} It had not begun.")
        closed.append(policy)
    return closed


def note(what: str, who: str, why: str, about: Policy | SpecialEnrollment) -> None:
    """A row of the household's history."""
    ids = {"policy": about.pk} if isinstance(about, Policy) else {"special": about.pk, "person": about.person_id}
    history.record(
        kind=f"enrollment.{what}",
        who=who,
        why=why,
        subject_kind="household",
        subject_id=about.household_id,
        payload=ids,
    )
