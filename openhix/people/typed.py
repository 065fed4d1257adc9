"""What was typed in a form whose session had ended is kept, sealed, for whoever typed it, until they sign in again.

The answer to such a form is the sign-in page, and after it a page that offers to send what was typed as it was. It is
kept only when the session that ended is known (sessions.py notes whose it was) and shown to that account alone.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from openhix.people import sealed

WAS = "account_was"  # in the session: the account whose session ended here
KEPT = "typed"  # in the session: what was typed, sealed
LONGEST = 30 * 60  # seconds that it is kept
NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: its address and its fields, in order."""

    path: str
    fields: tuple[tuple[str, str], ...]


def keep(request: HttpRequest) -> str | None:
    """Keep what this request carries. The address of the page that offers it again, or None where nothing is kept."""
    if request.method != "POST":
        return None
    account = request.session.get(WAS)
    if account is None:
        messages.warning(
            request,
            _("You were signed out before we could save the last page. Sign in, then check what it says now."),
        )
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in map(str, values)
    ]
    kept = {"account": account, "at": time.time(), "path": request.get_full_path(), "fields": fields}
    request.session[KEPT] = sealed.seal(json.dumps(kept)).decode()
    return reverse("typed-before")


def kept(request: Any) -> Typed | None:
    """What this account typed before its session ended."""
    text = request.session.get(KEPT)
    if text is None:
        return None
    try:
        found = json.loads(sealed.unseal(text.encode()))
    except sealed.Unreadable:
        found = {}
    if found.get("account") != request.user.pk or time.time() - found["at"] > LONGEST:
        forget(request)
        return None
    return Typed(found["path"], tuple((name, value) for name, value in found["fields"]))


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
