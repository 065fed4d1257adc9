"""Told of other exchanges: an account was paid and coverage ended all the same.

Here coverage that is paid for ends only where the household says so, or where one of its people has MassHealth; no
night, no unpaid change, no new answer and no question that is still open takes a day of it away.
"""

from __future__ import annotations

from datetime import date, timedelta

from openhix.application.answers import EmployerOffer, Income, IncomeSource, Period
from openhix.people.tests import cast
from tests.stories.town import DECEMBER_24, FEBRUARY, JANUARY, NEW_YEAR, Town, Walker, stand_at

WHOLE_YEAR = [("Carla", JANUARY, NEW_YEAR)]


def paid(town: Town) -> Walker:
    carla = town.family(cast.CARLA)
    carla.applies()
    carla.chooses()
    carla.pays()
    return carla


def test_no_night_of_the_year_ends_it(town: Town) -> None:
    carla = paid(town)
    letters = carla.letters()
    for day in (date(2025, 11, 15) + timedelta(days=9 * each) for each in range(46)):
        town.night(day)  # and every night in between
    assert carla.covered() == WHOLE_YEAR
    assert (carla.balance(), carla.letters()) == (0, letters)


def test_a_change_that_is_not_paid_ends_alone(town: Town) -> None:
    """Until 23 December the choice may be changed; the rest is not paid; on the 24th only the change ends."""
    carla = paid(town)
    [first] = carla.plans(JANUARY).values()
    second = carla.chooses(3)
    assert carla.owes() > 0
    assert carla.plans(JANUARY) == {"Carla": first}
    town.night(DECEMBER_24)
    assert carla.statuses() == ["complete", "withdrawn"]
    assert (carla.plans(JANUARY), carla.covered()) == ({"Carla": first}, WHOLE_YEAR)
    assert (carla.owes(), carla.balance()) == (0, 0)
    assert second.pk != first
    assert carla.letters()[-1] == "enrollment.choice_ended"


def test_a_change_that_is_paid_leaves_no_day_between(town: Town) -> None:
    """In January for February: the old plan covers January, the new one from February on."""
    carla = paid(town)
    [first] = carla.plans(JANUARY).values()
    stand_at(date(2026, 1, 10))
    second = carla.chooses(3)
    assert second.starts == FEBRUARY
    carla.pays()
    assert carla.covered() == [("Carla", JANUARY, FEBRUARY), ("Carla", FEBRUARY, NEW_YEAR)]
    assert carla.plans(date(2026, 1, 31)) == {"Carla": first}
    assert carla.plans(FEBRUARY) == {"Carla": second.pk}


def test_a_new_income_changes_the_price_and_not_the_coverage(town: Town) -> None:
    carla = paid(town)
    told = carla.answers()
    told.people[0].incomes = [Income(IncomeSource.JOB, 50_000_00, Period.YEAR)]
    stand_at(date(2026, 3, 10))
    carla.applies(told)
    assert carla.covered() == [("Carla", JANUARY, date(2026, 4, 1)), ("Carla", date(2026, 4, 1), NEW_YEAR)]
    assert "enrollment.changed" in carla.letters()


def test_a_question_that_is_still_open_leaves_it_as_it_is(town: Town) -> None:
    carla = paid(town)
    told = carla.answers()
    told.people[0].employer_offer = EmployerOffer()  # at a price that is not known
    carla.applies(told)
    assert carla.found() == {"Carla": ""}
    assert carla.covered() == WHOLE_YEAR


def test_the_other_kind_of_plan_is_left_alone(town: Town) -> None:
    carla = paid(town)
    carla.chooses(kind="dental")
    town.night(DECEMBER_24)
    assert carla.statuses("dental") == ["withdrawn"]
    assert carla.covered() == WHOLE_YEAR
