"""Another PostgreSQL through DATABASE_URL: here a second server of ours plays the outside one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from openhix.site import database
from openhix.site.database.cluster import NAME, Cluster
from openhix.site.home import Unusable
from tests.launcher.processes import environment, ourselves

pytestmark = pytest.mark.launcher


@pytest.fixture
def outside(place: Path) -> Iterator[Cluster]:
    cluster = Cluster.of(place / "outside")
    with cluster.running(fsync="off"):
        yield cluster


def url(cluster: Cluster, user: str) -> str:
    address = cluster.conninfo(user=user)
    return f"postgresql://{user}:{address['password']}@/{NAME}?host={quote(address['host'], safe='')}"


def openhix(home: Path, *command: str, **env: str) -> tuple[int, str, str]:
    process = ourselves().popen("-m", "openhix.site.cli", *command, env=environment(home, **env))
    said, errors = process.communicate(timeout=120)
    return process.returncode, said, errors


def test_the_owner_migrates_and_the_application_cannot_change_history(home: Path, outside: Cluster) -> None:
    named = {"DATABASE_URL": url(outside, "openhix_app"), "DATABASE_OWNER_URL": url(outside, "openhix_owner")}
    code, said, errors = openhix(home, "migrate", "--json", **named)
    assert (code, json.loads(said)["history_is_protected"]) == (0, True), errors
    code, said, errors = openhix(home, "prepare", "--json", **named)
    assert (code, json.loads(said)) == (0, {"today": "2025-11-15", "years": [2026]}), errors
    with psycopg.connect(url(outside, "openhix_app")) as connection:
        assert connection.execute("select count(*) > 0 from history_event").fetchone() == (True,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from history_event")
    assert not (home / "postgres").exists()


def test_tables_alone_are_not_yet_a_demonstration_so_its_first_command_sets_the_clock(
    home: Path, outside: Cluster
) -> None:
    named = {"DATABASE_URL": url(outside, "openhix_app"), "DATABASE_OWNER_URL": url(outside, "openhix_owner")}
    assert openhix(home, "migrate", **named)[0] == 0
    code, said, errors = openhix(home, "demo", "--json", **named)
    assert code == 0, errors
    assert (json.loads(said)["starts"], len(json.loads(said)["people"])) == ("2026-01-01", 8)


def test_a_real_exchange_gets_tables_and_no_clock(home: Path, outside: Cluster) -> None:
    named = {"DATABASE_URL": url(outside, "openhix_app"), "DATABASE_OWNER_URL": url(outside, "openhix_owner")}
    code, said, errors = openhix(home, "staff", "add", "ada@example.org", "--json", OPENHIX_DEMO="0", **named)
    assert (code, json.loads(said)["email"]) == (0, "ada@example.org"), errors
    with psycopg.connect(url(outside, "openhix_app")) as connection:
        assert connection.execute("select count(*) from history_clockoffset").fetchone() == (0,)
        assert connection.execute("select count(*) from people_account").fetchone() == (1,)


def test_one_user_for_both_works_and_says_what_that_means(home: Path, outside: Cluster) -> None:
    code, _, said = openhix(home, "migrate", DATABASE_URL=url(outside, "openhix_owner"))
    assert code == 0
    assert "DATABASE_OWNER_URL" in said


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql//nonsense", "is not a PostgreSQL address"),
        ("postgresql://who@/none?host=/nowhere", "does not answer"),
        ("postgresql://127.0.0.1:1/none", "does not answer"),
    ],
)
def test_an_address_that_is_wrong_is_refused_with_the_reason(home: Path, address: str, reason: str) -> None:
    code, _, said = openhix(home, "migrate", DATABASE_URL=address)
    assert code == 1
    assert reason in said
    assert "Traceback" not in said


def test_a_server_that_is_too_old_is_refused(outside: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url(outside, "openhix_app"))
    with database.running():
        pass
    monkeypatch.setattr(database, "OLDEST", 99)
    with pytest.raises(Unusable, match="OpenHIX needs 99 or newer"), database.running():
        pass
