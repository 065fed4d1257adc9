"""`openhix determine` from file to file, with its memory, beside Polars that reads the same and writes the answers.

And `openhix compare` over the larger of them.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl
import psutil

from bench import households
from bench.report import Figure, seconds

COUNTS = (100_000, 1_000_000)
CORES = len(psutil.Process().cpu_affinity())
LOOKED_AT = 0.02  # seconds between two looks at the memory


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="openhix-bench-") as folder:
        figures = [_figure(Path(folder), count, suffix) for count in COUNTS for suffix in ("parquet", "csv")]
        return [*figures, _compared(Path(folder) / "households.parquet", COUNTS[-1])]


def _figure(folder: Path, count: int, suffix: str) -> Figure:
    source, results = folder / f"households.{suffix}", folder / f"results.{suffix}"
    people = households.write(source, count)
    taken, worked, peak = _taken("determine", source, results)
    is_parquet = suffix == "parquet"
    read = pl.read_parquet if is_parquet else pl.read_csv
    answers = read(results)

    def least() -> None:
        read(source)
        (answers.write_parquet if is_parquet else answers.write_csv)(folder / "again")

    limit = seconds(least, times=1)
    return Figure(
        f"{suffix} to {suffix}, {count:,} households, {people:,} people",
        f"{count / taken:,.0f}/s, {count / worked:,.0f} a second of a processor, {peak >> 20} MB",
        f"Polars reads and writes: {count / limit:,.0f}/s",
        f"{taken / limit:.1f}x",
        "100,000/s on two cores, under 1,500 MB" if count == COUNTS[-1] else "",
    )


def _compared(source: Path, count: int) -> Figure:
    laws = ("--scenario", "current-law", "--scenario", "enhanced-500")
    taken, worked, peak = _taken("compare", source, *laws)
    measured = f"{count / taken:,.0f}/s, {count / worked:,.0f} a second of a processor, {peak >> 20} MB"
    return Figure(f"two laws compared over parquet, {count:,} households", measured, "", "", "under 1,500 MB")


def _worked() -> float:
    """Seconds that processors worked for what was started here: other work on the machine matters less for them."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _taken(*words: str | Path) -> tuple[float, float, int]:
    """Seconds from the start of a command to its end, those of processors, and the most memory that it and its
    processes had at once."""
    command = [sys.executable, "-m", "openhix.site.cli", *map(str, words), "--coverage-month", "2026-01"]
    start, worked, peak = time.perf_counter(), _worked(), 0
    process = psutil.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        peak = max(peak, _resident(process))
        time.sleep(LOOKED_AT)
    if process.returncode != 0:
        raise SystemExit(f"openhix {words[0]} ended with {process.returncode}")
    return time.perf_counter() - start, _worked() - worked, peak


def _resident(process: psutil.Process) -> int:
    """Bytes of it and of all that it started."""
    try:
        return sum(each.memory_info().rss for each in (process, *process.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0
