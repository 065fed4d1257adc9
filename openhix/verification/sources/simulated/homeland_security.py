"""The Department of Homeland Security (SAVE): immigration status."""

from __future__ import annotations

from openhix.application.answers import PersonAnswers, Status
from openhix.verification.sources.interface import Immigration
from openhix.verification.sources.simulated.scenarios import UnknownWords


def answer(words: str, told: PersonAnswers) -> Immigration:
    if not words:
        return Immigration(told.status)
    if words == "no match":
        return Immigration(None)
    try:
        return Immigration(Status(words))
    except ValueError:
        raise UnknownWords(f"immigration does not say {words!r}") from None
