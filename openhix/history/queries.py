"""Reading what happened."""

from __future__ import annotations

from openhix.history.models import Event, Night


def events_about(subject_kind: str, subject_id: int) -> list[Event]:
    """Everything that happened to one record, the newest first."""
    return list(Event.objects.filter(subject_kind=subject_kind, subject_id=subject_id).order_by("-pk"))


def latest_nights(count: int) -> list[Night]:
    """The nightly work that was done last, the latest first."""
    return list(Night.objects.order_by("-pk")[:count])
