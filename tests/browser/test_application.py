"""The application in real Chromium: by hand, by keyboard alone, on a phone, in two tabs; axe on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from openhix.application import actions, queries
from openhix.application.answers import Answers
from openhix.application.tests.households import family, member, signed
from openhix.people import queries as people
from openhix.people.models import Household
from tests.browser.conftest import AXE
from tests.browser.desk import Desk

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
LANGUAGES = ("", "es/", "pt/")
BY_PERSON = ("status/p1/", "situation/p1/", "income/p1/", "deductions/p1/", "coverage/p1/", "proofs/p1/")
PAGES = ("", "start/", "people/", "people/p1/", "people/p2/", "people/add/", "people/p2/remove/", "taxes/", "address/",
         *BY_PERSON, "rights/", "review/", "sign/")  # fmt: skip
numbers = count(1)


@pytest.fixture(scope="module")
def database(live_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """The running site's, while the browser's loop runs in the same thread: of that, Django is told not to mind."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


def begun(answers: Answers | None = None) -> Household:
    """A new household with an account of its own, with these answers saved."""
    account, household = member(f"application{next(numbers)}@example.org")
    draft = actions.begin(household=household, account=account)
    if answers:
        actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    return household


def session_of(household: Household) -> str:
    client = Client()
    client.force_login(people.accounts_of(household)[0])
    return client.cookies["sessionid"].value


@pytest.fixture
def open_as(visit: Visit, live_server: Any, database: None) -> Callable[..., Page]:
    def open_page(household: Household, path: str, **how: Any) -> Page:
        page = visit("/help/", **how)
        page.context.add_cookies([{"name": "sessionid", "value": session_of(household), "url": live_server.url}])
        page.goto(path)
        return page

    return open_page


def findings(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"{page.url}: {each['id']}: {each['nodes'][0]['html']}" for each in found]


@pytest.fixture
def spied(browser: Browser, live_server: Any, database: None) -> Iterator[Page]:
    """A page in which axe may run, signed in to a family's application that lacks something on two pages."""
    answers = family()
    answers.people[2].unasked = ["income"]
    answers.people[3].status = None
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce")
    context.add_cookies([{"name": "sessionid", "value": session_of(begun(answers)), "url": live_server.url}])
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("prefix", LANGUAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(spied: Page, prefix: str, width: int) -> None:
    spied.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        spied.goto(f"/{prefix}application/{path}")
        assert findings(spied) == []
        assert spied.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_pages_with_errors(spied: Page, width: int) -> None:
    spied.set_viewport_size({"width": width, "height": 800})
    for path in ("people/add/", "taxes/", "status/p4/", "income/p3/", "rights/", "sign/"):
        spied.goto(f"/application/{path}")
        for chooser in spied.locator("select").all():
            chooser.select_option(index=0)
        for box in spied.locator("input[type=checkbox]").all():
            box.evaluate("each => each.checked = false")
        spied.locator("form[novalidate] button.margin-top-3").click()
        expect(spied.locator("#summary")).to_be_focused() if path != "sign/" else None
        assert findings(spied) == []
        assert spied.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("prefix", LANGUAGES)
def test_a_change_is_thrown_away(browser: Browser, live_server: Any, database: None, prefix: str) -> None:
    account, household, version = signed(family(), f"application{next(numbers)}@example.org")
    actions.change(household=household, account=account)
    desk = Desk(browser, live_server.url, session_of(household))
    page = desk.open(f"/{prefix}application/throw-away/", width=320)
    assert desk.findings(page) == []
    page.locator("main form button").click()
    expect(page).to_have_url(f"{live_server.url}/{prefix}application/")
    assert (queries.draft_of(household), queries.latest(household)) == (None, version)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save and continue", exact=True).last.click()


@pytest.mark.parametrize("javascript", [True, False])
def test_one_person_applies(open_as: Callable[..., Page], javascript: bool) -> None:
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
    page.wait_for_url("**/results/")
    version = queries.latest(household)
    assert version is not None
    assert queries.answers_of(version).home.county == "Hampshire"


def test_a_page_by_keyboard_alone(open_as: Callable[..., Page]) -> None:
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


def test_a_mistake_is_reached_from_the_summary_by_keyboard(open_as: Callable[..., Page]) -> None:
    page = open_as(begun(family()), "/application/people/p2/")
    page.get_by_label("Last name").fill("")
    save(page)
    expect(page.locator("#summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Last name")).to_be_focused()
    expect(page.get_by_label("First name")).to_have_value("Bruno")


def test_two_tabs(open_as: Callable[..., Page]) -> None:
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


def test_back_and_again_saves_what_is_shown(open_as: Callable[..., Page]) -> None:
    """The back button shows the page as it is saved now, so that it can be saved again without a refusal."""
    household = begun(family())
    page = open_as(household, "/application/address/")
    page.get_by_label("City or town").first.fill("Salem")
    save(page)
    page.go_back()
    expect(page.get_by_label("City or town").first).to_have_value("Salem")
    page.get_by_label("City or town").first.fill("Lynn")
    save(page)
    draft = queries.draft_of(household)
    assert draft is not None
    assert queries.answers_of(draft).home.city == "Lynn"


def test_a_double_click_on_submit_is_one_version(open_as: Callable[..., Page]) -> None:
    household = begun(family())
    page = open_as(household, "/application/sign/")
    page.get_by_label("Your full name").fill("Ana Silva")
    page.get_by_role("button", name="Sign and submit").dblclick()
    page.wait_for_url("**/results/")
    assert len(queries.versions(household)) == 1
