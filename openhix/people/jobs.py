"""E-mail to a real server leaves in a job, after the transaction that asked for it: the server may be slow or away.

The job's message is sealed: it holds an address and, often, a link that opens an account.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as Server
from procrastinate.contrib.django import app

from openhix.history.reactions import AGAIN
from openhix.people import sealed


class Queued(BaseEmailBackend):
    """Django's way to send an e-mail, for EMAIL_BACKEND."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            told = {"subject": str(message.subject), "body": str(message.body), "to": message.recipients()}
            send_email.defer(message=sealed.seal(json.dumps(told)).decode())
        return len(email_messages)


@app.task(name="people.send_email", retry=AGAIN)
def send_email(message: str) -> None:
    told = json.loads(sealed.unseal(message.encode()))
    Server().send_messages([EmailMessage(told["subject"], told["body"], to=told["to"])])
