"""The letter that asks for proofs: whose, of what, until when, which papers count, and where they go."""

from __future__ import annotations

from collections.abc import Sequence

from babel import Locale
from babel.dates import format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import override

from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.verification.models import Proof
from openhix.verification.words import PROOF_OF, proof_of

PAPERS: dict[str, str] = {
    Proof.Claim.IDENTITY: marked(
        "a driver's license, a state or school identity card, or a passport; if you have one, your Social Security card"
    ),
    Proof.Claim.RESIDENCE: marked(
        "a lease, a recent utility bill, or a letter from a shelter or from whoever you live with"
    ),
    Proof.Claim.CITIZENSHIP: marked(
        "a U.S. passport, a certificate of naturalization, or a birth certificate with an identity card"
    ),
    Proof.Claim.IMMIGRATION: marked(
        "a permanent resident card, a work permit, or any paper of the immigration service that shows your status"
    ),
    Proof.Claim.INCOME: marked("your last two pay stubs, last year's tax return, or a benefit letter"),
    Proof.Claim.OTHER_COVERAGE: marked(
        "a letter from the insurer, the employer or the agency that says from when until when you are covered, or that "
        "you are not"
    ),
    Proof.Claim.INCARCERATION: marked(
        "release papers, a letter from a probation or parole officer, or a paper that shows where you live or work now"
    ),
    Proof.Claim.QUALIFYING_EVENT: marked(
        "a letter that says when other coverage ended, a marriage or birth certificate, or a lease or bill that shows "
        "when you moved"
    ),
}
MAIL_TO = "Health Connector Processing Center, P.O. Box 4404, Taunton, MA 02780"


def text(proofs: Sequence[Proof], *, language: str) -> tuple[str, list[Block]]:
    """Subject and blocks of the letter about these proofs, the most urgent first."""
    proofs = sorted(proofs, key=lambda proof: (proof.due_on, proof.person.key, proof.claim))
    with override(language):
        first_day = _day(proofs[0], language)
        return _("Send us proof by {day}").format(day=first_day), _blocks(proofs, first_day, language)


def _blocks(proofs: Sequence[Proof], first_day: str, language: str) -> list[Block]:
    claims = [claim for claim in PROOF_OF if any(proof.claim == claim for proof in proofs)]
    return [
        content.paragraph(_why(claims)),
        content.important(
            _("Send copies by {day}").format(day=first_day),
            _("You can choose a plan and be covered while we wait for them, if you qualify."),
        ),
        content.table(
            caption=_("What we need"),
            head=[_("Person"), _("What to prove"), _("Last day")],
            rows=[[proof.person.name, proof_of(proof.claim), _day(proof, language)] for proof in proofs],
        ),
        content.heading(_("What you can send")),
        content.items([f"{proof_of(claim)}: {_(PAPERS[claim])}." for claim in claims]),
        content.heading(_("How to send it")),
        content.items(
            [
                _("Fastest: sign in and open Your proofs. Take a picture of each paper, or save it as a PDF."),
                _("By mail: send copies, with your 12-digit member ID on every page, to {address}.").format(
                    address=MAIL_TO
                ),
            ]
        ),
        content.heading(_("If we do not get it in time")),
        *(content.paragraph(says) for says in _otherwise(claims)),
        content.paragraph(
            _("If you try and cannot get a paper in time, tell us before the last day: we can give you more time.")
        ),
        content.paragraph(_("The law: {law}").format(law="45 CFR 155.315(f); 956 CMR 12.05")),
    ]


def _why(claims: Sequence[str]) -> str:
    if claims == [Proof.Claim.QUALIFYING_EVENT]:
        return _("You told us of a change in your life. We need proof of it.")
    return _("Thank you for your application. We need proof of some of what it says.")


def _otherwise(claims: Sequence[str]) -> list[str]:
    """What follows where no proof comes: of an event another thing than of what the application says."""
    says = []
    if claims != [Proof.Claim.QUALIFYING_EVENT]:
        says.append(_("We then decide with what other agencies tell us. Your costs or your coverage may change."))
        says.append(_("If your application was not right, change it. Proofs that it no longer needs leave this list."))
    if Proof.Claim.QUALIFYING_EVENT in claims:
        says.append(_("Without proof of the change in your life, a plan that you chose because of it ends."))
    return says


def _day(proof: Proof, language: str) -> str:
    return format_date(proof.due_on, format="long", locale=Locale.parse(language))
