"""Choosing plans in real Chromium: a family in two programs, the part of the credit, a phone, no JavaScript."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from openhix.eligibility import actions as eligibility
from openhix.eligibility.tests import applications
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

DIALLO = cast.namesakes(cast.DIALLO, "diallo.chooses@example.com")
CARLA = replace(cast.namesakes(cast.CARLA, "carla.chooses@example.com"), language="en")
BRUNO = cast.namesakes(cast.BRUNO, "bruno.chooses@example.com")
Households = dict[cast.Family, Household]


@pytest.fixture(scope="module")
def households(live_server: Any) -> Households:
    """Three households that know what they qualify for."""
    made = {}
    for family in (DIALLO, CARLA, BRUNO):
        made[family] = cast.household(family)
        applications.apply(made[family], applications.of_cast(family))
        eligibility.determine(household=made[family], why="told")
    return made


@pytest.mark.parametrize("width", [1280, 320])
def test_a_family_in_two_programs_chooses_health_and_dental(open_as: Open, households: Households, width: int) -> None:
    page = open_as(households[DIALLO], "/plans/", width=width)
    expect(page.get_by_text("Fatou Diallo has MassHealth and needs no health plan.")).to_be_visible()
    expect(page.get_by_role("heading", name="Health plan for Aïssatou Diallo and Moussa Diallo")).to_be_visible()
    look(page)

    page.get_by_role("group", name="Who is in which dental plan").get_by_label("Moussa Diallo").select_option("0")
    page.get_by_role("button", name="Update").click()
    expect(page.get_by_role("heading", name="Dental plan for Aïssatou Diallo and Fatou Diallo")).to_be_visible()

    page.get_by_role("link", name="See plans (Health plan").click()
    cheapest = page.locator(".offer", has_text="Plan Type 3A").first
    expect(cheapest.locator(".offer__amount")).to_have_text("$206.00")
    look(page)
    page.get_by_label("Tier").select_option("Gold")
    expect(page.locator(".offer").first).to_contain_text("· Gold")
    page.get_by_label("Tier").select_option("")
    cheapest.locator("h3 a").click()
    expect(page.get_by_role("heading", name="What you would pay for care")).to_be_visible()
    expect(page.locator(".total")).to_contain_text("$206.00")
    look(page)
    page.get_by_role("link", name="Pick this plan").click()

    page.get_by_role("link", name="See plans (Dental plan").click()
    page.get_by_role("link", name="Pick this plan").first.click()
    look(page)
    page.get_by_role("link", name="Review and confirm").click()
    expect(page.get_by_text("With a ConnectorCare plan all of the tax credit is used.")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have chosen. Now pay.")
    expect(page.get_by_text("Pay $206.00 by December 23, 2025, to be covered from January 1, 2026.")).to_be_visible()
    status = page.locator("section", has=page.get_by_role("heading", name="Health")).locator(".held__status")
    expect(status).to_have_text("Not complete until we receive your payment by December 23, 2025")
    look(page)


def test_with_a_credit_alone_any_part_of_it_is_used_without_javascript(open_as: Open, households: Households) -> None:
    page = open_as(households[CARLA], "/plans/?shop=health", javascript=False)
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


def test_back_and_confirm_again_is_one_choice(open_as: Open, households: Households) -> None:
    page = open_as(households[BRUNO], "/pt/plans/?shop=dental")
    page.locator(".picks .usa-button").click()
    page.locator(".pick .usa-button").first.click()
    page.locator("a[href*='/plans/review/']").click()
    look(page)
    page.locator("#confirm button").click()
    page.wait_for_url("**/chosen/**")
    first = page.url
    look(page)
    page.go_back()
    page.locator("#confirm button").click()
    page.wait_for_url("**/chosen/**")
    page.goto("/plans/")
    assert page.locator(".held > li").count() == 1
    page.goto(first)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
