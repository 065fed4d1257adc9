"""Real processes of exchanges that a test starts, kills and looks for."""

from __future__ import annotations

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psutil
import pytest

from openhix.site.database import binaries

CHECKOUT = Path(__file__).resolve().parents[2]
OURS = ("OPENHIX_", "DATABASE_", "DJANGO_", "PORT")


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of someone who has set nothing but the home."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return {**plain, "OPENHIX_HOME": str(home), **more}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def of_home(home: Path) -> list[psutil.Process]:
    """Every live process that works on this home: parts of an exchange, and database servers."""
    found = []
    for process in psutil.process_iter():
        try:
            told = [*process.cmdline(), process.environ().get("OPENHIX_HOME", ""), process.cwd()]
            if process.status() != psutil.STATUS_ZOMBIE and any(str(home) in each for each in told):
                found.append(process)
        except psutil.Error:
            continue
    return found


def assert_nothing_runs(home: Path, *, within: float = 0.0) -> None:
    """Nothing of this home is left running, at the latest after some seconds."""
    deadline = time.monotonic() + within
    while left := of_home(home):
        assert time.monotonic() < deadline, [process.cmdline() for process in left]
        time.sleep(0.05)


@dataclass(frozen=True)
class Person:
    """Whoever starts an exchange: an existing user of this machine, and a Python that this user can run."""

    user: pwd.struct_passwd | None  # None: whoever runs the tests
    python: str
    path: str  # PYTHONPATH

    def popen(self, *command: str, env: dict[str, str], **how: Any) -> subprocess.Popen[str]:
        if self.user:
            how |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
            env = {**env, "HOME": env["OPENHIX_HOME"]}
        env = {**env, "PYTHONPATH": self.path, "PYTHONDONTWRITEBYTECODE": "1"}
        return subprocess.Popen(
            [self.python, *command],
            env=env,
            cwd="/",
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **how,
        )


def ourselves() -> Person:
    return Person(None, sys.executable, str(CHECKOUT))


def nobody() -> Person:
    """An unprivileged user that exists already. Skips where the tests cannot become that user or it cannot see us."""
    if os.geteuid() != 0:
        pytest.skip("only root can start processes as another user")
    user = pwd.getpwnam("nobody")
    packages = sysconfig.get_path("purelib")
    for python in (sys.executable, shutil.which(f"python3.{sys.version_info.minor}", path="/usr/bin:/usr/local/bin")):
        if python and all(binaries.may_enter(Path(each).resolve(), user) for each in (python, packages, CHECKOUT)):
            return Person(user, python, f"{CHECKOUT}:{packages}")
    pytest.skip("the user nobody can run no Python that sees this checkout and its packages")


@dataclass(frozen=True)
class Exchange:
    """A started `openhix run`."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.status, answer.read().decode()

    def stop(self, number: signal.Signals = signal.SIGINT) -> str:
        """What it has said on its way, once it has ended without an error."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, errors
        return errors


def run(home: Path, *, by: Person | None = None, port: int | None = None, **env: str) -> subprocess.Popen[str]:
    """`openhix run --json`, just started."""
    arguments = ["-m", "openhix.site.cli", "run", "--json", "--port", str(port or free_port())]
    return (by or ourselves()).popen(*arguments, env=environment(home, **env))


@contextmanager
def exchange(home: Path, *, by: Person | None = None) -> Iterator[Exchange]:
    """`openhix run` that answers; killed at the end of the block if the test has not stopped it."""
    port = free_port()
    process = run(home, by=by, port=port)
    try:
        yield Exchange(process, _announced(process, port))
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            _close(pipe)


def _announced(process: subprocess.Popen[str], port: int) -> int:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, process.communicate()[1]
    assert json.loads(line)["address"] == f"http://127.0.0.1:{port}"
    return port


def _close(pipe: IO[str] | None) -> None:
    if pipe:
        pipe.close()
