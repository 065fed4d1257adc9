"""Health coverage that others give: MassHealth, Medicare, TRICARE, Veterans Affairs, insurers."""

from __future__ import annotations

from openhix.application.rules.complete import OTHER_COVERAGE
from openhix.verification.sources.interface import Coverage
from openhix.verification.sources.simulated.scenarios import UnknownWords


def answer(words: str) -> Coverage:
    """Nothing that was not told, where nothing is said."""
    kinds = tuple(words.split())
    if not set(kinds) <= set(OTHER_COVERAGE):
        raise UnknownWords(f"coverage does not say {words!r}")
    return Coverage(kinds)
