"""A change in life is reported after open enrollment, with and without JavaScript, and opens the plans again."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from conftest import OnDay
from openhix.enrollment.tests import events
from openhix.enrollment.tests.walks import determined
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.browser import sessions
from tests.browser.conftest import Open
from tests.browser.eyes import look
from tests.browser.hands import Keyboard, Mouse

pytestmark = pytest.mark.browser
MARCH_12 = date(2026, 3, 12)
TOLD = {"event": "loss_of_coverage", "person": "p1", "day_month": "3", "day_day": "31", "day_year": "2026"}


@pytest.fixture
def march(live_server: object, on_day: OnDay) -> None:
    on_day(MARCH_12)


def evans(name: str) -> Household:
    return determined(cast.namesakes(cast.EVANS, f"{name}@changes.example.com"))


def tell(hands: Mouse | Keyboard, **told: str) -> Page:
    for name, value in {**TOLD, **told}.items():
        hands.fill(name, value)
    hands.press("main form button[type=submit]")
    return hands.page


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["", "/es", "/pt"])
def test_axe_finds_nothing(march: None, open_as: Open, width: int, language: str) -> None:
    household = evans(f"axe{width}{language.strip('/')}")
    look(open_as(household, f"{language}/changes/", width=width))
    look(open_as(household, f"{language}/plans/", width=width))
    events.tell(household, "new_child")
    page = open_as(household, f"{language}/changes/", width=width)
    look(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("#summary")).to_be_focused()
    look(page)
    look(open_as(household, f"{language}/plans/?shop=health", width=width))


@pytest.mark.parametrize("javascript", [True, False])
def test_it_is_reported_and_opens_the_plans(march: None, open_as: Open, javascript: bool) -> None:
    household = evans(f"told{javascript}")
    page = open_as(household, "/dashboard/", width=320, javascript=javascript)
    page.get_by_role("link", name="Report a change").first.click()
    tell(Mouse(page), day_year="2025")
    expect(page.locator("#summary")).to_contain_text("It is too late")
    expect(page.locator("#day_day")).to_have_value("31")
    tell(Mouse(page))
    expect(page.locator("main")).to_contain_text("You can choose a health plan until May 30, 2026.")
    page.get_by_role("link", name="Look at plans").click()
    page.locator("label[for='from-2026-05-01']").click()
    page.get_by_role("button", name="Update").click()
    expect(page.locator("main")).to_contain_text("Covered from May 1, 2026, if the first payment is here by April 23")


def test_by_keyboard_alone(march: None, open_as: Open) -> None:
    page = tell(Keyboard(open_as(evans("keyboard"), "/changes/")))
    expect(page.locator("main")).to_contain_text("From April 1, 2026, if the first payment is here by March 23, 2026")


def test_only_a_wedding_asks_for_coverage_before(march: None, open_as: Open) -> None:
    page = open_as(evans("wedding"), "/changes/")
    asked = page.locator("#covered_before")
    Mouse(page).fill("event", "move")
    expect(asked).to_be_hidden()
    Mouse(page).fill("event", "marriage")
    expect(asked).to_be_visible()


@pytest.mark.parametrize("width", [320, 1280])
def test_staff_grant_and_refuse(march: None, visit: Open, width: int) -> None:
    household = evans(f"staff{width}")
    events.tell(household)
    session = sessions.of_staff(f"changes{width}@example.com")
    page = visit(f"/staff/households/{household.member_id}/changes/", session=session, width=width)
    look(page)
    page.locator("article").get_by_role("button", name="Refuse").click()
    expect(page.locator("#summary")).to_contain_text("Say why.")
    look(page)
    page.locator("article select").select_option("not_so")
    page.locator("article").get_by_role("button", name="Refuse").click()
    expect(page.locator("main")).to_contain_text("We decided that you cannot choose a health plan because of this.")
    page.locator("#grant-event").select_option("exchange_error")
    page.locator("#grant-person").select_option("p1")
    page.locator("#grant-event_day").fill("3/1/2026")
    page.locator("#grant-first_day").fill("3/1/2026")
    page.locator("#grant-reason").select_option("our_mistake")
    page.get_by_role("button", name="Grant").click()
    expect(page.locator("main")).to_contain_text("Coverage from March 1, 2026.")
    look(page)
