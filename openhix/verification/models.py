from __future__ import annotations

from django.db import models

from openhix.application.models import Version
from openhix.correspondence.models import Document, Letter
from openhix.people.models import Account, Household, Person
from openhix.people.sealed import SealedJSON
from openhix.verification.sources.interface import Service

SERVICES = [(each.value, each.value) for each in Service]


class Claim(models.TextChoices):
    """What a person says of themselves, and somebody may want to see proved."""

    IDENTITY = "identity"
    RESIDENCE = "residence"
    CITIZENSHIP = "citizenship"
    IMMIGRATION = "immigration"
    INCOME = "income"
    OTHER_COVERAGE = "other_coverage"
    INCARCERATION = "incarceration"
    QUALIFYING_EVENT = "qualifying_event"


class Inquiry(models.Model):
    """One row per question that a data service is asked about a person, for one version of the application."""

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=20, choices=SERVICES)
    request = SealedJSON()  # what is sent: sources.interface.Request
    asked_at = models.DateTimeField()  # business time

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "person", "service"], name="a_service_is_asked_once_a_version")
        ]

    def __str__(self) -> str:
        return f"inquiry {self.pk} {self.service}"

    @property
    def of(self) -> Service:
        return Service(self.service)


class Reply(models.Model):
    """One row per time that a data service was asked: its answer, or how it did not answer."""

    append_only = True

    class How(models.TextChoices):
        ANSWERED = "answered"
        LATER = "later"
        SILENT = "silent"
        BROKEN = "broken"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    answer = SealedJSON(null=True)  # one of sources.interface.Answer
    at = models.DateTimeField()  # business time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["inquiry"], condition=models.Q(how="answered"), name="an_inquiry_is_answered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(how="answered") ^ models.Q(answer__isnull=True), name="an_answer_says_something"
            ),
        ]
        indexes = [models.Index(fields=["inquiry", "-id"], name="replies_to_an_inquiry")]

    def __str__(self) -> str:
        return f"reply {self.pk} {self.how}"


class Evidence(models.Model):
    """One row per finding about a claim of a person: of data services, of staff about a paper, or of time that ran out.

    It is about the claim as it was told then (rules.claims.told): told otherwise, the claim has none of it. It is never
    edited; a later finding of the same kind supersedes it.
    """

    append_only = True
    changes = ("superseded_at",)

    class By(models.TextChoices):
        SERVICES = "services"
        STAFF = "staff"
        TIME = "time"

    class Finding(models.TextChoices):
        VERIFIED = "verified"
        NOT_MATCHED = "not_matched"
        ACCEPTED = "accepted"
        EXPIRED = "expired"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=20, choices=Claim.choices)
    told = SealedJSON(null=True)
    by = models.CharField(max_length=10, choices=By.choices)
    finding = models.CharField(max_length=20, choices=Finding.choices)
    known = SealedJSON(default=dict)  # what data services say in the place of the claim: rules.status.Finding.known
    found_at = models.DateTimeField()  # business time
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "claim", "by"],
                condition=models.Q(superseded_at__isnull=True),
                name="one_finding_of_each_kind_counts",
            )
        ]
        indexes = [models.Index(fields=["household", "-id"], name="evidence_of_household")]

    def __str__(self) -> str:
        return f"evidence {self.pk} {self.claim} {self.finding}"


class Proof(models.Model):
    """One row per proof that a person owes for a claim, from the letter that asked for it until its last day.

    The last day is moved by staff alone, each time with a `Review` that says until when and why.
    """

    append_only = True
    changes = ("due_on", "withdrawn_at", "withdrawn_because")

    Claim = Claim

    class Because(models.TextChoices):
        NOT_CLAIMED = "not_claimed"  # the claim was changed or taken back
        VERIFIED = "verified"  # a data service has confirmed it
        ACCEPTED = "accepted"  # a paper proves it

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(max_length=20, choices=Claim.choices)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    due_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=20, choices=Because.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "claim"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="a_proof_is_owed_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_on"], condition=models.Q(withdrawn_at__isnull=True), name="proofs_by_their_last_day"
            )
        ]

    def __str__(self) -> str:
        return f"proof {self.pk} {self.claim}"


class Paper(models.Model):
    """One row per document that a household sent in for a proof."""

    append_only = True

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()  # business time

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proof", "document"], name="a_document_is_sent_once_for_a_proof")
        ]

    def __str__(self) -> str:
        return f"paper {self.pk} for proof {self.proof_id}"


class Review(models.Model):
    """One row per decision of staff about a proof: which, why (a reason of a list), and until when it was extended."""

    append_only = True

    class Decision(models.TextChoices):
        ACCEPTED = "accepted"
        REFUSED = "refused"
        ASKED_AGAIN = "asked_again"
        EXTENDED = "extended"

    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    reason = models.CharField(max_length=20, blank=True)
    until = models.DateField(null=True)
    up_to = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+", null=True)  # the last that was seen
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()  # business time

    class Meta:
        indexes = [models.Index(fields=["proof", "-id"], name="reviews_of_a_proof")]

    def __str__(self) -> str:
        return f"review {self.pk} {self.decision}"
