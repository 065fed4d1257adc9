from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from openhix.history import reactions
from openhix.history.models import Event
from openhix.kernel import clock


@transaction.atomic
def record(
    *,
    kind: str,
    who: str,
    why: str,
    subject_kind: str,
    subject_id: int,
    payload: Mapping[str, int] | None = None,
) -> Event:
    """Write down that something happened, in the caller's transaction, and queue what later rooms do about it.

    `kind` is room.what, as in "plans.shelf_loaded". The payload holds ids and counts, nothing about a person:
    anything but whole numbers raises TypeError.
    """
    details = dict(payload or {})
    if not all(type(value) is int for value in details.values()):
        raise TypeError(f"{kind}: the payload of an event holds ids and counts only")
    event = Event.objects.create(
        kind=kind,
        who=who,
        why=why,
        at=clock.now(),
        subject_kind=subject_kind,
        subject_id=subject_id,
        payload=details,
    )
    reactions.enqueue(event)
    return event
