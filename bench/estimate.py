"""`openhix estimate` from a cold start, beside a Python that imports NumPy and ends."""

from __future__ import annotations

import subprocess
import sys

from bench.report import Figure, seconds

ESTIMATE = ["-m", "openhix.site.cli", "estimate", "--zip", "02118", "--ages", "40,38,6", "--income", "60000"]


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)


def measure() -> list[Figure]:
    taken, least = seconds(lambda: _run(*ESTIMATE)), seconds(lambda: _run("-c", "import numpy"))
    return [
        Figure(
            "openhix estimate, cold",
            f"{taken:.2f} s",
            f"python with numpy: {least:.2f} s",
            f"{taken / least:.1f}x",
            "under 1 s",
        )
    ]
