from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q

from openhix.eligibility.models import Determination
from openhix.eligibility.rules.cost_sharing import Variant
from openhix.people.models import Account, Household, Person
from openhix.people.sealed import SealedText
from openhix.verification.models import Proof


class Kind(models.TextChoices):
    HEALTH = "health"
    DENTAL = "dental"


class SpecialEnrollment(models.Model):
    """One row per time to choose a health plan outside open enrollment that an event opened for a household, or that
    staff refused to open. `opens` and `ends` are days on which one can choose; it is closed early where it is refused,
    or where the event was not proved.
    """

    append_only = True
    changes = ("closed_at", "closed_because", "closed_why", "closed_by")

    class Arose(models.TextChoices):
        TOLD = "told"
        DETERMINED = "determined"
        STAFF = "staff"

    class Because(models.TextChoices):
        REFUSED = "refused"
        NOT_PROVED = "not_proved"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # to whom it happened
    event = SealedText()  # a code of the law's table
    event_day = models.DateField()
    covered_before = models.BooleanField(null=True)  # of a wedding, as told: one of the two was, in the 60 days before
    opens = models.DateField()
    ends = models.DateField()
    first_day = models.DateField(null=True)  # of coverage, where staff fitted it to the facts
    arose = models.CharField(max_length=12, choices=Arose.choices)
    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="+", null=True)
    proof = models.ForeignKey(Proof, on_delete=models.PROTECT, related_name="+", null=True)
    why = models.CharField(max_length=20, blank=True)  # staff's reason for granting, of a list
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()  # business time
    closed_at = models.DateTimeField(null=True)  # business time
    closed_because = models.CharField(max_length=12, choices=Because.choices, blank=True)
    closed_why = models.CharField(max_length=20, blank=True)  # staff's reason for refusing, of a list
    closed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(opens__lte=models.F("ends")), name="it_opens_before_it_ends"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_because="")
                | Q(closed_at__isnull=False) & ~Q(closed_because=""),
                name="what_is_closed_says_why",
            ),
        ]
        indexes = [models.Index(fields=["household", "-id"], name="special_enrollments")]

    def __str__(self) -> str:
        return f"special enrollment {self.pk}"


class Policy(models.Model):
    """One row per plan that a household chose for some of its people from a first day on. Monthly cents.

    premium - credit - subsidy = price. What became of it is told by its steps.
    """

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    plan_year = models.PositiveSmallIntegerField()
    plan_id = models.CharField(max_length=14)  # standard component id of the shelf
    plan_type = models.CharField(max_length=4, blank=True)  # of ConnectorCare
    variant = models.CharField(max_length=20)  # a Variant code: what care costs its people
    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="+", null=True)
    starts = models.DateField()
    pay_by = models.DateField()  # the last day on which the first payment counts
    chosen_at = models.DateTimeField()  # business time
    premium = models.BigIntegerField()
    credit = models.BigIntegerField()
    subsidy = models.BigIntegerField()
    price = models.BigIntegerField()
    credit_share = models.PositiveSmallIntegerField()  # of the credit that is taken in advance; hundredths of a percent
    choice = models.CharField(max_length=64)  # key of the form that was sent: sent twice, it is one choice
    special = models.ForeignKey(SpecialEnrollment, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(price=models.F("premium") - models.F("credit") - models.F("subsidy")),
                name="the_price_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(premium__gt=0, credit__gte=0, subsidy__gte=0, price__gte=0),
                name="policy_money_is_not_negative",
            ),
            models.CheckConstraint(condition=Q(credit_share__lte=10_000), name="no_more_than_the_whole_credit"),
        ]
        indexes = [models.Index(fields=["household", "-id"], name="policies_of_household")]

    @property
    def variant_found(self) -> Variant:
        return Variant[self.variant.upper()]

    def __str__(self) -> str:
        return f"policy {self.pk}"


class Step(models.Model):
    """One row per thing that became of a policy: chosen, complete, withdrawn before it was complete, ended."""

    append_only = True

    class What(models.TextChoices):
        CHOSEN = "chosen"
        COMPLETE = "complete"  # the first premium has arrived, or none was due
        WITHDRAWN = "withdrawn"  # never became coverage: replaced before, not paid in time, or no longer open to them
        ENDED = "ended"  # coverage that stops; `effective` is its first day without coverage

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=12, choices=What.choices)
    effective = models.DateField()
    at = models.DateTimeField()  # business time
    why = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "what"], name="a_step_is_taken_once")]

    def __str__(self) -> str:
        return f"policy {self.policy_id} {self.what}"


class Member(models.Model):
    """One row per person whom a policy is to cover, with that person's share of the premium in monthly cents."""

    append_only = True

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    premium = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "person"], name="a_person_is_in_a_policy_once")]

    def __str__(self) -> str:
        return f"member {self.pk}"


class _OnePerson(Func):
    """A range that holds one id, so that equality needs no extension of PostgreSQL."""

    function = "int8range"
    template = "%(function)s(%(expressions)s, '[]')"
    arity = 2


class Coverage(models.Model):
    """One row per span of days on which a person is covered under a policy; half open. Superseded, never edited."""

    append_only = True
    changes = ("superseded_at",)

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    days = DateRangeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name=f"one_{kind}_coverage_a_day",
                expressions=[
                    (_OnePerson("person_id", "person_id"), RangeOperators.OVERLAPS),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=kind, superseded_at__isnull=True),
            )
            for kind in ("health", "dental")
        ]

    def __str__(self) -> str:
        return f"coverage {self.pk}"
