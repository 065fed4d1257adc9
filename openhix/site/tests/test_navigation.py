"""The main navigation: where visitors, residents and staff can go, and the place that a page belongs to."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from openhix.people.models import Account
from openhix.site.templatetags.navigation import RESIDENT, STAFF, VISITOR, places
from openhix.site.views import server_error

NOBODY, RESIDENT_ACCOUNT, STAFF_ACCOUNT = AnonymousUser(), Account(), Account(role=Account.Role.STAFF)


def here(path: str, user: Account | AnonymousUser, language: str = "en") -> list[tuple[str, str]]:
    with translation.override(language):
        return [(each["name"], each["here"]) for each in places(RequestFactory().get(path), user) if each["here"]]


@pytest.mark.parametrize(
    ("user", "names"),
    [
        (NOBODY, ["Home", "Get an estimate", "How it works", "Help"]),
        (RESIDENT_ACCOUNT, ["Your dashboard", "Application", "Results", "Plans", "Bills", "Letters", "Help"]),
        (
            STAFF_ACCOUNT,
            [
                "Find a household",
                "Proofs to review",
                "Data services",
                "Not decided yet",
                "Scenarios",
                "Clock and nightly work",
            ],
        ),
    ],
    ids=["visitor", "resident", "staff"],
)
def test_everybody_has_their_own_places(user: Account | AnonymousUser, names: list[str]) -> None:
    shown = places(RequestFactory().get("/"), user)
    assert [each["name"] for each in shown] == names
    for each in shown:
        resolve(each["href"])


@pytest.mark.parametrize(
    ("path", "user", "place"),
    [
        ("/", NOBODY, ("Home", "page")),
        ("/estimate/", NOBODY, ("Get an estimate", "page")),
        ("/estimate/plan/12345MA0010001/", NOBODY, ("Get an estimate", "true")),
        ("/dashboard/", RESIDENT_ACCOUNT, ("Your dashboard", "page")),
        ("/application/income/p1/", RESIDENT_ACCOUNT, ("Application", "true")),
        ("/plans/health/1/", RESIDENT_ACCOUNT, ("Plans", "true")),
        ("/bills/", RESIDENT_ACCOUNT, ("Bills", "page")),
        ("/pay/health/", RESIDENT_ACCOUNT, ("Bills", "true")),
        ("/payments/", RESIDENT_ACCOUNT, ("Bills", "true")),
        ("/letters/7/", RESIDENT_ACCOUNT, ("Letters", "true")),
        ("/staff/", STAFF_ACCOUNT, ("Find a household", "page")),
        ("/staff/households/123456789012/", STAFF_ACCOUNT, ("Find a household", "true")),
        ("/staff/undecided/", STAFF_ACCOUNT, ("Not decided yet", "page")),
    ],
)
def test_a_page_belongs_to_one_place(path: str, user: Account | AnonymousUser, place: tuple[str, str]) -> None:
    resolve(path)
    assert here(path, user) == [place]


@pytest.mark.parametrize("path", ["/about/", "/account/sign-in/", "/nowhere/"])
def test_other_pages_belong_to_none(path: str) -> None:
    assert here(path, NOBODY) == []


def test_a_place_is_the_same_in_every_language() -> None:
    assert here("/es/pay/health/", RESIDENT_ACCOUNT, "es") == [("Facturas", "true")]
    assert here("/pt/", NOBODY, "pt") == [("Início", "page")]
    assert here("/es/staff/", STAFF_ACCOUNT) == [("Find a household", "page")]  # staff pages are English everywhere


@pytest.mark.parametrize("part", sorted({part for place in (*VISITOR, *RESIDENT, *STAFF) for part in place.parts}))
def test_every_part_has_pages(part: str) -> None:
    below = ["", "7/", "health/", "plan/x/", "123456789012/", "1/"]
    found = 0
    for each in below:
        try:
            resolve(part + each)
            found += 1
        except Resolver404:
            continue
    assert found


def test_when_the_database_fails_nobody_is_asked_who_they_are() -> None:
    def fail() -> Account:
        raise OperationalError("the database is gone")

    request = RequestFactory().get("/dashboard/")
    request.user = SimpleLazyObject(fail)  # type: ignore[assignment]
    page = server_error(request).content.decode()
    assert "Get an estimate</a>" in page
