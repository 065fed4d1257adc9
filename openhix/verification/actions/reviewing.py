"""What staff decide about a proof. Each decision is one action: a row that says who and why, history, a letter."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from openhix.correspondence import actions as correspondence
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Account
from openhix.verification import queries, words
from openhix.verification.actions.noting import keep_finding, note
from openhix.verification.actions.proofs import Because, withdraw
from openhix.verification.letters import about_proofs
from openhix.verification.models import Evidence, Paper, Proof, Review
from openhix.verification.queries import Stands
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim

Decision = Review.Decision


class NotOwed(Exception):
    """The proof was withdrawn or decided meanwhile: nothing is left to decide."""


class TooLong(ValueError):
    """The last day cannot be moved there; `latest` is the last one that it can be moved to."""

    def __init__(self, latest: date) -> None:
        super().__init__(f"the last day can be moved to {latest} at most")
        self.latest = latest


@transaction.atomic
def accept(*, proof: Proof, account: Account, up_to: Paper | None = None) -> Review:
    """The papers prove the claim as it is told now. It counts from now on, also after the last day. Raises NotOwed."""
    proof, review = _decide(proof, account, Decision.ACCEPTED, up_to=up_to)
    version = queries.latest_version(proof)
    claim = Claim(proof.person.key, proof.claim)
    keep_finding(claim, version, Stands.of(version), by=Evidence.By.STAFF, finding=Evidence.Finding.ACCEPTED)
    withdraw([proof], Because.ACCEPTED)
    subject, blocks = about_proofs.accepted(proof, language=proof.household.language)
    correspondence.send(household=proof.household, kind="verification.proof_accepted", subject=subject, blocks=blocks)
    note("claim_settled", "Papers prove what was told.", proof.household, who=_who(account), proof=proof.pk)
    return review


@transaction.atomic
def refuse(*, proof: Proof, account: Account, reason: str, up_to: Paper) -> Review:
    """The papers do not prove the claim; it stays owed until its last day. `reason` is one of words.REFUSED.

    Raises NotOwed, KeyError for another reason.
    """
    return _not_yet(proof, account, Decision.REFUSED, reason, up_to)


@transaction.atomic
def ask_again(*, proof: Proof, account: Account, reason: str, up_to: Paper) -> Review:
    """The papers cannot be judged: they are asked for again. `reason` is one of words.ASKED_AGAIN.

    Raises NotOwed, KeyError for another reason.
    """
    return _not_yet(proof, account, Decision.ASKED_AGAIN, reason, up_to)


@transaction.atomic
def extend(*, proof: Proof, account: Account, until: date, reason: str) -> Review:
    """Good cause moves the last day: 45 CFR 155.315(f)(3). `reason` is one of words.EXTENDED.

    Raises NotOwed, KeyError for another reason, TooLong for a day that is not after the last one or is too far from
    the one that the first letter gave.
    """
    says = words.EXTENDED[reason]
    proof, review = _decide(proof, account, Decision.EXTENDED, reason=reason, until=until)
    law = Law(date(queries.plan_year(proof.version), 1, 1)).proofs
    latest = claims.due(proof.asked_on, law.days) + timedelta(days=law.extension)
    if not max(proof.due_on, clock.today()) < until <= latest:
        raise TooLong(latest)
    proof.due_on = until
    proof.save(update_fields=["due_on"])
    queries.expired_findings(proof).update(superseded_at=clock.now())
    subject, blocks = about_proofs.extended(proof, says, language=proof.household.language)
    correspondence.send(household=proof.household, kind="verification.proof_extended", subject=subject, blocks=blocks)
    why = f"The last day was moved to {until.isoformat()} for good cause."
    note("proof_extended", why, proof.household, who=_who(account), proof=proof.pk)
    return review


def _not_yet(proof: Proof, account: Account, decision: Decision, reason: str, up_to: Paper) -> Review:
    says = words.REASONS[decision][reason]
    proof, review = _decide(proof, account, decision, reason=reason, up_to=up_to)
    subject, blocks = about_proofs.not_yet(proof, says, language=proof.household.language)
    correspondence.send(
        household=proof.household, kind=f"verification.proof_{decision}", subject=subject, blocks=blocks
    )
    why = "Papers do not prove it." if decision == Decision.REFUSED else "Papers cannot be judged."
    note(f"proof_{decision}", why, proof.household, who=_who(account), proof=proof.pk)
    return review


def _decide(
    proof: Proof,
    account: Account,
    decision: Decision,
    *,
    reason: str = "",
    until: date | None = None,
    up_to: Paper | None = None,
) -> tuple[Proof, Review]:
    """`up_to` is the last paper that was seen: one that has come since waits for a decision of its own."""
    people.lock(proof.household_id)
    proof = queries.proofs().get(pk=proof.pk)
    if proof.withdrawn_at is not None:
        raise NotOwed
    if up_to is not None and (up_to.proof_id != proof.pk or queries.is_decided(up_to)):
        raise NotOwed
    review = Review.objects.create(
        proof=proof, decision=decision, reason=reason, until=until, up_to=up_to, by=account, at=clock.now()
    )
    return proof, review


def _who(account: Account) -> str:
    return f"account {account.pk}"
