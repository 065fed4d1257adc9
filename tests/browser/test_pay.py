"""Bills and paying in real Chromium: from the bill to the coverage, a card refused, a phone, no JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from openhix.billing.models import Payment
from openhix.billing.tests import payers
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

BRUNO = replace(cast.namesakes(cast.BRUNO, "bruno.pays@example.com"), language="en")
CARLA = cast.namesakes(cast.CARLA, "carla.pays@example.com")
EVANS = cast.namesakes(cast.EVANS, "evans.pay@example.com")
Households = dict[cast.Family, Household]


@pytest.fixture(scope="module")
def households(live_server: Any) -> Households:
    """Three households that have chosen, and their bills."""
    made = {}
    for family in (BRUNO, CARLA, EVANS):
        made[family], _policy = payers.chosen(family)
        payers.choose(made[family], kind="dental", nth=1)
        payers.due(made[family])
        payers.due(made[family], "dental")
    return made


def fill(page: Page, *, number: str = "000123456789") -> None:
    page.get_by_label("Name of the account's holder").fill("Bruno Barros")
    page.get_by_text("Checking", exact=True).click()
    page.get_by_label("Routing number").fill("011000015")
    page.get_by_label("Account number").fill(number)


def test_from_the_bill_to_the_coverage(open_as: Open, households: Households) -> None:
    page = open_as(households[BRUNO], "/bills/")
    look(page)
    health = page.get_by_role("region", name="Health plan")
    expect(health).to_contain_text("$152.00")
    health.get_by_role("link", name="Bill for January 2026").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bill for January 2026")
    expect(page.get_by_role("row", name="What you owe by December 23, 2025")).to_contain_text("$152.00")
    look(page)

    page.get_by_role("link", name="Pay", exact=True).click()
    look(page)
    expect(page.get_by_label("Another amount, in dollars")).to_be_hidden()
    fill(page, number="4111111111111111")
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_title("Error: Pay for your health plan · OpenHIX")
    expect(page.get_by_role("group", name="Something needs your attention")).to_contain_text("the number of a card")
    expect(page.get_by_label("Account number")).to_have_value("")
    expect(page.get_by_label("Name of the account's holder")).to_have_value("Bruno Barros")
    look(page)

    page.get_by_label("Account number").fill("000123456789")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("checking account ending in 6789")).to_be_visible()
    assert "123456789" not in page.content()
    look(page)
    page.get_by_role("link", name="Change something").click()
    expect(page.get_by_text("We have the account number that ends in 6789.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Pay $152.00").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We received your payment")
    expect(page.get_by_text("Covered from January 1, 2026")).to_be_visible()
    look(page)

    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("We received your payment")
    assert Payment.objects.filter(submitted_by__email=BRUNO.email).count() == 1
    page.goto("/payments/")
    expect(page.get_by_role("row", name="Payment from checking account ending in 6789")).to_contain_text("−$152.00")
    look(page)
    page.goto("/pay/dental/")
    expect(page.get_by_label("checking account ending in 6789")).to_be_checked()
    expect(page.get_by_label("Routing number")).to_be_hidden()
    look(page)


def test_in_parts_without_javascript(open_as: Open, households: Households) -> None:
    page = open_as(households[EVANS], "/pay/dental/", javascript=False)
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
def test_on_a_phone(open_as: Open, households: Households, at: str) -> None:
    page = open_as(households[CARLA], f"{at}/bills/", width=320)
    for path in ("payments", "pay/health", "how-to-pay", "bills"):
        page.goto(f"{at}/{path}/")
        look(page)
    page.locator(".bills a").first.click()
    expect(page.get_by_role("article")).to_have_attribute("lang", "es")
    look(page)


def test_a_bill_is_a_pdf(open_as: Open, households: Households) -> None:
    page = open_as(households[CARLA], "/bills/")
    address = page.get_by_role("link", name="PDF, for printing").first.get_attribute("href")
    response = page.request.get(address or "")
    assert response.headers["content-type"] == "application/pdf"
    assert b"/Lang(es-US)" in response.body() and b"<pdfuaid:part>1<" in response.body()
