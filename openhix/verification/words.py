"""What is to be proved, and why staff decided as they did, in words for pages and letters."""

from __future__ import annotations

from django.utils.translation import gettext

from openhix.kernel.story import _
from openhix.verification.models import Proof, Review

PROOF_OF: dict[str, str] = {
    Proof.Claim.IDENTITY: _("Proof of identity"),
    Proof.Claim.RESIDENCE: _("Proof that you live in Massachusetts"),
    Proof.Claim.CITIZENSHIP: _("Proof of U.S. citizenship"),
    Proof.Claim.IMMIGRATION: _("Proof of immigration status"),
    Proof.Claim.INCOME: _("Proof of income"),
    Proof.Claim.OTHER_COVERAGE: _("Proof of what other health coverage you have"),
    Proof.Claim.INCARCERATION: _("Proof that you are not in jail or prison"),
    Proof.Claim.QUALIFYING_EVENT: _("Proof of the change in your life"),
}


def proof_of(claim: str) -> str:
    """`Proof of income` and the like, in the active language."""
    return gettext(PROOF_OF[claim])


# Why a paper does not prove a claim, why it is asked for again, and why there is more time. Chosen from lists: letters
# say them in the language of the household, and history holds nothing about a person.
REFUSED: dict[str, str] = {
    "does_not_show": _("It does not show what has to be proved."),
    "other_person": _("It is about another person."),
    "too_old": _("It is too old. Send a newer one."),
    "says_otherwise": _(
        "It says something else than your application. If the paper is right, change your application."
    ),
}
ASKED_AGAIN: dict[str, str] = {
    "unreadable": _("We cannot read it. Take the picture in good light, with all four corners of the page."),
    "incomplete": _("Pages are missing. Send all of them."),
    "unsigned": _("It is not signed."),
}
EXTENDED: dict[str, str] = {
    "trying": _("You are trying to get the paper, and need more time."),
    "office": _("The office that gives out the paper takes longer."),
    "hardship": _("Illness, a death in the family, or another hardship kept you from sending it."),
}
REASONS: dict[str, dict[str, str]] = {
    Review.Decision.REFUSED: REFUSED,
    Review.Decision.ASKED_AGAIN: ASKED_AGAIN,
    Review.Decision.EXTENDED: EXTENDED,
}
