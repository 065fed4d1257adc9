"""`make torture`: python -m tests.torture [SECONDS] [SEED]. Ends with 1 where anything was found, and says what."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from random import Random

from tests.torture import beside_the_law, broken_files

HOUR = 3_600.0
MOST = 20  # findings; then it is enough


def main(words: list[str]) -> int:
    seconds = float(words[0]) if words else HOUR
    seed = int(words[1]) if len(words) > 1 else time.time_ns() % 10**9
    end, found, people, files, told_at = time.monotonic() + seconds, 0, 0, 0, 0.0
    print(f"{seconds:.0f} seconds, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="openhix-torture-") as name:
        while time.monotonic() < end and found < MOST:
            chance, folder = Random(seed), Path(name)
            number, differences = beside_the_law.one_round(folder, chance)
            broken, faults = broken_files.one_round(folder, chance)
            people, files = people + number, files + broken
            for each in (*differences, *faults):
                found += 1
                print(f"seed {seed}: {each}", flush=True)
            if time.monotonic() - told_at > 10:
                print(f"{people:,} people beside the law, {files:,} broken files, {found} findings", flush=True)
                told_at = time.monotonic()
            seed += 1
    print(f"{people:,} people beside the law, {files:,} broken files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
