"""Short letters about proofs that were asked for: proved, not proved, more time, a reminder, too late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.verification.letters.proofs_needed import MAIL_TO, PAPERS
from openhix.verification.models import Proof
from openhix.verification.words import PROOF_OF

Text = tuple[str, list[Block]]
LAW = "45 CFR 155.315(f); 956 CMR 12.05"


def no_longer_needed(proofs: Sequence[Proof], *, language: str) -> Text:
    """Another agency knows what papers were asked for."""
    with override(language):
        return _("You need not send this proof any more"), [
            content.paragraph(
                _("Another agency has told us what we asked you to prove. You need not send papers for it.")
            ),
            _table(proofs),
            _law(),
        ]


def accepted(proof: Proof, *, language: str) -> Text:
    with override(language):
        return _("Your proof is accepted"), [
            content.paragraph(_("Thank you. The papers that you sent prove this. You need not send more for it.")),
            _table([proof]),
            _law(),
        ]


def not_yet(proof: Proof, reason: str, *, language: str) -> Text:
    """A paper was refused, or is asked for again; `reason` is a marked sentence."""
    with override(language):
        return _("Your paper is not enough: send another one"), [
            content.paragraph(_("We looked at the papers that you sent. They do not prove this yet.")),
            _table([proof], with_day=True),
            content.important(_("Why"), _(reason)),
            *_what_to_send([proof]),
            _law(),
        ]


def extended(proof: Proof, reason: str, *, language: str) -> Text:
    with override(language):
        last = _day(proof.due_on)
        return _("You have more time: send proof by {day}").format(day=last), [
            content.paragraph(_(reason)),
            content.important(
                _("Send copies by {day}").format(day=last), _("Until then, what your application says counts.")
            ),
            _table([proof], with_day=True),
            *_what_to_send([proof]),
            _law(),
        ]


def reminder(proofs: Sequence[Proof], *, language: str) -> Text:
    """For what has not been sent; the most urgent first."""
    with override(language):
        last = _day(min(proof.due_on for proof in proofs))
        return _("Reminder: send us proof by {day}").format(day=last), [
            content.paragraph(_("We have asked you for proof and have not received it yet.")),
            _table(proofs, with_day=True),
            *_what_to_send(proofs),
            content.paragraph(
                _("If you try and cannot get a paper in time, tell us before the last day: we can give you more time.")
            ),
            _law(),
        ]


def expired(proofs: Sequence[Proof], *, language: str) -> Text:
    """Of an event alone it says less: what becomes of the plan is told by who opened the time to choose it."""
    with override(language):
        if all(proof.claim == Proof.Claim.QUALIFYING_EVENT for proof in proofs):
            return _expired_event(proofs)
        return _("We did not get your proof in time"), [
            content.paragraph(
                _(
                    "The last day to send proof has passed. We now decide with what other agencies tell us. Where they "
                    "know nothing, we cannot count what you told us."
                )
            ),
            _table(proofs, with_day=True),
            content.paragraph(_("Another letter tells you if your program, your costs or your coverage change.")),
            content.heading(_("What you can do")),
            content.items(
                [
                    _("Send the proof now. It counts from then on."),
                    _("Change your application, if it was not right."),
                    _("You can appeal within {days} days of getting this letter. Call {phone} to ask how.").format(
                        days=60, phone="1-877-623-6765"
                    ),
                ]
            ),
            *_what_to_send(proofs),
            _law(),
        ]


def _expired_event(proofs: Sequence[Proof]) -> Text:
    return _("We did not get your proof in time"), [
        content.paragraph(_("The last day to send proof of the change in your life has passed.")),
        _table(proofs, with_day=True),
        content.paragraph(_("Another letter tells you what becomes of your time to choose a plan.")),
        _law(),
    ]


def _table(proofs: Sequence[Proof], *, with_day: bool = False) -> Block:
    proofs = sorted(proofs, key=lambda proof: (proof.due_on, proof.person.key, proof.claim))
    head = [_("Person"), _("What to prove")]
    rows = [[proof.person.name, _(PROOF_OF[proof.claim])] for proof in proofs]
    if with_day:
        head.append(_("Last day"))
        rows = [[*row, _day(proof.due_on)] for row, proof in zip(rows, proofs, strict=True)]
    return content.table(caption=_("Proof"), head=head, rows=rows)


def _what_to_send(proofs: Sequence[Proof]) -> list[Block]:
    asked = [claim for claim in PROOF_OF if any(proof.claim == claim for proof in proofs)]
    return [
        content.heading(_("What you can send")),
        content.items([f"{_(PROOF_OF[claim])}: {_(PAPERS[claim])}." for claim in asked]),
        content.paragraph(
            _("Fastest: sign in and open Your proofs. Take a picture of each paper, or save it as a PDF.")
        ),
        content.paragraph(
            _("By mail: send copies, with your 12-digit member ID on every page, to {address}.").format(address=MAIL_TO)
        ),
    ]


def _day(when: date) -> str:
    return format_date(when, format="long", locale=Locale.parse(get_language() or "en"))


def _law() -> Block:
    return content.paragraph(_("The law: {law}").format(law=LAW))
