"""`openhix run` until its first page: in an empty home, and again."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from bench.report import Figure

PATIENCE = 90.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _until_first_page(home: str) -> float:
    port = _free_port()
    environment = {**os.environ, "OPENHIX_HOME": home, "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "openhix.site.cli", "run"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while time.perf_counter() - start < PATIENCE:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                return time.perf_counter() - start
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise SystemExit(f"no page within {PATIENCE:.0f} seconds")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="openhix-bench-") as home:
        Path(home).chmod(0o711)  # root's database runs as another user
        first, second = _until_first_page(home), _until_first_page(home)
    return [
        Figure("openhix run, first start", f"{first:.1f} s", "", "", "under 90 s with the installation"),
        Figure("openhix run, second start", f"{second:.1f} s", "", "", "under 5 s"),
    ]
