"""New field keys and staff accounts at the command line, in a home of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from openhix.site.database import locks

pytestmark = pytest.mark.launcher

SHELL = """
import sys
from openhix.site.cli.exchange import exchange
with exchange():
    from openhix.people.tests import cast
    from openhix.people.models import Person
    if "--fill" in sys.argv:
        cast.household()
    print(Person.objects.get().ssn)
"""


def openhix(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return python("-m", "openhix.site.cli", *command, **environment)


def python(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *command], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def filled(lived_in: Path) -> Path:
    """A home with one household in it."""
    assert openhix("migrate").returncode == 0
    made = python("-c", SHELL, "--fill")
    assert made.stdout.strip() == "219099901", made.stderr
    return lived_in


def test_a_key_in_a_file_gives_way_to_a_new_one(filled: Path) -> None:
    file = filled / "field_key"
    old = file.read_text()
    said = openhix("keys", "rotate")
    assert said.returncode == 0, said.stderr
    assert "1 people.Person.ssn" in said.stdout
    assert file.read_text() != old
    assert "," not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600
    assert old not in said.stdout and file.read_text() not in said.stdout
    assert python("-c", SHELL).stdout.strip() == "219099901"


def test_a_rotation_that_was_stopped_is_finished_by_the_next(filled: Path) -> None:
    """As it is left when the command is killed before everything was sealed again: both keys in the file."""
    file = filled / "field_key"
    file.write_text(f"{Fernet.generate_key().decode()},{file.read_text()}")
    assert python("-c", SHELL).stdout.strip() == "219099901"
    assert openhix("keys", "rotate").returncode == 0
    assert "," not in file.read_text()
    assert python("-c", SHELL).stdout.strip() == "219099901"


def test_a_running_exchange_is_not_left_without_its_key(filled: Path) -> None:
    before = (filled / "field_key").read_text()
    with locks.held(filled / "run.lock", wait_seconds=0, otherwise="", note="at http://127.0.0.1:1"):
        said = openhix("keys", "rotate")
    assert said.returncode == 1
    assert "Stop it first" in said.stderr
    assert (filled / "field_key").read_text() == before


def test_keys_of_the_environment_are_the_operators(filled: Path) -> None:
    old = (filled / "field_key").read_text()
    new = openhix("keys", "new").stdout.strip()
    assert openhix("keys", "rotate", OPENHIX_FIELD_KEYS=f"{new},{old}").returncode == 0
    assert python("-c", SHELL, OPENHIX_FIELD_KEYS=new).stdout.strip() == "219099901"
    refused = openhix("keys", "rotate", OPENHIX_FIELD_KEYS=Fernet.generate_key().decode())
    assert refused.returncode == 1
    assert "OPENHIX_FIELD_KEYS" in refused.stderr
    assert "Traceback" not in refused.stderr
    (filled / "field_key").write_text(new)


def test_a_staff_account_and_its_one_time_password(filled: Path) -> None:
    said = openhix("staff", "add", "Worker@Example.com")
    assert said.returncode == 0, said.stderr
    password = said.stdout.strip().rpartition(" ")[2]
    assert len(password) >= 16
    again = openhix("staff", "add", "worker@example.com")
    assert again.returncode == 1
    assert "--again" in again.stderr
    renewed = openhix("staff", "add", "worker@example.com", "--again")
    assert renewed.returncode == 0
    assert renewed.stdout.strip().rpartition(" ")[2] != password
    assert "is not an e-mail address" in openhix("staff", "add", "worker").stderr
