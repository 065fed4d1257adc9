"""Whatever is sent twice, or by two at the same time, is done once: payments, choices, applications, jobs, nights."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from procrastinate.contrib.django import app

from openhix.application.models import Version
from openhix.billing.models import Bill, Payment, Transfer
from openhix.eligibility.models import Determination
from openhix.enrollment.models import Coverage, Policy
from openhix.history.models import Effect
from openhix.people.tests import cast
from tests.stories.town import DECEMBER_24, JANUARY, NEW_YEAR, Town, stand_at


def at_once(work: Callable[[], object], times: int = 4) -> None:
    """The same from several sides at the same time, each over a connection of its own."""

    def alone() -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        for each in [pool.submit(alone) for _ in range(times)]:
            each.result()


def test_the_same_payment_twice_is_one_payment(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses()
    first = bruno.pays(policy.price, key="form")
    assert bruno.pays(policy.price, key="form") == first
    stand_at(JANUARY)
    assert bruno.pays(policy.price, key="form") == first
    assert Transfer.objects.filter(why="payment").count() == 1
    assert bruno.balance() == 0


def test_the_same_payment_from_four_sides_at_once(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses()
    quiet = Town(lambda: None)
    payer = type(bruno)(bruno.family, bruno.household, quiet.drain)
    at_once(lambda: payer.pays(policy.price, key="form"))
    assert Payment.objects.count() == Transfer.objects.filter(why="payment").count() == 1
    assert bruno.covered() == [("Bruno", JANUARY, NEW_YEAR)]


def test_the_same_choice_from_four_sides_at_once(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    at_once(lambda: bruno.chooses(key="form", wait=False))
    town.drain()
    assert Policy.objects.count() == 1
    assert (Bill.objects.count(), bruno.owes()) == (1, Policy.objects.get().price)


def test_every_job_delivered_again_changes_nothing(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    bruno.chooses()
    bruno.pays()
    counted = [Version, Determination, Policy, Coverage, Bill, Transfer]
    before = [model._default_manager.count() for model in counted]
    letters = bruno.letters()
    for done in Effect.objects.all():
        app.tasks[done.reaction].defer(event=done.event_id)
    town.drain()
    assert [model._default_manager.count() for model in counted] == before
    assert bruno.letters() == letters


def test_a_night_that_is_run_again_changes_nothing(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    bruno.chooses()
    town.night(DECEMBER_24)
    letters = bruno.letters()
    town.night(DECEMBER_24)
    assert bruno.letters() == letters
    assert bruno.statuses() == ["withdrawn"]
