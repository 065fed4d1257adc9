"""Which claims of an application are still to be proved, and which facts rest on them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from openhix.application.answers import Answers, PersonAnswers, Status
from openhix.application.rules.claims import claims_of

IDENTITY, RESIDENCE, CITIZENSHIP, IMMIGRATION, INCOME = "identity", "residence", "citizenship", "immigration", "income"

# The facts of eligibility that a claim stands behind. What follows from them rests on the claim too.
FACTS: dict[str, frozenset[str]] = {
    IDENTITY: frozenset({"birth_date"}),
    RESIDENCE: frozenset({"place", "rating_area"}),
    CITIZENSHIP: frozenset({"status"}),
    IMMIGRATION: frozenset({"status"}),
    INCOME: frozenset({"annual_income"}),
}


class Claim(NamedTuple):
    """What one person of the application, by key, is still to prove."""

    person: str
    what: str


def unproven(answers: Answers) -> frozenset[Claim]:
    """Every claim that this application makes and does not prove."""
    return frozenset(Claim(person.key, what) for person in answers.people for what in _of(person, answers))


def _of(person: PersonAnswers, answers: Answers) -> set[str]:
    """Of one person. A mark on a claim that is no longer made, after a change of the answers, asks for nothing."""
    owed = set(person.unproven) & set(claims_of(person, answers))
    # 45 CFR 155.315(c)(1): citizenship is checked by Social Security number; without one, the person proves it.
    if person.applying and person.status == Status.CITIZEN and not person.ssn:
        owed.add(CITIZENSHIP)
    return owed


def due(asked_on: date, days: int) -> date:
    """The last day on which a proof is in time. 45 CFR 155.315(f)(2)(ii).

    Asked for on 15 November 2025 with 90 days, it is due on 13 February 2026.
    """
    return asked_on + timedelta(days=days)


def facts_on_word(answers: Answers) -> dict[str, frozenset[str]]:
    """Names of the facts that rest on a person's word alone, by the person's key; nobody who proved everything."""
    resting: dict[str, frozenset[str]] = {}
    for claim in unproven(answers):
        resting[claim.person] = resting.get(claim.person, frozenset()) | FACTS[claim.what]
    return resting
