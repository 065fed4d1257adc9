"""`make bench`: what OpenHIX needs, each figure beside its limit measured in the same run.

python -m bench                 everything
python -m bench determinations  one part: determinations, files, estimate, pages, starts, walk
"""

import sys

from bench import determinations, estimate, files, pages, starts, walk
from bench.report import Figure, table

PARTS = {
    "determinations": determinations,
    "files": files,
    "estimate": estimate,
    "pages": pages,
    "starts": starts,
    "walk": walk,
}


def main(wanted: list[str]) -> None:
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    figures: list[Figure] = []
    for name in wanted or PARTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        figures += PARTS[name].measure()
    print(table(figures))


main(sys.argv[1:])
