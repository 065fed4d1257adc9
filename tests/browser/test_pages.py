"""The pages in real Chromium: accessible, in three languages, on a phone, by keyboard alone, without JavaScript."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.eyes import findings, look

pytestmark = pytest.mark.browser

FAMILY = (
    "zip=02118&start=2026-01&help=yes&income=60000&per=year"
    "&age=40&who=filer&expecting=0&age=38&who=spouse&expecting=0&age=6&who=child&expecting=0"
)
ESTIMATE = f"estimate/?{FAMILY}"
MISTAKES = "estimate/?zip=01002&start=2026-01&help=yes&income=abc&age=x&who=spouse&expecting=0"
LANGUAGES = ("", "es/", "pt/")
WORDS = ("about/", "how-it-works/", "help/", "accessibility/", "nowhere/")


def plan_address(page: Page) -> str:
    return page.locator(".offer h3 a").first.get_attribute("href") or ""


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_axe_finds_nothing_and_a_phone_needs_no_sideways_scrolling(visit: Open, prefix: str) -> None:
    page = visit(f"/{prefix}{ESTIMATE}")
    plan = plan_address(page)
    pages = ("", *WORDS, "estimate/", ESTIMATE, f"{ESTIMATE}&kind=dental", MISTAKES)
    for address in (plan, *(f"/{prefix}{each}" for each in pages)):
        page.goto(address)
        look(page, 1280, 320)


def test_the_page_for_programs_can_be_read_on_a_phone(visit: Open) -> None:
    page = visit("/api/")
    look(page, 1280, 320)
    page.get_by_role("link", name="DeterminationAsked").first.click()
    expect(page.locator("#DeterminationAsked")).to_be_in_viewport()


def test_axe_would_find_something(visit: Open) -> None:
    page = visit("/")
    page.evaluate("document.querySelector('.brand img').removeAttribute('alt')")
    assert [each.split(":")[0] for each in findings(page)] == ["image-alt"]


def test_what_is_wider_than_its_screen_would_be_found(visit: Open) -> None:
    page = visit("/", width=320)
    page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert findings(page) == ["wider than its screen"]


@pytest.mark.parametrize(("locale", "language"), [("es-US", "es"), ("pt-BR", "pt"), ("fr-FR", "en")])
def test_the_front_door_speaks_the_browsers_language(visit: Open, locale: str, language: str) -> None:
    page = visit("/", locale=locale)
    assert page.locator("html").get_attribute("lang") == language
    assert page.url.endswith({"en": "/", "es": "/es/", "pt": "/pt/"}[language])


def test_a_language_is_chosen_on_any_page_and_remembered(visit: Open) -> None:
    page = visit(f"/{ESTIMATE}")
    page.get_by_role("link", name="Español").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Su cálculo")
    assert FAMILY in page.url
    page.goto("/")
    assert page.url.endswith("/es/")


def test_from_the_front_door_to_an_answer(visit: Open) -> None:
    page = visit("/")
    page.get_by_label("ZIP code").fill("02118")
    page.get_by_label("Coverage start date").select_option("2026-02")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label("ZIP code")).to_have_value("02118")
    expect(page.get_by_label("Coverage start date")).to_have_value("2026-02")
    page.get_by_label("Age", exact=True).fill("30")
    page.get_by_label("Amount in dollars").fill("$41,000")
    page.locator("button.usa-button", has_text="See my estimate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your estimate")
    expect(page.locator(".person__program")).to_contain_text("ConnectorCare")


def test_the_answer_is_redrawn_as_the_income_is_typed(visit: Open) -> None:
    page = visit(f"/{ESTIMATE}")
    expect(page.locator(".person__program").first).to_have_text("ConnectorCare 3A")
    page.get_by_label("Amount in dollars").fill("30000")
    expect(page.locator(".person__program").first).to_have_text("MassHealth Standard")
    assert "income=30000" in page.url
    expect(page.locator("#spoken")).to_contain_text("Your estimate has changed")
    assert "income%3D30000" in (page.get_by_role("link", name="Español").get_attribute("href") or "")
    expect(page.get_by_label("Amount in dollars")).to_be_focused()


def test_what_makes_no_sense_is_said_and_the_answer_before_it_stays(visit: Open) -> None:
    page = visit(f"/{ESTIMATE}")
    income = page.get_by_label("Amount in dollars")
    income.fill("abc")
    expect(page.locator("#behind")).to_contain_text("Until then you see the answer to what you typed before.")
    expect(page.locator(".person__program").first).to_have_text("ConnectorCare 3A")
    expect(page.locator(".offer").first).to_be_visible()
    assert findings(page) == []
    income.fill("30000")
    expect(page.locator(".person__program").first).to_have_text("MassHealth Standard")
    expect(page.locator("#behind")).to_be_empty()


def test_filters_are_redrawn_without_a_click(visit: Open) -> None:
    page = visit(f"/{ESTIMATE}")
    page.get_by_label("Tier").select_option("Gold")
    expect(page.locator(".offer").first).to_contain_text("· Gold")
    page.get_by_text("Dental (14)").click()
    expect(page.locator(".offer").first).to_contain_text("Dental")
    assert "kind=dental" in page.url


def test_the_whole_journey_by_keyboard_alone(visit: Open) -> None:
    page = visit("/")
    press = page.keyboard.press
    press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    press("Enter")
    tab_to(page, "ZIP code")
    page.keyboard.type("02118")
    press("Enter")
    page.wait_for_url("**/estimate/**")
    tab_to(page, "Age")
    page.keyboard.type("40")
    tab_to(page, "Add a person")
    press("Enter")
    page.wait_for_url("**do=add**")
    expect(page.locator("#age-2")).to_be_focused()
    page.keyboard.type("12")
    press("Tab")
    page.keyboard.type("Child")
    tab_to(page, "Amount in dollars")
    page.keyboard.type("50000")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your estimate")
    tab_to(page, "Why? The reasons for person 1")
    press("Enter")
    expect(page.locator(".why__answer").first).to_be_visible()
    tab_to(page, page.locator(".offer h3 a").first.inner_text())
    press("Enter")
    expect(page.get_by_role("heading", name="What you would pay each month")).to_be_visible()


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the element with this name has the focus; every stop on the way must be visible."""
    for _ in range(80):
        page.keyboard.press("Tab")
        label, outlined = page.evaluate(
            """() => {
                const at = document.activeElement;
                const name = at.labels && at.labels.length ? at.labels[0].innerText : at.innerText;
                const style = getComputedStyle(at);
                return [name || '', style.outlineStyle !== 'none' || at.type === 'radio'];
            }"""
        )
        assert outlined, f"no visible focus on {label!r}"
        if label.strip() == name:
            return
    raise AssertionError(f"no Tab stop is called {name!r}")


def test_without_javascript_everything_is_there(visit: Open) -> None:
    page = visit("/", javascript=False)
    page.get_by_label("ZIP code").fill("01002")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("County").select_option(index=1)
    page.get_by_label("Age", exact=True).fill("40")
    page.get_by_role("button", name="Add a person").click()
    page.locator("#age-2").fill("39")
    page.get_by_label("Amount in dollars").fill("5000")
    page.get_by_label("How often").select_option("month")
    page.locator("button.usa-button", has_text="See my estimate").click()
    expect(page.locator(".help__figures")).to_contain_text("Tax credit")
    page.get_by_text("Why? The reasons for person 1").click()
    expect(page.locator(".why__answer").first).to_be_visible()
    page.get_by_role("link", name="Page 2").click()
    expect(page.locator(".pages [aria-current]")).to_have_text("2")
    page.get_by_label("Tier").select_option("Bronze")
    page.get_by_role("button", name="Show these plans").click()
    expect(page.locator(".offer").first).to_contain_text("Bronze")
    page.locator(".offer h3 a").first.click()
    page.get_by_role("link", name="Back to your estimate").click()
    expect(page.get_by_label("Tier")).to_have_value("Bronze")


def test_the_error_summary_has_the_focus_and_leads_to_the_fields(visit: Open) -> None:
    page = visit(f"/{MISTAKES}")
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Get an estimate · OpenHIX")
    summary.get_by_role("link", name="Person 1: Enter an age").click()
    expect(page.locator("#age-1")).to_be_focused()
    expect(page.locator("#age-1")).to_have_value("x")
    described = page.locator("#age-1").get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("Enter an age from 0 to 120")


def test_paper_shows_the_answer_and_its_reasons(visit: Open) -> None:
    page = visit(f"/{ESTIMATE}")
    page.emulate_media(media="print")
    expect(page.locator(".places")).to_be_hidden()
    expect(page.locator("form#estimate")).to_be_hidden()
    expect(page.locator(".person").first).to_be_visible()
    box = page.locator(".story").first.bounding_box()
    assert box and box["height"] > 0


@pytest.mark.skipif(os.environ.get("OPENHIX_PICTURES") != "1", reason="pictures are made on request")
def test_the_picture_for_the_readme(visit: Open) -> None:
    page = visit(f"/{ESTIMATE}")
    page.screenshot(
        path=Path(__file__).parents[2] / "docs" / "estimate.png",
        clip={"x": 0, "y": 0, "width": 1280, "height": 1830},
        full_page=True,
    )
