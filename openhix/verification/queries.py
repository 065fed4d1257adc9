from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from openhix.application.models import Version
from openhix.application.queries import answers_of
from openhix.people.models import Household
from openhix.verification.models import Proof
from openhix.verification.rules import claims


def owed(household: Household, today: date) -> list[Proof]:
    """Proofs that can still be sent in time today, the most urgent first; `due_on` is the last day."""
    return list(standing(household).filter(due_on__gte=today))


def overdue(household: Household, today: date) -> list[Proof]:
    """Proofs whose last day has passed."""
    return list(standing(household).filter(due_on__lt=today))


def standing(household: Household) -> QuerySet[Proof]:
    """Every proof asked for and not withdrawn."""
    return (
        Proof.objects.filter(household=household, withdrawn_at__isnull=True)
        .select_related("person", "letter")
        .order_by("due_on", "person__key", "claim")
    )


def facts_on_word(version: Version) -> dict[str, frozenset[str]]:
    """Names of the facts of eligibility that rest on a person's word alone, by the person's key in the answers."""
    return claims.facts_on_word(answers_of(version))
