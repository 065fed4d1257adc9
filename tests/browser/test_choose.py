"""Choosing plans in real Chromium: a family in two programs, the part of the credit, a phone, no JavaScript."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openhix.eligibility import actions as eligibility
from openhix.eligibility.tests import applications
from openhix.people.models import Account
from openhix.people.tests import cast
from tests.browser.conftest import AXE

pytestmark = pytest.mark.browser

DIALLO = cast.namesakes(cast.DIALLO, "diallo.chooses@example.com")
CARLA = replace(cast.namesakes(cast.CARLA, "carla.chooses@example.com"), language="en")
BRUNO = cast.namesakes(cast.BRUNO, "bruno.chooses@example.com")
PICTURES = os.environ.get("OPENHIX_PICTURES_IN")


@pytest.fixture(scope="module")
def households(live_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """Three households that know what they qualify for; they stay until the tables are emptied at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in the same thread
        for family in (DIALLO, CARLA, BRUNO):
            household = cast.household(family)
            applications.apply(household, applications.of_cast(family))
            eligibility.determine(household=household, why="told")
        yield


@pytest.fixture
def open_as(households: None, browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """A page as one of them sees it. What the browser complains about fails the test."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(family: cast.Family, path: str, *, width: int = 1280, javascript: bool = True) -> Page:
        client = Client()
        client.force_login(Account.objects.get(email=family.email))
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            bypass_csp=True,  # for axe
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(5_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.goto(path)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def looked_at(page: Page, name: str) -> None:
    """Axe finds nothing, nothing lies outside the screen, and a picture is taken where these are asked for."""
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]] == [], name
    wide = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert wide[0] <= wide[1], (name, wide)


@pytest.mark.parametrize("width", [1280, 320])
def test_a_family_in_two_programs_chooses_health_and_dental(open_as, width: int) -> None:
    page = open_as(DIALLO, "/plans/", width=width)
    expect(page.get_by_text("Fatou Diallo has MassHealth and needs no health plan.")).to_be_visible()
    expect(page.get_by_role("heading", name="Health plan for Aïssatou Diallo and Moussa Diallo")).to_be_visible()
    looked_at(page, f"plans-{width}")

    page.get_by_role("group", name="Who is in which dental plan").get_by_label("Moussa Diallo").select_option("0")
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("heading", name="Dental plan for Aïssatou Diallo and Fatou Diallo")).to_be_visible()

    page.get_by_role("link", name="See plans (Health plan").click()
    cheapest = page.locator(".offer", has_text="Plan Type 3A").first
    expect(cheapest.locator(".offer__amount")).to_have_text("$206.00")
    looked_at(page, f"listing-{width}")
    page.get_by_label("Tier").select_option("Gold")
    expect(page.locator(".offer").first).to_contain_text("· Gold")
    page.get_by_label("Tier").select_option("")
    cheapest.locator("h3 a").click()
    expect(page.get_by_role("heading", name="What you would pay for care")).to_be_visible()
    expect(page.locator(".total")).to_contain_text("$206.00")
    looked_at(page, f"sheet-{width}")
    page.get_by_role("link", name="Pick this plan").click()

    page.get_by_role("link", name="See plans (Dental plan").click()
    page.get_by_role("link", name="Pick this plan").first.click()
    looked_at(page, f"picked-{width}")
    page.get_by_role("link", name="Review and confirm").click()
    expect(page.get_by_text("With a ConnectorCare plan all of the tax credit is used.")).to_be_visible()
    looked_at(page, f"review-{width}")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have chosen. Now pay.")
    expect(page.get_by_text("Pay $206.00 by December 23, 2025, to be covered from January 1, 2026.")).to_be_visible()
    status = page.locator("section", has=page.get_by_role("heading", name="Health")).locator(".held__status")
    expect(status).to_have_text("Not complete until we receive your payment by December 23, 2025")
    looked_at(page, f"chosen-{width}")


def test_with_a_credit_alone_any_part_of_it_is_used_without_javascript(open_as) -> None:
    page = open_as(CARLA, "/plans/?shop=health", javascript=False)
    page.get_by_role("link", name="See plans (Health plan").click()
    page.get_by_label("Tier").select_option("Gold")
    page.get_by_role("button", name="Show these plans").click()
    page.get_by_role("link", name="Pick this plan").first.click()
    page.get_by_role("link", name="Review and confirm").click()
    expect(page.locator("section", has_text="Your tax credit").first).to_contain_text("These plans use $235.93 of it.")
    part = page.get_by_label("Part of the tax credit to use now, in percent")
    part.fill("half")
    page.get_by_role("button", name="Update the prices").click()
    expect(page).to_have_title("Error: Review and confirm · OpenHIX")
    expect(part).to_have_value("half")
    part.fill("50")
    page.get_by_role("button", name="Update the prices").click()
    expect(page.get_by_text("These plans use $117.96 of it.")).to_be_visible()
    expect(page.locator(".total")).not_to_contain_text("$117.96")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have chosen. Now pay.")


def test_back_and_confirm_again_is_one_choice(open_as) -> None:
    page = open_as(BRUNO, "/pt/plans/?shop=dental")
    page.locator(".picks .usa-button").click()
    page.locator(".pick .usa-button").first.click()
    page.locator("a[href*='/plans/review/']").click()
    looked_at(page, "review-pt")
    page.locator("#confirm button").click()
    page.wait_for_url("**/chosen/**")
    first = page.url
    looked_at(page, "chosen-pt")
    page.go_back()
    page.locator("#confirm button").click()
    page.wait_for_url("**/chosen/**")
    page.goto("/plans/")
    assert page.locator(".held > li").count() == 1
    page.goto(first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
