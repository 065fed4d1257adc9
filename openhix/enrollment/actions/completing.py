"""What is paid for becomes coverage; what is not paid for in time ends."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from openhix.enrollment import letters, queries, records
from openhix.enrollment.models import Policy
from openhix.enrollment.queries import Status
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Household


@transaction.atomic
def complete(*, household: Household, kind: str, on: date, why: str) -> list[Policy]:
    """The first premium has arrived by `on` (or none is due): what was chosen is coverage and replaces what stood.

    All policies of the choice are completed together. Nothing waiting whose last day has not passed: an empty list.
    """
    household = people.lock(household.pk)
    chosen = [each for each in queries.waiting(household, kind) if on <= each.policy.pay_by]
    if not chosen:
        return []
    standing = queries.complete(household, kind)
    policies = [each.policy for each in chosen]
    records.put_in_force(chosen, why)
    records.close(standing, policies[0].starts, "Another plan took its place.")
    records.note("completed", "system", f"{why} The day that counts is {clock.written(on)}.", policies[0])
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
    for kind in sorted({policy.kind for policy in late}):
        ended = [policy for policy in late if policy.kind == kind]
        last = clock.written(ended[0].pay_by)
        records.withdraw(ended, f"The first payment had not arrived by {last}.")
        why = f"The first payment for the {kind} plan had not arrived by {last}."
        records.note("withdrawn", "system", why, ended[0])
        letters.choice_ended(household=household, policies=ended, today=today)
    return late
