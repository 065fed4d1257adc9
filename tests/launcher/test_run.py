"""`openhix run`: one command starts everything, and nothing is left of it, however it ends."""

from __future__ import annotations

import os
import signal
import socket
import stat
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from openhix.site.database.cluster import Cluster
from tests.launcher.processes import assert_nothing_runs, exchange, free_port, nobody, of_home, run

pytestmark = pytest.mark.launcher


def fails(home: Path, *, port: int) -> str:
    """What `openhix run` says when it cannot start."""
    _, errors = (process := run(home, port=port)).communicate(timeout=60)
    assert process.returncode == 1, errors
    assert "Traceback" not in errors
    return errors


def part(home: Path, name: str) -> psutil.Process:
    """The process of the web server or the worker, not those that it has forked."""
    parts = [process for process in of_home(home) if name in process.cmdline()]
    return next(process for process in parts if process.ppid() not in {other.pid for other in parts})


def assert_all_is_set_up(home: Path) -> None:
    """Plans of 2026 are on the shelf, once; the clock stands in November 2025; staff can sign in; history says so."""
    today = "now() at time zone 'America/New_York' + (select \"offset\" from history_clockoffset)"
    with psycopg.connect(**Cluster.of(home).conninfo(user="openhix_app")) as connection:
        day = connection.execute(f"select ({today})::date::text").fetchone()
        kinds = connection.execute("select kind from history_event order by id").fetchall()
        years = connection.execute("select year from plans_shelfload").fetchall()
    assert day == ("2025-11-15",)
    assert kinds == [("history.clock_set",), ("plans.shelf_loaded",), ("people.staff_added",)]
    assert years == [(2026,)]


def test_it_answers_and_stops_with_nothing_left_and_starts_again_with_what_was_there(lived_in: Path) -> None:
    with exchange(lived_in) as first:
        status, page = first.get("/")
        assert (status, "<html lang=" in page) == (200, True)
        assert_all_is_set_up(lived_in)
        said = first.stop()
    assert "OpenHIX has stopped." in said
    assert_nothing_runs(lived_in)
    with exchange(lived_in) as second:
        assert_all_is_set_up(lived_in)
        second.stop(signal.SIGHUP)
    assert_nothing_runs(lived_in)


def test_requests_are_logged_without_what_people_typed(lived_in: Path) -> None:
    with exchange(lived_in) as running:
        running.get("/?income=60001")
        said = running.stop(signal.SIGTERM)
    assert "GET / 200" in said
    assert "60001" not in said


def test_what_is_secret_is_ours_alone(lived_in: Path) -> None:
    for secret in (lived_in / "secret_key", Cluster.of(lived_in).folder / "password"):
        assert stat.S_IMODE(secret.stat().st_mode) == 0o600


def test_killed_it_leaves_nothing_and_starts_again(lived_in: Path) -> None:
    with exchange(lived_in) as running:
        running.process.kill()
        assert_nothing_runs(lived_in, within=10)
    with exchange(lived_in) as again:
        assert again.get("/")[0] == 200
        again.stop()


@pytest.mark.parametrize("after", [0.3, 1.0, 2.0])
def test_killed_in_the_middle_of_its_first_start_it_starts_again(home: Path, after: float) -> None:
    process = run(home)
    time.sleep(after)
    process.kill()
    process.communicate()
    with exchange(home) as again:
        assert_all_is_set_up(home)
        again.stop()
    assert_nothing_runs(home)


@pytest.mark.parametrize("after", [0.3, 0.8])
def test_interrupted_in_the_middle_of_its_first_start_it_leaves_nothing(home: Path, after: float) -> None:
    process = run(home)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert_nothing_runs(home)


def test_a_taken_port_is_refused_with_what_to_do(home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = fails(home, port=port)
    assert f"Port {port} is taken" in said
    assert "PORT=" in said
    assert not (home / "postgres").exists()


def test_a_second_one_in_the_same_home_is_refused_and_names_the_first(lived_in: Path) -> None:
    with exchange(lived_in) as first:
        said = fails(lived_in, port=free_port())
        assert f"already runs in {lived_in}: process {first.process.pid} at http://127.0.0.1:{first.port}" in said
        assert first.get("/")[0] == 200
        first.stop()


@pytest.mark.parametrize("name", ["web", "worker"])
def test_when_a_part_dies_the_rest_stops_and_says_so(lived_in: Path, name: str) -> None:
    with exchange(lived_in) as running:
        part(lived_in, name).kill()
        _, said = running.process.communicate(timeout=30)
        assert running.process.returncode == 1
    assert "has ended, and the rest was stopped with it" in said
    assert_nothing_runs(lived_in, within=5)


def test_when_the_database_dies_the_rest_stops_and_the_next_start_brings_it_back(lived_in: Path) -> None:
    with exchange(lived_in) as running:
        os.kill(Cluster.of(lived_in).pid() or 0, signal.SIGKILL)
        _, said = running.process.communicate(timeout=30)
        assert running.process.returncode == 1
    assert "The database has ended" in said
    assert_nothing_runs(lived_in, within=5)
    with exchange(lived_in) as again:
        assert_all_is_set_up(lived_in)
        again.stop()


def test_an_unprivileged_user_runs_it_too(nobodys_home: Path) -> None:
    person = nobody()
    with exchange(nobodys_home, by=person) as running:
        assert running.get("/")[0] == 200
        assert {process.username() for process in of_home(nobodys_home)} == {"nobody"}
        assert stat.S_IMODE(nobodys_home.stat().st_mode) == 0o700
        running.stop()
    assert_nothing_runs(nobodys_home)


def test_another_users_home_is_refused_with_what_to_do(lived_in: Path) -> None:
    process = run(lived_in, by=nobody())
    _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "OPENHIX_HOME" in said
    assert "Traceback" not in said
