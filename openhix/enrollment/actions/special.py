"""A time to choose a health plan outside open enrollment: told by the household, found by us, granted or refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from openhix.application import queries as applications
from openhix.eligibility import queries as eligibility
from openhix.eligibility.models import Determination, Finding
from openhix.eligibility.words import local_day
from openhix.enrollment import labels, letters, queries, records
from openhix.enrollment.models import Coverage, Kind, Policy, SpecialEnrollment
from openhix.enrollment.queries import Status
from openhix.enrollment.rules import dates, periods
from openhix.enrollment.rules.periods import Answer, NotOpened, Standing
from openhix.kernel import clock
from openhix.law.special_enrollment import LifeEvent, Opener, SpecialEnrollments, Starts, Who
from openhix.law.tables import OpenEnrollment
from openhix.people import queries as people
from openhix.people.models import Account, Household, Person
from openhix.shopping import calendar
from openhix.verification import actions as verification
from openhix.verification.models import Proof

Arose, Because = SpecialEnrollment.Arose, SpecialEnrollment.Because


class NoFirstDay(ValueError):
    """Staff are to say from which day a plan can cover, since the law leaves it to the facts."""


@transaction.atomic
def report(
    *,
    household: Household,
    account: Account,
    event: str,
    person: Person,
    event_day: date,
    covered_before: bool | None = None,
) -> SpecialEnrollment:
    """The household tells what happened: it may choose a plan from now on, and is asked for proof where the law wants
    any. Told twice it is one. Raises NotOpened.

    `covered_before`: of a wedding, whether one of the two was covered for a day in the 60 days before.
    """
    household = people.lock(household.pk)
    version = applications.latest(household)
    if version is None:
        raise NotOpened("not_applied")
    today = clock.today()
    law = _law(event, today)
    if law.who is Who.TRIBAL_MEMBER:
        event_day = today  # it is a right of each month, and did not happen on a day
    before = _told_before(household, event, person, event_day, law)
    if before is not None:
        return before
    told = applications.answers_of(version).person(person.key)
    standing = Standing(
        enrolled=queries.is_covered(person, today), tribal_member=told.tribal_member, covered_before=covered_before
    )
    opens, ends = periods.opened(law, event_day=event_day, today=today, standing=standing)
    proof = verification.ask_for_proof_of_event(version=version, person=person) if law.proof else None
    return _open(
        SpecialEnrollment(
            household=household,
            person=person,
            event=event,
            event_day=event_day,
            covered_before=covered_before if law.who is Who.COVERED_BEFORE else None,
            opens=opens,
            ends=ends,
            arose=Arose.TOLD,
            proof=proof,
            by=account,
        ),
        "The household told of a change in its life.",
    )


def _told_before(
    household: Household, event: str, person: Person, event_day: date, law: LifeEvent
) -> SpecialEnrollment | None:
    """The same event of the same person. Raises NotOpened where it was refused, or not proved."""
    for each in queries.special_enrollments(household):
        same_day = each.event_day == event_day or (law.days_after is None and each.opens <= event_day <= each.ends)
        if (each.event, each.person_id) == (event, person.pk) and same_day:
            if each.closed_at is not None:
                raise NotOpened("refused")
            return each
    return None


@transaction.atomic
def grant(
    *,
    household: Household,
    account: Account,
    event: str,
    person: Person,
    event_day: date,
    first_day: date | None = None,
    reason: str,
) -> SpecialEnrollment:
    """Staff open it, also outside the window, without asking for proof. `first_day`: of coverage, where the law leaves
    it to the facts. `reason` is one of labels.GRANTED. Raises NotOpened, NoFirstDay, KeyError for another reason.
    """
    labels.GRANTED[reason]
    household = people.lock(household.pk)
    today = clock.today()
    law = _law(event, today)
    if (law.starts is Starts.FITTED) != (first_day is not None):
        raise NoFirstDay
    opens, ends = periods.opened(law, event_day=event_day, today=today, standing=Standing(), by=Opener.STAFF)
    return _open(
        SpecialEnrollment(
            household=household,
            person=person,
            event=event,
            event_day=event_day,
            opens=opens,
            ends=ends,
            first_day=first_day,
            arose=Arose.STAFF,
            why=reason,
            by=account,
        ),
        "Staff gave the household time to choose a plan.",
    )


@transaction.atomic
def refuse(
    *, household: Household, account: Account, event: str, person: Person, event_day: date, reason: str
) -> SpecialEnrollment:
    """Staff refuse what was asked for; where it is open it is closed, and what rests on it ends.

    The household gets a letter that says why, and that it can appeal (956 CMR 12.13). `reason` is one of
    labels.REFUSED. Raises KeyError for another one, NotOpened for a day that is far off.
    """
    labels.REFUSED[reason]
    household = people.lock(household.pk)
    there = [
        each
        for each in queries.special_enrollments(household)
        if (each.event, each.person_id, each.event_day) == (event, person.pk, event_day) and each.closed_at is None
    ]
    if not there:
        opens, ends = periods.window(_law(event, clock.today()), event_day=event_day, today=clock.today())
        there = [
            SpecialEnrollment(
                household=household,
                person=person,
                event=event,
                event_day=event_day,
                opens=opens,
                ends=ends,
                arose=Arose.STAFF,
                by=account,
                at=clock.now(),
            )
        ]
    for each in there:
        _close(each, Because.REFUSED, why=reason, by=account)
    ended = _end_what_rests_on(household, there)
    records.note("special_refused", f"account {account.pk}", "Staff refused time to choose a plan.", there[0])
    letters.refused(special=there[0], reason=labels.REFUSED[reason], ended=ended)
    return there[0]


@transaction.atomic
def open_by_determination(*, household: Household, determination: Determination) -> list[SpecialEnrollment]:
    """What an answer opens by itself, in the place of the one before; once. Nothing that open enrollment covers."""
    household = people.lock(household.pk)
    if SpecialEnrollment.objects.filter(determination=determination).exists():
        return []
    today = local_day(determination.made_at)
    found: dict[str, Person] = {}
    before = determination.supersedes
    earlier = _answers(before) if before else {}
    for finding, answer in _answers(determination).values():
        if not finding.applying:
            continue
        _finding, then = earlier.get(finding.person_id, (None, None))
        enrolled = queries.is_covered(finding.person, today)
        event = periods.opened_by_answer(then, answer, enrolled=enrolled)
        if event is not None:
            found.setdefault(event, finding.person)
    opened = [_by_answer(household, determination, event, person, today) for event, person in found.items()]
    return [each for each in opened if each is not None]


def _by_answer(
    household: Household, determination: Determination, event: str, person: Person, today: date
) -> SpecialEnrollment | None:
    law = _law(event, today)
    event_day = periods.masshealth_ends(today) if event == "loss_of_masshealth" else today
    standing = Standing(enrolled=True, connectorcare=True)  # the answers before and after say so
    opens, ends = periods.opened(law, event_day=event_day, today=today, standing=standing, by=Opener.DETERMINED)
    enrollment = OpenEnrollment.for_year(calendar.plan_year(today))
    if not periods.adds_time(opens=max(opens, today), ends=ends, enrollment=enrollment):
        return None
    return _open(
        SpecialEnrollment(
            household=household,
            person=person,
            event=event,
            event_day=event_day,
            opens=opens,
            ends=ends,
            arose=Arose.DETERMINED,
            determination=determination,
        ),
        f"Determination {determination.pk} gives the household time to choose a plan.",
    )


@transaction.atomic
def end_what_was_not_proved(*, proof: Proof) -> list[Policy]:
    """What rests on an event that was not proved in time ends: 45 CFR 155.315(f)(5). Returns the policies that end."""
    household = people.lock(proof.household_id)
    over = queries.resting_on(proof)
    if not over:
        return []
    for each in over:
        _close(each, Because.NOT_PROVED)
    ended = _end_what_rests_on(household, over)
    records.note("special_ended", "system", "What happened was not proved in time.", over[0])
    letters.not_proved(special=over[0], ended=ended)
    return ended


def _end_what_rests_on(household: Household, closed: Iterable[SpecialEnrollment]) -> list[Policy]:
    """A choice that waits ends now, a paid plan with this month (assumed: after the letter, and never backwards)."""
    rests = {each.pk for each in closed}
    today = clock.today()
    ended = []
    for each in queries.standings(household, Kind.HEALTH):
        policy, why = each.policy, "The time to choose in which it was chosen is closed."
        if policy.special_id not in rests:
            continue
        if each.status is Status.WAITING:
            records.withdraw([policy], why)
            records.note("withdrawn", "system", why, policy)
            ended.append(policy)
        elif each.status is Status.COMPLETE:
            on = dates.change_takes_effect(today=today, starts=policy.starts)
            records.stop(Coverage.objects.filter(policy=policy), DateRange(on, None))
            records.close([each], on, why)
            records.note("ended", "system", why, policy)
            ended.append(policy)
    return ended


def _close(special: SpecialEnrollment, because: str, *, why: str = "", by: Account | None = None) -> None:
    """A row that is not there yet is written closed; of one that is, only the marks of its end are."""
    special.closed_at, special.closed_because = clock.now(), because
    special.closed_why, special.closed_by = why, by
    special.save(update_fields=SpecialEnrollment.changes if special.pk else None)


def _open(special: SpecialEnrollment, why: str) -> SpecialEnrollment:
    special.at = clock.now()
    special.save()
    records.note("special_opened", f"account {special.by_id}" if special.by_id else "system", why, special)
    letters.opened(special=special)
    return special


def _law(event: str, day: date) -> LifeEvent:
    return SpecialEnrollments.for_year(day.year).event(event)


def _answers(determination: Determination) -> dict[int, tuple[Finding, Answer]]:
    """What each person qualifies for, with the credit of their own tax household, by person."""
    credits = eligibility.credits(determination)
    return {
        each.person_id: (each, Answer(each.program_found, each.plan_type, credit=bool(credits.get(each.tax_household))))
        for each in eligibility.findings(determination)
    }
