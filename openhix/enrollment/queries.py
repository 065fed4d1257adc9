"""What a household has chosen and what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef

from openhix.eligibility.words import local_day
from openhix.enrollment.models import Coverage, Kind, Member, Policy, SpecialEnrollment, Step
from openhix.enrollment.rules import dates, periods
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.kernel import clock
from openhix.law.special_enrollment import EnrolleeMay, LifeEvent, SpecialEnrollments
from openhix.law.tables import OpenEnrollment
from openhix.people.models import Household, Person
from openhix.plans import queries as plans
from openhix.plans.plan import Plan
from openhix.shopping import calendar
from openhix.verification.models import Proof


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


def is_covered(person: Person, day: date) -> bool:
    """Whether the person is covered by a health plan of ours on a day."""
    spans = Coverage.objects.filter(person=person, kind=Kind.HEALTH, superseded_at=None)
    return spans.filter(days__contains=day).exists()


def special_enrollments(household: Household) -> list[SpecialEnrollment]:
    """Every time to choose that was opened or refused, the newest first."""
    found = SpecialEnrollment.objects.filter(household=household).select_related("person", "proof", "by", "closed_by")
    return list(found.order_by("-pk"))


def resting_on(proof: Proof) -> list[SpecialEnrollment]:
    """What this proof is to show and is not closed."""
    return list(SpecialEnrollment.objects.filter(proof=proof, closed_at=None).order_by("pk"))


def event_of(special: SpecialEnrollment) -> LifeEvent:
    return SpecialEnrollments.for_year(special.ends.year).event(special.event)


@dataclass(frozen=True)
class Opening:
    """A day from which a plan covers that is chosen today. `closes`: the last day to choose; `special`: the time that
    it rests on, None in open enrollment and for dental plans."""

    starts: date
    pay_by: date
    closes: date
    special: SpecialEnrollment | None = None

    @property
    def enrollee_may(self) -> EnrolleeMay:
        """What those may do who are in a plan already."""
        return event_of(self.special).enrollee if self.special else EnrolleeMay.ANY


def openings(household: Household, kind: str, today: date, plan_year: int) -> list[Opening]:
    """Every day from which the household can be covered by choosing a plan of this kind today, the earliest first.

    956 CMR 12.10(1), (2). Of two ways to one day the one that asks for less. Empty: nothing can be chosen today.
    """
    enrollment = OpenEnrollment.for_year(plan_year)
    found: dict[date, Opening] = {}
    try:
        starts = dates.first_day(chosen_on=today, kind=kind, enrollment=enrollment)
        pay_by = dates.pay_by(starts=starts, enrollment=enrollment)
        found[starts] = Opening(starts, pay_by, enrollment.end)
    except EnrollmentClosed:
        pass
    if kind == Kind.HEALTH:
        open_now = SpecialEnrollment.objects.filter(closed_at=None, opens__lte=today, ends__gte=today)
        for special in open_now.filter(household=household).select_related("person", "proof").order_by("pk"):
            for each in _openings_of(special, today, enrollment):
                before = found.get(each.starts)
                if before is None or before.enrollee_may is not EnrolleeMay.ANY:
                    found[each.starts] = each
    return [found[starts] for starts in sorted(found)]


def openings_of(special: SpecialEnrollment) -> list[Opening]:
    """The days from which a plan covers that is chosen in this time: today, or on its first day if that is to come."""
    today = max(clock.today(), special.opens)
    return _openings_of(special, today, OpenEnrollment.for_year(calendar.plan_year(today)))


def _openings_of(special: SpecialEnrollment, today: date, enrollment: OpenEnrollment) -> list[Opening]:
    deadline = enrollment.payment_deadline_day
    starts = periods.first_days(
        event_of(special).starts,
        event_day=special.event_day,
        chosen_on=today,
        closes=special.ends,
        deadline_day=deadline,
        fitted=special.first_day,
    )
    return [
        Opening(each, periods.pay_by(starts=each, chosen_on=today, deadline_day=deadline), special.ends, special)
        for each in starts
        if each.year == enrollment.for_plan_year
    ]


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
