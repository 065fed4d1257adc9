"""Whatever a family does in whatever order, over any nights: the books balance, a bill says what the ledger says, what
was paid for is covered and nobody twice, and what is delivered again changes nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from conftest import NOW
from openhix.application.answers import Income, IncomeSource, Period
from openhix.billing import actions as billing
from openhix.billing.models import Bill, Transfer
from openhix.enrollment.actions import CannotChoose
from openhix.enrollment.models import Coverage
from openhix.enrollment.queries import Status
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.history.models import Effect
from openhix.kernel import clock
from openhix.kernel.periods import first_of_next_month
from openhix.people.tests import cast
from tests.kill.death import QUEUE, left_behind
from tests.stories.town import JANUARY, NEW_YEAR, Town, Walker, stand_at

INCOMES = [38_000, 10_000, 83_000, 130_000]  # of the mother, with 17,000 of the father: of MassHealth to full price
KINDS = st.sampled_from(["health", "dental"])
STEPS = st.one_of(
    st.tuples(st.just("choose"), KINDS, st.integers(0, 3), st.integers(0, 2)),
    st.tuples(st.just("pay"), KINDS, st.sampled_from([100, 100, 60, 130])),
    st.tuples(st.just("change"), st.sampled_from(INCOMES)),
    st.tuples(st.just("wait"), st.sampled_from([1, 3, 9, 31])),
    st.tuples(st.just("tell")),
    st.tuples(st.just("again")),
)


# What a job is told of itself: it has been tried before, and is not tried again.
LAST_TRY = SimpleNamespace(job=SimpleNamespace(attempts=99))


def do_what_is_queued() -> None:
    """By hand, in the order in which it was queued: all of it stays in the transaction that is rolled back."""
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                f"delete from {QUEUE} where id = (select min(id) from {QUEUE} where status = 'todo')"
                " returning task_name, args::text"
            )
            found = cursor.fetchone()
            if found is None:
                return
            task = app.tasks[found[0]]
            task.func(*([LAST_TRY] if task.pass_context else []), **json.loads(found[1]))


class Family:
    """The Diallos. `months` are those that were paid for, of each person and kind of plan, as far as they may stay."""

    def __init__(self) -> None:
        self.town = Town(do_what_is_queued)
        self.walker: Walker = self.town.family(cast.DIALLO)
        self.walker.applies()
        self.months: dict[tuple[str, int], set[date]] = defaultdict(set)
        self.completed: set[int] = set()
        self.paid: dict[str, int] = defaultdict(int)

    def choose(self, kind: str, nth: int, key: int) -> None:
        try:
            self.walker.chooses(nth, kind=kind, key=f"{kind} {key}")
        except (CannotChoose, EnrollmentClosed, IndexError):  # closed, or no such plan for those who are left
            return

    def pay(self, kind: str, percent: int) -> None:
        cents = self.walker.owes(kind) * percent // 100
        if cents:
            self.walker.pays(cents, kind=kind, key=f"{len(self.paid)} {sum(self.paid.values())} {clock.now()}")
            self.paid[kind] += cents

    def change(self, income: int) -> None:
        told = self.walker.answers()
        told.people[0].incomes = [Income(IncomeSource.JOB, income * 100, Period.YEAR)]
        self.note_completed()
        self.walker.applies(told)
        found = self.walker.found()
        leaves = first_of_next_month(clock.today())
        for person in self.walker.persons:
            if found[person.first_name].startswith("masshealth"):
                months = self.months["health", person.pk]
                self.months["health", person.pk] = {month for month in months if month < leaves}

    def tell(self) -> None:
        """Something happens that gives time to choose outside open enrollment, and asks for no proof."""
        self.walker.tells("domestic_abuse", clock.today())

    def wait(self, days: int) -> None:
        for _ in range(days):
            self.town.night(clock.today() + timedelta(days=1))

    def again(self) -> None:
        """Everything that was ever queued is delivered once more."""
        before = left_behind()
        for done in Effect.objects.all():
            app.tasks[done.reaction].func(event=done.event_id)
        for kind in ("health", "dental"):
            billing.charge(household=self.walker.household, kind=kind)
            billing.bill(household=self.walker.household, kind=kind)
        assert left_behind() == before

    def note_completed(self) -> None:
        """Each policy that has become coverage since: from its first day to the end of the year."""
        for each in self.walker.standings():
            policy = each.policy
            if each.status in (Status.COMPLETE, Status.ENDED) and policy.pk not in self.completed:
                self.completed.add(policy.pk)
                for person in each.people:
                    self.months[policy.kind, person] |= set(_months(policy.starts, NEW_YEAR))

    def check(self) -> None:
        self.note_completed()
        self._every_month_is_covered_once()
        for kind in ("health", "dental"):
            self._books_balance(kind)
        self._bills_say_what_the_ledger_says()

    def _every_month_is_covered_once(self) -> None:
        covered: dict[tuple[str, int], list[date]] = defaultdict(list)
        for span in Coverage.objects.filter(superseded_at=None):
            covered[span.kind, span.person_id] += _months(span.days.lower, span.days.upper)
        for of in {*covered, *self.months}:
            assert sorted(covered[of]) == sorted(self.months[of]), of

    def _books_balance(self, kind: str) -> None:
        """What the household owes or has left is what was charged for the policies that count, less what it paid."""
        charged: dict[int, int] = defaultdict(int)
        for each in Transfer.objects.filter(kind=kind).exclude(policy=None):
            charged[each.policy_id or 0] += each.owed
        for standing in self.walker.standings():
            if standing.policy.kind == kind:
                allowed = {0} if standing.status is Status.WITHDRAWN else {0, standing.policy.price}
                assert charged[standing.policy.pk] in allowed, standing.policy
        assert self.walker.balance(kind) == self.paid[kind] - sum(charged.values())

    def _bills_say_what_the_ledger_says(self) -> None:
        for bill in Bill.objects.all():
            read = Transfer.objects.filter(kind=bill.kind, pk__lte=bill.read_to)
            said = bill.content
            assert said["owed"] == bill.owed == sum(each.owed for each in read)
            assert said["price"] == said["premium"] - said["credit"] - (said["subsidy"] or 0)
            assert said["owed"] - said["credit_left"] == said["price"] + said["due_from_last"] + said["adjusted"]
            assert said["due_from_last"] == said["last_balance"] - sum(each["cents"] for each in said["payments"])


def _months(first: date, until: date) -> Iterator[date]:
    while first < until:
        yield first
        first = first_of_next_month(first)


@pytest.mark.usefixtures("town")
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(STEPS, min_size=3, max_size=9))
def test_in_any_order(steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        stand_at(NOW.date())
        family = Family()
        for what, *how in steps:
            getattr(family, what)(*how)
            family.check()
        transaction.set_rollback(True)


def test_a_year_that_has_everything(town: Town) -> None:
    """Chosen, changed, paid in parts, paid too much, MassHealth and back, delivered again: one long sequence."""
    with transaction.atomic():
        stand_at(NOW.date())
        family = Family()
        sequence: list[tuple[Any, ...]] = [
            ("choose", "health", 0, 0), ("pay", "health", 60), ("again",), ("pay", "health", 100),
            ("choose", "health", 3, 1), ("choose", "dental", 0, 0), ("pay", "dental", 130), ("wait", 31), ("wait", 9),
            ("again",), ("change", 83_000), ("choose", "health", 1, 2), ("pay", "health", 100), ("wait", 31),
            ("change", 10_000), ("again",), ("wait", 31), ("change", 130_000), ("wait", 31), ("tell",), ("again",),
        ]  # fmt: skip
        for what, *how in sequence:
            getattr(family, what)(*how)
            family.check()
        mother, father, _child = family.walker.persons
        assert family.months["health", mother.pk] == {JANUARY}
        assert len(family.months["dental", father.pk]) == 12
        transaction.set_rollback(True)
