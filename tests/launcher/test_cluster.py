"""The embedded database: private, one for all who need it, there again after whatever happened."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from openhix.site import database
from openhix.site.database import Role, binaries, locks
from openhix.site.database.cluster import NAME, Cluster
from openhix.site.database.upgrade import upgrade
from openhix.site.home import Unusable
from tests.launcher.processes import assert_nothing_runs, environment

pytestmark = pytest.mark.launcher

STAY = "from openhix.site import database\nwith database.running():\n    print('up', flush=True)\n    input()\n"


def ask(question: str, *, role: Role = Role.APP, **address: Any) -> Any:
    with psycopg.connect(**{**database.conninfo(role), **address}, autocommit=True) as connection:
        cursor = connection.execute(question)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row and len(row) == 1 else row


def note(text: str) -> None:
    ask("create table if not exists note (text text)", role=Role.OWNER)
    ask(f"insert into note values ('{text}')", role=Role.OWNER)


def noted() -> list[str]:
    return list(ask("select array_agg(text order by text) from note", role=Role.OWNER) or [])


def stays(home: Path) -> subprocess.Popen[str]:
    """Another process that needs the database until its standard input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", STAY], env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "up\n"
    return process


def leaves(process: subprocess.Popen[str]) -> None:
    process.communicate("\n", timeout=30)
    assert process.returncode == 0


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def test_it_is_made_with_checksums_in_utf8_and_sorts_alike_everywhere(home: Path) -> None:
    with database.running():
        assert ask("show data_checksums") == "on"
        assert ask("show server_encoding") == "UTF8"
        provider = ask("select datlocprovider, datlocale from pg_database where datname = current_database()")
        assert provider == ("b", "C.UTF-8")
        assert int(ask("show server_version_num")) // 10_000 == binaries.MAJOR


def test_it_listens_to_nobody_but_those_who_may_enter_our_folder_and_know_the_password(home: Path) -> None:
    cluster = Cluster.of(home)
    with database.running():
        assert ask("show listen_addresses") == ""
        server = psutil.Process(cluster.pid())
        assert server.net_connections(kind="inet") == []
        assert mode(cluster.socket) == mode(cluster.data) == 0o700
        assert mode(cluster.folder / "password") == 0o600
        for user in (NAME, "openhix_owner", "openhix_app"):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                ask("select 1", user=user, password="guess")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another user for the server")
def test_for_root_it_runs_as_a_user_without_privileges(home: Path) -> None:
    with database.running():
        server = psutil.Process(Cluster.of(home).pid())
        assert server.username() in binaries.UNPRIVILEGED
        assert server.uids().real == server.uids().saved != 0
        assert Cluster.of(home).data.owner() == server.username()


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's server runs as that user")
def test_for_root_it_lies_elsewhere_when_its_user_may_not_enter_the_home(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(0o700)
    cluster = Cluster.of(closed / "home")
    assert cluster.folder.parent == place / "for-root"
    with cluster.running():
        assert cluster.pid()
    assert mode(closed) == 0o700
    assert Cluster.of(closed / "home") == cluster


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user needs no copy of the programs")
def test_for_root_the_programs_are_copied_for_a_user_who_cannot_reach_them(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "may_enter", lambda path, user: False)
    umask = os.umask(0o077)
    try:
        programs = binaries.folder(user=binaries.server_user(), copies=place)
    finally:
        os.umask(umask)
    assert programs.is_relative_to(place)
    user = binaries.server_user()
    assert user is not None
    said = subprocess.check_output([programs / "postgres", "--version"], user=user.pw_uid, extra_groups=[], text=True)
    assert f" {binaries.MAJOR}." in said


def test_no_existing_folder_changes_its_mode_or_owner(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "a").mkdir()
    (place / "a" / "b").mkdir(0o700)
    monkeypatch.setenv("OPENHIX_HOME", str(place / "a" / "b" / "home"))
    existing = [place / "a" / "b", *(place / "a" / "b").parents, Path("/var/lib")]

    def seen() -> list[tuple[int, int, int]]:
        return [(each.stat().st_mode, each.stat().st_uid, each.stat().st_gid) for each in existing]

    before = seen()
    with database.running():
        note("kept")
    assert seen() == before


def test_what_was_written_is_there_after_a_stop(home: Path) -> None:
    with database.running():
        note("kept")
    assert_nothing_runs(home)
    with database.running():
        assert noted() == ["kept"]


def test_those_who_need_it_at_once_share_one_and_the_last_to_leave_stops_it(home: Path) -> None:
    pids, stop = [], threading.Barrier(5)

    def need() -> None:
        with database.running():
            pids.append(Cluster.of(home).pid())
            stop.wait(60)

    others = [threading.Thread(target=need) for _ in range(4)]
    for other in others:
        other.start()
    first = stays(home)
    stop.wait(60)
    for other in others:
        other.join()
    assert len(set(pids)) == 1
    assert pids[0] == Cluster.of(home).pid(), "the one who is left still has it"
    leaves(first)
    assert_nothing_runs(home)


def test_it_outlives_a_killed_process_and_is_found_again(home: Path) -> None:
    process = stays(home)
    pid = Cluster.of(home).pid()
    process.kill()
    process.communicate()
    with database.running():
        assert Cluster.of(home).pid() == pid
    assert_nothing_runs(home)


def test_it_comes_back_after_it_was_killed_itself(home: Path) -> None:
    process = stays(home)  # which has not taken note of its death: a zombie then bears the server's number
    note("kept")
    os.kill(Cluster.of(home).pid() or 0, signal.SIGKILL)
    with database.running():
        assert noted() == ["kept"]
    leaves(process)
    assert_nothing_runs(home)


@pytest.mark.parametrize("stale", ["number of another program", "empty"])
def test_a_stale_lock_does_not_keep_it_from_starting(home: Path, stale: str) -> None:
    with database.running():
        note("kept")
        lock = Cluster.of(home).data / "postmaster.pid"
        lines = lock.read_text().splitlines()
    lock.write_text("\n".join([str(os.getpid()), *lines[1:], ""]) if stale != "empty" else "")
    (Cluster.of(home).socket / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n")
    with database.running():
        assert noted() == ["kept"]


def test_what_an_interrupted_start_has_left_is_cleared_away(home: Path) -> None:
    left = Cluster.of(home).folder / "data.new.1"
    left.mkdir(parents=True)
    home.chmod(0o711)
    left.parent.chmod(0o711)
    (left / "half").touch()
    with database.running():
        assert not left.exists()


def test_whoever_waits_too_long_learns_who_is_in_the_way(place: Path) -> None:
    with (
        locks.held(place / "gate", wait_seconds=0, otherwise=""),
        pytest.raises(Unusable, match=f"it is {os.getpid()}"),
        locks.held(place / "gate", wait_seconds=0, otherwise="it is {owner}"),
    ):
        pass


def test_a_home_deep_in_the_file_system_gets_its_socket_elsewhere(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = place.joinpath(*["a-folder-with-a-long-name"] * 5)
    monkeypatch.setenv("OPENHIX_HOME", str(deep))
    for folder in (*deep.parents,):
        if folder.is_relative_to(place) and not folder.exists():
            folder.mkdir(parents=True)
    cluster = Cluster.of(deep)
    assert not cluster.socket.is_relative_to(place)
    try:
        with database.running():
            assert ask("select 1") == 1
            assert mode(cluster.socket) == 0o700
    finally:
        cluster.socket.rmdir()


def test_a_socket_folder_that_others_may_enter_is_not_used(home: Path) -> None:
    cluster = Cluster.of(home)
    with database.running():
        pass
    cluster.socket.chmod(0o755)
    with pytest.raises(Unusable, match="remove it"), database.running():
        pass
    assert_nothing_runs(home)


def test_a_start_that_fails_says_what_the_server_said(home: Path) -> None:
    with pytest.raises(Unusable, match="no_such_setting"), database.running(no_such_setting="1"):
        pass
    assert_nothing_runs(home)


def test_a_lost_password_is_told(home: Path) -> None:
    with database.running():
        pass
    (Cluster.of(home).folder / "password").write_text("another")
    with pytest.raises(Unusable, match="password authentication failed"), database.running():
        pass
    assert_nothing_runs(home)


def test_data_of_another_version_are_refused_with_the_command_that_upgrades_them(home: Path) -> None:
    with database.running():
        pass
    version = Cluster.of(home).data / "PG_VERSION"
    version.write_text("17\n")
    asked = r"PostgreSQL 17's(?s:.*)openhix migrate --from-postgresql FOLDER"
    with pytest.raises(Unusable, match=asked), database.running():
        pass
    assert_nothing_runs(home)


def test_data_of_an_older_version_are_upgraded_with_its_programs(home: Path) -> None:
    cluster = Cluster.of(home)
    older = cluster.programs.parents[1] / "pginstall" / "bin"  # the wheel brings an older PostgreSQL too
    if not (older / "initdb").exists():
        pytest.skip("this copy of the programs has no older PostgreSQL beside it")
    make_older(cluster, older)
    with pytest.raises(Unusable, match="Upgrade them"), database.running():
        pass
    kept = upgrade(cluster, old_programs=older)
    with database.running():
        assert noted() == ["kept"]
        assert ask("show data_checksums") == "on"
    assert (kept / "PG_VERSION").read_text() == "16\n"
    with pytest.raises(Unusable, match="no data of another version"):
        upgrade(cluster, old_programs=older)


def make_older(cluster: Cluster, programs: Path) -> None:
    """A cluster that an earlier edition of this program could have left behind."""

    class Older(Cluster):
        @property
        def programs(self) -> Path:
            return programs

    older = Older(cluster.folder, cluster.user)
    key = cluster.folder.parent / "key"
    key.parent.mkdir(mode=0o711, exist_ok=True)
    key.write_text(cluster.conninfo(user=NAME)["password"])
    if cluster.user:
        os.chown(key, cluster.user.pw_uid, -1)
    key.chmod(0o600)
    older.owned(cluster.data)
    options = ["--data-checksums", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256", f"--pwfile={key}"]
    made = older.popen("initdb", *options, f"--username={NAME}", f"--pgdata={cluster.data}")
    assert made.wait(60) == 0
    older.owned(cluster.socket)
    server = older.popen("postgres", "-D", str(cluster.data), "-h", "", "-k", str(cluster.socket))
    assert older._wait_until_ready(server)
    older._grow()
    note("kept")
    server.send_signal(signal.SIGINT)
    assert server.wait(30) == 0
