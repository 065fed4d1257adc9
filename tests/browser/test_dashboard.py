"""The dashboard in real Chromium: three languages, a phone, without JavaScript; nothing for axe to find."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from openhix.desk.tests import walks
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.browser.conftest import Open
from tests.browser.eyes import look
from tests.browser.hands import Keyboard

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def bruno(live_server: Any) -> Household:
    return walks.with_a_story(cast.BRUNO, "bruno.dashboard@example.com")


@pytest.mark.parametrize(("prefix", "title"), [("", "Your dashboard"), ("/es", "Su panel"), ("/pt", "Seu painel")])
def test_axe_finds_nothing_and_it_fits(bruno: Household, open_as: Open, prefix: str, title: str) -> None:
    page = open_as(bruno, f"{prefix}/dashboard/")
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator("main")).to_contain_text(bruno.member_id)
    look(page, 1280, 320)


def test_every_link_of_it_leads_somewhere_without_javascript(bruno: Household, open_as: Open) -> None:
    page = open_as(bruno, "/dashboard/", javascript=False)
    links = {each.get_attribute("href") for each in page.locator("main a").all()}
    assert {"/application/", "/results/", "/plans/", "/bills/", "/letters/"} <= links
    for link in links:
        answer = page.request.get(str(link))
        assert (answer.status, "sign-in" in answer.url) == (200, False), link


def test_from_every_page_it_is_one_press_away(bruno: Household, open_as: Open) -> None:
    page = open_as(bruno, "/letters/")
    page.get_by_role("link", name="Your dashboard").click()
    expect(page).to_have_url(re.compile(r"/dashboard/$"))


@pytest.mark.parametrize("width", [320, 1280])
def test_by_keyboard_one_goes_from_place_to_place_and_knows_where_one_is(
    bruno: Household, open_as: Open, width: int
) -> None:
    page = open_as(bruno, "/dashboard/", width=width)
    hands = Keyboard(page)
    for address, name in (("/application/", "Application"), ("/bills/", "Bills"), ("/letters/", "Letters")):
        hands.press(f".places a[href='{address}']")
        expect(page.locator(".places [aria-current=page]")).to_have_text(name)
    page.locator("main li a").first.click()
    expect(page.locator(".places [aria-current=true]")).to_have_text("Letters")
