from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models.functions import Now

from openhix.people.opening import AccountManager
from openhix.people.sealed import BlindIndex, SealedText

LANGUAGES = [("en", "English"), ("es", "Español"), ("pt", "Português")]


class Account(AbstractBaseUser):
    """One row per person who signs in, resident or staff. The address is kept in lower case."""

    class Role(models.TextChoices):
        RESIDENT = "resident"
        STAFF = "staff"

    email = models.EmailField(unique=True, max_length=254)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.RESIDENT)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    is_active = models.BooleanField(default=True)
    password_is_temporary = models.BooleanField(default=False)  # made by us: its owner has to choose another
    created_at = models.DateTimeField(db_default=Now())

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = AccountManager()

    @property
    def is_staff(self) -> bool:
        return self.role == self.Role.STAFF

    def __str__(self) -> str:
        return f"account {self.pk}"


class Household(models.Model):
    """One row per household that applies together; every action that changes it locks this row first."""

    member_id = models.CharField(max_length=12, unique=True)  # 12 digits, on every bill and letter
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(member_id__regex=r"^\d{12}$"), name="member_id_has_12_digits")
        ]

    def __str__(self) -> str:
        return f"household {self.pk}"


class Person(models.Model):
    """One row per member of a household, for as long as we know them: corrected, never doubled."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=12)  # the person's name in the application's answers: p1, p2 ...
    first_name = models.CharField(max_length=100)
    last_name = models.CharField(max_length=100)
    folded_name = models.TextField()  # as it is searched for: see kernel.names
    birth_date = models.DateField()
    ssn = SealedText(null=True)
    ssn_index = BlindIndex(of="ssn", purpose="ssn", blank=True, db_index=True)
    last_four_index = BlindIndex(of="ssn", purpose="ssn last four", last=4, blank=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "key"], name="one_person_for_each_key")]
        indexes = [models.Index(fields=["birth_date"], name="person_by_birth_date")]

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def __str__(self) -> str:
        return f"person {self.pk}"


class Access(models.Model):
    """One row per household that an account may act for, and in which capacity."""

    class Capacity(models.TextChoices):
        MEMBER = "member"

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.MEMBER)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "household"], name="one_access_for_each_household")]

    def __str__(self) -> str:
        return f"account {self.account_id} for household {self.household_id}"
