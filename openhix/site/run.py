"""`openhix run`: database, web server and worker of one exchange, started and stopped together.

The parts are processes of their own that read from a pipe of ours: it ends when we do, even when we are killed, and
they end with it. The database alone goes on then, and the next start finds it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from openhix.site import database, home
from openhix.site.database import locks
from openhix.site.home import Unusable

HOST = "127.0.0.1"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 15  # seconds until a part that does not stop is killed
LET_GO = 3  # seconds that the web server of a killed run may take to give its port back


def run(*, port: int, as_json: bool = False) -> None:
    """Start everything, say where, and go on until told to stop. Raises Unusable when a part cannot start or ends."""
    address = f"http://{HOST}:{port}"
    folder = home.folder(home.home())
    taken = f"OpenHIX already runs in {folder}: process {{owner}}. Stop it, or name another folder in OPENHIX_HOME."
    with _interruptible(), locks.held(folder / "run.lock", wait_seconds=0, otherwise=taken, note=f"at {address}"):
        _refuse_taken_port(port)
        with database.running():
            for step in ("migrate", "prepare"):
                with _part(step) as process:
                    if process.wait():
                        raise Unusable(f"`openhix {step}` failed: see above.")
            with _part("web", "--port", str(port), "--json") as web, _part("worker") as worker:
                if not _first_line(web):
                    raise Unusable("The web server does not start: see above.")
                said = f"\n    OpenHIX is at {address}\n    Ctrl-C stops it.\n"
                print(json.dumps({"address": address, "home": str(folder)}) if as_json else said, flush=True)
                _watch({"web server": web, "worker": worker})


@contextmanager
def _interruptible() -> Iterator[None]:
    """The first signal to stop unwinds us; what comes after it does not disturb the stopping."""

    def unwind(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in SIGNALS:
        signal.signal(each, unwind)
    try:
        yield
    except KeyboardInterrupt:
        print("\nOpenHIX has stopped.", file=sys.stderr)


@contextmanager
def _part(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part in a process group of its own (Ctrl-C is for us to pass on), stopped at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "openhix.site.cli", "--until-stdin-ends", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def end_with_stdin() -> None:
    """Called in a part: when the other end of our standard input is gone, so is whoever started us."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1):
                pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _refuse_taken_port(port: int) -> None:
    deadline = time.monotonic() + LET_GO
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise Unusable(f"Port {port} is taken by another program: choose another one, as in make run PORT=8001")
        time.sleep(0.2)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError as error:
            raise Unusable(f"Port {port} is for root alone: choose one above 1023, as in make run PORT=8001") from error
        except OSError:
            return False
    return True


def _first_line(process: subprocess.Popen[bytes]) -> bytes:
    """What a part says when it is ready; nothing if it ends before."""
    assert process.stdout is not None
    return process.stdout.readline()


def _watch(parts: dict[str, subprocess.Popen[bytes]]) -> None:
    while True:
        if not database.is_running():  # asked first: the others may end for want of it
            raise Unusable("The database has ended, and the rest was stopped with it. `openhix run` starts it again.")
        for name, process in parts.items():
            if process.poll() is not None:
                raise Unusable(f"The {name} has ended, and the rest was stopped with it: see above.")
        time.sleep(0.5)
