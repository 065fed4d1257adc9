"""Whom to ask about which claims, and when to ask again who did not answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from openhix.application.answers import Answers
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim
from openhix.verification.sources.interface import Service

# 45 CFR 155.315(b), (c), (e) and 155.320(b) to (d); 42 CFR 435.948, 435.949 and 435.956. A home is believed (45 CFR
# 155.315(d)(1)): no service knows where people live.
ASKED_ABOUT: dict[str, tuple[Service, ...]] = {
    claims.IDENTITY: (Service.SOCIAL_SECURITY,),
    claims.CITIZENSHIP: (Service.SOCIAL_SECURITY,),
    claims.INCARCERATION: (Service.SOCIAL_SECURITY,),
    claims.IMMIGRATION: (Service.IMMIGRATION,),
    claims.INCOME: (Service.TAX_RETURNS, Service.WAGES, Service.UNEMPLOYMENT),
    claims.OTHER_COVERAGE: (Service.COVERAGE,),
}
BY_NUMBER = frozenset({Service.SOCIAL_SECURITY, Service.TAX_RETURNS})  # find nobody without a Social Security number

# 130 CMR 502.003: what is shown within a year still counts from then on.
GIVE_UP = timedelta(days=365)
HOURS = (1, 2, 4, 8)  # after the first tries; from then on once a day


def services_for(claim: Claim, answers: Answers) -> tuple[Service, ...]:
    """Who may know about a claim. Wages, benefits and coverage are found by name and birth date too (assumed)."""
    has_number = bool(answers.person(claim.person).ssn)
    return tuple(each for each in ASKED_ABOUT.get(claim.what, ()) if has_number or each not in BY_NUMBER)


def questions(open_claims: Iterable[Claim], answers: Answers) -> list[tuple[str, Service]]:
    """Who is asked about whom (by key), each once and in an order that does not change."""
    return sorted({(claim.person, each) for claim in open_claims for each in services_for(claim, answers)})


def ask_again_at(tried: int, last: datetime) -> datetime:
    """When a service that has not answered `tried` times is asked again. Assumed: no rule says how often."""
    hours = HOURS[tried - 1] if tried <= len(HOURS) else 24
    return last + timedelta(hours=hours)
