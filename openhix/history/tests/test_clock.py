"""The demonstration's clock is set once and then stays as far from real time as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from conftest import NOW
from openhix.history import clock
from openhix.history.models import ClockOffset, Event
from openhix.kernel import clock as business

pytestmark = pytest.mark.django_db

FIRST_DAY = date(2025, 11, 15)


@pytest.fixture(autouse=True)
def demonstration(settings: Settings) -> Iterator[None]:
    settings.DEMONSTRATION = True
    clock.install()
    yield
    business.install(lambda: NOW)


def real() -> datetime:
    return datetime.now(business.MASSACHUSETTS)


def test_without_an_offset_it_tells_real_time() -> None:
    assert abs(business.now() - real()) < timedelta(seconds=5)


def test_it_begins_on_the_day_that_is_set_at_the_same_time_of_day() -> None:
    assert clock.set_once(day=FIRST_DAY, who="operator")
    assert business.today() == FIRST_DAY
    told = business.now().replace(tzinfo=None)
    assert abs(told - datetime.combine(FIRST_DAY, real().time())) < timedelta(seconds=5)


def test_history_tells_who_set_it() -> None:
    clock.set_once(day=FIRST_DAY, who="operator")
    event = Event.objects.get()
    assert (event.kind, event.who) == ("history.clock_set", "operator")
    assert "November 15, 2025" in event.why


def test_it_is_set_once() -> None:
    clock.set_once(day=FIRST_DAY, who="operator")
    assert not clock.set_once(day=date(2026, 1, 1), who="somebody")
    assert business.today() == FIRST_DAY
    assert Event.objects.count() == 1


def test_there_is_one_clock() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ClockOffset.objects.create(id=2, offset=timedelta(days=1))


def test_the_clock_of_a_real_exchange_cannot_be_moved(settings: Settings) -> None:
    settings.DEMONSTRATION = False
    with pytest.raises(clock.NotADemonstration):
        clock.set_once(day=FIRST_DAY, who="operator")
    assert not ClockOffset.objects.exists()
