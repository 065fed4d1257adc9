"""The staff's desk in real Chromium: from the telephone's ringing to the whole story, a correction, the clock."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import expect

from openhix.correspondence import queries as letters
from openhix.desk.tests import walks
from openhix.history import clock as demonstration
from openhix.history.models import ClockOffset
from openhix.history.worker import work
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.browser import sessions
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

ADDRESS = "carla.staff@example.com"


@pytest.fixture(scope="module")
def carla(live_server: Any) -> Household:
    return walks.with_a_story(cast.CARLA, ADDRESS)


@pytest.fixture(scope="module")
def session(live_server: Any) -> str:
    return sessions.of_staff("desk@example.com")


def test_axe_finds_nothing_on_any_page(carla: Household, session: str, visit: Open) -> None:
    page = visit("/staff/", session=session)
    here = f"/staff/households/{carla.member_id}/"
    letter = f"{here}letters/{letters.letters_of(carla)[0].pk}/"
    for path in ("/staff/", here, letter, f"{here}people/p1/", "/staff/undecided/", "/staff/clock/"):
        page.goto(path)
        assert page.url.endswith(path)  # and not the sign-in page
        look(page, 320, 1280)


def test_somebody_calls_and_is_found_read_and_corrected(carla: Household, session: str, visit: Open) -> None:
    page = visit("/staff/", session=session)
    page.get_by_label("Name, member ID, birth date").fill(f"carla {str(people.people_of(carla)[0].ssn)[-4:]}")
    page.get_by_role("button", name="Find").click()
    look(page)
    page.get_by_role("row", name=carla.member_id).get_by_role("link", name="Carla Castillo").click()
    expect(page.locator("h1")).to_contain_text(carla.member_id)
    page.get_by_role("link", name="Correct Carla Castillo").click()
    page.get_by_label("Birth date").fill("11/31/1972")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator("#summary")).to_contain_text("Enter the birth date as month/day/year")
    look(page)
    expect(page.get_by_label("First name")).to_have_value("Carla")
    page.get_by_label("Birth date").fill("11/3/1972")
    page.get_by_label("Why").select_option(label="A document shows it.")
    page.get_by_role("button", name="Correct").click()
    expect(page.locator("main")).to_contain_text("is corrected")
    expect(page.locator("main")).to_contain_text("November 3, 1972")


def do_jobs() -> None:
    """As a worker beside the browser, whose loop runs in this thread."""
    worker = threading.Thread(target=work, kwargs={"until_empty": True})
    worker.start()
    worker.join()


@pytest.fixture
def moved(live_server: Any) -> Iterator[None]:
    before = clock._now
    ClockOffset.objects.all().delete()
    with override_settings(DEMONSTRATION=True):
        demonstration.set_once(day=date(2025, 11, 15), who="operator")
        clock.install(demonstration.now)
        do_jobs()
        yield
    clock.install(before)


@pytest.mark.parametrize("javascript", [True, False])
def test_the_clock_is_moved_and_one_sees_it_arrive(moved: None, session: str, visit: Open, javascript: bool) -> None:
    """The page renews itself, with JavaScript and without."""
    page = visit("/staff/clock/", session=session, javascript=javascript)
    expect(page.locator("#progress")).to_contain_text("It is November 15, 2025")
    page.get_by_label("Go forward to").fill("11/18/2025")
    page.get_by_role("button", name="Go forward").click()
    expect(page.locator("#progress")).to_contain_text("The clock goes on to November 18, 2025.")
    do_jobs()
    expect(page.locator("#progress")).to_contain_text(re.compile("moved from November 15, 2025 to November 18, 2025"))
    expect(page.locator("#progress tbody")).to_contain_text("November 18, 2025")
