"""Which claims of an application are still to be proved, and which facts rest on them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from openhix.application.answers import Answers, PersonAnswers, Status

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
    return frozenset(
        Claim(person.key, what)
        for person in answers.people
        for what in _of(person, seeks_help=bool(answers.seeks_help))
    )


def _of(person: PersonAnswers, *, seeks_help: bool) -> Iterator[str]:
    marked = set(person.unproven)
    # 45 CFR 155.320(a)-(c): income counts for help, also that of someone who does not apply.
    if INCOME in marked and seeks_help:
        yield INCOME
    if not person.applying:
        return
    # 45 CFR 155.315(d) and (f); that identity is proved in the same way is assumed.
    yield from marked & {IDENTITY, RESIDENCE}
    # 45 CFR 155.315(c)(1): citizenship is checked by Social Security number; without one, the person proves it.
    if person.status == Status.CITIZEN:
        if CITIZENSHIP in marked or not person.ssn:
            yield CITIZENSHIP
        return
    # 45 CFR 155.315(c)(2)
    if IMMIGRATION in marked and person.status is not None:
        yield IMMIGRATION


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
