"""Whatever is chosen, changed and paid, in whatever order: the books, the bills and the coverage agree."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as some

from openhix.billing import queries
from openhix.billing.models import Bill, Payment, Transfer
from openhix.billing.rules import bill, charges
from openhix.billing.rules.arrival import arrived_on, first_payment
from openhix.billing.rules.bill import Moved
from openhix.billing.rules.charges import Charged
from openhix.billing.tests.payers import at, books, choose, due, earn, pay
from openhix.enrollment.actions import withdraw_unpaid
from openhix.enrollment.models import Coverage, Policy
from openhix.enrollment.queries import Status, standings
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.tests import walks
from openhix.kernel import clock
from openhix.kernel.periods import first_of_next_month
from openhix.people.models import Household
from openhix.people.tests import cast

MONTHS = (date(2026, 1, 1), date(2026, 2, 1))

policies = some.builds(
    Charged,
    policy=some.integers(1, 4),
    people=some.frozensets(some.integers(1, 3), min_size=1),
    premium=some.integers(1, 100_000),
    credit=some.integers(0, 50_000),
    subsidy=some.integers(0, 50_000),
    starts=some.sampled_from(MONTHS),
    ends=some.just(date(2027, 1, 1)),
    pay_by=some.sampled_from([date(2025, 12, 23), date(2026, 1, 23)]),
    waiting=some.booleans(),
)
households = some.lists(policies, max_size=4, unique_by=lambda each: each.policy)


@given(some.lists(households, min_size=1, max_size=5), some.lists(some.booleans(), min_size=5, max_size=5))
def test_bills_one_after_the_other_add_up_to_the_ledger(states: list[list[Charged]], billed: list[bool]) -> None:
    """However the household's policies change, the posted differences are what is due, and each bill carries on."""
    charged: dict[charges.Charge, int] = {}
    since: list[Moved] = []
    owed = last = 0
    for state, is_billed in zip(states, billed, strict=False):
        wanted = charges.expected(state)
        for charge, cents in charges.difference(wanted, charged).items():
            more = cents if charge.why == "premium" else -cents
            charged[charge] = charged.get(charge, 0) + cents
            since.append(Moved(charge.why, more, MONTHS[0], charge.policy, charge.month))
            owed += more
        assert charges.difference(wanted, charged) == {}
        if is_billed:
            lines = bill.read(since, last_balance=last)
            assert lines.balance == owed == lines.owed - lines.credit_left
            assert lines.price + lines.due_from_last + lines.adjusted == lines.balance
            since, last = [], owed


payments = some.builds(
    Moved, why=some.just("payment"), owed=some.integers(-40_000, -1), on=some.dates(MONTHS[0], MONTHS[1])
)
other_charges = some.builds(
    Moved,
    why=some.sampled_from(["premium", "credit", "subsidy"]),
    owed=some.integers(-30_000, 30_000),
    on=some.just(MONTHS[0]),
    policy=some.integers(1, 3),
    month=some.sampled_from(MONTHS),
)
movements = some.lists(payments | other_charges, max_size=6)


@given(movements, some.integers(1, 60_000), movements)
def test_a_choice_is_complete_when_its_own_first_month_is_paid(
    before: list[Moved], price: int, after: list[Moved]
) -> None:
    """Whatever else is owed, for whichever month and policy, and whatever was paid before for something else."""
    choice = Moved("premium", price, MONTHS[0], policy=9, month=MONTHS[1])
    moved = [*before, choice, *after]
    first = first_payment(moved, {9: price})
    assert first is not None
    came = {at: -each.owed for at, each in enumerate(moved) if each.policy is None}
    since = sum(cents for at, cents in came.items() if at > len(before))
    earlier = sum(came.values()) - since
    other = sum(each.owed for each in moved if each.policy not in (None, 9))
    if since >= price:
        assert first.missing == 0  # no debt keeps it back
    if earlier <= other:
        assert first.missing == max(price - since, 0)  # what paid for something else does not complete it
    assert first.missing <= max(sum(each.owed for each in moved), 0)  # never more than all that is owed
    arrived = arrived_on(due=first.due, chosen_on=MONTHS[0], payments=first.payments)
    assert (arrived is not None) == (first.missing == 0)
    assert arrived is None or arrived in {MONTHS[0], *(day for day, _cents in first.payments)}


steps = some.one_of(
    some.tuples(some.just("choose"), some.integers(0, 4)),
    some.tuples(some.just("choose"), some.integers(0, 4)),
    some.tuples(some.just("pay"), some.sampled_from([50_00, 151_99, 152_00, 400_00])),
    some.tuples(some.just("pay all"), some.just(0)),
    some.tuples(some.just("pay the first month"), some.just(0)),
    some.tuples(some.just("earn"), some.sampled_from([-3_000_00, 4_000_00])),
    some.tuples(some.just("send again"), some.just(0)),
    some.tuples(some.just("wait"), some.sampled_from([1, 8, 31])),
    some.tuples(some.just("to the last day"), some.just(0)),
)


class Walk:
    """One household of one person, whose worker does its work after every step."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.day = date(2025, 11, 15)
        self.keys = 0

    def take(self, step: tuple[str, int]) -> None:
        what, number = step
        with at(self.day):
            paid_before = self.covered_now()
            match what:
                case "choose":
                    self._choose(number)
                case "pay":
                    self._pay(number)
                case "pay all":
                    self._pay(queries.owed(self.household, "health"))
                case "pay the first month":
                    self._pay(queries.account(self.household, "health").missing)
                case "earn":
                    earn(self.household, number)
                case "send again":
                    self._send_again()
                case "wait":
                    self._wait(number)
                case "to the last day":
                    self._wait((self.day.replace(day=23) - self.day).days)
        with at(self.day):
            due(self.household)
            self.check(paid_before)

    def _choose(self, nth: int) -> None:
        self.keys += 1
        starts = first_of_next_month(self.day)
        if self.day.day > 23:
            starts = first_of_next_month(starts)
        if self.day <= date(2026, 1, 23):
            choose(self.household, nth=nth, starts=max(starts, MONTHS[0]), key=f"choice {self.keys}")
        else:
            with pytest.raises(EnrollmentClosed):
                choose(self.household, nth=nth, starts=starts, key="late")

    def _pay(self, cents: int) -> None:
        if cents:
            self.keys += 1
            pay(self.household, cents, key=f"payment {self.keys}")

    def _send_again(self) -> None:
        before = queries.balance(self.household, "health")
        for each in queries.payments(self.household):
            assert pay(self.household, 99_00, key=each.key) == each
        assert queries.balance(self.household, "health") == before

    def _wait(self, days: int) -> None:
        for _each in range(days):
            self.day += timedelta(days=1)
            with at(self.day):
                withdraw_unpaid(household=self.household, today=self.day)

    def covered_now(self) -> set[int]:
        return set(Coverage.objects.filter(superseded_at=None).values_list("person", flat=True))

    def check(self, covered_before: set[int]) -> None:
        assert sum(books().values()) == 0
        balance = queries.balance(self.household, "health")
        assert balance == sum(each.cents for each in Payment.objects.all()) - self.should_pay()
        self.check_status(balance)
        assert covered_before <= self.covered_now()  # no plan that was paid for is lost
        self.check_bills()
        before = Transfer.objects.count(), Bill.objects.count()
        due(self.household)
        assert (Transfer.objects.count(), Bill.objects.count()) == before

    def should_pay(self) -> int:
        """The first month of each policy that is covered or chosen: for one person, in each month of the choice that
        waits, or else of the newest policy. One that goes on in another's place from a later month has none."""
        months: dict[date, int] = {}
        there = [each for each in standings(self.household, "health") if each.status is not Status.WITHDRAWN]
        for each in sorted(there, key=lambda each: (each.status is Status.WAITING, each.policy.pk)):
            if each.policy.starts == first_of_next_month(each.policy.pay_by):
                months[each.policy.starts] = each.policy.price
        return sum(months.values())

    def check_status(self, balance: int) -> None:
        """What waits lacks a part of its first month, or came too late; nothing else is lacking than is owed."""
        account = queries.account(self.household, "health")
        assert account.balance == balance and account.missing <= account.owed
        if account.waiting:
            assert account.missing or account.is_late(clock.today())

    def check_bills(self) -> None:
        for each in Bill.objects.all():
            read = Transfer.objects.filter(pk__lte=each.read_to)
            assert each.owed == sum(transfer.owed for transfer in read)
            says = each.content
            assert says["premium"] - says["credit"] - (says["subsidy"] or 0) == says["price"]
            assert says["price"] + says["due_from_last"] + says["adjusted"] == each.owed
            assert says["price"] == Policy.objects.get(pk=each.policy_id).price


@pytest.mark.django_db
@pytest.mark.usefixtures("shelf_2026")
def test_any_walk() -> None:
    bruno = walks.determined(cast.BRUNO)

    @settings(max_examples=30, deadline=None)
    @given(some.integers(0, 4), some.lists(steps, min_size=2, max_size=10))
    def walk(first: int, then: list[tuple[str, int]]) -> None:
        with transaction.atomic():
            one = Walk(bruno)
            for step in [("choose", first), *then]:
                one.take(step)
            transaction.set_rollback(True)

    walk()
