"""Whatever a household chooses, pays and leaves unpaid, in any order and over any days: no overlap, no gap, once."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import NOW
from openhix.enrollment import actions, queries
from openhix.enrollment.actions import CannotChoose, Selection
from openhix.enrollment.models import Coverage, Step
from openhix.enrollment.queries import Status
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.tests.walks import NEXT_YEAR, determined, persons, plans
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

KINDS = st.sampled_from(["health", "dental"])
GROUPS = st.sampled_from([((0, 1),), ((0,),), ((1,),), ((0,), (1,))])  # of Edith and Earl
STEPS = st.one_of(
    st.tuples(st.just("choose"), KINDS, GROUPS, st.integers(0, 2), st.integers(0, 3)),
    st.tuples(st.just("pay"), KINDS),
    st.tuples(st.just("wait"), st.integers(1, 20)),
)


class Walk:
    """The Evans couple, day by day; each night unpaid choices end. `owed` is what was once paid for, by person."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.account = people.accounts_of(household)[0]
        self.day = date(2025, 11, 15)
        self.promised: dict[tuple[str, int], date] = {}
        self.plans = {
            kind: [each.plan.id for each in plans(household, persons(household), kind)[:3]]
            for kind in ("health", "dental")
        }

    def choose(self, kind: str, groups: tuple[tuple[int, ...], ...], plan: int, key: int) -> None:
        who = persons(self.household)
        selections = [Selection(self.plans[kind][plan], tuple(who[at].pk for at in group)) for group in groups]
        try:
            actions.choose(
                household=self.household,
                account=self.account,
                kind=kind,
                selections=selections,
                plan_year=2026,
                key=str(key),
            )
        except (CannotChoose, EnrollmentClosed):
            return

    def pay(self, kind: str) -> None:
        for policy in actions.complete(household=self.household, kind=kind, on=self.day, why="paid"):
            for member in queries.standing(policy).members:
                self.promised.setdefault((kind, member.person_id), policy.starts)

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.day += timedelta(days=1)
            clock.install(lambda: datetime(self.day.year, self.day.month, self.day.day, 9, tzinfo=clock.MASSACHUSETTS))
            actions.withdraw_unpaid(household=self.household, today=self.day)

    def check(self) -> None:
        """Who was once paid for is covered from the first day promised to the end of the year, each day once."""
        for (kind, person), first in self.promised.items():
            spans = Coverage.objects.filter(person=person, kind=kind, superseded_at=None).order_by("days")
            days = [(span.days.lower, span.days.upper) for span in spans]
            assert days[0][0] == first
            assert days[-1][1] == NEXT_YEAR
            assert all(end == start for (_, end), (start, _) in pairwise(days))
        assert Coverage.objects.filter(superseded_at=None).exclude(
            person__in=[person for _kind, person in self.promised]
        ).count() == 0  # fmt: skip
        for kind in ("health", "dental"):
            waiting = queries.waiting(self.household, kind)
            assert len({each.policy.choice for each in waiting}) <= 1
            assert all(each.policy.pay_by >= self.day for each in waiting)
            covered = Counter(person for each in queries.complete(self.household, kind) for person in each.people)
            assert all(times == 1 for times in covered.values())
            assert set(covered) == {person for each, person in self.promised if each == kind}
        taken = Counter(Step.objects.filter(what=Step.What.CHOSEN).values_list("policy", flat=True))
        assert all(times == 1 for times in taken.values())
        assert all(each.status in Status for each in queries.standings(self.household))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=2, max_size=12))
def test_choices_and_payments_in_any_order(evans: Household, steps: list[tuple[Any, ...]]) -> None:
    try:
        with transaction.atomic():
            walk = Walk(evans)
            for what, *how in steps:
                getattr(walk, what)(*how)
                walk.check()
            transaction.set_rollback(True)
    finally:
        clock.install(lambda: NOW)


@pytest.fixture
def evans() -> Household:
    return determined(cast.EVANS)
