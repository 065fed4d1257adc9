"""What is to be proved, in words. For pages and letters, in the active language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from openhix.verification.models import Proof

PROOF_OF: dict[str, str] = {
    Proof.Claim.IDENTITY: marked("Proof of identity"),
    Proof.Claim.RESIDENCE: marked("Proof that you live in Massachusetts"),
    Proof.Claim.CITIZENSHIP: marked("Proof of U.S. citizenship"),
    Proof.Claim.IMMIGRATION: marked("Proof of immigration status"),
    Proof.Claim.INCOME: marked("Proof of income"),
}


def proof_of(claim: str) -> str:
    """`Proof of income` and the like."""
    return _(PROOF_OF[claim])
