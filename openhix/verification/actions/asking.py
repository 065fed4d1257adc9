"""What data services are asked, and what becomes of their answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from django.db import transaction

from openhix.application.models import Version
from openhix.kernel import clock
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.verification import queries
from openhix.verification.actions import proofs
from openhix.verification.actions.noting import keep_finding, note
from openhix.verification.models import Evidence, Inquiry, Proof, Reply
from openhix.verification.queries import Stands
from openhix.verification.rules import asking, claims, weighing
from openhix.verification.rules.status import Finding, Outcome
from openhix.verification.sources.interface import Answer, request_about


class Said(NamedTuple):
    """What came of one question: the answer, or how there was none."""

    inquiry: Inquiry
    how: str
    answer: Answer | None = None


@transaction.atomic
def ask_services(*, version: Version) -> list[Inquiry]:
    """Write down what data services are asked about this version; a job asks them. Nothing about what is shown already.

    The same version twice is asked about once; one that is not the household's latest is not asked about.
    """
    household = people.lock(version.application.household_id)
    if not queries.is_latest(version):
        return []
    stands = Stands.of(version)
    unsettled = [claim for claim in claims.made(stands.answers) if not stands.is_settled(claim)]
    there = set(Inquiry.objects.filter(version=version).values_list("person__key", "service"))
    persons = queries.persons(household)
    now = clock.now()
    asked = [
        Inquiry(
            household=household,
            person=persons[key],
            version=version,
            service=service,
            request=request_about(service, stands.answers, key, asked_at=now).as_json(),
            asked_at=now,
        )
        for key, service in asking.questions(unsettled, stands.answers)
        if (key, service) not in there
    ]
    Inquiry.objects.bulk_create(asked)
    if asked:
        note("services_asked", "What others may know is asked of them.", household, questions=len(asked))
    return asked


@transaction.atomic
def take_replies(*, version: Version, said: Sequence[Said]) -> list[Proof]:
    """Keep what data services said, weigh it, ask for papers where it does not agree, and take back where it does.

    An answer that is there already is not taken twice. Returns the proofs asked for.
    """
    household = people.lock(version.application.household_id)
    waiting = {each.pk for each in queries.unanswered(version)}
    new = [each for each in said if each.inquiry.pk in waiting]
    now = clock.now()
    Reply.objects.bulk_create(
        Reply(inquiry=each.inquiry, how=each.how, answer=asdict(each.answer) if each.answer else None, at=now)
        for each in new
    )
    if new:
        answered = sum(1 for each in new if each.answer)
        why = "What data services answered is kept."
        note("services_answered", why, household, answered=answered, unanswered=len(new) - answered)
    if not queries.is_latest(version):
        return []
    _weigh(version)
    return proofs.ask_for_papers(household, version)


def _weigh(version: Version) -> None:
    """Write down what services say of each claim where it is new."""
    stands, replies = Stands.of(version), queries.replies(version)
    law = Law(date(stands.answers.plan_year, 1, 1))
    for claim in sorted(claims.made(stands.answers)):
        found = weighing.weigh(claim, stands.answers, replies, law)
        before = stands.found.get(claim)
        if found is None or (before and Finding(Outcome(before.finding), before.known) == found):
            continue
        keep_finding(claim, version, stands, by=Evidence.By.SERVICES, finding=found.outcome, known=found.known)
