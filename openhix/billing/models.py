from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from openhix.enrollment.models import Kind, Policy
from openhix.people.models import Account, Household
from openhix.people.sealed import BlindIndex, SealedJSON, SealedText


class BankAccount(models.Model):
    """One row per bank account that a household paid from. The number is sealed; `last_four` is all that is shown."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    routing_number = models.CharField(max_length=9)
    number = SealedText()
    number_index = BlindIndex(of="number", purpose="bank account")
    last_four = models.CharField(max_length=4)
    is_savings = models.BooleanField(default=False)
    holder = SealedText()
    added_at = models.DateTimeField()  # business time

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "routing_number", "number_index"], name="a_bank_account_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return f"bank account {self.pk}"


class Payment(models.Model):
    """One row per payment that a household submitted. It counts on the Massachusetts day of `submitted_at`."""

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    cents = models.BigIntegerField()
    bank_account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()  # business time
    submitted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)  # of the form that was sent: sent twice, it is one payment

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_payment_is_above_zero"),
            models.UniqueConstraint(fields=["household", "key"], name="a_payment_is_taken_once"),
        ]

    def __str__(self) -> str:
        return f"payment {self.pk}"


class Transfer(models.Model):
    """One row per movement of money from one account of the books to another; cents, above zero, never changed.

    Accounts: `household` (one for each household and kind), `carrier`, `treasury` (the tax credit), `commonwealth`
    (the ConnectorCare subsidy), `bank`. What a household owes is what left its account less what came in.
    `key` names the event: the same event cannot be posted twice.
    """

    append_only = True

    class Book(models.TextChoices):
        HOUSEHOLD = "household"
        CARRIER = "carrier"
        TREASURY = "treasury"
        COMMONWEALTH = "commonwealth"
        BANK = "bank"

    class Why(models.TextChoices):
        PREMIUM = "premium"
        CREDIT = "credit"
        SUBSIDY = "subsidy"
        PAYMENT = "payment"
        REVERSAL = "reversal"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    from_book = models.CharField(max_length=20, choices=Book.choices)
    to_book = models.CharField(max_length=20, choices=Book.choices)
    cents = models.BigIntegerField()
    why = models.CharField(max_length=20, choices=Why.choices)
    month = models.DateField(null=True)  # first day of the coverage month it is for
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+", null=True)
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="+", null=True)
    posted_at = models.DateTimeField()  # business time
    counts_on = models.DateField()  # the Massachusetts day on which it counts
    who = models.CharField(max_length=80)
    because = models.CharField(max_length=250)  # in a sentence, for the staff
    key = models.CharField(max_length=120, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_transfer_moves_money"),
            models.CheckConstraint(condition=~Q(from_book=F("to_book")), name="a_transfer_goes_elsewhere"),
        ]
        indexes = [models.Index(fields=["household", "kind", "id"], name="transfers_of_household")]

    @property
    def is_charge(self) -> bool:
        """Whether it is about a month of a plan, rather than about a payment."""
        return self.policy_id is not None

    @property
    def owed(self) -> int:
        """Cents by which the household owes more; below zero, less."""
        return self.cents if self.from_book == self.Book.HOUSEHOLD else -self.cents

    def __str__(self) -> str:
        return f"transfer {self.pk}"


class Bill(models.Model):
    """One row per bill: the ledger of one household and kind read between two moments, as it was sent."""

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")  # the first of those in its lines
    month = models.DateField()  # the coverage month that it asks for
    dated = models.DateField()
    due_on = models.DateField()
    owed = models.BigIntegerField()  # cents, above zero: what you owe by `due_on`
    read_to = models.BigIntegerField()  # id of the last transfer that it has read
    content = SealedJSON()  # its lines and addressee, see billing/paper.py

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(owed__gt=0), name="a_bill_asks_for_money")]
        indexes = [models.Index(fields=["household", "kind", "-id"], name="bills_of_household")]

    def __str__(self) -> str:
        return f"bill {self.pk}"
