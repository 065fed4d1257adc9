"""A new answer about eligibility: prices follow it, nobody is in MassHealth and a plan, and the member is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conftest import OnDay
from openhix.application.answers import Answers, EmployerOffer, Income, IncomeSource, Period
from openhix.correspondence.queries import letters_of
from openhix.eligibility import queries as eligibility
from openhix.eligibility.tests import applications
from openhix.enrollment import actions, letters, queries
from openhix.enrollment.models import Policy
from openhix.enrollment.tests.walks import (
    FEBRUARY,
    JANUARY,
    NEXT_YEAR,
    answer,
    choose,
    covered,
    determined,
    pay,
    persons,
    plans,
    statuses,
)
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def earning(family: cast.Family, *dollars: int) -> Answers:
    """What the household tells when its people earn this much a year."""
    told = applications.of_cast(family)
    for person, income in zip(told.people, dollars, strict=False):
        person.incomes = [Income(IncomeSource.JOB, income * 100, Period.YEAR)]
    return told


def changed(household: Household, told: Answers) -> None:
    actions.reconsider(household=household, determination=answer(household, told))


def chosen(family: cast.Family, *, paid: bool) -> tuple[Household, Policy]:
    household = determined(family)
    who = [each for each in persons(household) if each.first_name != "Fatou"]
    (policy,) = choose(household, (plans(household, who)[0], who), key="k")
    if paid:
        pay(household)
    return household, policy


def latest_letter(household: Household) -> tuple[str, str]:
    letter = letters_of(household)[0]
    return letter.kind, str(letter.content["blocks"])


def test_a_choice_that_waits_is_priced_anew() -> None:
    """Bruno's income falls from Plan Type 3B to 3A, which costs 103.00."""
    bruno, old = chosen(cast.BRUNO, paid=False)
    changed(bruno, earning(cast.BRUNO, 36_000))
    assert statuses(bruno) == ["withdrawn", "waiting"]
    (new,) = [each.policy for each in queries.waiting(bruno, "health")]
    assert (new.plan_id, new.plan_type, new.price, new.starts, new.pay_by) == (
        old.plan_id, "3A", 103_00, old.starts, old.pay_by,
    )  # fmt: skip
    assert latest_letter(bruno)[0] == "enrollment.choice"
    assert Event.objects.get(kind="enrollment.changed").payload == {"policy": new.pk}


def test_an_answer_that_changes_nothing_leaves_the_choice_alone() -> None:
    bruno, policy = chosen(cast.BRUNO, paid=False)
    changed(bruno, earning(cast.BRUNO, 43_000))
    assert [each.policy for each in queries.waiting(bruno, "health")] == [policy]
    assert not letters_of(bruno).filter(kind__startswith="enrollment.").exclude(kind="enrollment.choice").exists()


def test_a_choice_that_waits_ends_when_it_is_masshealth() -> None:
    bruno, _policy = chosen(cast.BRUNO, paid=False)
    changed(bruno, earning(cast.BRUNO, 12_000))
    assert statuses(bruno) == ["withdrawn"]
    kind, said = latest_letter(bruno)
    assert kind == "enrollment.choice_ended"
    assert "Mudou a que a sua família tem direito ou onde ela mora." in said
    assert Event.objects.filter(kind="enrollment.withdrawn").count() == 1


def test_a_choice_that_costs_nothing_now_is_complete() -> None:
    bruno, _policy = chosen(cast.BRUNO, paid=False)
    changed(bruno, earning(cast.BRUNO, 22_500))
    assert statuses(bruno) == ["withdrawn", "complete"]


def test_a_paid_plan_that_has_not_begun_never_begins_beside_masshealth() -> None:
    evans, _policy = chosen(cast.EVANS, paid=True)
    changed(evans, earning(cast.EVANS, 9_000, 9_000))
    assert (statuses(evans), covered(evans)) == (["withdrawn"], [])
    kind, said = latest_letter(evans)
    assert kind == "enrollment.changed"
    assert "Edith Evans and Earl Evans: the plan does not begin." in said


def test_masshealth_ends_a_plan_in_force_with_the_month(on_day: OnDay) -> None:
    evans, policy = chosen(cast.EVANS, paid=True)
    on_day(date(2026, 1, 10))
    changed(evans, earning(cast.EVANS, 9_000, 9_000))
    assert covered(evans) == [("Edith", policy.pk, JANUARY, FEBRUARY), ("Earl", policy.pk, JANUARY, FEBRUARY)]
    ended = queries.standing(policy)
    assert (ended.status, ended.ends) == ("ended", FEBRUARY)
    assert "the last day in this plan is January 31, 2026" in latest_letter(evans)[1]


def test_a_paid_plan_goes_on_at_its_new_price_from_the_next_month(on_day: OnDay) -> None:
    evans, old = chosen(cast.EVANS, paid=True)
    on_day(date(2026, 1, 10))
    changed(evans, earning(cast.EVANS, 45_000, 15_000))
    (new,) = [each.policy for each in queries.complete(evans, "health")]
    assert (new.plan_id, new.starts) == (old.plan_id, FEBRUARY)
    assert new.price < old.price
    assert covered(evans) == [
        ("Edith", old.pk, JANUARY, FEBRUARY),
        ("Edith", new.pk, FEBRUARY, NEXT_YEAR),
        ("Earl", old.pk, JANUARY, FEBRUARY),
        ("Earl", new.pk, FEBRUARY, NEXT_YEAR),
    ]
    kind, said = latest_letter(evans)
    assert kind == "enrollment.changed"
    assert "From February 1, 2026 you pay" in said
    assert Event.objects.get(kind="enrollment.changed").payload == {"policy": new.pk}


def test_one_leaves_and_the_other_goes_on(on_day: OnDay) -> None:
    """Earl no longer applies for coverage; Edith's plan goes on at her premium alone."""
    evans, old = chosen(cast.EVANS, paid=True)
    edith_alone = next(m.premium for m in queries.standing(old).members if m.person.first_name == "Edith")
    on_day(date(2026, 2, 3))
    told = applications.of_cast(cast.EVANS)
    told.people[1] = replace(told.people[1], applying=False)
    changed(evans, told)
    (new,) = [each.policy for each in queries.complete(evans, "health")]
    march = date(2026, 3, 1)
    assert new.price == edith_alone
    assert covered(evans) == [
        ("Edith", old.pk, JANUARY, march),
        ("Edith", new.pk, march, NEXT_YEAR),
        ("Earl", old.pk, JANUARY, march),
    ]
    assert "Earl Evans: the last day in this plan is February 28, 2026." in latest_letter(evans)[1]


def test_someone_who_is_not_decided_yet_keeps_a_paid_plan() -> None:
    bruno, policy = chosen(cast.BRUNO, paid=True)
    told = earning(cast.BRUNO, 30_000)
    told.people[0].employer_offer = EmployerOffer()  # at a price that is not known
    changed(bruno, told)
    current = eligibility.current(bruno)
    assert current is not None
    assert [bool(each.undecided) for each in eligibility.findings(current)] == [True]
    assert covered(bruno) == [("Bruno", policy.pk, JANUARY, NEXT_YEAR)]


def test_a_dental_plan_is_beside_masshealth() -> None:
    bruno = determined(cast.BRUNO)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno), "dental")[0], persons(bruno)), key="k", kind="dental")
    pay(bruno, "dental")
    changed(bruno, earning(cast.BRUNO, 12_000))
    assert covered(bruno, "dental") == [("Bruno", policy.pk, JANUARY, NEXT_YEAR)]


def test_only_the_answer_that_counts_is_looked_at_and_twice_is_once() -> None:
    bruno, _policy = chosen(cast.BRUNO, paid=True)
    first = answer(bruno, earning(cast.BRUNO, 12_000))
    second = answer(bruno, earning(cast.BRUNO, 36_000))
    actions.reconsider(household=bruno, determination=first)
    assert statuses(bruno) == ["complete"]
    for _ in range(2):
        actions.reconsider(household=bruno, determination=second)
    assert statuses(bruno) == ["withdrawn", "complete"]
    assert letters_of(bruno).filter(kind="enrollment.changed").count() == 1


def test_the_part_of_the_credit_that_was_asked_for_stays_that_part() -> None:
    carla = determined(cast.CARLA)
    gold = next(offer for offer in plans(carla, persons(carla)) if offer.plan.metal == "Gold")
    choose(carla, (gold, persons(carla)), key="k", share=5_000)
    changed(carla, earning(cast.CARLA, 40_000))
    (new,) = [each.policy for each in queries.waiting(carla, "health")]
    current = eligibility.current(carla)
    assert current is not None
    [credit] = eligibility.credits(current).values()
    assert (new.credit_share, new.credit) == (5_000, credit // 2)


def test_an_exception_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    evans, policy = chosen(cast.EVANS, paid=True)
    determination = answer(evans, earning(cast.EVANS, 9_000, 9_000))

    def power_cut(**_named: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(letters, "changed", power_cut)
    with pytest.raises(OSError, match="power cut"):
        actions.reconsider(household=evans, determination=determination)
    assert [each[1] for each in covered(evans)] == [policy.pk, policy.pk]
