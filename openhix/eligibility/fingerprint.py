"""Under which law and rules an answer was given: a hash of their text."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from openhix.eligibility import rules
from openhix.law import reading
from openhix.law.scenario import CURRENT_LAW, FOLDER, find
from openhix.plans.geography import TABLE as PLACES
from openhix.plans.shelf import Shelf

HERE = Path(__file__).parent
RULES = Path(rules.__file__).parent


@cache
def law_and_rules(scenario: str = CURRENT_LAW) -> str:
    """64 hex digits: the law's tables and the lines that read them, the rules, and how answers become facts.

    The tables are shipped with the program, so this changes only when the program does. Of scenarios only the one
    asked for counts. Raises UnknownScenario.
    """
    tables = [reading.HOME / f"{name}.yaml" for name in reading.names()]
    texts = [*tables, *reading.HOME.glob("*.py"), *RULES.glob("*.py"), HERE / "mapping.py"]
    if not find(scenario).is_current_law:
        texts.append(FOLDER / f"{scenario}.yaml")
    return _hashed(texts)


def program() -> str:
    """64 hex digits: every line that files of households are read and answered by, and the places of the state."""
    ours = HERE.parent
    rooms = (path for room in ("kernel", "law", "plans", "eligibility") for path in (ours / room).rglob("*.py"))
    return _hashed([*(path for path in rooms if "tests" not in path.parts), *(ours / "law").rglob("*.yaml"), PLACES])


def prices(shelf: Shelf) -> str:
    """64 hex digits: everything of a shelf that an answer may depend on."""
    hashed = sha256(repr([shelf.year, *(plan.id for plan in shelf.plans)]).encode())
    for array in (shelf.premiums, shelf.open_at, shelf.silver, shelf.silver_premiums, shelf.silver_open):
        hashed.update(f"{array.dtype} {array.shape}".encode() + array.tobytes())
    return hashed.hexdigest()


def _hashed(texts: list[Path]) -> str:
    hashed = sha256()
    for path in sorted(texts, key=lambda each: each.relative_to(HERE.parent).as_posix()):
        hashed.update(f"{path.relative_to(HERE.parent).as_posix()}\0".encode())
        hashed.update(sha256(path.read_bytes()).digest())
    return hashed.hexdigest()
