"""What staff read before they decide about a proof. In English, whatever language the household reads."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.application import told, words
from openhix.application.answers import Answers, Status
from openhix.application.rules.steps import Step
from openhix.application.told import Line
from openhix.desk.words import STANDS
from openhix.enrollment import labels
from openhix.enrollment import queries as enrollment
from openhix.enrollment.models import SpecialEnrollment
from openhix.kernel import cents, clock
from openhix.verification import queries
from openhix.verification.cards import cards
from openhix.verification.models import Paper, Proof, Review
from openhix.verification.queries import Stands
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim
from openhix.verification.words import REASONS

# Where the application tells what is to be proved; of who somebody is, in the first part of their answers.
TOLD_ON: dict[str, tuple[Step, ...]] = {
    claims.CITIZENSHIP: (Step.STATUS,),
    claims.IMMIGRATION: (Step.STATUS,),
    claims.INCOME: (Step.INCOME, Step.DEDUCTIONS),
    claims.OTHER_COVERAGE: (Step.COVERAGE,),
    claims.INCARCERATION: (Step.SITUATION,),
}


class ProofStory:
    def __init__(self, proof: Proof) -> None:
        self.proof = proof
        self.claim = Claim(proof.person.key, proof.claim)
        with override("en"):
            [self.card] = cards([proof], clock.today())

    @property
    def last_paper(self) -> Paper | None:
        return self.card.sent[-1].paper if self.card.sent else None

    @cached_property
    def _stands(self) -> Stands:
        return Stands.of(queries.latest_version(self.proof))

    @cached_property
    def stands(self) -> str:
        return STANDS[self._stands.status(self.claim)]

    @cached_property
    def events(self) -> list[SpecialEnrollment]:
        """The changes in life that it is about, the newest first."""
        there = enrollment.special_enrollments(self.proof.household)
        return [each for each in there if each.proof_id == self.proof.pk]

    @property
    def opens_nothing(self) -> bool:
        """Whether the time to choose that rested on it is closed, so that accepting a paper does not give it back."""
        return bool(self.events) and all(each.closed_at for each in self.events)

    @cached_property
    def told(self) -> list[Line]:
        """What the application says of it today; of a change in life, what was told of it."""
        with override("en"):
            if self.claim.what == claims.QUALIFYING_EVENT:
                return [Line(labels.event(each.event), day=each.event_day) for each in self.events]
            return _told(self._stands.answers, self.claim)

    @cached_property
    def known(self) -> list[str]:
        """What data services say in its place."""
        found = self._stands.found.get(self.claim)
        return in_words(found.known) if found else []

    @cached_property
    def decisions(self) -> list[tuple[Review, str]]:
        """What staff decided so far, with the reason in words."""
        reviews = queries.reviews([self.proof])
        return [(each, REASONS.get(each.decision, {}).get(each.reason, "")) for each in reviews]


def _told(answers: Answers, claim: Claim) -> list[Line]:
    household, *people = told.sections(answers)
    if claim.what == claims.RESIDENCE:
        return [line for part in household.parts if part.title == _(words.PAGES[Step.ADDRESS]) for line in part.lines]
    index = next((at for at, person in enumerate(answers.people) if person.key == claim.person), None)
    if index is None:
        return []
    titles = {_(words.PAGES[step]) for step in TOLD_ON.get(claim.what, ())}
    who, *parts = people[index].parts
    return [line for part in parts if part.title in titles for line in part.lines] if titles else list(who.lines)


def in_words(known: Mapping[str, Any]) -> list[str]:
    """What data services say, in the words of the application."""
    said = []
    if known.get("died"):
        said.append("Reported as deceased.")
    if known.get("incarcerated"):
        said.append("Reported in jail or prison.")
    if "annual_income" in known:
        said.append(f"Income of {cents.dollars(known['annual_income'])} a year.")
    if "status" in known:
        said.append(words.STATUSES[Status(known["status"])] + ".")
    said += [words.COVERAGE[kind] + "." for kind in known.get("other_coverage", ())]
    return said
