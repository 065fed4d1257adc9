"""Told of other exchanges: a wrong birth date could not be corrected.

Here it is one more change of the same application: the person stays the same one, what depends on the age is worked
out anew, nothing paid is lost, and staff can see that it was corrected, by whom and when, and find the person by it.
"""

from __future__ import annotations

from datetime import date

from openhix.application import queries as applications
from openhix.application.answers import Answers
from openhix.history.models import Event
from openhix.people import queries as people
from openhix.people.tests import cast
from tests.stories.town import JANUARY, NEW_YEAR, Town, Walker

BORN, WRONG = date(1971, 11, 3), date(1993, 11, 1)


def carla(town: Town, born: date) -> tuple[Walker, Answers]:
    walker = town.family(cast.CARLA)
    told = walker.answers()
    told.people[0].birth_date = born
    walker.applies(told)
    return walker, told


def test_it_is_corrected_and_the_price_with_it(town: Town) -> None:
    walker, told = carla(town, WRONG)
    [person] = walker.persons
    young = walker.chooses()
    told.people[0].birth_date = BORN
    walker.applies(told)
    assert [each.pk for each in walker.persons] == [person.pk]
    assert walker.persons[0].birth_date == BORN
    assert [each.number for each in applications.versions(walker.household)] == [2, 1]
    assert walker.statuses() == ["withdrawn", "waiting"]
    old = walker.chooses(key="again")
    assert old.premium > young.premium
    walker.pays()
    assert walker.covered() == [("Carla", JANUARY, NEW_YEAR)]


def test_it_is_corrected_after_paying_without_losing_a_day(town: Town) -> None:
    walker, told = carla(town, WRONG)
    walker.chooses()
    walker.pays()
    told.people[0].birth_date = BORN
    walker.applies(told)
    assert walker.persons[0].birth_date == BORN
    assert walker.covered() == [("Carla", JANUARY, NEW_YEAR)]


def test_staff_see_the_correction_and_find_the_person_by_it(town: Town) -> None:
    walker, told = carla(town, WRONG)
    told.people[0].birth_date = BORN
    walker.applies(told)
    corrected = Event.objects.get(kind="people.person_corrected")
    assert corrected.subject_id == walker.household.pk
    assert corrected.who == f"account {people.accounts_of(walker.household)[0].pk}"
    assert people.search("11/3/1971") == walker.persons
    assert people.search("11/1/1993") == []


def test_the_same_again_is_no_correction(town: Town) -> None:
    walker, told = carla(town, BORN)
    told.phone = "617-555-0100"
    walker.applies(told)
    assert not Event.objects.filter(kind="people.person_corrected").exists()
