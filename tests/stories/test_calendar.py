"""The demonstration's own clock is moved by its own job, over New Year and over the changes to and from daylight time:
each night's work is done once, for its own day, and a payment counts on the day that a clock on the wall shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import LazySettings

from conftest import NOW
from openhix.billing.models import Payment, Transfer
from openhix.history import clock as demonstration
from openhix.history import moving, nightly
from openhix.history.models import ClockOffset, Event, Night
from openhix.kernel import clock
from openhix.people.tests import cast
from tests.stories.town import JANUARY, NEW_YEAR, Town, stand_at


@pytest.fixture
def wall_clock(town: Town, settings: LazySettings) -> Iterator[None]:
    """The clock as a running demonstration has it: real time and an offset of whole days."""
    settings.DEMONSTRATION = True
    clock.install(demonstration.now)
    yield
    clock.install(lambda: NOW)


def begin(day: date) -> None:
    ClockOffset.objects.all().delete()
    demonstration.set_once(day=day, who="operator")
    nightly.run_due(day)


def move(town: Town, to: date) -> None:
    under_way = moving.start(to=to, who="operator")
    town.drain()
    under_way.refresh_from_db()
    assert (under_way.reached, under_way.stopped_by, clock.today()) == (to, "", to)


@pytest.mark.usefixtures("wall_clock")
@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param(date(2025, 12, 30), date(2026, 1, 2), id="New Year"),
        pytest.param(date(2026, 3, 6), date(2026, 3, 10), id="to daylight time, 8 March"),
        pytest.param(date(2026, 10, 30), date(2026, 11, 3), id="from daylight time, 1 November"),
    ],
)
def test_every_night_is_done_once_and_for_its_own_day(town: Town, start: date, end: date) -> None:
    begin(start)
    move(town, end)
    days = [start + timedelta(days=each) for each in range((end - start).days + 1)]
    for name in nightly.in_order():
        assert list(Night.objects.filter(name=name).order_by("day").values_list("day", flat=True)) == days
    moved = Event.objects.filter(kind="history.clock_moved").order_by("pk")
    assert [each.at.astimezone(clock.MASSACHUSETTS).date() for each in moved] == days[1:]


@pytest.mark.usefixtures("wall_clock")
def test_a_choice_is_ended_and_a_paid_plan_begins_as_the_clock_moves(town: Town) -> None:
    begin(date(2025, 12, 22))
    late, punctual = town.family(cast.CARLA), town.family(cast.BRUNO)
    for walker in (late, punctual):
        walker.applies()
        walker.chooses()
    punctual.pays()
    move(town, date(2025, 12, 23))
    assert late.statuses() == ["waiting"]
    move(town, date(2026, 1, 2))
    assert (late.statuses(), late.covered()) == (["withdrawn"], [])
    assert punctual.covered() == [("Bruno", JANUARY, NEW_YEAR)]
    assert punctual.plans(clock.today())
    ended = Event.objects.get(kind="enrollment.withdrawn")
    assert ended.at.astimezone(clock.MASSACHUSETTS).date() == date(2025, 12, 24)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        pytest.param(datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7), id="23:59 before 8 March"),
        pytest.param(datetime(2026, 3, 8, 6, 59, tzinfo=UTC), date(2026, 3, 8), id="the last minute of winter"),
        pytest.param(datetime(2026, 3, 8, 7, 0, tzinfo=UTC), date(2026, 3, 8), id="the first minute of summer"),
        pytest.param(datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 8), id="23:59 on 8 March"),
        pytest.param(datetime(2026, 3, 24, 3, 59, tzinfo=UTC), date(2026, 3, 23), id="23:59 on 23 March, in summer"),
        pytest.param(datetime(2026, 3, 24, 4, 0, tzinfo=UTC), date(2026, 3, 24), id="midnight after it"),
        pytest.param(datetime(2026, 11, 1, 5, 30, tzinfo=UTC), date(2026, 11, 1), id="01:30 on 1 November"),
        pytest.param(datetime(2026, 11, 1, 6, 30, tzinfo=UTC), date(2026, 11, 1), id="01:30 again"),
        pytest.param(datetime(2026, 11, 2, 4, 59, tzinfo=UTC), date(2026, 11, 1), id="23:59 on 1 November"),
        pytest.param(datetime(2026, 1, 1, 4, 59, tzinfo=UTC), date(2025, 12, 31), id="23:59 on New Year's Eve"),
    ],
)
def test_a_payment_counts_on_the_day_that_the_wall_shows(town: Town, moment: datetime, day: date) -> None:
    """A dental plan, chosen at noon of that day and paid at the moment."""
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    stand_at(day - timedelta(days=1), time(12))
    policy = bruno.chooses(kind="dental")
    clock.install(lambda: moment.astimezone(clock.MASSACHUSETTS))
    paid = bruno.pays(kind="dental")
    assert Transfer.objects.get(payment=paid).counts_on == day
    assert Payment.objects.get().submitted_at == moment
    in_time = day <= policy.pay_by
    assert bruno.statuses("dental") == (["complete"] if in_time else ["waiting"])
    assert bool(bruno.covered("dental")) is in_time
