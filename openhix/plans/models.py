from __future__ import annotations

from django.db import models
from django.db.models import Q

from openhix.plans.plan import DENTAL_TIERS, HEALTH_TIERS

TIERS = (*HEALTH_TIERS, *DENTAL_TIERS)


class ShelfLoad(models.Model):
    """One row per time that a year's shelf was loaded. The newest of a year is the one that is sold from.

    `at` is business time. An older load keeps its rows and gains the mark of when it was superseded.
    """

    year = models.PositiveSmallIntegerField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=Q(superseded_at=None), name="one_shelf_a_year"),
        ]

    def __str__(self) -> str:
        return f"shelf of {self.year}, load {self.pk}"


class Carrier(models.Model):
    """One row per company on a shelf, by its federal issuer number (HIOS)."""

    append_only = True

    load = models.ForeignKey(ShelfLoad, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=5)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=6)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["load", "issuer"], name="a_carrier_is_on_a_shelf_once")]

    def __str__(self) -> str:
        return self.name


class Plan(models.Model):
    """One row per plan on a shelf, by its standard component id. Amounts are cents a year; null where not stated."""

    append_only = True

    load = models.ForeignKey(ShelfLoad, on_delete=models.PROTECT, related_name="+")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="+")
    component = models.CharField(max_length=14)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=6)
    market = models.CharField(max_length=11)
    tier = models.CharField(max_length=12)
    metal = models.CharField(max_length=12)
    plan_type = models.CharField(max_length=200)
    connectorcare = models.BooleanField()
    hsa = models.BooleanField()
    national_network = models.BooleanField()
    service_area = models.CharField(max_length=6)
    deductible = models.BigIntegerField(null=True)
    family_deductible = models.BigIntegerField(null=True)
    deductible_basis = models.CharField(max_length=20)
    drug_deductible = models.BigIntegerField(null=True)
    out_of_pocket_maximum = models.BigIntegerField(null=True)
    family_out_of_pocket_maximum = models.BigIntegerField(null=True)
    out_of_pocket_maximum_basis = models.CharField(max_length=20)
    premium_basis = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["load", "component"], name="a_plan_is_on_a_shelf_once"),
            models.CheckConstraint(condition=Q(tier__in=TIERS), name="a_plan_has_a_tier"),
        ]

    def __str__(self) -> str:
        return self.name


class Benefit(models.Model):
    """One row per service of a plan, with the cells that the carrier filed for it; `position` keeps their order."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    covered = models.BooleanField()
    copay = models.TextField()
    coinsurance = models.TextField()
    copay_out_of_network = models.TextField()
    coinsurance_out_of_network = models.TextField()
    limit = models.TextField()
    basis = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="a_plan_tells_a_benefit_once")]

    def __str__(self) -> str:
        return self.name


class ServiceArea(models.Model):
    """One row per stretch of a carrier's service area: the whole state (no county), a county, or a ZIP in a county."""

    append_only = True

    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    county = models.CharField(max_length=5, blank=True)  # FIPS
    zip = models.CharField(max_length=5, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["carrier", "code", "county", "zip"], name="a_stretch_is_in_an_area_once"),
            models.CheckConstraint(condition=Q(zip="") | ~Q(county=""), name="a_zip_stands_with_its_county"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.county} {self.zip}".rstrip()


class Rate(models.Model):
    """One row per monthly premium of a plan: in a rating area, from an age (0 stands for 0-14, 64 for 64 and over)."""

    append_only = True

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    rating_area = models.PositiveSmallIntegerField()
    age = models.PositiveSmallIntegerField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "rating_area", "age"], name="one_price_for_an_age"),
            models.CheckConstraint(condition=Q(cents__gt=0), name="a_price_is_above_zero"),
            models.CheckConstraint(condition=Q(age__lte=64), name="ages_end_with_64_and_over"),
        ]

    def __str__(self) -> str:
        return f"area {self.rating_area}, age {self.age}: {self.cents}"


class ShelfFinding(models.Model):
    """One row per thing about a loaded shelf that staff should look at; it did not keep the shelf from being loaded."""

    append_only = True

    load = models.ForeignKey(ShelfLoad, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text
