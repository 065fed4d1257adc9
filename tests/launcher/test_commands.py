"""The parts and steps of an exchange, each started by its own command."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from openhix.plans.files import SHIPPED
from openhix.site.database.cluster import Cluster
from tests.launcher.processes import assert_nothing_runs, environment, free_port, ourselves

pytestmark = pytest.mark.launcher


def openhix(home: Path, *command: str) -> tuple[int, Any, str]:
    """Exit code, what was said in JSON, and what was said besides."""
    process = ourselves().popen("-m", "openhix.site.cli", *command, "--json", env=environment(home))
    said, errors = process.communicate(timeout=120)
    return process.returncode, json.loads(said) if said else None, errors


@contextmanager
def started(home: Path, *command: str) -> Iterator[dict[str, Any]]:
    """A part that says in JSON that it is ready; told to stop at the end of the block."""
    process = ourselves().popen("-m", "openhix.site.cli", *command, "--json", env=environment(home))
    assert process.stdout is not None
    try:
        yield json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    finally:
        process.communicate()


@pytest.fixture
def migrated(lived_in: Path) -> Path:
    assert openhix(lived_in, "migrate")[:2] == (0, {"migrated": True, "history_is_protected": True})
    return lived_in


def ask(home: Path, question: str) -> Any:
    with psycopg.connect(**Cluster.of(home).conninfo(user="openhix_app")) as connection:
        return (connection.execute(question).fetchone() or [None])[0]


def test_a_shelf_is_loaded_from_its_folder(migrated: Path) -> None:
    assert openhix(migrated, "load", "--shelf", str(SHIPPED))[:2] == (0, {"year": 2026})
    assert_nothing_runs(migrated)


def test_a_shelf_with_a_fault_is_refused_with_file_row_and_reason(migrated: Path, tmp_path: Path) -> None:
    shelf = shutil.copytree(SHIPPED, tmp_path / "shelf")
    rates = next(shelf.glob("MARates*.csv"))
    lines = rates.read_text().splitlines()
    lines[4] = ",".join([*lines[4].split(",")[:-1], "plenty"])
    rates.write_text("\n".join(lines))
    loads = "select count(*) from plans_shelfload"
    with Cluster.of(migrated).running():
        before = ask(migrated, loads)
    code, said, _ = openhix(migrated, "load", "--shelf", str(shelf))
    (refusal,) = said["refused"]
    assert (code, refusal["file"], refusal["row"]) == (1, rates.name, 5)
    assert "plenty" in str(refusal)
    with Cluster.of(migrated).running():
        assert ask(migrated, loads) == before


def test_the_worker_does_what_is_queued(migrated: Path) -> None:
    openhix(migrated, "load", "--shelf", str(SHIPPED))
    with started(migrated, "worker") as said:
        assert said["worker"]
        deadline = time.monotonic() + 30
        queued = (
            "select count(*) from procrastinate_jobs where task_name like 'openhix.plans.%' and status <> 'succeeded'"
        )
        while ask(migrated, queued):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert ask(migrated, "select count(*) from history_effect where reaction = 'openhix.plans.jobs.review'")
    assert_nothing_runs(migrated)


def test_the_web_server_runs_alone(migrated: Path) -> None:
    port = free_port()
    with started(migrated, "web", "--port", str(port)) as said:
        assert said == {"address": f"http://127.0.0.1:{port}"}
        with urllib.request.urlopen(f"{said['address']}/about/", timeout=10) as answer:
            assert answer.status == 200
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            page = answer.read().decode()
        style = page.split('rel="stylesheet" href="')[1].split('"')[0]
        with urllib.request.urlopen(f"{said['address']}{style}", timeout=10) as answer:
            assert "immutable" in answer.headers["Cache-Control"]
    assert_nothing_runs(migrated)
