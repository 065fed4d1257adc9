"""The shell: languages, dates, pages of words, and what is said when something went wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from html import unescape

import pytest
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import get_resolver
from django.utils import translation

from openhix.kernel import clock
from openhix.site import views
from openhix.site.templatetags.shown import day, money, month, percentage

On = Callable[[int, int, int], None]

PAGES = ("", "about/", "how-it-works/", "help/", "accessibility/", "estimate/")


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def on(request: pytest.FixtureRequest) -> On:
    """Let business time stand on another day for one test."""
    before = clock._now
    request.addfinalizer(lambda: clock.install(before))

    def stand(year: int, month: int, day: int) -> None:
        clock.install(lambda: datetime(year, month, day, 12, tzinfo=clock.MASSACHUSETTS))

    return stand


@pytest.mark.parametrize(
    ("wanted", "address"),
    [
        ("es", "/es/?zip=02118"),
        ("es-419,en;q=0.5", "/es/?zip=02118"),
        ("pt-BR,pt;q=0.9", "/pt/?zip=02118"),
        ("fr,pt;q=0.3", "/pt/?zip=02118"),
    ],
)
def test_a_first_visit_leads_to_the_browsers_language(client: Client, wanted: str, address: str) -> None:
    response = client.get("/?zip=02118", headers={"Accept-Language": wanted})
    assert (response.status_code, response["Location"]) == (302, address)
    assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", response["Vary"]))


@pytest.mark.parametrize("wanted", ["en-US,es;q=0.5", "fr", "*", "", "x" * 5000])
def test_english_is_for_everyone_else(client: Client, wanted: str) -> None:
    response = client.get("/", headers={"Accept-Language": wanted})
    assert response.status_code == 200
    assert '<html lang="en">' in response.content.decode()
    assert {"Accept-Language", "Cookie"} <= set(re.split(r",\s*", response["Vary"]))


def test_choosing_a_language_keeps_page_and_query_and_is_remembered(client: Client) -> None:
    html = client.get("/es/estimate/?zip=02118&help=no").content.decode()
    link = unescape(re.findall(r'href="(/language/pt/[^"]*)"', html)[0])
    response = client.get(link)
    assert response["Location"] == "/pt/estimate/?zip=02118&help=no"
    assert client.get("/")["Location"] == "/pt/"
    client.get("/language/en/?page=/pt/")
    assert client.get("/", headers={"Accept-Language": "es"}).status_code == 200


@pytest.mark.parametrize(
    "page", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", ""]
)
def test_choosing_a_language_leads_nowhere_else(client: Client, page: str) -> None:
    response = client.get("/language/es/", {"page": page})
    assert response["Location"] == "/es/"


@pytest.mark.parametrize("code", ["fr", "xx", "pt-br"])
def test_a_language_that_we_do_not_speak_is_not_found(client: Client, code: str) -> None:
    assert client.get(f"/language/{code}/").status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("es/", "es"), ("pt/", "pt")])
def test_every_page_says_its_language_and_what_it_is(client: Client, page: str, prefix: str, language: str) -> None:
    html = client.get(f"/{prefix}{page}").content.decode()
    assert f'<html lang="{language}">' in html
    assert "1-877-623-6765" in html and "711" in html
    demonstration = {
        "en": "This is a demonstration.",
        "es": "Esto es una demostración.",
        "pt": "Isto é uma demonstração.",
    }
    assert demonstration[language] in html


def test_no_link_is_dead(client: Client) -> None:
    seen, waiting = set(), ["/", "/es/", "/pt/"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        response = client.get(page, follow=True)
        assert response.status_code == 200, page
        links = re.findall(r'<a [^>]*href="(/[^"#]*)', response.content.decode())
        waiting += [unescape(link) for link in links if not link.startswith("/language/")]
    assert len(seen) >= 18


def test_pages_hold_no_inline_script_or_style_and_the_policy_allows_none(client: Client) -> None:
    for page in PAGES:
        response = client.get(f"/{page}")
        html = response.content.decode()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html), page
        policy = response["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy


def test_important_dates_come_from_the_law_and_the_next_one_stands_out(client: Client) -> None:
    html = client.get("/").content.decode()
    dates = re.findall(r"<dt>\s*(\w+ \d+, \d{4})", html)
    assert dates == ["November 1, 2025", "December 23, 2025", "January 1, 2026", "January 23, 2026"]
    following = re.findall(r'class="dates__next">\s*<dt>(.*?)</dt>', html, re.DOTALL)[0]
    assert following.strip() == "December 23, 2025"


def test_when_every_date_has_passed_none_is_next(client: Client, on: On) -> None:
    on(2026, 3, 2)
    html = client.get("/").content.decode()
    assert "dates__next" not in html
    assert re.findall(r'<option value="(\d{4}-\d\d)"', html) == ["2026-04", "2026-05", "2026-06"]


@pytest.mark.parametrize(
    ("prefix", "title"), [("", "We cannot find that page"), ("es/", "No encontramos"), ("pt/", "Não encontramos")]
)
def test_a_page_that_is_not_there_is_said_in_the_readers_language(client: Client, prefix: str, title: str) -> None:
    response = client.get(f"/{prefix}nowhere/")
    assert response.status_code == 404
    assert title in response.content.decode()


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_every_error_has_a_page_that_asks_neither_clock_nor_database(status: int, on: On) -> None:
    def no_clock() -> datetime:
        raise AssertionError("an error page asked for the time")

    on(2025, 11, 15)
    clock.install(no_clock)
    handler = get_resolver().resolve_error_handler(status)
    arguments = () if status == 500 else (Http404(),)
    request: HttpRequest = RequestFactory().get("/pt/estimate/")
    response = handler(request, *arguments)
    assert response.status_code == status
    assert '<html lang="pt">' in response.content.decode()
    translation.activate("en")


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ("January 2, 2026", "January 2026")),
        ("es", ("2 de enero de 2026", "enero de 2026")),
        ("pt", ("2 de janeiro de 2026", "janeiro de 2026")),
    ],
)
def test_dates_are_in_words_and_money_is_in_us_form(language: str, shown: tuple[str, str]) -> None:
    with translation.override(language):
        assert (day(date(2026, 1, 2)), month(date(2026, 1, 2))) == shown
        assert money(123456) == "$1,234.56"
        assert percentage(22514) == "225.14%"


def test_the_calendar_marks_today_as_not_yet_past() -> None:
    rows = views.calendar(date(2025, 12, 23))
    assert [(row.past, row.next) for row in rows] == [(True, False), (False, True), (False, False), (False, False)]
