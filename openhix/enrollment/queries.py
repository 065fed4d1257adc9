"""What a household has chosen and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef

from openhix.eligibility.words import local_day
from openhix.enrollment.models import Coverage, Kind, Member, Policy, Step
from openhix.people.models import Household, Person
from openhix.plans import queries as plans
from openhix.plans.plan import Plan


class Status(StrEnum):
    """Where a policy stands. Waiting: for its first payment. Withdrawn: before it began."""

    WAITING = "waiting"
    COMPLETE = "complete"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Standing:
    """A policy with its people and its steps in order. `ends`: the first day without coverage, where it has ended."""

    policy: Policy
    members: tuple[Member, ...]
    steps: tuple[Step, ...]

    @property
    def status(self) -> Status:
        taken = {step.what for step in self.steps}
        if Step.What.WITHDRAWN in taken:
            return Status.WITHDRAWN
        if Step.What.ENDED in taken:
            return Status.ENDED
        return Status.COMPLETE if Step.What.COMPLETE in taken else Status.WAITING

    @property
    def ends(self) -> date | None:
        return next((step.effective for step in self.steps if step.what == Step.What.ENDED), None)

    @property
    def lapsed_on(self) -> date | None:
        """The day on which a choice ended that had not been paid for in time."""
        ended = next((local_day(step.at) for step in self.steps if step.what == Step.What.WITHDRAWN), None)
        if ended is None or ended <= self.policy.pay_by or any(step.what == Step.What.COMPLETE for step in self.steps):
            return None
        return ended

    @property
    def people(self) -> frozenset[int]:
        """The ids of the persons."""
        return frozenset(member.person_id for member in self.members)


def standings(household: Household, kind: str | None = None) -> list[Standing]:
    """Every policy of a household, the newest first. Three queries, whatever their number."""
    found = Policy.objects.filter(household=household, **({"kind": kind} if kind else {})).order_by("-pk")
    return _with_steps(list(found))


def standing(policy: Policy) -> Standing:
    return _with_steps([policy])[0]


def chosen_together(household: Household, choice: str) -> list[Standing]:
    """The policies of one choice, by its key, in the order in which they were chosen; empty where there is none."""
    return _with_steps(list(Policy.objects.filter(household=household, choice=choice).order_by("pk")))


def waiting(household: Household, kind: str) -> list[Standing]:
    """Chosen and not yet paid for: all that the household chose last, since a choice replaces what was waiting."""
    return [each for each in standings(household, kind) if each.status is Status.WAITING]


def complete(household: Household, kind: str) -> list[Standing]:
    """Paid for and not ended: in force, or from its first day on."""
    return [each for each in standings(household, kind) if each.status is Status.COMPLETE]


def stand_until_paid(waiting: Iterable[Standing], standings: Iterable[Standing]) -> list[Standing]:
    """The paid policies of those for whom something else of the same kind waits: they stand until that is paid for."""
    seats = {(each.policy.kind, person) for each in waiting for person in each.people}
    return [
        each
        for each in standings
        if each.status is Status.COMPLETE and any((each.policy.kind, person) in seats for person in each.people)
    ]


def spans(policy: Policy) -> list[Coverage]:
    """The spans of its people that count, in order."""
    return list(Coverage.objects.filter(policy=policy, superseded_at=None).order_by("days", "pk"))


def coverage_of(person: Person, kind: str = Kind.HEALTH) -> list[Coverage]:
    """The spans that count, in order."""
    return list(Coverage.objects.filter(person=person, kind=kind, superseded_at=None).order_by("days"))


def plan_of(policy: Policy) -> Plan:
    """Raises NoShelf, UnknownPlan."""
    return plans.shelf(year=policy.plan_year).plan(policy.plan_id)


def unpaid_on(day: date) -> list[int]:
    """Ids of the households with a choice whose last day for the first payment has passed on `day`, each once."""
    settled = Step.objects.filter(policy=OuterRef("pk"), what__in=(Step.What.COMPLETE, Step.What.WITHDRAWN))
    late = Policy.objects.filter(~Exists(settled), pay_by__lt=day)
    return list(late.order_by("household").values_list("household", flat=True).distinct())


def _with_steps(policies: list[Policy]) -> list[Standing]:
    members: dict[int, list[Member]] = {policy.pk: [] for policy in policies}
    steps: dict[int, list[Step]] = {policy.pk: [] for policy in policies}
    for member in Member.objects.filter(policy__in=policies).select_related("person").order_by("pk"):
        members[member.policy_id].append(member)
    for step in Step.objects.filter(policy__in=policies).order_by("pk"):
        steps[step.policy_id].append(step)
    return [Standing(policy, tuple(members[policy.pk]), tuple(steps[policy.pk])) for policy in policies]
