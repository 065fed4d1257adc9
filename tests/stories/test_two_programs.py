"""Told of other exchanges: one person was in MassHealth and in a plan because of two applications.

Here a household has one application, changed as often as it likes, and one answer that counts; whoever has MassHealth
by it can choose no health plan, loses one that waits, and leaves one that is paid for at the end of the month.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, TimeoutError
from datetime import date

import pytest
from django.db import connection, transaction

from openhix.application import actions as application
from openhix.application.answers import Answers, Income, IncomeSource, Period
from openhix.application.models import Application
from openhix.eligibility import actions as eligibility
from openhix.eligibility.models import Determination
from openhix.eligibility.tests import applications
from openhix.enrollment.actions import CannotChoose
from openhix.enrollment.tests import walks
from openhix.people import queries as people
from openhix.people.tests import cast
from tests.stories.town import JANUARY, NEW_YEAR, Town, Walker, stand_at

CAREPLUS = "masshealth_careplus"


def with_income(walker: Walker, dollars: int) -> Answers:
    told = walker.answers()
    told.people[0].incomes = [Income(IncomeSource.JOB, dollars * 100, Period.YEAR)]
    return told


def test_there_is_no_second_application(town: Town) -> None:
    ana = town.family(cast.ANA)
    ana.applies()
    account = people.accounts_of(ana.household)[0]
    with pytest.raises(application.AlreadyApplied):
        application.begin(household=ana.household, account=account)
    ana.applies(with_income(ana, 10_000))
    assert Application.objects.count() == 1
    assert ana.found() == {"Ana": CAREPLUS}


def test_who_has_masshealth_can_choose_no_health_plan(town: Town) -> None:
    diallo = town.family(cast.DIALLO)
    diallo.applies()
    parents, child = diallo.persons[:2], diallo.persons[2]
    [offer, *_] = walks.plans(diallo.household, parents)
    with pytest.raises(CannotChoose) as refused:
        walks.choose(diallo.household, (offer, [*parents, child]), key="all three")
    assert (refused.value.reason, refused.value.people) == ("masshealth", (child.pk,))
    assert diallo.statuses() == []


def test_a_choice_that_waits_ends_with_masshealth(town: Town) -> None:
    carla = town.family(cast.CARLA)
    carla.applies()
    carla.chooses()
    carla.applies(with_income(carla, 10_000))
    assert (carla.found(), carla.statuses()) == ({"Carla": CAREPLUS}, ["withdrawn"])
    assert (carla.owes(), carla.covered()) == (0, [])


def test_a_plan_that_has_not_begun_does_not_begin_and_is_credited(town: Town) -> None:
    carla = town.family(cast.CARLA)
    carla.applies()
    policy = carla.chooses()
    carla.pays()
    carla.applies(with_income(carla, 10_000))
    assert (carla.found(), carla.covered()) == ({"Carla": CAREPLUS}, [])
    assert carla.balance() == policy.price


def test_a_plan_in_force_ends_with_the_month(town: Town) -> None:
    carla = town.family(cast.CARLA)
    carla.applies()
    carla.chooses()
    carla.pays()
    stand_at(date(2026, 3, 10))
    carla.applies(with_income(carla, 10_000))
    assert carla.found() == {"Carla": CAREPLUS}
    assert carla.covered() == [("Carla", JANUARY, date(2026, 4, 1))]


def test_the_others_of_the_plan_stay_in_it(town: Town) -> None:
    """The wife is expecting a child, and has MassHealth from now on; the husband keeps the plan."""
    diallo = town.family(cast.DIALLO)
    diallo.applies()
    diallo.chooses()
    diallo.pays()
    told = diallo.answers()
    told.people[0].expecting = 1
    diallo.applies(told)
    assert diallo.found()["Aïssatou"] == "masshealth_standard"
    assert diallo.covered() == [("Moussa", JANUARY, NEW_YEAR)]


def test_one_person_on_the_applications_of_two_accounts_is_not_in_both_programs(town: Town) -> None:
    """The same Carla, with the same number, applies under two e-mail addresses with two incomes."""
    insured, other = town.family(cast.CARLA), town.family(cast.CARLA, email="carla.again@example.com")
    insured.applies()
    insured.chooses()
    insured.pays()
    other.applies(with_income(other, 10_000))
    assert insured.covered() == [("Carla", JANUARY, NEW_YEAR)]
    assert other.found() == {"Carla": ""}


def test_two_accounts_that_are_answered_at_the_same_moment_are_answered_one_after_the_other(town: Town) -> None:
    """The second waits until the first is written, and then knows of it; else both would be decided."""
    one, other = town.family(cast.CARLA), town.family(cast.CARLA, email="carla.again@example.com")
    for each in (one, other):
        applications.apply(each.household, each.answers())

    def beside() -> Determination:
        try:
            return eligibility.determine(household=other.household, why="told")
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        with transaction.atomic():
            eligibility.determine(household=one.household, why="told")
            waits = pool.submit(beside)
            with pytest.raises(TimeoutError):
                waits.result(timeout=1)
        waits.result(timeout=20)
    assert (one.found(), other.found()) == ({"Carla": "connectorcare"}, {"Carla": ""})


def test_whom_staff_tell_apart_has_an_answer_and_the_first_keeps_the_plan(town: Town) -> None:
    """Staff find them to be two people: then each has what each qualifies for."""
    insured, other = town.family(cast.CARLA), town.family(cast.CARLA, email="carla.again@example.com")
    insured.applies()
    insured.chooses()
    insured.pays()
    other.applies()
    staff = cast.account(cast.BRUNO)
    eligibility.tell_apart(household=other.household, key="p1", others=[insured.persons[0].pk], account=staff)
    town.drain()
    assert other.found() == {"Carla": "connectorcare"}
    assert insured.covered() == [("Carla", JANUARY, NEW_YEAR)]
