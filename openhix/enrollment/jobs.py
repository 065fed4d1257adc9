from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from openhix.eligibility.models import Determination
from openhix.enrollment import actions, queries
from openhix.history.models import Event
from openhix.history.nightly import nightly
from openhix.history.reactions import on
from openhix.people.models import Household
from openhix.verification.models import Proof

CHUNK = 200  # households of one job


@on("eligibility.determined")
def reconsider(event: Event) -> None:
    determination = Determination.objects.select_related("household").get(pk=event.payload["determination"])
    actions.reconsider(household=determination.household, determination=determination)


@on("eligibility.determined")
def open_what_the_answer_opens(event: Event) -> None:
    determination = Determination.objects.select_related("household", "supersedes").get(
        pk=event.payload["determination"]
    )
    actions.open_by_determination(household=determination.household, determination=determination)


@on("verification.claim_expired")
def end_what_was_not_proved(event: Event) -> None:
    actions.end_what_was_not_proved(proof=Proof.objects.get(pk=event.payload["proof"]))


@nightly("enrollment.withdraw_unpaid")
def withdraw_unpaid(day: date) -> None:
    """Choices whose first payment has not arrived in time end: one job for each chunk of households."""
    late = queries.unpaid_on(day)
    for first in range(0, len(late), CHUNK):
        withdraw_unpaid_of.defer(households=late[first : first + CHUNK], day=day.isoformat())


@app.task(name="enrollment.withdraw_unpaid_of")
def withdraw_unpaid_of(households: list[int], day: str) -> None:
    """Each household on its own; one that is done already stays as it is."""
    for household in Household.objects.filter(pk__in=households).order_by("pk"):
        actions.withdraw_unpaid(household=household, today=date.fromisoformat(day))
