"""The Social Security Administration: number, citizenship, death, and who is in jail."""

from __future__ import annotations

from openhix.application.answers import PersonAnswers, Status
from openhix.verification.sources.interface import SocialSecurity
from openhix.verification.sources.simulated.scenarios import UnknownWords


def answer(words: str, told: PersonAnswers) -> SocialSecurity:
    is_citizen = told.status == Status.CITIZEN
    match words:
        case "":
            return SocialSecurity(matches=True, citizen=is_citizen, incarcerated=bool(told.incarcerated))
        case "no match":
            return SocialSecurity(matches=False, citizen=False)
        case "not a citizen":
            return SocialSecurity(matches=True, citizen=False)
        case "died":
            return SocialSecurity(matches=True, citizen=is_citizen, died=True)
        case "in jail":
            return SocialSecurity(matches=True, citizen=is_citizen, incarcerated=True)
    raise UnknownWords(f"social_security does not say {words!r}")
