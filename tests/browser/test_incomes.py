"""The picture of a household over incomes in real Chromium: slider, keyboard, no JavaScript, paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from openhix.eligibility import actions
from openhix.eligibility.tests import applications
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
SINGLE = "/estimate/?zip=02118&start=2026-01&help=yes&income=5000&per=month&age=40&who=filer&expecting=0"


@pytest.fixture(scope="module")
def diallo(live_server: Any, django_db_blocker: Any) -> Iterator[Household]:
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        household = cast.household(replace(cast.DIALLO, email="moved@incomes.example"))
        applications.apply(household, applications.of_cast(cast.DIALLO))
        actions.determine(household=household, why="The household signed its application.")
        yield household


@pytest.fixture
def results(open_as: Callable[..., Page], diallo: Household) -> Callable[..., Page]:
    return partial(open_as, diallo, "/results/")


def test_the_slider_of_the_estimate_moves_the_income_of_a_year_by_keyboard(visit: Visit) -> None:
    page = visit(SINGLE)
    slider = page.get_by_label("Move the income of a year")
    expect(slider).to_have_value("60000")
    slider.focus()
    for _ in range(27):
        page.keyboard.press("ArrowRight")
    expect(page.locator("#income")).to_have_value("62700")
    expect(page.locator("#per")).to_have_value("year")
    expect(slider).to_have_attribute("aria-valuetext", "$62,700")
    expect(page.locator(".person__program")).to_have_text("Health Connector plan at full price")
    expect(page.locator(".incomes__you")).to_have_text("You: $62,700")
    expect(slider).to_be_focused()


def test_the_slider_follows_what_is_typed(visit: Visit) -> None:
    page = visit(SINGLE)
    page.locator("#income").fill("2000")
    expect(page.locator(".incomes__you")).to_have_text("You: $24,000")
    expect(page.get_by_label("Move the income of a year")).to_have_value("24000")


def test_the_edges_are_a_table_too(visit: Visit) -> None:
    page = visit(SINGLE)
    page.locator("summary", has_text="Every edge in dollars a year").press("Enter")
    table = page.get_by_role("table", name="Who has which program")
    expect(table.get_by_role("row", name="$46,950.01 to $62,600.00")).to_contain_text("your income")
    expect(table.get_by_role("row", name="$62,600.01 and more")).to_contain_text("at full price")
    expect(page.get_by_role("img", name="What your household would pay each month")).to_be_visible()


def test_the_results_answer_for_another_income(results: Callable[..., Page]) -> None:
    page = results()
    expect(page.locator(".incomes__moved")).to_have_count(0)
    page.get_by_label("Your household's income for a year").fill("300000")
    moved = page.locator(".incomes__moved")
    expect(moved).to_contain_text("With $300,000.00 a year")
    expect(moved).to_contain_text("Health Connector plan at full price")
    assert page.url.endswith("/results/")
    page.get_by_label("Move the income of a year").press("Home")
    expect(moved).to_contain_text("With $0.00 a year")
    expect(moved).to_contain_text("MassHealth Standard")


def test_without_javascript_a_button_shows_it_and_there_is_no_slider(results: Callable[..., Page]) -> None:
    page = results(javascript=False, width=320)
    expect(page.locator("#slider")).to_be_hidden()
    page.get_by_label("Your household's income for a year").fill("300000")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".incomes__moved")).to_contain_text("With $300,000.00 a year")
    expect(page.get_by_label("Your household's income for a year")).to_have_value("300000")


def test_on_paper_the_picture_stays_and_its_form_goes(results: Callable[..., Page]) -> None:
    page = results()
    page.emulate_media(media="print")
    expect(page.locator(".incomes__picture")).to_be_visible()
    expect(page.locator("#ask")).to_be_hidden()
