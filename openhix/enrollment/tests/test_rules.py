"""The rules of dates and allocation: every case of their tables, and what holds for any credit and premiums."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.enrollment import rules
from openhix.enrollment.rules import allocation, dates
from openhix.enrollment.rules.dates import EnrollmentClosed
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
