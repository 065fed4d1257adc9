"""Locks between processes on one machine. The kernel takes them back from a process that dies, however it dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openhix.site.home import Unusable


@contextmanager
def held(path: Path, *, wait_seconds: float, otherwise: str, note: str = "") -> Iterator[None]:
    """Hold `path` alone inside the block. The file names the owner: our process id, and `note`.

    Raises Unusable after `wait_seconds` with the sentence `otherwise`, which may show {owner}.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + wait_seconds
        while not _take(file, fcntl.LOCK_EX):
            if time.monotonic() > deadline:
                raise Unusable(otherwise.format(owner=path.read_text("utf-8").strip() or "unknown"))
            time.sleep(0.05)
        os.ftruncate(file, 0)
        os.pwrite(file, f"{os.getpid()} {note}\n".encode(), 0)
        yield
    finally:
        os.close(file)


class Shared:
    """One more process that uses what `path` stands for; `alone()` tells whether it is the last."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_SH)

    def alone(self) -> bool:
        return _take(self._file, fcntl.LOCK_EX)

    def close(self) -> None:
        os.close(self._file)


def _take(file: int, how: int) -> bool:
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
