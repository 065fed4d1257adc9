"""/health/ tells what is wrong by its status alone; /metrics/ is for this machine or for who brings the token."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from conftest import empty_queue
from openhix.history.jobs import nights
from openhix.people.tests import cast
from openhix.site import watching

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_queued(db: None) -> None:
    empty_queue()


def health(client: Client) -> tuple[int, str]:
    response = client.get("/health/")
    return response.status_code, response.content.decode()


def test_all_is_well(client: Client) -> None:
    assert health(client) == (200, "ok\n")


def test_a_queue_that_nobody_works_on_is_not_well(client: Client) -> None:
    nights.configure().defer(timestamp=0)
    assert health(client) == (200, "ok\n")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = now() - interval '6 minutes'")
    assert health(client) == (503, "not ok\n")


def test_a_job_that_is_to_run_later_is_not_late(client: Client) -> None:
    nights.configure(schedule_in={"hours": 1}).defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = now() - interval '6 minutes'")
    assert health(client) == (200, "ok\n")


def test_a_job_behind_all_others_may_wait(client: Client) -> None:
    nights.configure(priority=-1).defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = now() - interval '6 minutes'")
    assert health(client) == (200, "ok\n")


def test_tables_that_are_not_up_to_date_are_not_well(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("history", "0001_initial")
    assert health(client) == (503, "not ok\n")


def test_without_a_database_it_still_answers(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the server has gone: asking raises an error."""

    class Gone:
        def cursor(self) -> None:
            raise ConnectionError("the database of somebody's household is gone")

    monkeypatch.setattr(watching, "connection", Gone())
    assert health(client) == (503, "not ok\n")


def test_the_figures(client: Client) -> None:
    cast.household()
    nights.configure().defer(timestamp=0)
    said = client.get("/metrics/").content.decode()
    assert 'openhix_jobs{status="todo"} 1.0' in said
    assert "openhix_households 1.0" in said
    assert "openhix_workers 0.0" in said
    household = cast.BRUNO.members[0]
    for personal in (household.last_name, cast.ANA.email, "219099901"):
        assert personal not in said


def test_every_counted_table_is_there(client: Client) -> None:
    with connection.cursor() as cursor:
        assert set(watching.COUNTED.values()) <= set(connection.introspection.table_names(cursor))


@pytest.mark.parametrize(
    ("token", "proxies", "asked", "expected"),
    [
        ("", 0, {"REMOTE_ADDR": "127.0.0.1"}, 200),
        ("", 0, {"REMOTE_ADDR": "::1"}, 200),
        ("", 0, {"REMOTE_ADDR": "203.0.113.7"}, 404),
        ("", 1, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        ("", 0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.7"}, 404),
        ("a token", 1, {"REMOTE_ADDR": "203.0.113.7", "HTTP_AUTHORIZATION": "Bearer a token"}, 200),
        ("a token", 0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_AUTHORIZATION": "Bearer another"}, 404),
        ("a token", 0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_AUTHORIZATION": "Bearer é"}, 404),
        ("a token", 0, {"REMOTE_ADDR": "127.0.0.1"}, 404),
    ],
)
def test_who_may_see_the_figures(
    client: Client, settings: LazySettings, token: str, proxies: int, asked: dict[str, str], expected: int
) -> None:
    settings.METRICS_TOKEN, settings.ALLAUTH_TRUSTED_PROXY_COUNT = token, proxies
    assert client.get("/metrics/", **asked).status_code == expected  # type: ignore[arg-type]
