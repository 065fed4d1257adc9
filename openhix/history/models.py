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


class ClockOffset(models.Model):
    """One row per demonstration, thus at most one: how far its clock stands from real time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_clock")]

    def __str__(self) -> str:
        return f"{self.offset}"


class ClockMove(models.Model):
    """One row per time that the demonstration's clock was moved: from which day to which, and how far it has come.

    `stopped_by` names the error of a night that failed; the clock then stands on the day that was reached.
    """

    who = models.CharField(max_length=80)
    from_day = models.DateField()
    to_day = models.DateField()
    reached = models.DateField()
    asked_at = models.DateTimeField(db_default=Now())  # real time, as the next one
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reached__gte=models.F("from_day"), to_day__gte=models.F("reached")),
                name="the_clock_goes_forward_only",
            )
        ]

    def __str__(self) -> str:
        return f"to {self.to_day}, reached {self.reached}"


class Night(models.Model):
    """One row per piece of nightly work and day that it was done for: what keeps it from being done twice."""

    append_only = True

    name = models.CharField(max_length=80)  # room.what, as in "enrollment.withdraw_unpaid"
    day = models.DateField()
    done_at = models.DateTimeField(db_default=Now())  # real time

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="nightly_work_is_done_once_a_day")]
        indexes = [models.Index(fields=["day"], name="nights_by_day")]

    def __str__(self) -> str:
        return f"{self.name} of {self.day}"
