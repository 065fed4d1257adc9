from __future__ import annotations

from django.db.models import QuerySet

from openhix.correspondence.models import Letter, MailingAddress
from openhix.people.models import Household


def letters_of(household: Household) -> QuerySet[Letter]:
    """Every letter to this household, the last one first."""
    return Letter.objects.filter(household=household).order_by("-pk")


def mailing_address(household: Household) -> list[str]:
    """The lines of the address to which letters go today, name first; empty before an application has been sent in."""
    latest = MailingAddress.objects.filter(household=household).order_by("-pk").first()
    return list(latest.lines) if latest else []
