"""Nightly work is done once for each day, in the order of the rooms; the clock of the demonstration goes day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from openhix.history import clock as demonstration
from openhix.history import moving, nightly
from openhix.history.models import ClockMove, ClockOffset, Event, Night
from openhix.history.worker import work
from openhix.kernel import clock

FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2025, 11, 14) + timedelta(days=each) for each in range(4))

Done = list[tuple[str, date]]


@pytest.fixture
def nights(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Done]]:
    """Nightly work of these names and no other; gives what was done, in order."""
    monkeypatch.setattr(nightly, "_declared", {})

    def declare(*names: str) -> Done:
        done: Done = []
        for name in names:
            nightly.nightly(name)(lambda day, name=name: done.append((name, day)))  # type: ignore[misc]
        return done

    yield declare


@pytest.fixture(autouse=True)
def a_demonstration(settings: LazySettings) -> None:
    settings.DEMONSTRATION = True


@pytest.fixture
def moved(drain: Callable[[], None]) -> Iterator[None]:
    """The demonstration's own clock, which stands at 15 November 2025, and an empty queue."""
    before = clock._now
    ClockOffset.objects.all().delete()
    demonstration.set_once(day=SATURDAY, who="operator")
    clock.install(demonstration.now)
    yield
    clock.install(before)


@pytest.mark.django_db
def test_it_is_done_once_a_day_in_the_order_of_the_rooms(nights: Callable[..., Done]) -> None:
    done = nights("billing.fall_due", "verification.expire", "enrollment.withdraw")
    nightly.run_due(SATURDAY)
    nightly.run_due(SATURDAY)
    assert done == [
        ("verification.expire", SATURDAY),
        ("enrollment.withdraw", SATURDAY),
        ("billing.fall_due", SATURDAY),
    ]


@pytest.mark.django_db
def test_days_that_were_missed_are_caught_up(nights: Callable[..., Done]) -> None:
    done = nights("enrollment.withdraw", "billing.fall_due")
    nightly.run_due(FRIDAY)
    del done[:]
    nightly.run_due(SUNDAY)
    assert done == [
        ("enrollment.withdraw", SATURDAY), ("billing.fall_due", SATURDAY),
        ("enrollment.withdraw", SUNDAY), ("billing.fall_due", SUNDAY),
    ]  # fmt: skip
    assert nightly.run_due(FRIDAY) == []


@pytest.mark.django_db
def test_work_that_fails_leaves_nothing_and_the_next_time_goes_on_with_it(nights: Callable[..., Done]) -> None:
    done = nights("people.first", "billing.last")
    closed = [True]

    @nightly.nightly("enrollment.fails")
    def fail(day: date) -> None:
        Event.objects.create(kind="t.t", who="", why="", at=clock.now(), subject_kind="t", subject_id=1)
        if closed:
            raise RuntimeError("the bank is closed")

    with pytest.raises(RuntimeError):
        nightly.run_due(SATURDAY)
    assert done == [("people.first", SATURDAY)]
    assert not Event.objects.exists()
    closed.clear()
    nightly.run_due(SUNDAY)
    assert [name for name, day in done if day == SATURDAY] == ["people.first", "billing.last"]
    assert list(Night.objects.filter(name="enrollment.fails").values_list("day", flat=True)) == [SATURDAY, SUNDAY]


def test_a_name_says_its_room_and_is_taken_once(nights: Callable[..., Done]) -> None:
    nights("billing.fall_due")
    for name in ("billing.fall_due", "nowhere.fall_due"):
        with pytest.raises(ValueError, match=r"billing\.fall_due|nowhere"):
            nights(name)


def test_the_clock_goes_day_by_day_and_everything_queued_is_done_before_the_next(
    moved: None, nights: Callable[..., Done]
) -> None:
    """The first reaction of a night queues another job; both are done on their own day."""
    from procrastinate.contrib.django import app

    seen: list[tuple[str, date]] = []

    @app.task(name="test.second")
    def second() -> None:
        seen.append(("second", clock.today()))

    @app.task(name="test.first")
    def first() -> None:
        seen.append(("first", clock.today()))
        second.defer()

    @nightly.nightly("billing.fall_due")
    def night(day: date) -> None:
        seen.append(("night", day))
        first.defer()

    try:
        move = moving.start(to=MONDAY, who="account 1")
        work(until_empty=True)
    finally:
        del app.tasks["test.first"], app.tasks["test.second"]
    days = (SUNDAY, MONDAY)
    assert seen == [(what, day) for day in days for what in ("night", "first", "second")]
    move.refresh_from_db()
    assert (move.from_day, move.reached, move.stopped_by) == (SATURDAY, MONDAY, "")
    assert move.ended_at is not None
    rows = Event.objects.filter(kind="history.clock_moved").order_by("pk")
    assert [(row.who, row.why) for row in rows] == [
        ("account 1", f"The clock was moved to {clock.written(day)}.") for day in days
    ]


def test_it_never_goes_back_nor_beyond_the_law_nor_twice_at_a_time(moved: None) -> None:
    for day in (FRIDAY, date(2035, 1, 1), date.max):
        with pytest.raises(moving.CannotMove, match=r"never goes back|tables of law"):
            moving.start(to=day, who="operator")
    moving.start(to=MONDAY, who="operator")
    with pytest.raises(moving.CannotMove, match="on its way to November 17, 2025"):
        moving.start(to=MONDAY, who="operator")
    assert clock.today() == SATURDAY


def test_a_night_that_fails_stops_the_clock_on_the_day_before(moved: None, nights: Callable[..., Done]) -> None:
    @nightly.nightly("billing.fails")
    def fail(day: date) -> None:
        if day == MONDAY:
            raise RuntimeError("the bank is closed")

    move = moving.start(to=MONDAY, who="operator")
    work(until_empty=True)
    move.refresh_from_db()
    assert (move.reached, move.stopped_by, clock.today()) == (SUNDAY, "RuntimeError", SUNDAY)
    assert moving.start(to=SUNDAY, who="operator")


def test_a_worker_that_died_between_two_days_is_followed_by_another(moved: None, nights: Callable[..., Done]) -> None:
    """What a killed worker leaves: its job under way, and the day that it was about to do not begun."""
    done = nights("billing.fall_due")
    move = moving.start(to=MONDAY, who="operator")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 minute') returning id"
        )
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", cursor.fetchone())
    from procrastinate.contrib.django import app

    app.tasks["openhix.history.jobs.take_up_again"].defer(timestamp=0)
    work(until_empty=True)
    move.refresh_from_db()
    assert done == [("billing.fall_due", SUNDAY), ("billing.fall_due", MONDAY)]
    assert move.reached == MONDAY
    assert not ProcrastinateJob.objects.filter(status__in=("todo", "doing")).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("begins", [date(2025, 12, 30), date(2026, 3, 6), date(2026, 10, 30)])
def test_no_day_is_left_out_over_new_year_and_daylight_time(begins: date, nights: Callable[..., Done]) -> None:
    """The change is on 8 March and on 1 November 2026, at two in the morning."""
    before = clock._now
    done = nights("billing.fall_due")
    ClockOffset.objects.all().delete()
    demonstration.set_once(day=begins, who="operator")
    clock.install(demonstration.now)
    try:
        nightly.run_due(clock.today())
        for each in range(1, 5):
            assert demonstration.forward_one_day(who="operator") == begins + timedelta(days=each) == clock.today()
            nightly.run_due(clock.today())
    finally:
        clock.install(before)
    assert [day for _name, day in done] == [begins + timedelta(days=each) for each in range(5)]


@pytest.mark.django_db
def test_outside_the_demonstration_the_clock_cannot_be_moved(settings: LazySettings) -> None:
    settings.DEMONSTRATION = False
    for move in (
        lambda: demonstration.forward_one_day(who="operator"),
        lambda: demonstration.set_once(day=MONDAY, who="operator"),
        lambda: moving.start(to=MONDAY, who="operator"),
    ):
        with pytest.raises(demonstration.NotADemonstration):
            move()
    assert not ClockOffset.objects.exists()
    assert not ClockMove.objects.exists()


def test_two_at_the_same_time_do_a_night_once(transactional_db: None, nights: Callable[..., Done]) -> None:
    import threading

    done = nights("billing.fall_due")

    def run() -> None:
        nightly.run_due(SATURDAY)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert done == [("billing.fall_due", SATURDAY)]


def test_business_time_is_massachusetts(moved: None) -> None:
    now = demonstration.now()
    assert now.tzinfo is clock.MASSACHUSETTS
    assert now.date() == SATURDAY
    assert now.time().replace(microsecond=0) <= datetime.now(clock.MASSACHUSETTS).time()
