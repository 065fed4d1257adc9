from __future__ import annotations

from procrastinate.contrib.django import app

from openhix.application import queries as applications
from openhix.eligibility import actions
from openhix.eligibility.comparison import of_the_exchange
from openhix.history.models import Event
from openhix.history.reactions import AGAIN, on
from openhix.people.models import Household

__all__ = [
    "answer_again",
    "answer_the_application",
    "of_the_exchange",
    "redetermine",
]  # whose job the worker finds here

BEHIND = -100  # priority: before the demonstration's clock moves on, after everything else


@on("application.submitted")
def answer_the_application(event: Event) -> None:
    """A version that was followed by another is not answered: the later one is."""
    household = Household.objects.get(pk=event.subject_id)
    latest = applications.latest(household)
    if latest is not None and latest.pk == event.payload["version"]:
        actions.determine(household=household, why=event.why)


@on(
    "verification.proofs_asked",
    "verification.proofs_withdrawn",
    "verification.proof_extended",
    "verification.claim_settled",
    "verification.claim_expired",
)
def answer_again(event: Event) -> None:
    """What rests on somebody's word, or counts in its place, is something else now."""
    actions.reconsider(household=Household.objects.get(pk=event.subject_id), why=event.why)


@app.task(name="eligibility.redetermine", priority=BEHIND, retry=AGAIN)
def redetermine(household: int) -> None:
    """Asked by `other_law`."""
    actions.redetermine(household=Household.objects.get(pk=household))
