"""What happened is not proved by the last day: the time to choose is closed, and what rests on it ends."""

from __future__ import annotations

from datetime import date

import pytest

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import actions, queries
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.tests.events import APRIL, tell
from openhix.enrollment.tests.walks import choose, covered, determined, pay, persons, plans
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


@pytest.fixture
def bruno(on_day: OnDay) -> Household:
    """Covered from April by what he told in March, of which no proof came by June 10."""
    household = determined(cast.BRUNO)
    on_day(date(2026, 3, 12))
    tell(household)
    choose(household, (plans(household, persons(household), starts=APRIL)[0], persons(household)), key="k")
    pay(household, on=date(2026, 3, 12))
    on_day(date(2026, 6, 11))
    return household


def test_coverage_that_rests_on_it_ends_with_the_month(bruno: Household) -> None:
    special = SpecialEnrollment.objects.get()
    assert special.proof is not None
    (policy,) = actions.end_what_was_not_proved(proof=special.proof)
    assert [each[1:] for each in covered(bruno)] == [(policy.pk, APRIL, date(2026, 7, 1))]
    letter = letters_of(bruno)[0]
    assert letter.kind == "enrollment.special_ended"
    assert "último dia" in str(letter.content)
    assert Event.objects.filter(kind="enrollment.ended").get().payload == {"policy": policy.pk}


def test_it_ends_once(bruno: Household) -> None:
    special = SpecialEnrollment.objects.get()
    assert special.proof is not None
    actions.end_what_was_not_proved(proof=special.proof)
    assert actions.end_what_was_not_proved(proof=special.proof) == []
    assert letters_of(bruno).filter(kind="enrollment.special_ended").count() == 1


def test_nothing_can_be_chosen_because_of_it_any_more(on_day: OnDay, bruno: Household) -> None:
    told = tell(bruno, "move", date(2026, 6, 1))
    assert queries.openings(bruno, "health", date(2026, 6, 11), 2026)
    assert told.proof is not None
    actions.end_what_was_not_proved(proof=told.proof)
    assert queries.openings(bruno, "health", date(2026, 6, 11), 2026) == []


def test_a_plan_that_was_chosen_in_open_enrollment_stands(on_day: OnDay) -> None:
    carla = determined(cast.CARLA)
    choose(carla, (plans(carla, persons(carla))[0], persons(carla)), key="k")
    pay(carla)
    before = covered(carla)
    on_day(date(2026, 3, 12))
    told = tell(carla)
    assert told.proof is not None
    assert actions.end_what_was_not_proved(proof=told.proof) == []
    assert covered(carla) == before
