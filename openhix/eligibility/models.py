from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from openhix.application.models import Version
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.limits import Limit
from openhix.eligibility.rules.program import BUYS_A_PLAN, MASSHEALTH, Also, Program
from openhix.kernel.story import WORDS, Figure, Told, _
from openhix.people.models import Account, Household, Person
from openhix.people.sealed import SealedJSON


class Determination(models.Model):
    """One row per answer that a household was given: from which month it counts, on what, under which law."""

    append_only = True

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    coverage_month = models.DateField()
    made_at = models.DateTimeField()  # business time
    why = models.CharField(max_length=200)
    given = SealedJSON()  # the facts that went in, by name
    law = models.CharField(max_length=64)  # fingerprint of the law's tables and the rules
    supersedes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["household", "-id"], name="determinations_of_household")]

    def __str__(self) -> str:
        return f"determination {self.pk}"


class TaxHousehold(models.Model):
    """One row per tax household of a determination on whose figures somebody's answer rests.

    Money is monthly cents; percentages are hundredths. Blank figures do not apply.
    """

    append_only = True

    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()  # from 0, in the order of who files
    fpl_percent = models.IntegerField(null=True)
    benchmark_premium = models.BigIntegerField(null=True)
    expected_contribution = models.BigIntegerField(null=True)
    monthly_credit = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["determination", "number"], name="tax_households_are_numbered")]

    def __str__(self) -> str:
        return f"tax household {self.number} of determination {self.determination_id}"


class Finding(models.Model):
    """One row per person of a determination: the program, or why it is not decided yet, and the story."""

    append_only = True

    determination = models.ForeignKey(Determination, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    tax_household = models.PositiveSmallIntegerField(default=0)  # its number
    applying = models.BooleanField(default=True)
    program = models.CharField(max_length=40, blank=True)  # a Program code; blank when undecided or not applying
    also = models.CharField(max_length=60, blank=True, default="")  # an Also code: what stands beside the program
    plan_type = models.CharField(max_length=4, blank=True)
    contribution = models.BigIntegerField(null=True)  # monthly cents, the plan type's minimum
    # Variant codes, see rules/cost_sharing.py: what this person can have alone, and by income alone in a silver plan.
    # Blank without a program, and in answers that were given before they were kept.
    federal_variant = models.CharField(max_length=20, blank=True, default="")
    silver_variant = models.CharField(max_length=20, blank=True, default="")
    starts = models.DateField(null=True)
    undecided = models.JSONField(default=list)  # codes of what our rules do not know yet, see rules/limits.py
    unproven = models.BooleanField(default=False)  # rests on a claim that is still to be proved
    story = SealedJSON()  # Told.as_record()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["determination", "person"], name="one_finding_for_each_person")]

    @property
    def program_found(self) -> Program | None:
        return Program[self.program.upper()] if self.program else None

    @property
    def has_masshealth(self) -> bool:
        return self.program_found in MASSHEALTH

    @property
    def buys_a_plan(self) -> bool:
        """Whether this is for the person to choose: the other programs come by themselves."""
        return self.program_found in BUYS_A_PLAN

    @property
    def limits(self) -> list[Limit]:
        """Why there is no answer yet, each in words."""
        return [Limit[code.upper()] for code in self.undecided]

    @property
    def plan_type_found(self) -> Figure | None:
        return Figure(PlanType.of(self.plan_type), PlanType) if self.plan_type else None

    @property
    def also_found(self) -> Figure | None:
        """What stands beside the program, in words."""
        return Figure(Also.of(self.also), Also) if self.also else None

    @property
    def answer(self) -> Figure:
        """The program in words, or that there is none."""
        if self.program_found:
            return Figure(self.program_found, Program)
        return Figure(_("Not decided yet") if self.undecided else _("Does not apply"), WORDS)

    @property
    def told(self) -> Told | None:
        return Told.from_record(self.story) if self.story else None

    def __str__(self) -> str:
        return f"finding {self.pk}"


class Distinct(models.Model):
    """One row per two people of different households whom staff found to be two, though number or name say one."""

    append_only = True

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # of the two the one we knew first
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    found_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()  # business time

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "other"], name="two_are_told_apart_once"),
            models.CheckConstraint(condition=models.Q(person__lt=models.F("other")), name="the_one_known_first_first"),
        ]

    def __str__(self) -> str:
        return f"persons {self.person_id} and {self.other_id} are two"


class ComparedLaws(models.Model):
    """One row per time that staff compared two scenarios over the households of the exchange, and how far it has come.

    `result` holds sums only (comparison.Comparison.as_data), none where nobody was compared yet; `reached` is the last
    determination that is in it. `stopped_by` names the error that ended it.
    """

    who = models.CharField(max_length=80)
    before = models.CharField(max_length=60)
    after = models.CharField(max_length=60)
    coverage_month = models.DateField()
    law_before = models.CharField(max_length=64)  # fingerprints of the laws and the rules
    law_after = models.CharField(max_length=64)
    households = models.PositiveIntegerField()  # how many there were when it was asked for
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    result = models.JSONField(null=True)
    asked_at = models.DateTimeField(db_default=Now())  # real time, as the next one
    ended_at = models.DateTimeField(null=True)
    stopped_by = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
