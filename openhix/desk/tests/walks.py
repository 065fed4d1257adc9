"""Households of the cast at each station of the walk, without a queue: what its jobs would do is done here."""

from __future__ import annotations

from datetime import date

from openhix.billing import actions as billing
from openhix.billing import queries as books
from openhix.billing.models import Payment
from openhix.eligibility.tests.applications import of_cast
from openhix.enrollment.models import Policy
from openhix.enrollment.tests import walks
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.people.tests import cast

BANK = billing.BankDetails(routing_number="011000015", number="000123456789", is_savings=False, holder="Bruno Barros")
JANUARY = date(2026, 1, 1)


def account(household: Household) -> Account:
    return people.accounts_of(household)[0]


def chosen(family: cast.Family = cast.BRUNO, *, kind: str = "health", key: str = "k1") -> Household:
    """Applied, answered, and everyone who may have one in the cheapest plan with a price; billed."""
    household = walks.determined(family)
    choose(household, kind=kind, key=key)
    return household


def with_a_story(family: cast.Family, email: str) -> Household:
    """Answered, billed, paid, and after a change of income answered again; `email` is like no other."""
    family = cast.namesakes(family, email)
    household = chosen(family)
    pay(household, key=email)
    told = of_cast(family)
    told.people[0].incomes[0].cents -= 1_000_00
    walks.answer(household, told)
    return household


def choose(
    household: Household, *, kind: str = "health", key: str, nth: int = 0, starts: date = JANUARY
) -> list[Policy]:
    """The nth plan from the cheapest that costs something, for everyone; billed."""
    who = walks.persons(household)
    offer = [each for each in walks.plans(household, who, kind, starts) if each.price][nth]
    policies = walks.choose(household, (offer, who), key=key, kind=kind)
    billing.charge(household=household, kind=kind)
    billing.bill(household=household, kind=kind)
    return policies


def pay(household: Household, kind: str = "health", cents: int | None = None, key: str = "p1") -> Payment:
    owed = books.owed(household, kind) if cents is None else cents
    return billing.pay(household=household, account=account(household), kind=kind, cents=owed, bank=BANK, key=key)
