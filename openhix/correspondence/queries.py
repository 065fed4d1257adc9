from __future__ import annotations

from django.db.models import QuerySet

from openhix.correspondence import pdf
from openhix.correspondence.models import Document, Letter, MailingAddress
from openhix.people.models import Household


def letters_of(household: Household) -> QuerySet[Letter]:
    """Every letter to this household, the last one first."""
    return Letter.objects.filter(household=household).order_by("-pk")


def mailing_address(household: Household) -> list[str]:
    """The lines of the address to which letters go today, name first; empty before an application has been sent in."""
    latest = MailingAddress.objects.filter(household=household).order_by("-pk").first()
    return list(latest.lines) if latest else []


def documents_of(household: Household) -> QuerySet[Document]:
    """Every paper that came in from this household, the last one first, without what is in it."""
    return Document.objects.filter(household=household).defer("content").order_by("-pk")


def printed(letter: Letter) -> bytes:
    """The letter as PDF. What was sent does not change, so it prints the same at any time."""
    return pdf.render(
        "letter",
        {
            "language": letter.language,
            "dated": letter.dated.isoformat(),
            "number": str(letter.pk),
            "member_id": letter.household.member_id,
            "address": letter.content["address"],
            "subject": letter.subject,
            "blocks": letter.content["blocks"],
        },
    )
