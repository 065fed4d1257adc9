"""Proofs that are asked for, and those that are no longer owed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from openhix.application.models import Version
from openhix.correspondence import actions as correspondence
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Household, Person
from openhix.verification import queries
from openhix.verification.actions.noting import note
from openhix.verification.letters import about_proofs, proofs_needed
from openhix.verification.models import Evidence, Proof
from openhix.verification.queries import Stands
from openhix.verification.rules import claims
from openhix.verification.rules.claims import QUALIFYING_EVENT, Claim

Because = Proof.Because


@transaction.atomic
def ask_for_proofs(*, version: Version) -> list[Proof]:
    """Ask for what this version claims and nobody confirms, in one letter, and withdraw what it no longer claims.

    A claim that was asked for before keeps its day. Returns the proofs asked for now; a version that is not the
    household's latest asks for nothing, since the later one does.
    """
    household = people.lock(version.application.household_id)
    return ask_for_papers(household, version) if queries.is_latest(version) else []


@transaction.atomic
def ask_for_proof_of_event(*, version: Version, person: Person) -> Proof:
    """Ask for proof of what opens a time to enroll for a person (45 CFR 155.420, 956 CMR 12.10); the one that is owed
    where one is. Whoever opened that time hears `verification.claim_settled` or `verification.claim_expired`.

    What was found of an earlier event says nothing of this one, which has a letter and days of its own.
    """
    household = people.lock(version.application.household_id)
    owed = {Claim(each.person.key, each.claim): each for each in queries.standing(household)}
    claim = Claim(person.key, QUALIFYING_EVENT)
    if claim in owed and owed[claim].due_on >= clock.today():
        return owed[claim]
    earlier = Evidence.objects.filter(person=person, claim=QUALIFYING_EVENT, superseded_at__isnull=True)
    earlier.update(superseded_at=clock.now())
    if claim in owed:
        withdraw([owed.pop(claim)], Because.NOT_CLAIMED)
    return _ask(household, version, [claim], list(owed.values()))[0]


def ask_for_papers(household: Household, version: Version) -> list[Proof]:
    """In the transaction of whoever found out that something is to be proved, or is not."""
    _forget_outdated(Stands.of(version))
    stands = Stands.of(version)
    owing = stands.to_prove()
    done = [claim for claim in stands.proofs if claim not in owing and claim.what != QUALIFYING_EVENT]
    settled = [claim for claim in done if stands.is_settled(claim)]
    withdraw([stands.proofs[claim] for claim in settled], Because.VERIFIED)
    withdraw([stands.proofs[claim] for claim in done if claim not in settled], Because.NOT_CLAIMED)
    if new := sorted(owing - set(stands.proofs)):
        kept = [proof for claim, proof in stands.proofs.items() if claim not in done]
        return _ask(household, version, new, kept)
    return []


def _forget_outdated(stands: Stands) -> None:
    """A claim that was not shown in time and is told otherwise now is claimed anew: it has its own letter and days."""
    if not stands.outdated:
        return
    Evidence.objects.filter(pk__in=[each.pk for each in stands.outdated]).update(superseded_at=clock.now())
    claimed = {(each.person_id, each.claim) for each in stands.outdated}
    over = [each for each in stands.proofs.values() if (each.person_id, each.claim) in claimed]
    withdraw([each for each in over if each.due_on < clock.today()], Because.NOT_CLAIMED)


def _ask(household: Household, version: Version, new: Sequence[Claim], kept: Sequence[Proof]) -> list[Proof]:
    """One letter for all that is new, with what is still owed from before."""
    persons = queries.persons(household)
    today = clock.today()
    days = Law(date(queries.plan_year(version), 1, 1)).proofs.days
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
    in_time = [proof for proof in kept if proof.due_on >= today]
    subject, blocks = proofs_needed.text([*proofs, *in_time], language=household.language)
    letter = correspondence.send(household=household, kind="verification.proofs_needed", subject=subject, blocks=blocks)
    for proof in proofs:
        proof.letter = letter
    Proof.objects.bulk_create(proofs)
    why = "The application makes claims that are still to be proved."
    note("proofs_asked", why, household, letter=letter.pk, proofs=len(proofs))
    return proofs


def withdraw(proofs: Sequence[Proof], because: Proof.Because) -> None:
    """Proofs of one household that are no longer owed. Who was asked for papers is told when somebody else knew it."""
    if not proofs:
        return
    household = proofs[0].household
    Proof.objects.filter(pk__in=[proof.pk for proof in proofs]).update(
        withdrawn_at=clock.now(), withdrawn_because=because
    )
    if because == Because.NOT_CLAIMED:
        note("proofs_withdrawn", "The application no longer makes these claims.", household, proofs=len(proofs))
    if because == Because.VERIFIED:
        subject, blocks = about_proofs.no_longer_needed(proofs, language=household.language)
        correspondence.send(household=household, kind="verification.no_longer_needed", subject=subject, blocks=blocks)
        for proof in proofs:
            note("claim_settled", "A data service confirms what was told.", household, proof=proof.pk)
