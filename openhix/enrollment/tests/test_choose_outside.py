"""Choosing a health plan outside open enrollment: only in a time that is open, from the days that it gives."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import OnDay
from openhix.enrollment import actions, queries
from openhix.enrollment.actions import CannotChoose, Selection
from openhix.enrollment.counter import Counters
from openhix.enrollment.models import Policy
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.tests.events import APRIL, MARCH_10, MAY, tell, with_child
from openhix.enrollment.tests.walks import choose, covered, determined, pay, persons, plans
from openhix.people import queries as people
from openhix.people.models import Household, Person
from openhix.people.tests import cast
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]
MARCH_12, NEXT_YEAR = date(2026, 3, 12), date(2027, 1, 1)


def wish(household: Household, offer: Offer, who: list[Person], starts: date, key: str = "k") -> list[Policy]:
    return actions.choose(
        household=household,
        account=people.accounts_of(household)[0],
        kind="health",
        selections=[Selection(offer.plan.id, tuple(each.pk for each in who))],
        plan_year=2026,
        starts=starts,
        key=key,
    )


def buyers(household: Household, starts: date) -> list[Person]:
    return [each.person for each in ShoppingHousehold.of(household, starts).people if each.may_buy_health]


def evans_in_march(on_day: OnDay) -> Household:
    """Covered since January by a plan of the middle of the list; open enrollment is over."""
    evans = determined(cast.EVANS)
    choose(evans, (bronze(evans, persons(evans))[0], persons(evans)), key="january")
    pay(evans)
    on_day(MARCH_12)
    return evans


def bronze(household: Household, who: list[Person], starts: date = date(2026, 1, 1)) -> list[Offer]:
    return [each for each in plans(household, who, starts=starts) if each.plan.metal == "Bronze"]


def test_closed_without_a_reason_and_open_with_one(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    on_day(MARCH_12)
    offer = plans(bruno, persons(bruno), starts=APRIL)[0]
    with pytest.raises(EnrollmentClosed):
        choose(bruno, (offer, persons(bruno)), key="k")
    told = tell(bruno)
    (policy,) = choose(bruno, (offer, persons(bruno)), key="k")
    assert (policy.starts, policy.pay_by, policy.special) == (APRIL, date(2026, 3, 23), told)


@pytest.mark.parametrize(
    ("day", "starts", "pay_by"),
    [
        (date(2026, 3, 23), APRIL, date(2026, 3, 23)),
        (date(2026, 3, 24), MAY, date(2026, 4, 23)),
        (date(2026, 5, 9), date(2026, 6, 1), date(2026, 5, 23)),
    ],
)
def test_the_23rd_and_the_last_day(on_day: OnDay, day: date, starts: date, pay_by: date) -> None:
    bruno = determined(cast.BRUNO)
    on_day(MARCH_12)
    tell(bruno)
    on_day(day)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno), starts=starts)[0], persons(bruno)), key="k")
    assert (policy.starts, policy.pay_by) == (starts, pay_by)
    on_day(date(2026, 5, 10))
    with pytest.raises(EnrollmentClosed):
        choose(bruno, (plans(bruno, persons(bruno), starts=starts)[0], persons(bruno)), key="later")


def test_a_later_month_in_the_window_and_no_other_day(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    on_day(MARCH_12)
    tell(bruno)
    offer = plans(bruno, persons(bruno), starts=MAY)[0]
    with pytest.raises(CannotChoose) as cannot:
        wish(bruno, offer, persons(bruno), date(2026, 12, 1))
    assert cannot.value.reason == "day"
    (policy,) = wish(bruno, offer, persons(bruno), MAY)
    assert (policy.starts, policy.pay_by) == (MAY, date(2026, 4, 23))


def test_a_child_is_covered_from_the_day_of_its_birth_in_the_parents_plan(on_day: OnDay) -> None:
    """The plan goes on for the parents from that day without a gap, and now for the child too."""
    evans = evans_in_march(on_day)
    january = queries.complete(evans, "health")[0].policy
    with_child(evans)
    tell(evans, "new_child")
    family = buyers(evans, MARCH_10)
    assert len(family) == 3
    same = next(each for each in plans(evans, family, starts=MARCH_10) if each.plan.id == january.plan_id)
    (policy,) = wish(evans, same, family, MARCH_10)
    pay(evans, on=MARCH_12)
    assert covered(evans) == [
        ("Edith", january.pk, date(2026, 1, 1), MARCH_10),
        ("Edith", policy.pk, MARCH_10, NEXT_YEAR),
        ("Earl", january.pk, date(2026, 1, 1), MARCH_10),
        ("Earl", policy.pk, MARCH_10, NEXT_YEAR),
        ("Nia", policy.pk, MARCH_10, NEXT_YEAR),
    ]


def test_with_a_new_child_the_parents_may_not_change_to_another_plan(on_day: OnDay) -> None:
    evans = evans_in_march(on_day)
    with_child(evans)
    tell(evans, "new_child")
    family = buyers(evans, APRIL)
    silver = next(each for each in plans(evans, family, starts=APRIL) if each.plan.metal == "Silver")
    with pytest.raises(CannotChoose) as cannot:
        wish(evans, silver, family, APRIL)
    assert cannot.value.reason == "same_plan"
    [child] = [each for each in family if each.first_name == "Nia"]
    (alone,) = wish(evans, plans(evans, [child], starts=APRIL)[0], [child], APRIL)
    assert alone.starts == APRIL


def test_after_a_loss_of_coverage_any_plan_may_be_chosen(on_day: OnDay) -> None:
    evans = evans_in_march(on_day)
    tell(evans)
    silver = next(each for each in plans(evans, persons(evans), starts=APRIL) if each.plan.metal == "Silver")
    assert wish(evans, silver, persons(evans), APRIL)


def test_nobody_is_covered_before_they_are_born(on_day: OnDay) -> None:
    evans = evans_in_march(on_day)
    with_child(evans, MARCH_10)
    tell(evans, "new_child", date(2026, 3, 5), who=persons(evans)[0])
    family = buyers(evans, APRIL)
    same = queries.complete(evans, "health")[0].policy.plan_id
    offer = next(each for each in plans(evans, family, starts=APRIL) if each.plan.id == same)
    with pytest.raises(CannotChoose) as cannot:
        wish(evans, offer, family, date(2026, 3, 5))
    assert cannot.value.reason == "born"


def test_a_day_that_is_over_is_offered_first_only_where_it_covers_somebody_new(on_day: OnDay) -> None:
    """The parents have a plan, and for the rest of March there is no credit: they get the day if they pick it."""
    evans = evans_in_march(on_day)
    tell(evans, "new_child")

    def first_day(wanted: str = "") -> date:
        return Counters.of(evans, MARCH_12, wanted).open["health"].starts

    assert first_day() == APRIL
    assert first_day("2026-03-10") == MARCH_10
    with_child(evans)
    assert first_day() == MARCH_10
