"""`make bench`: what OpenHIX needs, each figure beside its limit measured in the same run.

python -m bench                 everything
python -m bench determinations  one part: determinations, files, estimate, pages, starts, walk
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from bench import determinations, estimate, files, pages, starts, walk
from bench.report import Figure, table

PARTS = {
    "determinations": determinations.measure,
    "files": files.measure,
    "estimate": estimate.measure,
    "pages": pages.measure,
    "starts": starts.measure,
    "walk": walk.measure,
}


def main(wanted: list[str]) -> None:
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    figures: list[Figure] = []
    for name in wanted or PARTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        # A process of its own: settings and connections of one exchange do not fit the next one's.
        with ProcessPoolExecutor(1, get_context("spawn")) as alone:
            figures += alone.submit(PARTS[name]).result()
    print(table(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
