from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from openhix.site.database import cluster
from tests.launcher import processes


@contextmanager
def _place(patch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new folder through which everyone may walk. At the end nothing may run in it, and it goes."""
    folder = Path(tempfile.mkdtemp(prefix="openhix-test-"))
    folder.chmod(0o711)
    patch.setattr(cluster, "FOR_ROOT", folder / "for-root")
    for name in list(os.environ):
        if name.startswith(processes.OURS):
            patch.delenv(name)
    patch.setenv("OPENHIX_HOME", str(folder / "home"))
    yield folder
    left = processes.of_home(folder)
    psutil.wait_procs([process for process in left if process.kill() is None], timeout=5)
    shutil.rmtree(folder)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with _place(monkeypatch) as folder:
        yield folder


@pytest.fixture
def home(place: Path) -> Path:
    """The home of an exchange that does not exist yet."""
    return place / "home"


@pytest.fixture(scope="module")
def lived_in() -> Iterator[Path]:
    """A home that the tests of a module use one after another."""
    with pytest.MonkeyPatch.context() as patch, _place(patch) as folder:
        yield folder / "home"


@pytest.fixture
def nobodys_home(place: Path) -> Path:
    """A home that belongs to the user nobody."""
    folder = place / "home"
    folder.mkdir(0o700)
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder
