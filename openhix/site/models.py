from __future__ import annotations

from django.db import models


class ClockOffset(models.Model):
    """One row per demonstration, thus at most one: how far its clock stands from real time."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    offset = models.DurationField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_clock")]

    def __str__(self) -> str:
        return f"{self.offset}"
