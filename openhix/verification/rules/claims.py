"""What an application claims, which of it is still to be proved, and which facts rest on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from openhix.application.answers import Answers, PersonAnswers, Status
from openhix.application.rules.claims import claims_of
from openhix.verification.rules.status import Status as Standing

IDENTITY, RESIDENCE, CITIZENSHIP, IMMIGRATION, INCOME = "identity", "residence", "citizenship", "immigration", "income"
OTHER_COVERAGE, INCARCERATION, QUALIFYING_EVENT = "other_coverage", "incarceration", "qualifying_event"

# The facts of eligibility that a claim stands behind. What follows from them rests on the claim too. An event opens a
# time to enroll and changes no program.
FACTS: dict[str, frozenset[str]] = {
    IDENTITY: frozenset({"birth_date"}),
    RESIDENCE: frozenset({"place", "rating_area"}),
    CITIZENSHIP: frozenset({"immigration"}),
    IMMIGRATION: frozenset({"immigration"}),
    INCOME: frozenset({"annual_income"}),
    OTHER_COVERAGE: frozenset({"other_coverage"}),
    INCARCERATION: frozenset({"incarcerated"}),
    QUALIFYING_EVENT: frozenset(),
}


class Claim(NamedTuple):
    """What one person of the application, by key, claims."""

    person: str
    what: str


def made(answers: Answers) -> frozenset[Claim]:
    """Every claim of this application that somebody else may know better."""
    return frozenset(Claim(person.key, what) for person in answers.people for what in _made_by(person, answers))


def _made_by(person: PersonAnswers, answers: Answers) -> set[str]:
    claims = set(claims_of(person, answers))
    if not person.applying:
        return claims
    if person.ssn:
        claims.add(IDENTITY)  # 45 CFR 155.315(b): the number belongs to this name and birth date
    if person.incarcerated is False:
        claims.add(INCARCERATION)  # 45 CFR 155.315(e)
    if answers.seeks_help:
        claims.add(OTHER_COVERAGE)  # 45 CFR 155.320(b) and (d)
    return claims


def unproven(answers: Answers) -> frozenset[Claim]:
    """Every claim that this application makes and says itself that it does not prove."""
    return frozenset(Claim(person.key, what) for person in answers.people for what in _of(person, answers))


def _of(person: PersonAnswers, answers: Answers) -> set[str]:
    """Of one person. A mark on a claim that is no longer made, after a change of the answers, asks for nothing."""
    owed = set(person.unproven) & set(claims_of(person, answers))
    # 45 CFR 155.315(c)(1): citizenship is checked by Social Security number; without one, the person proves it.
    if person.applying and person.status == Status.CITIZEN and not person.ssn:
        owed.add(CITIZENSHIP)
    return owed


def to_prove(
    answers: Answers, stands: Mapping[Claim, Standing], *, waited: frozenset[Claim], owed: frozenset[Claim]
) -> frozenset[Claim]:
    """Claims for which papers are asked: what nobody confirms. 45 CFR 155.315(f).

    `stands` is how each claim stands, leaving aside that a letter has asked for it; `owed`, those for which one has;
    `waited`, those of which a data service has said nothing for as long as the law waits for it. Nothing is asked for
    while one may still answer, not even what is marked as unproven; and nothing is taken back.
    """
    marked = unproven(answers)

    def asked_for(claim: Claim) -> bool:
        match stands[claim]:
            case Standing.VERIFIED | Standing.ACCEPTED:
                return False
            case Standing.UNAVAILABLE:  # 45 CFR 155.315(e)(2): of jail, what was told counts where nobody can say
                return claim.what != INCARCERATION and (claim in waited or claim in owed)
            case Standing.ATTESTED:
                return claim in marked
            case _:
                return True

    return frozenset(claim for claim in made(answers) if asked_for(claim))


def told(claim: Claim, answers: Answers) -> Any:
    """What the application says of a claim, as plain JSON: when it says something else, it is claimed anew."""
    person = answers.person(claim.person)
    who = [person.first_name, person.last_name, str(person.birth_date), person.ssn]
    if claim.what == RESIDENCE:
        return [answers.home.street, answers.home.city, answers.home.zip]
    if claim.what == INCOME:  # compared as that of everybody together
        return [[each.key, each.applying, each.claimed_by, *_amounts(each)] for each in answers.people]
    if claim.what in (CITIZENSHIP, IMMIGRATION):
        return [*who, person.status]
    if claim.what == OTHER_COVERAGE:
        return [*who, sorted(person.other_coverage)]
    return who


def _amounts(person: PersonAnswers) -> list[Any]:
    yearly = [] if person.year_cents is None else [person.year_cents]
    incomes = [[each.source, each.cents, each.period] for each in person.incomes]
    return [*incomes, *([each.kind, each.cents, each.period] for each in person.deductions), *yearly]


def due(asked_on: date, days: int) -> date:
    """The last day on which a proof is in time. 45 CFR 155.315(f)(2)(ii).

    Asked for on 15 November 2025 with 90 days, it is due on 13 February 2026.
    """
    return asked_on + timedelta(days=days)


def facts_of(claims: frozenset[Claim]) -> dict[str, frozenset[str]]:
    """Names of the facts that rest on these claims, by the person's key."""
    resting: dict[str, frozenset[str]] = {}
    for claim in claims:
        resting[claim.person] = resting.get(claim.person, frozenset()) | FACTS[claim.what]
    return resting
