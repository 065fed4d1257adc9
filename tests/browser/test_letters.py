"""Letters in real Chromium: the list, a letter with every kind of block, and its paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from openhix.correspondence import actions
from openhix.correspondence.models import Letter
from openhix.correspondence.tests.sheets import BLOCKS
from openhix.people.tests import cast
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

NAME = "Carla Nguyễn 王小明 محمد សុខា"


@pytest.fixture(scope="module")
def letter(live_server: Any) -> Letter:
    """A letter to Carla, whose household reads Spanish; it stays until the tables are emptied at the end."""
    household = cast.household(cast.CARLA)
    actions.keep_address(household=household, lines=[NAME, "3 Main Street", "Springfield, MA 01103"])
    return actions.send(household=household, kind="test.letter", subject="Envíe sus papeles", blocks=BLOCKS)


def test_the_newest_letter_is_opened_from_the_list_by_keyboard(open_as: Open, letter: Letter) -> None:
    page = open_as(letter.household, "/es/letters/")
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


def test_a_letter_fits_its_screen_and_axe_finds_nothing(open_as: Open, letter: Letter) -> None:
    page = open_as(letter.household, "/letters/")
    look(page, 1280, 320)
    for at in ("", "/es", "/pt"):
        page.goto(f"{at}/letters/{letter.pk}/")
        look(page, 1280, 320)


def test_a_letter_is_read_without_javascript(open_as: Open, letter: Letter) -> None:
    page = open_as(letter.household, f"/letters/{letter.pk}/", javascript=False)
    expect(page.get_by_role("table")).to_contain_text("Proof of income")
    expect(page.get_by_role("link", name="PDF, for printing")).to_have_attribute("href", f"/letters/{letter.pk}.pdf")


def test_its_paper_is_a_pdf(open_as: Open, letter: Letter) -> None:
    page = open_as(letter.household, "/letters/")
    response = page.request.get(f"/letters/{letter.pk}.pdf")
    assert response.headers["content-type"] == "application/pdf"
    assert b"/Lang(es-US)" in response.body()
    assert b"<pdfuaid:part>1<" in response.body()
