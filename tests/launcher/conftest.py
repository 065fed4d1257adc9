from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from openhix.site.database import cluster
from tests.launcher import processes


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new folder through which everyone may walk. At the end nothing may run in it, and it goes."""
    folder = Path(tempfile.mkdtemp(prefix="openhix-test-"))
    folder.chmod(0o711)
    monkeypatch.setattr(cluster, "FOR_ROOT", folder / "for-root")
    for name in list(os.environ):
        if name.startswith(processes.OURS):
            monkeypatch.delenv(name)
    yield folder
    left = processes.of_home(folder)
    psutil.wait_procs([process for process in left if process.kill() is None], timeout=5)
    shutil.rmtree(folder)


@pytest.fixture
def home(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home of an exchange that does not exist yet."""
    monkeypatch.setenv("OPENHIX_HOME", str(place / "home"))
    return place / "home"


@pytest.fixture
def nobodys_home(place: Path) -> Path:
    """A home that belongs to the user nobody."""
    folder = place / "home"
    folder.mkdir(0o700)
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)
    return folder
