"""Households of the cast that have chosen, and how they pay."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from conftest import NOW
from openhix.billing import actions, queries
from openhix.billing.actions import BankDetails
from openhix.billing.models import Bill, Payment, Transfer
from openhix.correspondence.tests.sheets import BILL
from openhix.eligibility.tests import applications
from openhix.enrollment import actions as enrollment
from openhix.enrollment.models import Policy, Step
from openhix.enrollment.tests import walks
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

BANK = BankDetails("011000015", "000123456789", False, "Bruno Barros")


def chosen(family: cast.Family = cast.BRUNO, *, nth: int = 0, kind: str = "health") -> tuple[Household, Policy]:
    """The household of the cast, all of which chose the nth plan from the cheapest that costs it something."""
    household = walks.determined(family)
    return household, choose(household, nth=nth, kind=kind)


def choose(
    household: Household, *, nth: int = 0, kind: str = "health", starts: date = walks.JANUARY, key: str = ""
) -> Policy:
    everyone = walks.persons(household)
    priced = [offer for offer in walks.plans(household, everyone, kind, starts) if offer.price]
    (policy,) = walks.choose(household, (priced[nth], everyone), key=key or f"{kind} {nth} {starts}", kind=kind)
    return policy


def due(household: Household, kind: str = "health") -> None:
    """What the worker does when it hears of a choice."""
    actions.charge(household=household, kind=kind)
    actions.bill(household=household, kind=kind)


def pay(household: Household, cents: int, *, key: str = "key", kind: str = "health", **more: object) -> Payment:
    account = people.accounts_of(household)[0]
    return actions.pay(household=household, account=account, kind=kind, cents=cents, bank=BANK, key=key, **more)  # type: ignore[arg-type]


def books() -> dict[str, int]:
    """What each book has, in cents."""
    sums = dict.fromkeys(Transfer.Book.values, 0)
    for each in Transfer.objects.all():
        sums[each.to_book] += each.cents
        sums[each.from_book] -= each.cents
    return sums


def earn(bruno: Household, more: int) -> None:
    """Bruno's income of a year is this many cents more than first told: he has a new answer, and new prices."""
    told = applications.of_cast(cast.BRUNO)
    told.people[0].incomes[0].cents += more
    enrollment.reconsider(household=bruno, determination=walks.answer(bruno, told))
    due(bruno)


def with_a_debt() -> tuple[Household, int]:
    """Bruno, covered from January, whose income went up before it began: a part of January is still owed."""
    bruno, first = chosen()
    pay(bruno, first.price, key="a")
    earn(bruno, 4_000_00)
    return bruno, queries.owed(bruno, "health")


@contextmanager
def at(day: date, moment: time = time(12)) -> Iterator[None]:
    """Business time stands at this moment in Massachusetts."""
    clock.install(lambda: datetime.combine(day, moment, tzinfo=clock.MASSACHUSETTS))
    try:
        yield
    finally:
        clock.install(lambda: NOW)


def a_bill(household: Household) -> Bill:
    """A bill without a shelf, an application or a ledger behind it."""
    policy = Policy.objects.create(
        household=household,
        kind="health",
        plan_year=2026,
        plan_id="00000MA0000000",
        starts=walks.JANUARY,
        pay_by=date(2025, 12, 23),
        chosen_at=NOW,
        premium=161_234,
        credit=30_000,
        subsidy=20_000,
        price=111_234,
        credit_share=10_000,
        choice="a choice",
    )
    Step.objects.create(policy=policy, what="withdrawn", effective=policy.starts, at=NOW, why="not paid for")
    return Bill.objects.create(
        household=household,
        kind="health",
        policy=policy,
        month=walks.JANUARY,
        dated=NOW.date(),
        due_on=policy.pay_by,
        owed=BILL["owed"],
        read_to=0,
        content={name: value for name, value in BILL.items() if name not in ("number", "how_to_pay")},
    )


def a_payment(household: Household) -> Payment:
    """A payment of one who owes nothing."""
    return pay(household, 1_00)
