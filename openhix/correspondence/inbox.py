"""E-mail in the demonstration: nobody is written to. Each message is kept for the page /inbox/, and announced on the
console with its links but without the address."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from openhix.correspondence.models import Email

SHOWN = 50
_LINK = re.compile(r"https?://\S+")


class Inbox(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for to in message.recipients():
                Email.objects.create(
                    to=to,
                    subject=str(message.subject)[:200],
                    body=str(message.body),
                )
            links = _LINK.findall(str(message.body))
            print("\n    ".join([f"E-mail in /inbox/: {message.subject}", *links]), flush=True)
        return len(email_messages)


@require_safe
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The newest e-mails, to whomever. There is no such page outside the demonstration."""
    if not settings.DEMONSTRATION:
        raise Http404("only in the demonstration")
    with translation.override("en"):
        response = render(request, "correspondence/inbox.html", {"emails": Email.objects.order_by("-pk")[:SHOWN]})
    response["Cache-Control"] = "no-store, private"
    return response
