"""What a household does about its proofs: it sends papers."""

from __future__ import annotations

from django.db import transaction

from openhix.correspondence import actions as correspondence
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Account
from openhix.verification import queries
from openhix.verification.actions.noting import note
from openhix.verification.models import Paper, Proof


class NothingOwed(Exception):
    """The proof is no longer owed: nothing needs to be sent for it."""


class SentBefore(Exception):
    """Staff have looked at this very file already, and asked for another paper."""


@transaction.atomic
def send_paper(*, proof: Proof, name: str, file: bytes, account: Account) -> Paper:
    """Take in one paper for a proof, in time or late; the same file twice is one paper.

    Raises NothingOwed, SentBefore, and papers.BadPaper for a file that we do not take.
    """
    people.lock(proof.household_id)
    proof = Proof.objects.select_related("household", "person").get(pk=proof.pk)
    if proof.withdrawn_at is not None:
        raise NothingOwed
    document = correspondence.receive(
        household=proof.household,
        person=proof.person,
        about=f"verification.{proof.claim}",
        name=name,
        file=file,
        account=account,
    )
    paper, is_new = Paper.objects.get_or_create(proof=proof, document=document, defaults={"sent_at": clock.now()})
    if not is_new and queries.is_decided(paper):
        raise SentBefore
    if is_new:
        why = "The household sent a paper for a proof."
        note("paper_sent", why, proof.household, who=f"account {account.pk}", proof=proof.pk, paper=paper.pk)
    return paper
