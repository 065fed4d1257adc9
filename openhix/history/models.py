from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Event(models.Model):
    """One row per thing that happened: who did what, when and why, and to which record.

    `at` is business time, which the demonstration can move; `recorded_at` is real time. The payload holds ids.
    """

    append_only = True

    kind = models.CharField(max_length=80)  # room.what, as in "plans.shelf_loaded"
    who = models.CharField(max_length=80)
    why = models.CharField(max_length=500)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())
    subject_kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_kind", "subject_id", "id"], name="event_by_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_kind} {self.subject_id}"


class Effect(models.Model):
    """One row per reaction to an event that has taken effect: the key that keeps it from doing so twice."""

    append_only = True

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    reaction = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "reaction"], name="a_reaction_takes_effect_once")]

    def __str__(self) -> str:
        return f"{self.reaction} to event {self.event_id}"
