from __future__ import annotations

from django.db import models

from openhix.people.models import LANGUAGES, Account, Household, Person
from openhix.people.sealed import BlindIndex, SealedBytes, SealedJSON, SealedText


class MailingAddress(models.Model):
    """One row per address to which a household's letters have gone: the last one counts."""

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    lines = SealedJSON()  # as on an envelope, name first
    since = models.DateTimeField()  # business time

    class Meta:
        indexes = [models.Index(fields=["household", "-id"], name="addresses_of_household")]

    def __str__(self) -> str:
        return f"mailing address {self.pk}"


class Letter(models.Model):
    """One row per letter sent to a household, as it was written. Its date starts whatever time it gives."""

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=80)  # room.what, as in "eligibility.result"
    language = models.CharField(max_length=2, choices=LANGUAGES)
    dated = models.DateField()
    sent_at = models.DateTimeField()  # business time
    subject = models.CharField(max_length=200)
    content = SealedJSON()  # address and blocks, see correspondence/content.py

    class Meta:
        indexes = [models.Index(fields=["household", "-id"], name="letters_of_household")]

    def __str__(self) -> str:
        return f"letter {self.pk} {self.kind}"


class Document(models.Model):
    """One row per paper that came in from a household: a file as it was sent, checked for its kind and sealed."""

    append_only = True

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=80)  # room.what, as in "verification.income"
    kind = models.CharField(max_length=20, choices=Kind.choices)  # by its content
    name = SealedText()  # as the sender's device called it: shown, never used
    content = SealedBytes()
    size = models.PositiveIntegerField()  # bytes
    content_index = BlindIndex(of="content", purpose="document")  # the same file sent twice is one paper
    received_at = models.DateTimeField()  # business time
    received_from = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "about", "content_index"], name="a_paper_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Email(models.Model):
    """One row per e-mail that the demonstration kept instead of sending it: the development inbox."""

    to = SealedText()
    subject = models.CharField(max_length=200)
    body = SealedText()
    sent_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"e-mail {self.pk}"
