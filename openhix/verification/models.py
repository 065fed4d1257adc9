from __future__ import annotations

from django.db import models

from openhix.application.models import Version
from openhix.correspondence.models import Letter
from openhix.people.models import Household, Person


class Proof(models.Model):
    """One row per proof that a person owes for a claim, from the letter that asked for it until its last day."""

    append_only = True
    changes = ("withdrawn_at",)

    class Claim(models.TextChoices):
        IDENTITY = "identity"
        RESIDENCE = "residence"
        CITIZENSHIP = "citizenship"
        IMMIGRATION = "immigration"
        INCOME = "income"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=20, choices=Claim.choices)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)  # the claim was changed or taken back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "claim"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="a_proof_is_owed_once",
            )
        ]

    def __str__(self) -> str:
        return f"proof {self.pk} {self.claim}"
