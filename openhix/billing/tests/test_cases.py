"""The case tables beside the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from openhix.billing import rules
from openhix.billing.rules import arrival, bank_accounts, bill, charges
from openhix.billing.rules.bill import Moved
from openhix.billing.rules.charges import Charge, Charged
from openhix.kernel import cents
from openhix.kernel.periods import parse_month
from openhix.kernel.tests.case_tables import Case, read

FOLDER = Path(rules.__file__).parent
PEOPLE = {"ana": 1, "bo": 2}
POLICY = re.compile(
    r"(?P<policy>\d+): (?P<people>[a-z ]+); (?P<premium>\d+) - (?P<credit>\d+) - (?P<subsidy>\d+); (?P<starts>[\d-]+); "
    r"pay by (?P<pay_by>[\d-]+)(?:; to (?P<ends>[\d-]+))?(?P<waits>; waits)?"
)


def cases(name: str) -> list[Case]:
    return read(FOLDER / f"{name}.cases.md")


def amount(text: str) -> int:
    return -cents.parse(text[1:]) if text.startswith("−") else cents.parse(text)


def parts(text: str, between: str = "; ") -> list[str]:
    return [each for each in text.split(between) if each and each != "none"]


def policy(text: str) -> Charged:
    found = POLICY.fullmatch(text.strip())
    assert found is not None, text
    return Charged(
        policy=int(found["policy"]),
        people=frozenset(PEOPLE[each] for each in found["people"].split()),
        premium=int(found["premium"]) * 100,
        credit=int(found["credit"]) * 100,
        subsidy=int(found["subsidy"]) * 100,
        starts=date.fromisoformat(found["starts"]),
        ends=date.fromisoformat(found["ends"] or "2027-01-01"),
        pay_by=date.fromisoformat(found["pay_by"]),
        waiting=bool(found["waits"]),
    )


def charge(text: str) -> tuple[Charge, int]:
    number, month, why, dollars = text.split()
    return Charge(int(number), parse_month(month), why), int(dollars) * 100


def written(found: dict[Charge, int]) -> str:
    return (
        "; ".join(f"{each.policy} {each.month:%Y-%m} {each.why} {cents_ // 100}" for each, cents_ in found.items())
        or "-"
    )


@pytest.mark.parametrize("case", cases("charges"), ids=lambda case: case.id)
def test_charges(case: Case) -> None:
    due = charges.expected([policy(each) for each in parts(case.given["policies"], " / ")])
    if "charges" in case.expected:
        assert written(due) == case.expected["charges"]
    else:
        before = dict(charge(each) for each in parts(case.given.get("charged", "")))
        assert written(charges.difference(due, before)) == case.expected["posted"]


@pytest.mark.parametrize("case", cases("arrival"), ids=lambda case: case.id)
def test_arrival(case: Case) -> None:
    if "counts_on" in case.expected:
        counts_on = arrival.counts_on(datetime.fromisoformat(case.given["submitted"]))
        assert counts_on.isoformat() == case.expected["counts_on"]
        return
    if "missing" in case.expected:
        number, price = case.given["waits"].split(" at ")
        first = arrival.first_payment(all_moved(case.given.get("moved", "")), {int(number): amount(price)})
        assert (cents.dollars(first.missing) if first else "-") == case.expected["missing"]
        return
    payments = [
        (date.fromisoformat(day), amount(paid)) for day, paid in map(str.split, parts(case.given.get("payments", "")))
    ]
    chosen_on = date.fromisoformat(case.given["chosen"])
    arrived = arrival.arrived_on(due=amount(case.given["due"]), chosen_on=chosen_on, payments=payments)
    assert (arrived.isoformat() if arrived else "-") == case.expected["arrived"]


@pytest.mark.parametrize("case", cases("bank_accounts"), ids=lambda case: case.id)
def test_bank_accounts(case: Case) -> None:
    routing, number = (bank_accounts.digits(case.given.get(name, "")) for name in ("typed", "number"))
    faults = list(bank_accounts.faults(routing, number))
    assert ("; ".join(f"{each.field} {each.reason}" for each in faults) or "-") == case.expected["refused"]
    if faults:
        with pytest.raises(bank_accounts.Refused):
            bank_accounts.check(routing, number)
    else:
        bank_accounts.check(routing, number)


def moved(text: str) -> Iterator[Moved]:
    what, when, how_much = text.split()
    if what in ("paid", "returned"):
        sign, why = (-1, "payment") if what == "paid" else (1, "reversal")
        yield Moved(why, sign * amount(how_much), date.fromisoformat(when))
        return
    sign = -1 if what.startswith("-") else 1
    for why, dollars in zip(("premium", "credit", "subsidy"), how_much.split("/"), strict=True):
        if int(dollars):
            owed = sign * int(dollars) * 100 * (1 if why == "premium" else -1)
            yield Moved(why, owed, date(2025, 11, 15), int(what.strip("-")), parse_month(when))


def all_moved(text: str) -> list[Moved]:
    return [each for part in parts(text) for each in moved(part)]


def told(lines: bill.Lines, name: str) -> str:
    value = getattr(lines, name)
    if name == "month":
        return f"{value:%Y-%m}" if value else "-"
    return " ".join(map(str, value)) or "-" if name == "policies" else cents.dollars(value)


@pytest.mark.parametrize("case", cases("bill"), ids=lambda case: case.id)
def test_bill(case: Case) -> None:
    if "due_on" in case.expected:
        today, pay_by = (date.fromisoformat(case.given[name]) for name in ("today", "pay by"))
        assert bill.due_on(today=today, pay_by=pay_by, deadline_day=23).isoformat() == case.expected["due_on"]
        return
    lines = bill.read(all_moved(case.given["moved"]), last_balance=amount(case.given["last"]))
    assert {name: told(lines, name) for name in case.expected} == dict(case.expected)
