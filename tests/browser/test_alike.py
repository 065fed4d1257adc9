"""One person on two applications, as staff see it: from the list to the two households, and to an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from openhix.enrollment.tests.walks import determined
from openhix.people.models import Household
from openhix.people.tests import cast
from tests.browser import sessions
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

EVANS = cast.namesakes(cast.EVANS, "evans.alike@example.com")


@pytest.fixture(scope="module")
def again(live_server: Any) -> Household:
    """The Evanses a second time, under another address."""
    determined(EVANS)
    return determined(replace(EVANS, email="evans.again@example.com"))


def test_two_people_are_told_apart(again: Household, visit: Open) -> None:
    page = visit("/staff/undecided/", session=sessions.of_staff("alike@example.com"), width=320)
    look(page)
    page.locator("li").filter(has_text="Edith Evans").get_by_role("link", name="Decide whether").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is this one person?")
    expect(page.locator("tbody tr")).to_have_count(2)
    look(page)
    page.get_by_role("button", name="They are different people").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Household {again.member_id}")
    expect(page.get_by_text("Edith Evans is told apart")).to_be_visible()
