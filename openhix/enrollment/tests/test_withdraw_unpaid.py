"""On the 24th what is not paid for ends: the change alone, never the paid plan, and the member is told what to do."""

from __future__ import annotations

from datetime import date

import pytest
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import actions, jobs, letters, queries
from openhix.enrollment.models import Policy
from openhix.enrollment.tests.walks import (
    JANUARY,
    NEXT_YEAR,
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

DAY_23, DAY_24 = date(2025, 12, 23), date(2025, 12, 24)


def chosen(family: cast.Family = cast.EVANS, key: str = "k", at: int = 0) -> tuple[Household, list[Policy]]:
    household = determined(family)
    return household, choose(household, (plans(household, persons(household))[at], persons(household)), key=key)


def test_nothing_ends_on_the_last_day() -> None:
    evans, _policies = chosen()
    assert actions.withdraw_unpaid(household=evans, today=DAY_23) == []
    assert queries.unpaid_on(DAY_23) == []
    assert statuses(evans) == ["waiting"]


def test_an_unpaid_choice_ends_and_the_letter_shows_how_to_have_the_next_month(on_day: OnDay) -> None:
    evans, policies = chosen()
    on_day(DAY_24)
    assert actions.withdraw_unpaid(household=evans, today=DAY_24) == policies
    assert (statuses(evans), covered(evans)) == (["withdrawn"], [])
    letter = letters_of(evans)[0]
    assert letter.kind == "enrollment.choice_ended"
    said = str(letter.content["blocks"])
    assert "We did not receive the whole first payment by December 23, 2025." in said
    assert (
        "You can be covered from February 1, 2026: choose a plan again and pay its first bill by January 23, 2026."
        in said
    )
    event = Event.objects.get(kind="enrollment.withdrawn")
    assert (event.who, event.payload) == ("system", {"policy": policies[0].pk})


def test_after_open_enrollment_the_letter_says_what_is_left(on_day: OnDay) -> None:
    on_day(date(2026, 1, 5))
    evans = determined(cast.EVANS)
    choose(evans, (plans(evans, persons(evans))[0], persons(evans)), key="k")
    on_day(date(2026, 1, 24))
    actions.withdraw_unpaid(household=evans, today=date(2026, 1, 24))
    assert "Open enrollment ended on January 23, 2026." in str(letters_of(evans)[0].content)


def test_only_the_unpaid_change_ends(on_day: OnDay) -> None:
    evans, (old,) = chosen()
    pay(evans)
    choose(evans, (plans(evans, persons(evans))[1], persons(evans)), key="other")
    on_day(DAY_24)
    actions.withdraw_unpaid(household=evans, today=DAY_24)
    assert statuses(evans) == ["complete", "withdrawn"]
    assert covered(evans) == [("Edith", old.pk, JANUARY, NEXT_YEAR), ("Earl", old.pk, JANUARY, NEXT_YEAR)]
    assert "Your paid plan stands" in str(letters_of(evans)[0].content)


def test_twice_is_once(on_day: OnDay) -> None:
    evans, _policies = chosen()
    on_day(DAY_24)
    for _ in range(2):
        actions.withdraw_unpaid(household=evans, today=DAY_24)
    assert letters_of(evans).filter(kind="enrollment.choice_ended").count() == 1


def test_the_night_reaches_every_household_once(on_day: OnDay, monkeypatch: pytest.MonkeyPatch) -> None:
    """In chunks of one household; a dental choice that is paid for later is left alone."""
    late = [chosen(family)[0] for family in (cast.EVANS, cast.BRUNO)]
    carla = determined(cast.CARLA)
    choose(carla, (plans(carla, persons(carla), "dental")[0], persons(carla)), key="k", kind="dental")
    pay(carla, "dental")
    on_day(DAY_24)
    choose(carla, (plans(carla, persons(carla))[0], persons(carla)), key="k2")
    monkeypatch.setattr(jobs, "CHUNK", 1)
    memory = InMemoryConnector()
    with app.replace_connector(memory):
        jobs.withdraw_unpaid(DAY_24)
        queued = [job["args"] for job in memory.jobs.values()]
    assert sorted(each["households"][0] for each in queued) == sorted(each.pk for each in late)
    for each in queued:
        jobs.withdraw_unpaid_of(**each)
    assert [statuses(each) for each in late] == [["withdrawn"], ["withdrawn"]]
    assert statuses(carla) == ["complete", "waiting"]


def test_an_exception_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    evans, _policies = chosen()

    def power_cut(**_named: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(letters, "choice_ended", power_cut)
    with pytest.raises(OSError, match="power cut"):
        actions.withdraw_unpaid(household=evans, today=DAY_24)
    assert statuses(evans) == ["waiting"]
