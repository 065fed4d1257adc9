"""Where one can go from any page: the main navigation of whoever this is, and the same page in other languages."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from django import template
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_from_path, gettext
from django.utils.translation import gettext_noop as marked

from openhix.people.models import Account

register = template.Library()


class Place(NamedTuple):
    """A line of the navigation; `parts` are the beginnings of the addresses that belong to it."""

    view: str
    name: str
    parts: tuple[str, ...] = ()


VISITOR = (
    Place("home", marked("Home")),
    Place("estimate", marked("Get an estimate"), ("/estimate/",)),
    Place("how", marked("How it works")),
    Place("help", marked("Help")),
)
RESIDENT = (
    Place("dashboard", marked("Your dashboard")),
    Place("application", marked("Application"), ("/application/",)),
    Place("results", marked("Results")),
    Place("plans", marked("Plans"), ("/plans/",)),
    Place("bills", marked("Bills"), ("/bills/", "/pay/", "/payments/", "/how-to-pay/")),
    Place("letters", marked("Letters"), ("/letters/",)),
    Place("help", marked("Help")),
)
STAFF = (
    Place("staff", "Find a household", ("/staff/households/",)),
    Place("staff-proofs", "Proofs to review", ("/staff/proofs/",)),
    Place("staff-services", "Data services"),
    Place("staff-undecided", "Not decided yet"),
    Place("staff-scenarios", "Scenarios", ("/staff/scenarios/",)),
    Place("staff-clock", "Clock and nightly work"),
)


@register.simple_tag
def places(request: HttpRequest, user: Account | AnonymousUser | None) -> list[dict[str, str]]:
    """The main navigation. `here` says how this page belongs to a place: `page` is the place, `true` a part of it."""
    path = _plain(request.path_info)
    return [
        {"href": href, "name": gettext(place.name), "here": _here(path, href, place)}
        for href, place in ((reverse(place.view), place) for place in _open_to(user))
    ]


def _open_to(user: Account | AnonymousUser | None) -> tuple[Place, ...]:
    if not isinstance(user, Account):  # on an error page nobody is known
        return VISITOR
    return STAFF if user.is_staff else RESIDENT


def _here(path: str, href: str, place: Place) -> str:
    if path == _plain(href):
        return "page"
    return "true" if path.startswith(place.parts) else ""


def _plain(path: str) -> str:
    """The address without its language."""
    language = get_language_from_path(path)
    return path.removeprefix(f"/{language}") if language else path


@register.simple_tag
def language_links(here: str) -> list[dict[str, str]]:
    """The page at `here`, path and query, in each language: choosing one is remembered."""
    page = quote(here, safe="/")
    return [
        {"code": code, "name": name, "href": f"{reverse('choose-language', args=[code])}?page={page}"}
        for code, name in settings.LANGUAGES
    ]
