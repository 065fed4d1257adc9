"""The rules of dates and allocation: every case of their tables, and what holds for any credit and premiums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.enrollment import rules
from openhix.enrollment.rules import allocation, dates, sharing, year
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.rules.year import Month
from openhix.kernel import cents, percent
from openhix.kernel.tests import case_tables
from openhix.kernel.tests.case_tables import Case
from openhix.law.enrollment_dates import OpenEnrollment

TABLES = Path(rules.__file__).parent


def cases(name: str) -> list[Case]:
    return case_tables.read(TABLES / f"{name}.cases.md")


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: case.id)
def test_dates(case: Case) -> None:
    enrollment = OpenEnrollment.for_year(int(case.given["year"]))
    chosen = date.fromisoformat(case.given["chosen"])
    try:
        starts = dates.first_day(chosen_on=chosen, kind=case.given["kind"], enrollment=enrollment)
    except EnrollmentClosed as closed:
        assert (closed.opens, closed.ended) == (enrollment.start, enrollment.end)
        said = {"starts": "closed", "pay_by": "closed"}
    else:
        pay_by = dates.pay_by(starts=starts, enrollment=enrollment)
        said = {"starts": starts.isoformat(), "pay_by": pay_by.isoformat()}
    assert said == case.expected


@pytest.mark.parametrize("case", cases("changes"), ids=lambda case: case.id)
def test_changes(case: Case) -> None:
    today, starts = (date.fromisoformat(case.given[each]) for each in ("today", "plan_starts"))
    assert dates.change_takes_effect(today=today, starts=starts).isoformat() == case.expected["changes"]


@pytest.mark.parametrize("case", cases("allocation"), ids=lambda case: case.id)
def test_allocation(case: Case) -> None:
    credit = cents.parse(case.given["credit"])
    if "wanted" in case.given:
        requested = allocation.requested(credit, percent.parse(case.given["wanted"]))
        assert cents.dollars(requested) == case.expected["requested"]
        return
    premiums = [cents.parse(each) for each in case.given["premiums"].split(",")]
    parts = allocation.allocate(credit, premiums)
    assert ", ".join(map(cents.dollars, parts)) == case.expected["parts"]


def of_households(text: str) -> dict[str, int]:
    """`A $600.00; B $300`, or without the semicolon."""
    return {name: cents.parse(amount) for name, amount in re.findall(r"([A-Z]) (\$[\d,.]+)", text)}


@pytest.mark.parametrize("case", cases("sharing"), ids=lambda case: case.id)
def test_sharing(case: Case) -> None:
    if "credits" in case.given:
        policies = [of_households(each) for each in case.given["policies"].split(", ")]
        spread = sharing.spread(of_households(case.given["credits"]), policies)
        assert spread == [of_households(each) for each in case.expected["spread"].split(", ")]
    elif "premium" in case.given:
        parts = sharing.premium_parts(cents.parse(case.given["premium"]), of_households(case.given["benchmarks"]))
        assert parts == of_households(case.expected["parts"])
    else:
        available = sharing.available(**{name: cents.parse(amount) for name, amount in case.given.items()})
        assert cents.dollars(available) == case.expected["available"]


MONTHS = re.compile(
    r"(?P<times>\d+) x benchmark (?P<benchmark>\S+) premium (?P<premium>\S+)"
    r"(?: took (?P<taken>\S+))?(?: open (?P<open>\S+))?"
)


def months(text: str) -> list[Month]:
    """`7 x benchmark $625 premium $900 took $300; 5 x benchmark $625 premium $900 open $900`."""
    found = [MONTHS.fullmatch(each) for each in text.split("; ")]
    assert None not in found, f"{text!r} are not months in words"
    return [
        Month(**{name: cents.parse(each[name] or "0") for name in ("benchmark", "premium", "taken", "open")})
        for each in found
        if each is not None
        for _ in range(int(each["times"]))
    ]


def runs(amounts: Sequence[int]) -> str:
    """`7 x $0.00; 5 x $780.00`."""
    return "; ".join(f"{len(list(same))} x {cents.dollars(amount)}" for amount, same in groupby(amounts))


@pytest.mark.parametrize("case", cases("year"), ids=lambda case: case.id)
def test_year(case: Case) -> None:
    written = case.given["contribution"]
    contribution = None if written == "none" else cents.parse(written)
    assert runs(year.remaining(months(case.given["months"]), contribution)) == case.expected["credit"]


CENTS = st.integers(0, 5_000_00)


@given(credit=CENTS, premiums=st.lists(CENTS, max_size=8))
def test_no_more_than_the_credit_and_no_part_above_its_premium(credit: int, premiums: list[int]) -> None:
    parts = allocation.allocate(credit, premiums)
    assert sum(parts) == min(credit, sum(premiums))
    assert all(0 <= part <= premium for part, premium in zip(parts, premiums, strict=True))


@given(credit=CENTS, premiums=st.lists(st.integers(1, 5_000_00), min_size=1, max_size=8))
def test_each_part_is_within_a_cent_of_proportion(credit: int, premiums: list[int]) -> None:
    total = sum(premiums)
    shared = min(credit, total)
    for part, premium in zip(allocation.allocate(credit, premiums), premiums, strict=True):
        assert abs(part * total - shared * premium) < total


@given(credit=CENTS, share=st.integers(0, 10_000))
def test_never_more_than_was_asked_for(credit: int, share: int) -> None:
    requested = allocation.requested(credit, share)
    assert requested * 10_000 <= credit * share < (requested + 1) * 10_000


@given(amount=CENTS, weights=st.lists(CENTS, max_size=8))
def test_nothing_is_lost_in_proportion(amount: int, weights: list[int]) -> None:
    assert sum(allocation.proportionally(amount, weights)) == (amount if any(weights) else 0)


HOUSEHOLDS = st.sampled_from("ABC")


@given(
    credits=st.dictionaries(HOUSEHOLDS, CENTS),
    policies=st.lists(st.tuples(CENTS, st.dictionaries(HOUSEHOLDS, CENTS)), max_size=5),
)
def test_policies_together_never_take_more_than_a_household_has_nor_more_than_their_premium(
    credits: dict[str, int], policies: list[tuple[int, dict[str, int]]]
) -> None:
    parts = [sharing.premium_parts(premium, benchmarks) for premium, benchmarks in policies]
    spread = sharing.spread(credits, parts)
    for household, credit in credits.items():
        assert sum(taken.get(household, 0) for taken in spread) <= credit
    for (premium, _benchmarks), part, taken in zip(policies, parts, spread, strict=True):
        assert sum(taken.values()) <= premium
        assert all(taken[household] <= part[household] for household in taken)


OVER = st.builds(Month, benchmark=CENTS, premium=CENTS, taken=CENTS)
TO_COME = st.builds(
    lambda benchmark, taken, room, kept: Month(benchmark, room + kept, min(taken, kept), room),
    CENTS,
    CENTS,
    CENTS,
    CENTS,
)


@given(over=st.lists(OVER, max_size=11), to_come=st.lists(TO_COME, max_size=6), contribution=CENTS)
def test_the_credits_of_a_year_are_never_above_what_it_earns_nor_a_month_above_its_premium(
    over: list[Month], to_come: list[Month], contribution: int
) -> None:
    year_months = [*over, *to_come]
    credits = year.remaining(year_months, contribution)
    earned = sum(year.earned(month, contribution) for month in year_months)
    taken = sum(month.taken for month in year_months)
    assert sum(credits) <= max(earned - taken, 0)
    assert all(0 <= credit <= month.open for credit, month in zip(credits, year_months, strict=True))
    assert not any(credits[: len(over)])


@given(amount=CENTS, most=st.lists(CENTS, max_size=12))
def test_equal_parts_give_all_that_there_is_room_for(amount: int, most: list[int]) -> None:
    parts = year.level(amount, most)
    assert sum(parts) == min(amount, sum(most))
    free = [part for part, room in zip(parts, most, strict=True) if part < room]
    assert not free or max(parts) - min(free) <= 1  # a cent: who is not full has as much as anyone
