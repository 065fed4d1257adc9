"""What became of each bill, in words: paid, still to be paid, replaced, or its choice has ended."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from openhix.billing import queries, words
from openhix.billing.models import Bill
from openhix.billing.tests.payers import at, choose, chosen, due, earn, pay
from openhix.enrollment.actions import withdraw_unpaid
from openhix.enrollment.models import Policy
from openhix.enrollment.tests import walks
from openhix.kernel import cents, clock
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

DECEMBER_1, DECEMBER_2, DECEMBER_24 = date(2025, 12, 1), date(2025, 12, 2), date(2025, 12, 24)
LAPSED = "The choice ended on December 24, 2025: the whole first payment was not here by December 23, 2025."


@pytest.fixture
def billed() -> tuple[Household, Policy]:
    bruno, policy = chosen()
    due(bruno)
    return bruno, policy


def states(household: Household) -> list[str]:
    """Of each bill, the oldest first."""
    return [words.state_of_bill(each) for each in queries.outcomes(household, clock.today())][::-1]


def open_bills(household: Household) -> list[bool]:
    return [each.is_open for each in queries.outcomes(household, clock.today())][::-1]


def night_to(day: date, household: Household) -> None:
    withdraw_unpaid(household=household, today=day)
    due(household)


def test_a_new_bill_is_still_to_pay(billed: tuple[Household, Policy]) -> None:
    bruno, _policy = billed
    assert states(bruno) == ["$152.00 still to pay by December 23, 2025."]
    pay(bruno, 52_00)
    assert states(bruno) == ["$52.00 of it was paid. $100.00 still to pay by December 23, 2025."]
    assert open_bills(bruno) == [True]


def test_a_paid_bill_says_when_and_how_much(billed: tuple[Household, Policy]) -> None:
    bruno, _policy = billed
    pay(bruno, 52_00, key="a")
    with at(DECEMBER_1):
        pay(bruno, 110_00, key="b")
        pay(bruno, 1_00, key="c")  # of a friend, later that day
    assert states(bruno) == ["Paid on December 1, 2025: $163.00."]
    assert open_bills(bruno) == [False]


def test_a_paid_bill_stays_paid_when_a_later_one_comes(billed: tuple[Household, Policy]) -> None:
    bruno, first = billed
    with at(DECEMBER_1):
        pay(bruno, first.price)
    with at(DECEMBER_2):
        second = choose(bruno, nth=3)
        due(bruno)
        left = cents.dollars(second.price - first.price)
        assert states(bruno) == ["Paid on December 1, 2025: $152.00.", f"{left} still to pay by December 23, 2025."]
        assert open_bills(bruno) == [False, True]
    with at(DECEMBER_24):
        night_to(DECEMBER_24, bruno)
        assert states(bruno) == ["Paid on December 1, 2025: $152.00.", f"{LAPSED} Nothing is owed for it."]
        assert open_bills(bruno) == [False, False]


def test_an_unpaid_bill_names_the_one_in_its_place(billed: tuple[Household, Policy]) -> None:
    bruno, _first = billed
    pay(bruno, 52_00)
    with at(DECEMBER_2):
        second = choose(bruno, nth=3)
        due(bruno)
        later = Bill.objects.latest("pk")
        assert states(bruno) == [
            f"$52.00 of it was paid. Bill {later.pk} of December 2, 2025 takes its place.",
            f"{cents.dollars(second.price - 52_00)} still to pay by December 23, 2025.",
        ]


def test_what_was_not_paid_in_time_ended(billed: tuple[Household, Policy]) -> None:
    bruno, _first = billed
    pay(bruno, 52_00)
    with at(DECEMBER_24):
        assert states(bruno) == ["$52.00 of it was paid. Not paid in full by December 23, 2025."]
        night_to(DECEMBER_24, bruno)
        assert states(bruno) == [f"$52.00 of it was paid. {LAPSED} Nothing is owed for it."]
        choose(bruno, starts=walks.FEBRUARY, key="again")
        due(bruno)
        assert states(bruno)[0] == f"$52.00 of it was paid. {LAPSED} Nothing is owed for it."
        assert states(bruno)[1] == "$100.00 still to pay by January 23, 2026."


def test_what_was_paid_too_late_says_so(billed: tuple[Household, Policy]) -> None:
    bruno, _first = billed
    with at(DECEMBER_24):
        pay(bruno, 152_00)
        night_to(DECEMBER_24, bruno)
        assert states(bruno) == [
            "Paid on December 24, 2025: $152.00. That was after December 23, 2025, the last day, so the choice has "
            "ended. The money counts toward the next plan that you choose."
        ]


def test_a_plan_without_a_premium_in_its_place_leaves_nothing_to_pay() -> None:
    ana, _first = chosen(cast.ANA)
    due(ana)
    everyone = walks.persons(ana)
    free = next(each for each in walks.plans(ana, everyone) if not each.price)
    with at(DECEMBER_2):
        walks.choose(ana, (free, everyone), key="free")
        due(ana)
        assert states(ana) == ["Your plan or its price has changed since. Nothing more is owed for it."]


def test_a_lower_price_can_leave_nothing_to_pay() -> None:
    """Paid, dearer after a new income, and after another one as before."""
    bruno, first = chosen()
    due(bruno)
    pay(bruno, first.price)
    earn(bruno, 4_000_00)
    assert open_bills(bruno) == [False, True]
    earn(bruno, 0)
    assert states(bruno)[1] == "Your plan or its price has changed since. Nothing more is owed for it."
    assert open_bills(bruno) == [False, False]


def test_many_bills_take_as_many_queries_as_one(
    billed: tuple[Household, Policy], django_assert_num_queries: Any
) -> None:
    bruno, _first = billed
    for nth in (1, 2, 3):
        choose(bruno, nth=nth)
        due(bruno)
    assert Bill.objects.count() == 4
    with django_assert_num_queries(5):
        queries.outcomes(bruno, clock.today())
