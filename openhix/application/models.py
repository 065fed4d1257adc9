from __future__ import annotations

from django.db import models

from openhix.people.models import Account, Household
from openhix.people.sealed import SealedJSON, SealedText


class Application(models.Model):
    """One row per household that has begun to apply: a household has one application, for all programs, for good."""

    household = models.OneToOneField(Household, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    thrown_away = models.PositiveIntegerField(default=0)  # the revision of the last change that was given up

    def __str__(self) -> str:
        return f"application {self.pk}"


class Draft(models.Model):
    """One row per application that is being filled in or changed: what has been saved so far.

    `revision` grows with each save, on through the versions and what was thrown away; a save that names an older one
    is refused, so two tabs or two people lose nothing.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="+")
    answers = SealedJSON()
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"draft of application {self.application_id}"


class Version(models.Model):
    """One row per time that the household submitted its application; it never changes."""

    append_only = True

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    answers = SealedJSON()  # the shape is application/answers.py
    revision = models.PositiveIntegerField()  # the draft's: the same draft submitted twice is one version
    signature = SealedText()
    submitted_at = models.DateTimeField()  # business time
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="versions_are_numbered"),
            models.UniqueConstraint(fields=["application", "revision"], name="a_draft_becomes_one_version"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of application {self.application_id}"
