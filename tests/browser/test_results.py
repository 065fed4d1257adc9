"""The results in real Chromium: the wait for the worker with and without JavaScript, and what each person gets."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from openhix.application.answers import Answers, EmployerOffer, Income, IncomeSource, Period
from openhix.eligibility import actions
from openhix.eligibility.tests import applications
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification.actions import ask_for_proofs
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

LANGUAGES = ("", "es/", "pt/")


def one_of(family: cast.Family, name: str) -> tuple[Household, Answers]:
    """One like those of the cast and what it tells; the tables are emptied after the last browser test only."""
    like = cast.namesakes(family, f"{name}@results.example")
    return cast.household(like), applications.of_cast(like)


@pytest.fixture(scope="module")
def changed(live_server: Any) -> Household:
    """The Diallos after a change: proof of income owed, one answer superseded."""
    diallo, told = one_of(cast.DIALLO, "changed")
    told.people[0].unproven = ["income"]
    ask_for_proofs(version=applications.apply(diallo, told))
    actions.determine(household=diallo, why="The household signed its application.")
    told.people[0].incomes = [Income(IncomeSource.JOB, 63_000_00, Period.YEAR)]
    applications.apply(diallo, told)
    actions.determine(household=diallo, why="The household changed its application.")
    return diallo


@pytest.fixture(scope="module")
def waiting(live_server: Any) -> Household:
    """The Diallos with a job that offers coverage at a price that is not known: two people are not decided yet."""
    diallo, told = one_of(cast.DIALLO, "waiting")
    told.people[0].employer_offer = EmployerOffer(for_family=False)
    applications.apply(diallo, told)
    actions.determine(household=diallo, why="The household signed its application.")
    return diallo


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_as: Open, changed: Household, waiting: Household, prefix: str
) -> None:
    for who in (changed, waiting):
        look(open_as(who, f"/{prefix}results/"), 1280, 320)


def test_the_reasons_are_opened_by_keyboard(open_as: Open, changed: Household) -> None:
    page = open_as(changed, "/results/")
    why = page.locator("summary", has_text="Fatou Diallo")
    why.focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("At 300.19% of the poverty level this child can have MassHealth Family Assistance")
    ).to_be_visible()


def test_what_changed_what_is_owed_and_what_comes_next(open_as: Open, changed: Household) -> None:
    page = open_as(changed, "/results/")
    rows = page.get_by_role("region", name="What has changed").get_by_role("row")
    expect(rows.nth(1)).to_have_text("Aïssatou DialloConnectorCare plan typeConnectorCare Plan Type 3A"
                                     "ConnectorCare Plan Type 3C")  # fmt: skip
    expect(page.get_by_text("Aïssatou Diallo: Proof of income, by February 13, 2026")).to_be_visible()
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()


def test_nobody_is_guessed_at(open_as: Open, waiting: Household) -> None:
    page = open_as(waiting, "/results/")
    cards = page.locator(".person")
    expect(cards.nth(0)).to_contain_text("Not decided yet")
    expect(cards.nth(1)).to_contain_text("The help you share depends on someone")
    expect(cards.nth(2)).to_contain_text("MassHealth Family Assistance")


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_the_page_waits_for_the_worker_and_then_shows_the_results(
    open_as: Open, live_server: Any, javascript: bool
) -> None:
    ana, told = one_of(cast.ANA, f"ana{int(javascript)}")
    applications.apply(ana, told)
    page = open_as(ana, "/results/", javascript=javascript)
    expect(page.get_by_role("heading", level=1)).to_have_text("We are working on your results")
    actions.determine(household=ana, why="The household signed its application.")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your results")
    expect(page.locator(".person")).to_contain_text("ConnectorCare")
