from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Subquery

from openhix.application import queries as applications
from openhix.application.answers import Answers
from openhix.application.models import Version
from openhix.correspondence import queries as correspondence
from openhix.kernel import clock
from openhix.law.proofs import Proofs
from openhix.law.tables import Law
from openhix.people import queries as people
from openhix.people.models import Household, Person
from openhix.verification.models import Evidence, Inquiry, Paper, Proof, Reply, Review
from openhix.verification.rules import asking, claims
from openhix.verification.rules.claims import Claim
from openhix.verification.rules.income import Replies
from openhix.verification.rules.status import Known, Outcome, Status, status
from openhix.verification.sources.interface import Answer, Service, answer_from_json

FAILURES = (Reply.How.SILENT, Reply.How.BROKEN)
REMINDER = "verification.proofs_reminder"


def proofs() -> QuerySet[Proof]:
    return Proof.objects.select_related("person", "letter", "household", "version__application")


def owed(household: Household, today: date) -> list[Proof]:
    """Proofs that can still be sent in time today, the most urgent first; `due_on` is the last day."""
    return list(standing(household).filter(due_on__gte=today))


def overdue(household: Household, today: date) -> list[Proof]:
    """Proofs whose last day has passed."""
    return list(standing(household).filter(due_on__lt=today))


def standing(household: Household) -> QuerySet[Proof]:
    """Every proof asked for and not withdrawn."""
    found = proofs().filter(household=household, withdrawn_at__isnull=True)
    return found.order_by("due_on", "person__key", "claim")


def to_send(household: Household) -> list[Proof]:
    """Proofs for which a paper is still to be sent: none has come, or staff have looked at what came."""
    return list(standing(household).filter(~Exists(_undecided(OuterRef("pk")))))


def _undecided(proof: Any) -> QuerySet[Paper]:
    """Papers about which staff have not decided, having seen them."""
    decided = Review.objects.filter(proof=OuterRef("proof"), up_to__gte=OuterRef("pk"))
    return Paper.objects.filter(~Exists(decided), proof=proof)


def all_proofs(household: Household) -> list[Proof]:
    """Every proof that was ever asked of this household: those that stand first, the most urgent of them first."""
    return list(proofs().filter(household=household).order_by("-withdrawn_at", "due_on", "person__key", "claim"))


def papers(of: Iterable[Proof]) -> QuerySet[Paper]:
    """What was sent for these proofs, in order, without what is in it."""
    sent = Paper.objects.filter(proof__in=[each.pk for each in of]).select_related("document")
    return sent.defer("document__content").order_by("pk")


def reviews(of: Iterable[Proof]) -> QuerySet[Review]:
    """What staff decided about these proofs, in order."""
    return Review.objects.filter(proof__in=[each.pk for each in of]).select_related("by").order_by("pk")


def is_decided(paper: Paper) -> bool:
    return Review.objects.filter(proof=paper.proof_id, up_to__gte=paper.pk).exists()


def reminded(household: Household, today: date) -> bool:
    return correspondence.letters_of(household).filter(kind=REMINDER, dated=today).exists()


def facts_on_word(version: Version) -> dict[str, frozenset[str]]:
    """Names of the facts of eligibility that rest on a person's word alone, by the person's key in the answers.

    A claim whose last day has passed rests on nobody's word any more: see `not_shown`.
    """
    stands = Stands.of(version)
    owing = stands.to_prove()
    return claims.facts_of(frozenset(each for each in owing if stands.status(each) != Status.EXPIRED))


@dataclass(frozen=True)
class NotShown:
    """A claim that was not shown in time: whose, by key, and what data services say in its place, if anything."""

    person: str
    claim: str
    known: Mapping[str, Any]


def not_shown(version: Version) -> list[NotShown]:
    """Claims of this version that count no longer as they were told. 45 CFR 155.315(f)(5)."""
    stands = Stands.of(version)
    return [
        NotShown(claim.person, claim.what, stands.expired[claim].known)
        for claim in sorted(stands.expired)
        if stands.status(claim) == Status.EXPIRED
    ]


@dataclass(frozen=True)
class Stands:
    """How the claims of one version stand, read in a fixed number of queries. Evidence about a claim that was told
    otherwise is left out."""

    answers: Answers
    found: Mapping[Claim, Evidence]  # of data services
    accepted: Mapping[Claim, Evidence]
    expired: Mapping[Claim, Evidence]
    outdated: Sequence[Evidence]  # of time that ran out for a claim as it was told before
    proofs: Mapping[Claim, Proof]  # standing
    refused: frozenset[Claim]
    waiting: Mapping[Claim, datetime]  # since when a data service that may know has not answered

    @classmethod
    def of(cls, version: Version) -> Stands:
        household = version.application.household
        answers = applications.answers_of(version)
        keys = {person.pk: person.key for person in people.people_of(household)}
        evidence = [
            (Claim(keys[each.person_id], each.claim), each)
            for each in Evidence.objects.filter(household=household, superseded_at__isnull=True)
        ]
        proofs = {Claim(keys[each.person_id], each.claim): each for each in standing(household)}
        refused = _refused(proofs.values())

        def now(by: str) -> dict[Claim, Evidence]:
            return {claim: each for claim, each in evidence if each.by == by and each.told == told(claim, answers)}

        expired = now(Evidence.By.TIME)
        return cls(
            answers=answers,
            found=now(Evidence.By.SERVICES),
            accepted=now(Evidence.By.STAFF),
            expired=expired,
            outdated=[each for claim, each in evidence if each.by == Evidence.By.TIME and claim not in expired],
            proofs=proofs,
            refused=frozenset(claim for claim, each in proofs.items() if each.pk in refused),
            waiting=_waiting(version, answers, keys),
        )

    def status(self, claim: Claim) -> Status:
        return status(self._known(claim))

    def _known(self, claim: Claim) -> Known:
        said = Outcome(self.found[claim].finding) if claim in self.found else None
        return Known(
            services=said or (Outcome.UNAVAILABLE if claim in self.waiting else None),
            accepted=claim in self.accepted,
            expired=claim in self.expired,
            owed=claim in self.proofs,
            refused=claim in self.refused,
        )

    def to_prove(self) -> frozenset[Claim]:
        """Claims for which papers are asked: see rules.claims.to_prove."""
        wait, now = timedelta(days=Proofs.for_year(self.answers.plan_year).wait), clock.now()
        waited = frozenset(claim for claim, since in self.waiting.items() if since + wait <= now)
        unasked = {claim: status(replace(self._known(claim), owed=False)) for claim in claims.made(self.answers)}
        return claims.to_prove(self.answers, unasked, waited=waited, owed=frozenset(self.proofs))

    def is_settled(self, claim: Claim) -> bool:
        return self.status(claim) in (Status.VERIFIED, Status.ACCEPTED)


def is_latest(version: Version) -> bool:
    latest = applications.latest(version.application.household)
    return latest is not None and latest.pk == version.pk


def latest_version(proof: Proof) -> Version:
    """The version that counts today of the application that a proof was asked for."""
    latest = applications.latest(proof.household)
    assert latest is not None  # a proof is asked for by one
    return latest


def plan_year(version: Version) -> int:
    return applications.answers_of(version).plan_year


def persons(household: Household) -> dict[str, Person]:
    """Everyone, by their key in the application."""
    return {person.key: person for person in people.people_of(household)}


def expired_findings(proof: Proof) -> QuerySet[Evidence]:
    """That a claim was not shown in time, as far as it counts."""
    by_time = Evidence.objects.filter(by=Evidence.By.TIME, superseded_at__isnull=True)
    return by_time.filter(person=proof.person, claim=proof.claim)


def told(claim: Claim, answers: Answers) -> Any:
    """What is told of a claim, as plain JSON: evidence counts while it is the same. None for who left."""
    if not any(person.key == claim.person for person in answers.people):
        return None
    return json.loads(json.dumps(claims.told(claim, answers)))


def _refused(proofs: Iterable[Proof]) -> set[int]:
    """Proofs of which the last paper was refused."""
    last: dict[int, Review] = {}
    for review in Review.objects.filter(proof__in=[each.pk for each in proofs], up_to__isnull=False).order_by("pk"):
        last[review.proof_id] = review
    newest = dict(Paper.objects.filter(proof__in=last).values_list("proof").annotate(Max("pk")))
    return {
        proof
        for proof, review in last.items()
        if review.decision == Review.Decision.REFUSED and review.up_to_id == newest[proof]
    }


def _waiting(version: Version, answers: Answers, keys: Mapping[int, str]) -> dict[Claim, datetime]:
    since = {(keys[each.person_id], each.service): each.asked_at for each in unanswered(version)}
    waiting = {}
    for claim in claims.made(answers):
        asked = [since.get((claim.person, each)) for each in asking.services_for(claim, answers)]
        if any(asked):
            waiting[claim] = min(each for each in asked if each)
    return waiting


def unanswered(version: Version) -> list[Inquiry]:
    """Questions about this version that no data service has answered yet."""
    return list(_unanswered().filter(version=version).order_by("pk"))


def _unanswered() -> QuerySet[Inquiry]:
    answered = Reply.objects.filter(inquiry=OuterRef("pk"), how=Reply.How.ANSWERED)
    return Inquiry.objects.filter(~Exists(answered))


def replies(version: Version) -> Replies:
    """What data services answered about the people of this version."""
    said: dict[str, dict[Service, Answer]] = {}
    answered = Reply.objects.filter(inquiry__version=version, how=Reply.How.ANSWERED)
    for each in answered.select_related("inquiry__person").order_by("pk"):
        service = Service(each.inquiry.service)
        said.setdefault(each.inquiry.person.key, {})[service] = answer_from_json(service, each.answer)
    return said


def to_ask_again(now: datetime) -> list[Version]:
    """Versions about which a data service that has not answered is asked again at this time."""
    waiting = _unanswered().filter(asked_at__gt=now - asking.GIVE_UP)
    tries = Reply.objects.filter(inquiry__in=waiting).values_list("inquiry").annotate(Count("pk"), Max("at"))
    tried = {inquiry: (times, last) for inquiry, times, last in tries}
    versions = {}
    for each in waiting.select_related("version__application").order_by("pk"):
        times, last = tried.get(each.pk, (1, each.asked_at))
        if asking.ask_again_at(times, last) <= now:
            versions[each.version_id] = each.version
    count = applications.that_count(versions.values())
    return [each for each in versions.values() if each.pk in count]


def due_soon(day: date) -> list[int]:
    """Households, by id, with proofs of which a reminder is due today."""
    soon = [day + timedelta(days=days) for days in Law(day.replace(month=1, day=1)).proofs.reminders]
    return _households(Proof.objects.filter(due_on__in=soon))


def past_due(day: date) -> list[int]:
    """Households, by id, with proofs that were due before today and have not ended."""
    ended = Evidence.objects.filter(
        by=Evidence.By.TIME, superseded_at__isnull=True, person=OuterRef("person"), claim=OuterRef("claim")
    )
    return _households(Proof.objects.filter(~Exists(ended), due_on__lt=day))


def _households(some: QuerySet[Proof]) -> list[int]:
    """Of those that stand and of which no paper waits for us."""
    left = some.filter(~Exists(_undecided(OuterRef("pk"))), withdrawn_at__isnull=True)
    return sorted(set(left.values_list("household_id", flat=True)))


@dataclass(frozen=True)
class ToReview:
    """A proof with papers that wait for a decision: how many, and since when."""

    proof: Proof
    papers: int
    since: datetime


def to_review(most: int) -> list[ToReview]:
    """The nearest last day first, and of the same day the longest waiting."""
    waiting = _undecided(OuterRef("pk")).order_by().values("proof")
    counted = waiting.annotate(count=Count("pk")).values("count")
    first = waiting.annotate(first=Min("sent_at")).values("first")
    found = proofs().filter(withdrawn_at__isnull=True).annotate(papers=Subquery(counted), since=Subquery(first))
    found = found.filter(papers__gt=0).order_by("due_on", "since", "pk")[:most]
    return [ToReview(each, each.papers, each.since) for each in found]


def paper(proof: int, pk: int) -> Paper | None:
    """One paper for a proof, with what is in it."""
    return Paper.objects.filter(proof=proof, pk=pk).select_related("document").first()


@dataclass(frozen=True)
class ServiceState:
    """How a data service does: its last answer, its last failure and how, and how many questions wait for it."""

    service: Service
    answered: datetime | None
    failed: datetime | None
    how: str
    waiting: int

    @property
    def is_out(self) -> bool:
        """Whether it has not answered since it failed."""
        return self.failed is not None and (self.answered is None or self.failed > self.answered)


def services() -> list[ServiceState]:
    """Every service, in a fixed number of queries."""
    last: dict[tuple[str, str], datetime] = {
        (service, how): at
        for service, how, at in Reply.objects.values_list("inquiry__service", "how").annotate(Max("at"))
    }
    waiting = dict(_unanswered().values_list("service").annotate(Count("pk")))
    states = []
    for service in Service:
        failures = [(at, how) for (of, how), at in last.items() if of == service and how in FAILURES]
        failed, how = max(failures, default=(None, ""))
        answered = last.get((service, Reply.How.ANSWERED))
        states.append(ServiceState(service, answered, failed, how, waiting.get(service, 0)))
    return states


def waiting_for_services(most: int) -> list[Inquiry]:
    """Questions that are not answered, the longest waiting first."""
    return list(_unanswered().select_related("person", "household").order_by("asked_at", "pk")[:most])
