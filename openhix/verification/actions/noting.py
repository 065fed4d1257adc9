"""Writing down what was found and what was done, in the transaction of whoever did it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from openhix.application.models import Version
from openhix.history.actions import record
from openhix.kernel import clock
from openhix.people.models import Household
from openhix.verification import queries
from openhix.verification.models import Evidence
from openhix.verification.queries import Stands
from openhix.verification.rules.claims import Claim

NOTHING: Mapping[str, Any] = {}


def keep_finding(
    claim: Claim, version: Version, stands: Stands, *, by: str, finding: str, known: Mapping[str, Any] = NOTHING
) -> Evidence:
    """A finding about a claim as it is told now, in the place of the one of the same kind."""
    now = clock.now()
    household = version.application.household
    person = queries.persons(household)[claim.person]
    Evidence.objects.filter(person=person, claim=claim.what, by=by, superseded_at=None).update(superseded_at=now)
    return Evidence.objects.create(
        household=household,
        person=person,
        version=version,
        claim=claim.what,
        told=queries.told(claim, stands.answers),
        by=by,
        finding=finding,
        known=dict(known),
        found_at=now,
    )


def note(what: str, why: str, household: Household, *, who: str = "system", **numbers: int) -> None:
    """A row of history: `why` is a sentence of ours, `numbers` are ids and counts."""
    record(
        kind=f"verification.{what}",
        who=who,
        why=why,
        subject_kind="household",
        subject_id=household.pk,
        payload=numbers,
    )
