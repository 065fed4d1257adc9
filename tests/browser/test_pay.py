"""Bills and paying in real Chromium: from the bill to the coverage, a card refused, a phone, no JavaScript."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from openhix.billing.models import Payment
from openhix.billing.tests import payers
from openhix.people.models import Account
from openhix.people.tests import cast
from tests.browser.conftest import AXE

pytestmark = pytest.mark.browser

BRUNO = replace(cast.namesakes(cast.BRUNO, "bruno.pays@example.com"), language="en")
CARLA = cast.namesakes(cast.CARLA, "carla.pays@example.com")
EVANS = cast.namesakes(cast.EVANS, "evans.pay@example.com")
Open = Callable[..., Page]
PICTURES = os.environ.get("OPENHIX_PICTURES_IN")


@pytest.fixture(scope="module")
def households(live_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """Three households that have chosen, and their bills; they stay until the tables are emptied at the end."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's loop runs in the same thread
        for family in (BRUNO, CARLA, EVANS):
            household, _policy = payers.chosen(family)
            payers.choose(household, kind="dental", nth=1)
            payers.due(household)
            payers.due(household, "dental")
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


def fill(page: Page, *, number: str = "000123456789") -> None:
    page.get_by_label("Name of the account's holder").fill("Bruno Barros")
    page.get_by_text("Checking", exact=True).click()
    page.get_by_label("Routing number").fill("011000015")
    page.get_by_label("Account number").fill(number)


def test_from_the_bill_to_the_coverage(open_as: Open) -> None:
    page = open_as(BRUNO, "/bills/")
    looked_at(page, "bills")
    health = page.get_by_role("region", name="Health plan")
    expect(health).to_contain_text("$152.00")
    health.get_by_role("link", name="Bill for January 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bill for January 2026")
    expect(page.get_by_role("row", name="What you owe by December 23, 2025")).to_contain_text("$152.00")
    looked_at(page, "bill")

    page.get_by_role("link", name="Pay", exact=True).click()
    looked_at(page, "pay")
    expect(page.get_by_label("Another amount, in dollars")).to_be_hidden()
    fill(page, number="4111111111111111")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title("Error: Pay for your health plan · OpenHIX")
    expect(page.get_by_role("group", name="Something needs your attention")).to_contain_text("the number of a card")
    expect(page.get_by_label("Account number")).to_have_value("")
    expect(page.get_by_label("Name of the account's holder")).to_have_value("Bruno Barros")
    looked_at(page, "card")

    page.get_by_label("Account number").fill("000123456789")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("checking account ending in 6789")).to_be_visible()
    assert "123456789" not in page.content()
    looked_at(page, "confirm")
    page.get_by_role("link", name="Change something").click()
    expect(page.get_by_text("We have the account number that ends in 6789.")).to_be_visible()
    looked_at(page, "change")
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Pay $152.00").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We received your payment")
    expect(page.get_by_text("Covered from January 1, 2026")).to_be_visible()
    looked_at(page, "payment")

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("We received your payment")
    assert Payment.objects.filter(submitted_by__email=BRUNO.email).count() == 1
    page.goto("/payments/")
    expect(page.get_by_role("row", name="Payment from checking account ending in 6789")).to_contain_text("−$152.00")
    looked_at(page, "payments")
    page.goto("/pay/dental/")
    expect(page.get_by_label("checking account ending in 6789")).to_be_checked()
    expect(page.get_by_label("Routing number")).to_be_hidden()
    looked_at(page, "saved")


def test_in_parts_without_javascript(open_as: Open) -> None:
    page = open_as(EVANS, "/pay/dental/", javascript=False)
    fill(page)
    page.get_by_text("Another amount", exact=True).click()
    page.get_by_label("Another amount, in dollars").fill("ten")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("Another amount, in dollars")).to_have_value("ten")
    page.get_by_label("Another amount, in dollars").fill("10")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("It is a part of what you owe.")).to_be_visible()
    page.get_by_role("button", name="Pay $10.00").click()
    expect(page.get_by_text("Not complete until we receive your payment by December 23, 2025")).to_be_visible()
    page.get_by_role("link", name="Pay the rest").click()
    expect(page.get_by_label("checking account ending in 6789")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Pay $").click()
    expect(page.get_by_text("Covered from January 1, 2026")).to_be_visible()


@pytest.mark.parametrize("at", ["", "/es", "/pt"])
def test_on_a_phone(open_as: Open, at: str) -> None:
    for path in ("bills", "payments", "pay/health", "how-to-pay"):
        looked_at(open_as(CARLA, f"{at}/{path}/", width=320), f"{path.replace('/', '-')}{at.replace('/', '-')}-320")
    page = open_as(CARLA, f"{at}/bills/", width=320)
    page.locator(".bills a").first.click()
    expect(page.get_by_role("article")).to_have_attribute("lang", "es")
    looked_at(page, f"bill{at.replace('/', '-')}-320")


def test_a_bill_is_a_pdf(open_as: Open) -> None:
    page = open_as(CARLA, "/bills/")
    address = page.get_by_role("link", name="PDF, for printing").first.get_attribute("href")
    response = page.request.get(address or "")
    assert response.headers["content-type"] == "application/pdf"
    assert b"/Lang(es-US)" in response.body() and b"<pdfuaid:part>1<" in response.body()
