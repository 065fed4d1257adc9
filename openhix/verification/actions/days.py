"""What the calendar does about proofs: a reminder, and the end of the time to show something."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from openhix.application.models import Version
from openhix.correspondence import actions as correspondence
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.verification import queries
from openhix.verification.actions.noting import keep_finding, note
from openhix.verification.letters import about_proofs
from openhix.verification.models import Evidence, Proof
from openhix.verification.queries import Stands
from openhix.verification.rules import income
from openhix.verification.rules.claims import INCOME, Claim


@transaction.atomic
def remind(*, household: Household, today: date) -> list[Proof]:
    """Write once about what is due in as many days as the law's table says and was not sent; returns these proofs."""
    household = people.lock(household.pk)
    soon = {today + timedelta(days=days) for days in Law(today.replace(month=1, day=1)).proofs.reminders}
    proofs = [each for each in queries.to_send(household) if each.due_on in soon]
    if not proofs or queries.reminded(household, today):
        return []
    subject, blocks = about_proofs.reminder(proofs, language=household.language)
    letter = correspondence.send(household=household, kind=queries.REMINDER, subject=subject, blocks=blocks)
    note("proofs_reminded", "The last day is near.", household, letter=letter.pk, proofs=len(proofs))
    return proofs


@transaction.atomic
def expire(*, household: Household, today: date) -> list[Proof]:
    """End what was not shown by its last day: 45 CFR 155.315(f)(5), 130 CMR 502.003. Returns these proofs.

    From now on what data services know counts, or else that it was not shown; eligibility hears
    `verification.claim_expired`. What was sent in time and waits for us is not over. Each ends once.
    """
    household = people.lock(household.pk)
    over = [each for each in queries.to_send(household) if each.due_on < today]
    if not over:
        return []
    version = queries.latest_version(over[0])
    stands = Stands.of(version)
    ended = [each for each in over if Claim(each.person.key, each.claim) not in stands.expired]
    for proof in ended:
        claim = Claim(proof.person.key, proof.claim)
        known = stands.found[claim].known if claim in stands.found else _known_of(claim, version, stands)
        keep_finding(claim, version, stands, by=Evidence.By.TIME, finding=Evidence.Finding.EXPIRED, known=known)
        note("claim_expired", "No proof came in time.", household, proof=proof.pk)
    if ended:
        subject, blocks = about_proofs.expired(ended, language=household.language)
        correspondence.send(household=household, kind="verification.proofs_expired", subject=subject, blocks=blocks)
    return ended


def _known_of(claim: Claim, version: Version, stands: Stands) -> dict[str, int]:
    """What some services said before the others could answer."""
    if claim.what != INCOME:
        return {}
    return income.known(stands.answers.person(claim.person), queries.replies(version))
