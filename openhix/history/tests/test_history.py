"""Events are written once and never changed; later rooms hear of them once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from openhix.history import actions, reactions
from openhix.history.models import Effect, Event
from openhix.history.worker import work
from openhix.kernel import clock
from openhix.site import database
from openhix.site.database import rights


def happen(*, subject: int = 7) -> Event:
    return actions.record(
        kind="test.happened",
        who="operator",
        why="A test asked for it.",
        subject_kind="test.Thing",
        subject_id=subject,
        payload={"plans": 48},
    )


@pytest.fixture
def react(drain: Callable[[], None]) -> Iterator[Callable[[reactions.Reaction], str]]:
    """Declares a reaction to "test.happened" for the length of a test; gives its name."""
    names: list[str] = []

    def declare(reaction: reactions.Reaction) -> str:
        reactions.on("test.happened")(reaction)
        names.append(f"{reaction.__module__}.{reaction.__qualname__}")
        return names[-1]

    yield declare
    reactions._declared.pop("test.happened", None)
    for name in names:
        del app.tasks[name]


@pytest.mark.django_db
def test_an_event_says_who_what_when_and_why() -> None:
    event = Event.objects.get(pk=happen().pk)
    assert (event.kind, event.who, event.why) == ("test.happened", "operator", "A test asked for it.")
    assert (event.subject_kind, event.subject_id, event.payload) == ("test.Thing", 7, {"plans": 48})
    assert event.at == clock.now() != event.recorded_at


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["Maria", 1.5, None, True])
def test_a_payload_holds_whole_numbers_only(value: object) -> None:
    with pytest.raises(TypeError, match=r"test\.happened"):
        actions.record(
            kind="test.happened",
            who="operator",
            why="",
            subject_kind="test.Thing",
            subject_id=1,
            payload={"name": value},  # type: ignore[dict-item]
        )
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change", ["update history_event set why = ''", "delete from history_event", "truncate history_event cascade"]
)
def test_the_applications_user_cannot_change_history(change: str) -> None:
    happen()
    if not rights.grant():
        pytest.skip("DATABASE_URL names one user for both roles")
    address = {**database.conninfo(database.Role.APP), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**address, autocommit=True) as app_connection:
        assert app_connection.execute("select why from history_event").fetchall() == [("A test asked for it.",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(change)


def test_a_reaction_runs_after_its_event(react: Callable[[reactions.Reaction], str]) -> None:
    heard: list[int] = []
    name = react(lambda event: heard.append(event.subject_id))
    happen(subject=7)
    assert heard == []
    work(until_empty=True)
    assert heard == [7]
    assert Effect.objects.get().reaction == name


def test_nothing_is_queued_when_the_action_fails(react: Callable[[reactions.Reaction], str]) -> None:
    react(lambda event: None)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        happen()
        raise ZeroDivisionError
    assert not Event.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_reaction_that_is_delivered_twice_takes_effect_once(react: Callable[[reactions.Reaction], str]) -> None:
    heard: list[int] = []
    name = react(lambda event: heard.append(event.pk))
    event = happen()
    app.tasks[name].defer(event=event.pk)
    work(until_empty=True)
    assert heard == [event.pk]
    assert ProcrastinateJob.objects.filter(task_name=name, status="succeeded").count() == 2


def test_a_reaction_that_fails_leaves_nothing_and_is_tried_again(react: Callable[[reactions.Reaction], str]) -> None:
    def fail(event: Event) -> None:
        happen(subject=8)
        raise RuntimeError("the mail house is closed")

    name = react(fail)
    happen()
    work(until_empty=True)
    assert Event.objects.count() == 1
    assert not Effect.objects.exists()
    assert ProcrastinateJob.objects.get(task_name=name).status == "todo"


def test_reactions_to_one_subject_wait_for_each_other(react: Callable[[reactions.Reaction], str]) -> None:
    react(lambda event: None)
    for subject in (7, 7, 8):
        happen(subject=subject)
    locks = list(ProcrastinateJob.objects.order_by("id").values_list("lock", flat=True))
    assert locks == ["test.Thing:7", "test.Thing:7", "test.Thing:8"]


def test_a_job_whose_worker_died_is_taken_up_again(react: Callable[[reactions.Reaction], str]) -> None:
    heard: list[int] = []
    react(lambda event: heard.append(event.pk))
    event = happen()
    with connection.cursor() as cursor:  # as a worker that was killed a minute ago leaves it
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - interval '1 minute') returning id"
        )
        cursor.execute("update procrastinate_jobs set status = 'doing', worker_id = %s", cursor.fetchone())
    app.tasks["openhix.history.jobs.take_up_again"].defer(timestamp=0)
    work(until_empty=True)
    assert heard == [event.pk]
