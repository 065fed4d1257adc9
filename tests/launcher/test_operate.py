"""docs/operate.md and the Dockerfile, rehearsed: their commands are run as they stand there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest

from openhix.site.database import binaries
from openhix.site.database.cluster import NAME, Cluster
from tests.launcher.processes import CHECKOUT, environment

pytestmark = pytest.mark.launcher

GUIDE = (CHECKOUT / "docs" / "operate.md").read_text("utf-8")
DOCKERFILE = (CHECKOUT / "Dockerfile").read_text("utf-8")


def commands(title: str) -> list[str]:
    """The indented lines of one section of the guide."""
    section = GUIDE.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^ {4}(.+)$", section, re.MULTILINE)


def url(cluster: Cluster, user: str) -> str:
    address = cluster.conninfo(user=user)
    return f"postgresql://{user}:{address['password']}@/{NAME}?host={quote(address['host'], safe='')}"


def addresses(cluster: Cluster) -> dict[str, str]:
    return {"DATABASE_URL": url(cluster, "openhix_app"), "DATABASE_OWNER_URL": url(cluster, "openhix_owner")}


def said(command: str, *, home: Path, folder: Path, **named: str) -> str:
    """What a command of the guide says, where `openhix` and PostgreSQL's programs are on the path."""
    programs = binaries.folder(user=None, copies=folder)
    path = os.pathsep.join([str(Path(sys.executable).parent), str(programs), os.environ["PATH"]])
    ended = subprocess.run(
        ["sh", "-ec", command],
        env={**environment(home, **named), "PATH": path},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, f"{command}: {ended.stderr}"
    return ended.stdout


@pytest.fixture
def first(place: Path) -> Iterator[Cluster]:
    cluster = Cluster.of(place / "first")
    with cluster.running(fsync="off"):
        yield cluster


@pytest.fixture
def second(place: Path) -> Iterator[Cluster]:
    cluster = Cluster.of(place / "second")
    with cluster.running(fsync="off"):
        yield cluster


def ask(cluster: Cluster, question: str) -> Any:
    with psycopg.connect(url(cluster, "openhix_app")) as connection:
        return connection.execute(question).fetchall()


COUNTS = """select (select count(*) from history_event), (select count(*) from billing_transfer),
                   (select count(*) from enrollment_coverage), (select max(id) from correspondence_letter)"""


def test_a_backup_is_restored_with_everything_in_it(home: Path, first: Cluster, second: Cluster) -> None:
    """Five households walk to their coverage; their exchange is lost, and goes on from the backup."""
    folder, old, new = home.parent, addresses(first), addresses(second)
    for command in ("openhix migrate", "openhix prepare", "openhix demo"):
        said(command, home=home, folder=folder, **old)
    before = ask(first, COUNTS)
    assert before[0][2] == 7  # all but the child with MassHealth are covered
    for command in commands("Backup"):
        said(command, home=home, folder=folder, **old)
    for command in commands("Restore"):
        said(command, home=home, folder=folder, **new)
    assert ask(second, COUNTS) == before
    for table in ("history_event", "billing_transfer", "correspondence_letter"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ask(second, f"delete from {table} returning 1")
    walked = json.loads(said("openhix demo --json", home=home, folder=folder, **new))
    assert walked["starts"] == "2026-01-01"
    resealed = said("openhix keys rotate", home=home, folder=folder, **new)  # reads all that is sealed
    assert re.search(r"16 people\.Person\.ssn", resealed)


def test_without_its_keys_a_backup_does_not_tell_what_is_sealed(home: Path, first: Cluster) -> None:
    folder, named = home.parent, addresses(first)
    for command in ("openhix migrate", "openhix prepare", "openhix demo"):
        said(command, home=home, folder=folder, **named)
    for command in commands("Backup"):
        said(command, home=home, folder=folder, **named)
    numbers = b"0001234567"  # a part of the bank account's number
    assert numbers not in (folder / "openhix.backup").read_bytes()
    plain = said("pg_restore --file=- openhix.backup", home=home, folder=folder)
    assert "000123456789" not in plain
    assert "COPY public.billing_bankaccount" in plain
    with pytest.raises(AssertionError, match="None of the field keys opens this value"):
        said("openhix keys rotate", home=folder / "another-home", folder=folder, **named)


def test_every_variable_is_told() -> None:
    told = set(re.findall(r"`((?:OPENHIX|DATABASE)_[A-Z_]+)`", GUIDE))
    read = {
        name
        for path in (CHECKOUT / "openhix").rglob("*.py")
        if "tests" not in path.parts
        for name in re.findall(r'"((?:OPENHIX|DATABASE)_[A-Z_]+)"', path.read_text("utf-8"))
    }
    assert read - told == set()


def steps() -> list[str]:
    return re.findall(r"^RUN (.+)$", DOCKERFILE, re.MULTILINE)


def test_the_dockerfile_runs_in_a_clean_folder(place: Path) -> None:
    """Its RUN steps, but for Debian's packages, which this machine has or the later steps fail; then its command."""
    if os.geteuid() != 0:
        pytest.skip("an image is built as root")
    if shutil.which("make") is None:
        pytest.skip("the image brings make")
    checkout, home = place / "srv", place / "volume"
    kept = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, kept):
        if (CHECKOUT / name).is_file():
            (checkout / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, checkout / name)
    plain = environment(home, PATH=os.environ["PATH"])
    packages, *rest = steps()
    assert packages.startswith("apt-get update && apt-get install")
    assert {"make", "python3", "python3-venv"} <= set(packages.split())
    for step in rest:
        ended = subprocess.run(
            ["sh", "-ec", step], cwd=checkout, env=plain, capture_output=True, text=True, timeout=900, check=False
        )
        assert ended.returncode == 0, f"{step}: {ended.stdout}\n{ended.stderr}"
    assert (home.stat().st_mode & 0o777, home.owner()) == (0o700, "nobody")
    command = [checkout / ".venv" / "bin" / "openhix"]
    version = subprocess.run([*command, "--version"], env=plain, capture_output=True, text=True, check=True).stdout
    assert version.startswith("openhix")
    helped = subprocess.run(
        [*command, *json.loads(re.findall(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)[0]), "--help"],
        env=plain,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Start the web server" in helped.stdout
