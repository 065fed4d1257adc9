"""Letters in real Chromium: the list, a letter with every kind of block, and its paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from openhix.correspondence import actions
from openhix.correspondence.models import Letter
from openhix.correspondence.tests.sheets import BLOCKS
from openhix.people.models import Account
from openhix.people.tests import cast
from tests.browser.conftest import AXE

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
NAME = "Carla Nguyễn 王小明 محمد សុខា"


@pytest.fixture(scope="module")
def database(live_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """The running site's, while the browser's loop runs in the same thread: of that, Django is told not to mind."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture(scope="module")
def letter(database: None) -> Letter:
    """A letter to Carla, whose household reads Spanish; it stays until the tables are emptied at the end."""
    household = cast.household(cast.CARLA)
    actions.keep_address(household=household, lines=[NAME, "3 Main Street", "Springfield, MA 01103"])
    return actions.send(household=household, kind="test.letter", subject="Envíe sus papeles", blocks=BLOCKS)


@pytest.fixture(scope="module")
def session(letter: Letter) -> dict[str, str]:
    """The cookie of a browser in which Carla is signed in."""
    client = Client()
    client.force_login(Account.objects.get(email=cast.CARLA.email))
    return {"name": "sessionid", "value": client.cookies["sessionid"].value}


@pytest.fixture
def open_as_carla(visit: Callable[..., Page], live_server: Any, session: dict[str, str]) -> Callable[..., Page]:
    def open_page(path: str, **how: Any) -> Page:
        page = visit("/help/", **how)
        page.context.add_cookies([{"name": session["name"], "value": session["value"], "url": live_server.url}])
        page.goto(path)
        return page

    return open_page


@pytest.fixture
def axe(browser: Browser, live_server: Any, session: dict[str, str]) -> Iterator[Callable[..., list[str]]]:
    """What axe finds on a page that Carla sees."""
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce")
    context.add_cookies([{"name": session["name"], "value": session["value"], "url": live_server.url}])
    page = context.new_page()

    def axe(path: str, width: int) -> list[str]:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        assert page.url.endswith(path)  # and not the sign-in page
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]]

    yield axe
    context.close()


def test_the_newest_letter_is_opened_from_the_list_by_keyboard(open_as_carla, letter: Letter) -> None:
    page = open_as_carla("/es/letters/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cartas")
    link = page.get_by_role("link", name="Envíe sus papeles", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/es/letters/{letter.pk}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Envíe sus papeles")
    article = page.get_by_role("article")
    expect(article).to_have_attribute("lang", "es")
    expect(article).to_contain_text(NAME)
    expect(article).to_contain_text("15 de noviembre de 2025")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_letter_fits_its_screen_and_axe_finds_nothing(open_as_carla, axe, letter: Letter, width: int) -> None:
    for path in ("/letters/", f"/letters/{letter.pk}/", f"/es/letters/{letter.pk}/", f"/pt/letters/{letter.pk}/"):
        page = open_as_carla(path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        assert axe(path, width) == [], path


def test_a_letter_is_read_without_javascript(open_as_carla, letter: Letter) -> None:
    page = open_as_carla(f"/letters/{letter.pk}/", javascript=False)
    expect(page.get_by_role("table")).to_contain_text("Proof of income")
    expect(page.get_by_role("link", name="PDF, for printing")).to_have_attribute("href", f"/letters/{letter.pk}.pdf")


def test_its_paper_is_a_pdf(open_as_carla, letter: Letter) -> None:
    page = open_as_carla("/letters/")
    response = page.request.get(f"/letters/{letter.pk}.pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert b"/Lang(es-US)" in response.body()
    assert b"<pdfuaid:part>1<" in response.body()
