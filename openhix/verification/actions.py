from __future__ import annotations

from datetime import date

from django.db import transaction

from openhix.application import queries as applications
from openhix.application.models import Version
from openhix.correspondence import actions as correspondence
from openhix.history.actions import record
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.verification import queries
from openhix.verification.letters import proofs_needed
from openhix.verification.models import Proof
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim


@transaction.atomic
def ask_for_proofs(*, version: Version) -> list[Proof]:
    """Ask for what this version claims and does not prove, in one letter, and withdraw what it no longer claims.

    A claim that was asked for before keeps its day. Returns the proofs asked for now; a version that is not the
    household's latest asks for nothing, since the later one does.
    """
    household = people.lock(version.application.household_id)
    latest = applications.latest(household)
    if latest is None or latest.pk != version.pk:
        return []
    answers = applications.answers_of(version)
    claimed = claims.unproven(answers)
    standing = {Claim(proof.person.key, proof.claim): proof for proof in queries.standing(household)}
    _withdraw(household, [proof for claim, proof in standing.items() if claim not in claimed])
    if new := sorted(claimed - set(standing)):
        kept = [proof for claim, proof in standing.items() if claim in claimed and proof.due_on >= clock.today()]
        return _ask(household, version, new, kept, days=Law(date(answers.plan_year, 1, 1)).proofs.days)
    return []


def _ask(household: Household, version: Version, new: list[Claim], kept: list[Proof], *, days: int) -> list[Proof]:
    persons = {person.key: person for person in people.people_of(household)}
    today = clock.today()
    proofs = [
        Proof(
            household=household,
            person=persons[claim.person],
            claim=claim.what,
            version=version,
            asked_on=today,
            due_on=claims.due(today, days),
        )
        for claim in new
    ]
    subject, blocks = proofs_needed.text(proofs + kept, language=household.language)
    letter = correspondence.send(household=household, kind="verification.proofs_needed", subject=subject, blocks=blocks)
    for proof in proofs:
        proof.letter = letter
    Proof.objects.bulk_create(proofs)
    why = "The application makes claims that are still to be proved."
    _record("proofs_asked", why, household, letter=letter.pk, proofs=len(proofs))
    return proofs


def _withdraw(household: Household, proofs: list[Proof]) -> None:
    if not proofs:
        return
    Proof.objects.filter(pk__in=[proof.pk for proof in proofs]).update(withdrawn_at=clock.now())
    _record("proofs_withdrawn", "The application no longer makes these claims.", household, proofs=len(proofs))


def _record(what: str, why: str, household: Household, **numbers: int) -> None:
    record(
        kind=f"verification.{what}",
        who="system",
        why=why,
        subject_kind="household",
        subject_id=household.pk,
        payload=numbers,
    )
