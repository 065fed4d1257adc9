from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from django.db import transaction

from openhix.application import queries as applications
from openhix.application.models import Version
from openhix.correspondence import actions as correspondence
from openhix.eligibility import queries, words
from openhix.eligibility.decision import Decision, PersonAnswer, decide
from openhix.eligibility.fingerprint import law_and_rules
from openhix.eligibility.letters import result
from openhix.eligibility.models import Determination, Distinct, Finding, TaxHousehold
from openhix.eligibility.rules import months
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.program import BUYS_A_PLAN, Also, Program
from openhix.eligibility.settled import as_settled
from openhix.history.actions import record
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.plans import queries as plans
from openhix.verification import queries as verification

WHY_LONGEST = 200
NEW_LAW = "The law or its figures changed."
TOLD_APART = "Staff found that this is not the person of another application."


class NotApplied(LookupError):
    """The household has submitted no application, so there is nothing to determine."""


class NotElsewhere(LookupError):
    """This person is not taken for one of another household's application."""


@transaction.atomic
def determine(*, household: Household, why: str) -> Determination:
    """Answer the household's latest application, in the place of the answer before, and tell it by letter.

    Raises NotApplied, MissingLaw and NoShelf.
    """
    household = people.lock(household.pk)
    version = applications.latest(household)
    if version is None:
        raise NotApplied(f"household {household.pk} has submitted no application")
    determination = _record(household, version, _decide(version), why, queries.current(household))
    _tell(determination)
    return determination


@transaction.atomic
def reconsider(*, household: Household, why: str) -> Determination | None:
    """Determine the latest version anew where something has changed in what its answer rests on, and only there.

    A letter goes where the answer itself is another one. None where nothing has changed, and before the first answer,
    which takes it into account. Raises MissingLaw and NoShelf.
    """
    household = people.lock(household.pk)
    version, before = applications.latest(household), queries.current(household)
    if version is None or before is None or before.version != version:
        return None
    decided = _decide(version)
    if _is_what_was_found(decided[1], before):
        return None
    return _in_place_of(before, decided, why)


@transaction.atomic
def redetermine(*, household: Household) -> Determination | None:
    """Determine the latest version anew where its answer was given under other law or rules than the program's now.

    A letter goes where the answer itself is another one. None where there is no such answer, or not any more, and
    where a later version is about to be answered anyway. Raises MissingLaw and NoShelf.
    """
    household = people.lock(household.pk)
    version = applications.latest(household)
    before = queries.of_other_law().filter(household=household, version=version).first()
    if version is None or before is None:
        return None
    return _in_place_of(before, _decide(version), NEW_LAW)


def _in_place_of(before: Determination, decided: tuple[date, Decision], why: str) -> Determination:
    """The same version's new answer, with a letter where it says something else."""
    determination = _record(before.household, before.version, decided, why, before)
    if queries.changes(determination) or _undecided(determination) != _undecided(before):
        _tell(determination)
    return determination


def _decide(version: Version) -> tuple[date, Decision]:
    """For the month that can be had now, on what was told, but for what was not shown in time."""
    not_shown = verification.not_shown(version)
    answers = as_settled(applications.answers_of(version), not_shown)
    month = months.coverage_month(clock.today(), answers.plan_year)
    decision = decide(
        answers,
        law=Law(month),
        shelf=plans.shelf(year=month.year),
        on_word=verification.facts_on_word(version),
        elsewhere=_elsewhere(version.application.household),
        not_shown=not_shown,
    )
    return month, decision


def _is_what_was_found(decision: Decision, before: Determination) -> bool:
    """Whether the same facts went in, and each person has the same answer, resting on the same."""
    found = {each.person.key: each for each in queries.findings(before)}
    return json.loads(json.dumps(decision.given)) == before.given and all(
        each.key in found
        and found[each.key].unproven == each.unproven
        and found[each.key].undecided == [limit.code for limit in each.undecided]
        for each in decision.people
    )


def _undecided(determination: Determination) -> list[list[str]]:
    return [each.undecided for each in queries.findings(determination)]


def _record(
    household: Household, version: Version, decided: tuple[date, Decision], why: str, before: Determination | None
) -> Determination:
    month, decision = decided
    determination = _keep(household, version, decision, month, why, before)
    TaxHousehold.objects.bulk_create(
        TaxHousehold(determination=determination, **asdict(each)) for each in decision.tax_households
    )
    _keep_findings(determination, decision, before)
    record(
        kind="eligibility.determined",
        who="system",
        why=why,
        subject_kind="household",
        subject_id=household.pk,
        payload={"determination": determination.pk},
    )
    return determination


@transaction.atomic
def tell_apart(*, household: Household, key: str, others: Iterable[int], account: Account) -> Determination:
    """Staff found that the person with this key is none of `others` (ids of persons); the household is answered anew.

    Raises NotElsewhere where one of them is not, or no longer, somebody whom we took for the same.
    """
    household = people.lock(household.pk)
    person = next((each for each in people.people_of(household) if each.key == key), None)
    if person is None:
        raise NotElsewhere(f"household {household.pk} has nobody of the key {key!r}")
    different = set(others)
    if not different or not different <= {each.pk for each in queries.elsewhere([person])[person.pk]}:
        raise NotElsewhere(f"person {person.pk} is not taken for these people now")
    for other in sorted(different):
        first, second = sorted((person.pk, other))
        Distinct.objects.create(person_id=first, other_id=second, found_by=account, found_at=clock.now())
        record(
            kind="eligibility.told_apart",
            who=f"account {account.pk}",
            why=TOLD_APART,
            subject_kind="household",
            subject_id=household.pk,
            payload={"person": person.pk, "other": other},
        )
    return determine(household=household, why=TOLD_APART)


def _elsewhere(household: Household) -> frozenset[str]:
    """The keys of those who may be on another household's application. Of two that are answered at the same moment
    one waits here for the other, and then knows what became of it."""
    persons = people.people_of(household)
    people.lock_alike(persons)
    found = queries.elsewhere(persons)
    return frozenset(person.key for person in persons if found[person.pk])


def _keep(
    household: Household, version: Version, decision: Decision, month: date, why: str, before: Determination | None
) -> Determination:
    return Determination.objects.create(
        household=household,
        version=version,
        coverage_month=month,
        made_at=clock.now(),
        why=why[:WHY_LONGEST],
        given=decision.given,
        law=law_and_rules(),
        supersedes=before,
    )


def _keep_findings(determination: Determination, decision: Decision, before: Determination | None) -> None:
    persons = {person.key: person for person in people.people_of(determination.household)}
    earlier = {each.person_id: each for each in queries.findings(before)} if before else {}
    Finding.objects.bulk_create(
        Finding(
            determination=determination,
            person=persons[each.key],
            tax_household=each.tax_household,
            applying=each.applying,
            program=each.program.code if each.program else "",
            also="" if each.also is Also.NOTHING else each.also.code,
            plan_type="" if each.plan_type is PlanType.NONE else each.plan_type.code,
            contribution=each.contribution,
            federal_variant=each.federal_variant.code if each.federal_variant is not None else "",
            silver_variant=each.silver_variant.code if each.silver_variant is not None else "",
            starts=_starts(each, determination, earlier.get(persons[each.key].pk)),
            undecided=[limit.code for limit in each.undecided],
            unproven=each.unproven,
            story=each.story.as_record() if each.story else {},
        )
        for each in decision.people
    )


def _starts(answer: PersonAnswer, determination: Determination, before: Finding | None) -> date | None:
    """The first day; MassHealth that the person has already goes on from the day on which it began."""
    if answer.program in (None, Program.NONE):
        return None
    if answer.program in BUYS_A_PLAN:
        return determination.coverage_month
    if answer.program is Program.CMSP:  # 130 CMR 522.004: the day of the decision
        return words.local_day(determination.made_at)
    if before is not None and before.has_masshealth and before.starts is not None:
        return before.starts
    return months.masshealth_starts(words.local_day(determination.version.submitted_at))


def _tell(determination: Determination) -> None:
    household = determination.household
    subject, blocks = result.text(
        determination,
        findings=queries.findings(determination),
        tax_households=queries.tax_households(determination),
        changes=queries.changes(determination),
        proofs=verification.owed(household, clock.today()),
        language=household.language,
    )
    correspondence.send(household=household, kind="eligibility.result", subject=subject, blocks=blocks)
