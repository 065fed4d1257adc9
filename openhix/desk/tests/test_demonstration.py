"""The five households of the demonstration, from account to coverage, to the cent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.conf import LazySettings

from conftest import OnDay
from openhix.billing import queries as books
from openhix.correspondence import queries as letters
from openhix.desk import demonstration
from openhix.desk.families import FAMILIES
from openhix.enrollment.models import Coverage
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.history.clock import NotADemonstration
from openhix.people.models import Household

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
BRONZE = "Non-Standard Low Bronze: Tufts Health Direct Bronze Coinsurance"
TUFTS = "Standard High Silver: Tufts Health Direct Silver 2000 II"
FALLON = "Standard High Silver: Fallon Community Care Silver"
FULL_PRICE = "Health Connector plan at full price"


@pytest.fixture(autouse=True)
def a_demonstration(settings: LazySettings) -> None:
    settings.DEMONSTRATION = True


def figures(people: list[demonstration.Walked]) -> list[tuple[object, ...]]:
    return [
        (each.name, each.program, each.plan_type, each.plan, each.premium, each.credit, each.subsidy, each.paid)
        for each in people
    ]


EXPECTED = [
    ("Ana Almeida", "ConnectorCare", "2A", TUFTS, 50_169, 42_195, 7_974, 0),
    ("Bruno Barros", "ConnectorCare", "3B", FALLON, 48_492, 17_476, 15_816, 15_200),
    ("Carla Castillo", "ConnectorCare", "3C", TUFTS, 70_066, 23_593, 22_973, 23_500),
    ("Aïssatou Diallo", "ConnectorCare", "3A", TUFTS, 51_646, 34_724, 6_622, 10_300),
    ("Moussa Diallo", "ConnectorCare", "3A", TUFTS, 52_328, 35_182, 6_846, 10_300),
    ("Fatou Diallo", "MassHealth Family Assistance", "", "", None, None, None, None),
    ("Edith Evans", FULL_PRICE, "", BRONZE, 67_908, 0, 0, 67_908),
    ("Earl Evans", FULL_PRICE, "", BRONZE, 70_440, 0, 0, 70_440),
]


def test_each_walks_to_coverage_and_each_run_adds_five(drain: Callable[[], None]) -> None:
    people = demonstration.walk(drain)
    assert figures(people) == EXPECTED
    assert [each.covered_from for each in people] == [None if each.plan == "" else JANUARY for each in people]
    covered = Coverage.objects.filter(superseded_at=None)
    assert {span.person.name: span.days.lower for span in covered.select_related("person")} == {
        each.name: JANUARY for each in people if each.plan
    }
    for household in Household.objects.all():
        assert books.balance(household, "health") == 0
        assert "eligibility.result" in {letter.kind for letter in letters.letters_of(household)}
    assert figures(demonstration.walk(drain)) == EXPECTED
    assert Household.objects.count() == 2 * len(FAMILIES)


def test_later_it_starts_later(drain: Callable[[], None], on_day: OnDay) -> None:
    on_day(date(2025, 12, 24))
    assert {each.covered_from for each in demonstration.walk(drain)} == {None, FEBRUARY}


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 1, 24), date(2025, 10, 31)])
def test_outside_open_enrollment_it_is_refused_and_nobody_is_added(day: date, on_day: OnDay) -> None:
    on_day(day)
    with pytest.raises(EnrollmentClosed):
        demonstration.walk(lambda: None)
    assert not Household.objects.exists()


@pytest.mark.django_db
def test_outside_the_demonstration_it_is_refused(settings: LazySettings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(NotADemonstration):
        demonstration.walk(lambda: None)
    assert not Household.objects.exists()
