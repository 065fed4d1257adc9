"""What the site itself remembers: how often the public API was asked."""

from __future__ import annotations

from django.db import models


class ApiUse(models.Model):
    """One row per network address and minute in which it asked the public API: how often.

    The address is kept as a keyed hash, and for some minutes only.
    """

    address = models.CharField(max_length=64)
    minute = models.BigIntegerField(db_index=True)  # since 1970, real time
    times = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "minute"], name="site_one_row_each_minute")]
