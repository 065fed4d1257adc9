"""Dependencies are locked by what they are, not by where they were fetched from."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
ASSETS = CHECKOUT / "openhix" / "site" / "assets"
LOCKS = [*sorted((CHECKOUT / "requirements").glob("*.lock")), ASSETS / "package-lock.json"]


def test_there_are_locks_for_everything() -> None:
    names = {each.stem for each in (CHECKOUT / "requirements").glob("*.in")}
    assert {"run", "test", "node", "package-lock"} == {each.stem for each in LOCKS} == names | {"package-lock"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_no_lock_holds_a_url(lock: Path) -> None:
    assert re.findall(r"\w+://\S+", lock.read_text()) == []


@pytest.mark.parametrize("lock", LOCKS[:-1], ids=lambda path: path.name)
def test_every_python_package_is_pinned_with_its_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    assert entries
    assert [each for each in entries if "==" not in each or "--hash=sha256:" not in each] == []


def test_every_npm_package_is_pinned_with_its_hash() -> None:
    packages = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
    assert [path for path, told in packages.items() if path and "integrity" not in told] == []


def test_what_the_wheel_needs_is_what_is_locked() -> None:
    """The dependencies of pyproject.toml are those of run.in, but for what only a checkout needs."""
    import tomllib

    def package(line: str) -> str:
        return re.split(r"[\[~=<>#\s]", line)[0]

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
    lines = (CHECKOUT / "requirements" / "run.in").read_text().splitlines()
    asked = {package(line) for line in lines if line and not line.startswith("#")}
    assert asked - {package(each) for each in project["dependencies"]} == {"hatchling"}
    assert {package(each) for each in project["dependencies"]} <= asked
