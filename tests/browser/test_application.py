"""The application in real Chromium: by hand, by keyboard alone, on a phone, in two tabs; axe on every page."""

from __future__ import annotations

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from openhix.application import actions, queries
from openhix.application.answers import Answers
from openhix.application.tests.households import family, member, signed
from openhix.application.tests.test_family import with_a_partner
from openhix.people.models import Household
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

LANGUAGES = ("", "es/", "pt/")
BY_PERSON = ("status/p1/", "situation/p1/", "income/p1/", "deductions/p1/", "coverage/p1/", "proofs/p1/")
PAGES = ("", "start/", "people/", "people/p1/", "people/p2/", "people/add/", "people/p2/remove/", "taxes/", "address/",
         *BY_PERSON, "rights/", "review/", "sign/")  # fmt: skip
numbers = count(1)


def begun(answers: Answers | None = None) -> Household:
    """A new household with an account of its own, with these answers saved."""
    account, household = member(f"application{next(numbers)}@example.org")
    draft = actions.begin(household=household, account=account)
    if answers:
        actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    return household


@pytest.fixture
def spied(open_as: Open) -> Page:
    """A page of a family's application that lacks something on two pages."""
    answers = family()
    answers.people[2].unasked = ["income"]
    answers.people[3].status = None
    return open_as(begun(answers), "/application/")


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(spied: Page, prefix: str) -> None:
    for path in PAGES:
        spied.goto(f"/{prefix}application/{path}")
        look(spied, 1280, 320)


def test_axe_finds_nothing_on_pages_with_errors(spied: Page) -> None:
    for path in ("people/add/", "taxes/", "status/p4/", "income/p3/", "rights/", "sign/"):
        spied.goto(f"/application/{path}")
        for chooser in spied.locator("select").all():
            chooser.select_option(index=0)
        for box in spied.locator("input[type=checkbox]").all():
            box.evaluate("each => each.checked = false")
        spied.locator("form[novalidate] button.margin-top-3").click()
        expect(spied.locator("#summary")).to_be_focused() if path != "sign/" else None
        look(spied, 1280, 320)


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_family_ties_are_asked_on_a_phone_and_without_javascript(open_as: Open, prefix: str) -> None:
    household = begun(with_a_partner())
    page = open_as(household, f"/{prefix}application/family/", width=320, javascript=bool(prefix))
    if prefix:
        look(page)
    save_button = page.locator("form[novalidate] button.margin-top-3")
    save_button.click()
    expect(page.locator("#summary a")).to_have_count(3)
    page.locator("label[for=parents-p2-p3]").click()
    for name in ("spouse-p3", "spouse-p4"):
        page.locator(f"#{name}").select_option("none")
    save_button.click()
    draft = queries.draft_of(household)
    assert draft is not None and queries.answers_of(draft).person("p2").parents == ["p3"]


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_change_is_thrown_away(open_as: Open, prefix: str) -> None:
    account, household, version = signed(family(), f"application{next(numbers)}@example.org")
    actions.change(household=household, account=account)
    page = open_as(household, f"/{prefix}application/throw-away/", width=320)
    look(page)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile(f"//[^/]*/{prefix}application/$"))
    assert (queries.draft_of(household), queries.latest(household)) == (None, version)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue", exact=True).last.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_one_person_applies(open_as: Open, javascript: bool) -> None:
    household = begun()
    page = open_as(household, "/application/", javascript=javascript, width=320)
    page.get_by_role("link", name="Continue", exact=True).click()
    page.get_by_text("Yes, show me").click()
    save(page)
    page.get_by_role("link", name="Fill in").click()
    page.get_by_label("First name").fill("Zoë")
    page.get_by_label("Last name").fill("Ng")
    for part, value in (("Month", "12"), ("Day", "31"), ("Year", "1990")):
        page.get_by_label(part).fill(value)
    page.get_by_text("Yes", exact=True).click()
    save(page)
    page.get_by_role("button", name="This is everyone").click()
    page.get_by_label("Zoë Ng").select_option("filer")
    save(page)
    page.get_by_label("Street and number of your home").fill("5 Main St")
    page.get_by_label("City or town").first.fill("Amherst")
    page.get_by_label("ZIP code in Massachusetts").fill("01002")
    save(page)
    page.get_by_label("County").select_option("Hampshire")
    save(page)
    page.get_by_text("U.S. citizen or national").click()
    page.get_by_label("Social Security number").fill("123 45 6789")
    save(page)
    page.locator("label[for=incarcerated-no]").click()
    page.get_by_label("Expecting a baby?").select_option("0")
    page.locator("label[for=disabled-no]").click()
    page.locator("label[for=tribal_member-no]").click()
    save(page)
    page.get_by_text("Yes", exact=True).click()
    page.get_by_role("button", name="Add another amount").click()
    for row, amount in (("1", "450"), ("2", "1,000")):
        group = page.get_by_role("group", name=f"Amount {row}")
        group.get_by_label("Kind of income").select_option("job")
        group.get_by_label("Amount in dollars").fill(amount)
        group.get_by_label("How often").select_option("month")
    save(page)
    page.get_by_text("No", exact=True).click()
    save(page)
    page.get_by_text("None of these").click()
    page.locator("label[for=offered-no]").click()
    save(page)
    save(page)
    page.get_by_text("I have read this").click()
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Review your answers")
    expect(page.get_by_text("$17,400.00")).to_be_visible()
    page.get_by_role("link", name="Continue to sign").click()
    page.get_by_label("Your full name").fill("Zoe Ng")
    page.get_by_role("button", name="Sign and submit").click()
    expect(page).to_have_url(re.compile("/results/$"))
    version = queries.latest(household)
    assert version is not None
    assert queries.answers_of(version).home.county == "Hampshire"


def test_a_page_by_keyboard_alone(open_as: Open) -> None:
    """From the top of the page with Tab, typing, space and arrows; Enter sends it and leads to the list."""
    household = begun()
    page = open_as(household, "/application/people/p1/")
    page.get_by_label("First name").focus()
    for typed in ("Ana", "Silva", "2", "28", "1985"):
        page.keyboard.type(typed)
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save and continue")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("People in your household")
    draft = queries.draft_of(household)
    assert draft is not None
    [ana] = queries.answers_of(draft).people
    assert (ana.name, ana.applying) == ("Ana Silva", True)


def test_a_mistake_is_reached_from_the_summary_by_keyboard(open_as: Open) -> None:
    page = open_as(begun(family()), "/application/people/p2/")
    page.get_by_label("Last name").fill("")
    save(page)
    expect(page.locator("#summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Last name")).to_be_focused()
    expect(page.get_by_label("First name")).to_have_value("Bruno")


def test_two_tabs(open_as: Open) -> None:
    household = begun(family())
    one = open_as(household, "/application/address/")
    other = one.context.new_page()
    other.goto("/application/start/")
    other.get_by_text("No, I will pay").click()
    save(other)
    one.get_by_label("City or town").first.fill("Salem")
    save(one)
    expect(one.get_by_role("alert")).to_contain_text("This page is not saved")
    expect(one.get_by_label("City or town").first).to_have_value("Salem")
    save(one)
    draft = queries.draft_of(household)
    assert draft is not None
    answers = queries.answers_of(draft)
    assert (answers.home.city, answers.seeks_help) == ("Salem", False)


def test_back_and_again_saves_what_is_shown(open_as: Open) -> None:
    """The back button shows the page as it is saved now, so that it can be saved again without a refusal."""
    household = begun(family())
    page = open_as(household, "/application/address/")
    page.get_by_label("City or town").first.fill("Salem")
    save(page)
    expect(page).not_to_have_url(re.compile("/address/$"))
    page.wait_for_load_state()
    page.go_back()
    expect(page.get_by_label("City or town").first).to_have_value("Salem")
    page.get_by_label("City or town").first.fill("Lynn")
    save(page)
    expect(page).not_to_have_url(re.compile("/address/$"))
    draft = queries.draft_of(household)
    assert draft is not None
    assert queries.answers_of(draft).home.city == "Lynn"


def test_a_double_click_on_submit_is_one_version(open_as: Open) -> None:
    household = begun(family())
    page = open_as(household, "/application/sign/")
    page.get_by_label("Your full name").fill("Ana Silva")
    page.get_by_role("button", name="Sign and submit").dblclick()
    expect(page).to_have_url(re.compile("/results/$"))
    assert len(queries.versions(household)) == 1
