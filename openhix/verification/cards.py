"""What a page shows of a proof: what is asked, what was sent, and what staff said about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from openhix.verification import queries, words
from openhix.verification.letters.proofs_needed import PAPERS
from openhix.verification.models import Paper, Proof, Review
from openhix.verification.words import PROOF_OF

DONE: dict[str, str] = {
    Proof.Because.ACCEPTED: marked("Proved by your papers. Nothing more is needed."),
    Proof.Because.VERIFIED: marked("Confirmed by another agency. Nothing more is needed."),
    Proof.Because.NOT_CLAIMED: marked("No longer needed: your application has changed."),
}


@dataclass(frozen=True)
class Sent:
    """One paper, and the decision about it, if there is one."""

    paper: Paper
    review: Review | None

    @property
    def says(self) -> str:
        if self.review is None:
            return _("We have it and will look at it.")
        if self.review.decision == Review.Decision.ACCEPTED:
            return _("Accepted.")
        return _(words.REASONS[self.review.decision][self.review.reason])


@dataclass(frozen=True)
class Card:
    """One proof; `today` decides what is late."""

    proof: Proof
    sent: Sequence[Sent]
    today: date

    @property
    def what(self) -> str:
        return _(PROOF_OF[self.proof.claim])

    @property
    def papers(self) -> str:
        return _(PAPERS[self.proof.claim])

    @property
    def is_owed(self) -> bool:
        return self.proof.withdrawn_at is None

    @property
    def is_late(self) -> bool:
        return self.is_owed and self.proof.due_on < self.today

    @property
    def is_with_us(self) -> bool:
        """Whether a paper waits for our decision."""
        return self.is_owed and any(each.review is None for each in self.sent)

    @property
    def says(self) -> str:
        """How it stands, in a sentence."""
        if not self.is_owed:
            return _(DONE[self.proof.withdrawn_because])
        if self.is_with_us:
            return _("We have your papers and will look at them. You need not do anything now.")
        if self.is_late:
            return _("The last day has passed. You can still send proof.")
        return _("Not enough yet: please send another paper.") if self.sent else _("Please send proof.")


def cards(proofs: Iterable[Proof], today: date) -> list[Card]:
    """Of these proofs, in their order, in two queries."""
    proofs = list(proofs)
    papers: dict[int, list[Paper]] = defaultdict(list)
    for paper in queries.papers(proofs):
        papers[paper.proof_id].append(paper)
    reviews: dict[int, list[Review]] = defaultdict(list)
    for review in queries.reviews(proofs):
        reviews[review.proof_id].append(review)
    return [
        Card(proof, [Sent(each, _about(each, reviews[proof.pk])) for each in papers[proof.pk]], today)
        for proof in proofs
    ]


def _about(paper: Paper, reviews: Iterable[Review]) -> Review | None:
    """The first decision that staff made having seen this paper."""
    return next((each for each in reviews if each.up_to_id is not None and each.up_to_id >= paper.pk), None)
