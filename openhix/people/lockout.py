"""After five wrong passwords for one address, whether it has an account or not, nobody signs in with it for 15 minutes.

Counted by django-axes in the database, under a blind index of the address: nothing that was typed is kept or logged.
A new password, by the link in an e-mail, opens the lock.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from openhix.people.models import Account
from openhix.people.sealed import blind_index


def name_of(email: str) -> str:
    """What an address is counted under. 64 hex digits."""
    return blind_index("sign-in", Account.objects.normalize(email))


def counted_as(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """For AXES_USERNAME_CALLABLE: the address that somebody tries to sign in with."""
    given = credentials or {}
    return name_of(given.get("email") or given.get("username") or request.POST.get("login", ""))


def nobody(request: HttpRequest) -> None:
    """For AXES_CLIENT_IP_CALLABLE: where a guess came from is not kept; allauth counts by network address meanwhile."""


def unsaid(*about: Any) -> str:
    """For AXES_CLIENT_STR_CALLABLE: what the log says about who tried."""
    return "a sign-in"


def locked_out(request: HttpRequest, *about: Any) -> HttpResponse:
    """For AXES_LOCKOUT_CALLABLE: the page that says so, with the same words for every address."""
    return render(request, "people/locked_out.html", status=429)
