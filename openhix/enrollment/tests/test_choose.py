"""Choosing: the price is ours, sent twice it is one choice, what is not paid for gives way, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.eligibility.rules.program import Program
from openhix.enrollment import actions, choices, labels, letters, queries
from openhix.enrollment.actions import CannotChoose, Selection, Wish
from openhix.enrollment.models import Member, Policy, Step
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.tests.walks import FEBRUARY, JANUARY, choose, covered, determined, pay, persons, plans, statuses
from openhix.history.models import Event
from openhix.people import queries as people
from openhix.people.models import Household, Person
from openhix.people.tests import cast
from openhix.shopping.households import NothingToShop, ShoppingHousehold
from openhix.shopping.offers import Offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def refused(household: Household, *wanted: tuple[Offer, Sequence[Person]], **named: Any) -> str:
    with pytest.raises(CannotChoose) as caught:
        choose(household, *wanted, **named)
    assert not Policy.objects.filter(choice=named["key"]).exists()
    return caught.value.reason


def test_a_connectorcare_plan_at_this_households_price() -> None:
    bruno = determined(cast.BRUNO)
    cheapest = plans(bruno, persons(bruno))[0]
    (policy,) = choose(bruno, (cheapest, persons(bruno)), key="k")
    assert (policy.plan_type, policy.price, policy.credit) == ("3B", 152_00, 174_76)
    assert policy.premium - policy.credit - policy.subsidy == policy.price
    assert (policy.starts, policy.pay_by, policy.plan_year) == (JANUARY, date(2025, 12, 23), 2026)
    assert statuses(bruno) == ["waiting"]
    assert covered(bruno) == []
    letter = letters_of(bruno)[0]
    assert (letter.kind, letter.language) == ("enrollment.choice", "pt")
    event = Event.objects.get(kind="enrollment.chosen")
    assert (event.subject_id, event.payload) == (bruno.pk, {"policy": policy.pk})
    assert event.who == f"account {people.accounts_of(bruno)[0].pk}"


def test_a_choice_that_costs_nothing_is_complete_at_once() -> None:
    ana = determined(cast.ANA)
    free = plans(ana, persons(ana))[0]
    assert free.price == 0
    (policy,) = choose(ana, (free, persons(ana)), key="k")
    assert covered(ana) == [("Ana", policy.pk, JANUARY, date(2027, 1, 1))]
    assert next(letter.kind for letter in letters_of(ana)) == "enrollment.covered"
    assert not letters_of(ana).filter(kind="enrollment.choice").exists()


def test_the_same_key_again_is_the_same_choice() -> None:
    bruno = determined(cast.BRUNO)
    first, other = plans(bruno, persons(bruno))[:2]
    before = choose(bruno, (first, persons(bruno)), key="k")
    assert choose(bruno, (other, persons(bruno)), key="k") == before
    assert Policy.objects.count() == Step.objects.count() == Member.objects.count() == 1
    assert letters_of(bruno).filter(kind="enrollment.choice").count() == 1


def written(household: Household) -> tuple[int, int, int]:
    return Policy.objects.count(), Event.objects.count(), letters_of(household).count()


@pytest.mark.parametrize("is_paid", [False, True])
def test_exactly_what_stands_chosen_again_changes_nothing(is_paid: bool) -> None:
    evans = determined(cast.EVANS)
    edith, earl = persons(evans)
    two = [(plans(evans, [edith])[0], [edith]), (plans(evans, [earl])[1], [earl])]
    stands = choose(evans, *two, key="one")
    if is_paid:
        pay(evans)
    before = written(evans)
    assert choose(evans, *reversed(two), key="two") == stands
    assert written(evans) == before


def test_the_same_plan_on_other_terms_is_another_choice(on_day: OnDay) -> None:
    """Another part of the credit, a plan less, another first day."""
    carla = determined(cast.CARLA)
    gold = next(offer for offer in plans(carla, persons(carla)) if offer.plan.metal == "Gold")
    choose(carla, (gold, persons(carla)), key="all")
    choose(carla, (gold, persons(carla)), key="half", share=5_000)
    assert statuses(carla) == ["withdrawn", "waiting"]
    pay(carla)
    on_day(date(2025, 12, 24))
    (policy,) = choose(carla, (gold, persons(carla)), key="later", share=5_000)
    assert (policy.choice, policy.starts) == ("later", FEBRUARY)
    evans = determined(cast.EVANS)
    edith, earl = persons(evans)
    pair = [(plans(evans, [each], starts=FEBRUARY)[0], [each]) for each in (edith, earl)]
    choose(evans, *pair, key="both")
    choose(evans, pair[0], key="one of them")
    assert statuses(evans) == ["withdrawn", "withdrawn", "waiting"]


def test_the_paid_plan_chosen_again_takes_back_the_change_that_waits() -> None:
    bruno = determined(cast.BRUNO)
    first, other = plans(bruno, persons(bruno))[:2]
    choose(bruno, (first, persons(bruno)), key="one")
    pay(bruno)
    choose(bruno, (other, persons(bruno)), key="two")
    choose(bruno, (first, persons(bruno)), key="three")
    assert statuses(bruno)[:2] == ["complete", "withdrawn"]


def test_another_choice_replaces_the_one_that_waits() -> None:
    bruno = determined(cast.BRUNO)
    first, other = plans(bruno, persons(bruno))[:2]
    choose(bruno, (first, persons(bruno)), key="one")
    choose(bruno, (other, persons(bruno)), key="two")
    assert statuses(bruno) == ["withdrawn", "waiting"]


def test_health_and_dental_do_not_touch_each_other() -> None:
    bruno = determined(cast.BRUNO)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="k")
    choose(bruno, (plans(bruno, persons(bruno), "dental")[0], persons(bruno)), key="k", kind="dental")
    assert statuses(bruno) == ["waiting", "waiting"]


def test_with_a_credit_alone_any_part_of_it_is_applied() -> None:
    """A Gold plan, that is not ConnectorCare: Carla takes a third of her 235.93 in advance."""
    carla = determined(cast.CARLA)
    gold = next(offer for offer in plans(carla, persons(carla)) if offer.plan.metal == "Gold")
    (policy,) = choose(carla, (gold, persons(carla)), key="third", share=3_333)
    assert (policy.credit, policy.subsidy, policy.price) == (78_63, 0, gold.premium - 78_63)
    (policy,) = choose(carla, (gold, persons(carla)), key="none", share=0)
    assert (policy.credit, policy.price) == (0, gold.premium)


def test_connectorcare_takes_all_of_the_credit() -> None:
    carla = determined(cast.CARLA)
    offer = next(offer for offer in plans(carla, persons(carla)) if offer.is_connectorcare)
    assert refused(carla, (offer, persons(carla)), key="k", share=9_999) == "connectorcare"


def test_one_months_credit_is_spread_over_the_policies() -> None:
    """The parents in two plans: 699.06 in proportion to premium, to the cent."""
    diallo = determined(cast.DIALLO)
    aissatou, moussa, _fatou = persons(diallo)
    gold = next(offer for offer in plans(diallo, [aissatou]) if offer.plan.metal == "Gold")
    bronze = next(offer for offer in plans(diallo, [moussa]) if offer.plan.metal == "Bronze")
    one, two = choose(diallo, (gold, [aissatou]), (bronze, [moussa]), key="k")
    assert one.credit + two.credit == min(699_06, one.premium + two.premium)
    assert abs(one.credit * two.premium - two.credit * one.premium) <= one.premium + two.premium


@pytest.mark.parametrize("program", [Program.CMSP, Program.MASSHEALTH_LIMITED, Program.NONE])
def test_who_may_buy_no_plan_has_no_health_plan_but_may_have_a_dental_one(program: Program) -> None:
    bruno = determined(cast.BRUNO)
    found = ShoppingHousehold.of(bruno, JANUARY)
    shopping = replace(found, people=tuple(replace(each, program=program) for each in found.people))
    ids = [each.person.pk for each in shopping.people]
    with pytest.raises(CannotChoose) as caught:
        choices.places(shopping, "health", ids)
    assert (caught.value.reason, caught.value.people) == ("program", tuple(ids))
    assert labels.why_not("program").startswith("Someone here cannot buy a health plan.")
    assert choices.places(shopping, "dental", ids) == [0]


def test_a_person_with_masshealth_has_no_health_plan_but_may_have_a_dental_one() -> None:
    diallo = determined(cast.DIALLO)
    aissatou, moussa, fatou = persons(diallo)
    offer = plans(diallo, [aissatou, moussa])[0]
    assert refused(diallo, (offer, [aissatou, moussa, fatou]), key="k") == "masshealth"
    child_dental = plans(diallo, [fatou], "dental")[0]
    (policy,) = choose(diallo, (child_dental, [fatou]), key="k", kind="dental")
    assert [member.person for member in Member.objects.filter(policy=policy)] == [fatou]


def test_what_cannot_be_chosen() -> None:
    evans = determined(cast.EVANS)
    edith, earl = persons(evans)
    offer = plans(evans, [edith])[0]
    stranger = persons(determined(cast.ANA))[0]
    assert refused(evans, key="k") == "nothing"
    assert refused(evans, (offer, []), key="k") == "people"
    assert refused(evans, (offer, [stranger]), key="k") == "people"
    assert refused(evans, (offer, [edith]), (offer, [edith, earl]), key="k") == "twice"
    assert refused(evans, (offer, [edith]), key="k", share=10_001) == "share"
    assert refused(evans, (offer, [edith]), key="k", share=-1) == "share"
    catastrophic = Selection("no such plan", (edith.pk,))
    account = people.accounts_of(evans)[0]
    with pytest.raises(CannotChoose, match="plan"):
        actions.choose(
            household=evans, account=account, kind="health", selections=[catastrophic], plan_year=2026, key="k"
        )


def test_a_pediatric_dental_plan_is_not_for_adults() -> None:
    evans = determined(cast.EVANS)
    assert all(offer.plan.tier != "pediatric" for offer in plans(evans, persons(evans), "dental"))


def test_nobody_without_an_answer_chooses() -> None:
    ana = cast.household(cast.ANA)
    with pytest.raises(NothingToShop):
        choose(ana, key="k")


def test_at_another_price_than_was_shown_the_household_is_asked_again() -> None:
    bruno = determined(cast.BRUNO)
    offer = plans(bruno, persons(bruno))[0]
    wish = Wish("health", (Selection(offer.plan.id, (persons(bruno)[0].pk,)),), agreed=151_99)
    account = people.accounts_of(bruno)[0]
    with pytest.raises(CannotChoose, match="price"):
        actions.choose_all(household=bruno, account=account, wishes=[wish], plan_year=2026, key="k")
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("day", "starts", "pay_by"),
    [
        (date(2025, 12, 23), JANUARY, date(2025, 12, 23)),
        (date(2025, 12, 24), FEBRUARY, date(2026, 1, 23)),
        (date(2026, 1, 23), FEBRUARY, date(2026, 1, 23)),
    ],
)
def test_the_right_first_day(on_day: OnDay, day: date, starts: date, pay_by: date) -> None:
    bruno = determined(cast.BRUNO)
    on_day(day)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno), starts=starts)[0], persons(bruno)), key="k")
    assert (policy.starts, policy.pay_by) == (starts, pay_by)


def test_after_open_enrollment_only_dental_plans(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    on_day(date(2026, 1, 24))
    with pytest.raises(EnrollmentClosed) as closed:
        choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="k")
    assert closed.value.ended == date(2026, 1, 23)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno), "dental")[0], persons(bruno)), key="k", kind="dental")
    assert (policy.starts, policy.pay_by) == (date(2026, 3, 1), date(2026, 2, 23))


def test_both_kinds_are_confirmed_together_or_not_at_all(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    person = (persons(bruno)[0].pk,)
    dental, health = (plans(bruno, persons(bruno), kind)[0].plan.id for kind in ("dental", "health"))
    wishes = [Wish("dental", (Selection(dental, person),)), Wish("health", (Selection(health, person),))]
    account = people.accounts_of(bruno)[0]
    on_day(date(2026, 3, 1))
    with pytest.raises(EnrollmentClosed):
        actions.choose_all(household=bruno, account=account, wishes=wishes, plan_year=2026, key="k")
    assert not Policy.objects.exists()
    on_day(date(2025, 11, 15))
    made = actions.choose_all(household=bruno, account=account, wishes=wishes, plan_year=2026, key="k")
    assert [policy.kind for policy in made] == ["dental", "health"]
    assert len(queries.chosen_together(bruno, "k")) == 2
    assert actions.choose_all(household=bruno, account=account, wishes=wishes, plan_year=2026, key="k") == made


def test_an_exception_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first choice stands as if the second had never been tried."""
    bruno = determined(cast.BRUNO)
    first, other = plans(bruno, persons(bruno))[:2]
    choose(bruno, (first, persons(bruno)), key="one")
    told = letters_of(bruno).count(), Event.objects.count()

    def power_cut(**_named: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(letters, "choice", power_cut)
    with pytest.raises(OSError, match="power cut"):
        choose(bruno, (other, persons(bruno)), key="two")
    assert statuses(bruno) == ["waiting"]
    assert (letters_of(bruno).count(), Event.objects.count()) == told


def test_a_paid_plan_is_changed_for_all_of_its_people_or_none(on_day: OnDay) -> None:
    evans = determined(cast.EVANS)
    edith, earl = persons(evans)
    offer, other = plans(evans, [edith, earl])[:2]
    choose(evans, (offer, [edith, earl]), key="one")
    actions.complete(household=evans, kind="health", on=JANUARY - timedelta(days=20), why="paid")
    assert refused(evans, (other, [edith]), key="two") == "together"
    choose(evans, (other, [edith]), (offer, [earl]), key="three")
    assert statuses(evans) == ["complete", "waiting", "waiting"]
