"""What was typed in a form that could not be taken is kept, sealed, until whoever typed it has signed in again.

The session had ended, or its cookies were gone. The answer to such a form is the sign-in page, and after it a page that
offers to send what was typed as it was. That page holds nothing of it: it stays in the session, and `give_back` puts it
in place of the form that says so. Where we know whose session had ended (sessions.py notes it), it is for that account
alone; else for the first one that signs in with this browser, in which it was typed.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from openhix.people import sealed

WAS = "account_was"  # in the session: the account whose session ended here
KEPT = "typed"  # in the session: what was typed, sealed
SEND = "typed-before"  # in a form: take what was kept in place of these fields
LONGEST = 30 * 60  # seconds that it is kept
MOST = 128 * 1024  # characters: more than the longest page lets anybody type; and anybody may have it kept
NOT_KEPT = {"csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: its address and its fields, in order."""

    path: str
    fields: tuple[tuple[str, str], ...]

    def as_post(self) -> QueryDict:
        post = QueryDict(mutable=True)
        for name, value in self.fields:
            post.appendlist(name, value)
        return post


def keep(request: Any) -> str | None:
    """Keep what this request carries. The address of the page that offers it again, or None where nothing is kept."""
    if request.method != "POST":
        return None
    fields = [
        (name, value) for name, values in request.POST.lists() if name not in NOT_KEPT for value in map(str, values)
    ]
    account = request.user.pk if request.user.is_authenticated else request.session.get(WAS)
    about = {"account": account, "at": time.time(), "path": request.get_full_path()}
    kept = json.dumps({**about, "fields": fields}, ensure_ascii=False)
    if len(kept) > MOST:
        messages.warning(
            request,
            _("You were signed out before we could save the last page. Sign in, then check what it says now."),
        )
        return None
    request.session[KEPT] = sealed.seal(kept).decode()
    if not request.user.is_authenticated:
        messages.info(request, _("You are no longer signed in. What you typed is kept: sign in, then send it."))
    return reverse("typed-before")


def kept(request: Any) -> Typed | None:
    """What was typed and is this account's to see."""
    text = request.session.get(KEPT)
    if text is None:
        return None
    try:
        found = json.loads(sealed.unseal(text.encode()))
    except sealed.Unreadable:
        found = {"account": 0, "at": 0}
    if found["account"] not in (None, request.user.pk) or time.time() - found["at"] > LONGEST:
        forget(request)
        return None
    return Typed(found["path"], tuple((name, value) for name, value in found["fields"]))


def give_back(request: Any) -> HttpResponse | None:
    """Where the form says so, what was kept is what was sent. A page instead, where it is gone meanwhile."""
    if request.method != "POST" or SEND not in request.POST:
        return None
    typed = kept(request)
    if typed is None or typed.path != request.get_full_path():
        messages.warning(request, _("What you typed was kept for half an hour and is gone now. Please type it again."))
        return HttpResponseRedirect(request.get_full_path())
    request.POST = typed.as_post()
    return None


def forget(request: HttpRequest) -> None:
    request.session.pop(KEPT, None)
