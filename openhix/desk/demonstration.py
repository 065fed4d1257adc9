"""Five households walk through the whole exchange, by the actions that the pages call, and stay to be looked at."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.translation import gettext

from openhix.application import actions as application
from openhix.application import queries as applications
from openhix.billing import actions as billing
from openhix.billing import queries as books
from openhix.desk.families import FAMILIES, Family
from openhix.eligibility import queries as eligibility
from openhix.eligibility.models import Finding
from openhix.enrollment import actions as enrollment
from openhix.enrollment import queries as chosen
from openhix.enrollment.basket import Group
from openhix.enrollment.counter import Counters
from openhix.enrollment.models import Kind
from openhix.enrollment.queries import Standing
from openhix.enrollment.rules import allocation, dates
from openhix.history.clock import NotADemonstration
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import actions as people
from openhix.people import queries as owners
from openhix.people.models import Account, Household
from openhix.shopping import calendar

PATIENCE = 60  # seconds until the answer of the queue must be there
BANK = billing.BankDetails(routing_number="011000015", number="000123456789", is_savings=False, holder="Demonstration")


class NoAnswer(RuntimeError):
    """A job of the queue has failed, or nobody does it."""


@dataclass(frozen=True)
class Walked:
    """One person at the end of the walk. Monthly cents; None where there is no plan.

    Of a plan that several people share, these are the person's part: the parts add up to the policy, to the cent.
    """

    household: Household
    name: str
    program: str
    plan_type: str
    plan: str = ""
    premium: int | None = None
    credit: int | None = None
    subsidy: int | None = None
    paid: int | None = None
    covered_from: date | None = None


def first_day() -> date:
    """From when a health plan would cover that is chosen and paid for today.

    Raises EnrollmentClosed outside open enrollment, NotADemonstration.
    """
    if not settings.DEMONSTRATION:
        raise NotADemonstration("These households are made for the demonstration alone.")
    today = clock.today()
    enrollment_days = Law(date(calendar.plan_year(today), 1, 1)).open_enrollment
    return dates.first_day(chosen_on=today, kind=Kind.HEALTH, enrollment=enrollment_days)


def walk(drain: Callable[[], None]) -> list[Walked]:
    """Account, application, result, choice, bill, payment, coverage. `drain` does what is queued.

    Raises EnrollmentClosed and NotADemonstration before anything is done, NoAnswer.
    """
    first_day()
    ssns = unused_ssns()
    households = [_apply(family, ssns) for family in FAMILIES]
    _until(drain, lambda: all(_is_answered(each) for each in households), "a determination")
    for household in households:
        _choose(household)
    _until(drain, lambda: all(_is_billed(each) for each in households), "a bill")
    for household in households:
        _pay(household)
    drain()
    return [walked for household in households for walked in _result(household)]


def _until(drain: Callable[[], None], there: Callable[[], bool], what: str) -> None:
    """Other workers may do the jobs too, and are waited for."""
    deadline = time.monotonic() + PATIENCE
    drain()
    while not there():
        if time.monotonic() > deadline:
            raise NoAnswer(f"{what} has not come within {PATIENCE} seconds: see the log of the workers")
        time.sleep(0.1)
        drain()


def unused_ssns() -> Iterator[str]:
    """Social Security numbers that nobody here has, of some 800,000,000 that there may be."""
    while True:
        area, group, serial = 1 + secrets.randbelow(665), 1 + secrets.randbelow(99), 1 + secrets.randbelow(9999)
        ssn = f"{area:03}{group:02}{serial:04}"
        if not owners.search(ssn):
            yield ssn


def _apply(family: Family, ssns: Iterator[str]) -> Household:
    email = f"{family.name}.{secrets.token_hex(4)}@example.com"
    account = people.open_account(email=email, language=family.language)
    household = people.open_household(account=account)
    draft = application.begin(household=household, account=account)
    answers = family.answers(ssns)
    draft = application.save(household=household, account=account, revision=draft.revision, answers=answers)
    application.submit(household=household, account=account, revision=draft.revision, signature=answers.people[0].name)
    return household


def _is_answered(household: Household) -> bool:
    determination, version = eligibility.current(household), applications.latest(household)
    return determination is not None and determination.version == version


def _choose(household: Household) -> None:
    """For each group with the same help the first plan of its list: ConnectorCare where it may, then the cheapest."""
    today = clock.today()
    counter = Counters.of(household, today).open[Kind.HEALTH]
    groups = [Group(keys) for keys in counter.usual_groups]
    for number, group in enumerate(groups, start=1):
        first, *_others = counter.offers(groups, number, enrollment.ALL)
        groups[number - 1] = replace(group, plan=first.plan.id)
    enrollment.choose(
        household=household,
        account=_account(household),
        kind=counter.kind,
        selections=counter.selections(groups),
        plan_year=calendar.plan_year(today),
        key=secrets.token_urlsafe(16),
    )


def _is_billed(household: Household) -> bool:
    """A plan that costs nothing has no bill and is complete at once."""
    return not chosen.waiting(household, Kind.HEALTH) or books.latest_bill(household, Kind.HEALTH) is not None


def _pay(household: Household) -> None:
    bill = books.latest_bill(household, Kind.HEALTH)
    if bill is None:
        return
    billing.pay(
        household=household,
        account=_account(household),
        kind=Kind.HEALTH,
        cents=bill.owed,
        bank=BANK,
        key=secrets.token_urlsafe(16),
        shown=bill.owed,
    )


def _account(household: Household) -> Account:
    return owners.accounts_of(household)[0]


def _result(household: Household) -> Iterator[Walked]:
    determination = eligibility.current(household)
    assert determination is not None  # the walk has waited for it
    standings = chosen.complete(household, Kind.HEALTH)
    for finding in eligibility.findings(determination):
        found = [walked for each in standings for walked in _shares(each, finding)]
        yield found[0] if found else Walked(household, *_answer(finding))


def _shares(standing: Standing, finding: Finding) -> Iterator[Walked]:
    """The person's part of the policy, if they are in it. The parts of all its people add up to the policy."""
    policy = standing.policy
    premiums = [member.premium for member in standing.members]
    credits = allocation.allocate(policy.credit, premiums)
    left = [premium - credit for premium, credit in zip(premiums, credits, strict=True)]
    pays = _even(policy.price, len(left)) if policy.subsidy else left
    plan = chosen.plan_of(policy).name
    for member, premium, credit, paid in zip(standing.members, premiums, credits, pays, strict=True):
        if member.person_id == finding.person_id:
            yield Walked(
                policy.household,
                *_answer(finding),
                plan=plan,
                premium=premium,
                credit=credit,
                subsidy=premium - credit - paid,
                paid=paid,
                covered_from=policy.starts,
            )


def _even(amount: int, people: int) -> list[int]:
    """In ConnectorCare each owes the same contribution; 100.01 of two is 50.01 and 50.00."""
    each, over = divmod(amount, people)
    return [each + (at < over) for at in range(people)]


def _answer(finding: Finding) -> tuple[str, str, str]:
    return finding.person.name, finding.answer.text(gettext), finding.plan_type
