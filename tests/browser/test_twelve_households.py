"""The twelve households' results in real Chromium: axe finds nothing, nothing is too wide, the reasons can be read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from playwright.sync_api import expect

from openhix.application.answers import Answers
from openhix.eligibility import actions
from openhix.eligibility.tests import applications
from openhix.people.tests import cast
from tests.browser.conftest import Open
from tests.browser.eyes import look
from tests.stories.test_twelve_households import SENTENCES
from tests.stories.twelve import TWELVE

pytestmark = pytest.mark.browser

READ_IN = list(zip(TWELVE, cycle(("en", "es", "pt")), strict=False))


@pytest.mark.parametrize(("tells", "language"), READ_IN, ids=[f"{tells.__name__}-{code}" for tells, code in READ_IN])
def test_the_reasons_are_read(open_as: Open, tells: Callable[[], Answers], language: str) -> None:
    household = cast.household(cast.namesakes(cast.ANA, f"{tells.__name__}@twelve.example"))
    told = tells()
    for each in told.people:
        each.last_name += f" {tells.__name__}"  # nobody of another test
    applications.apply(household, told)
    actions.determine(household=household, why="The household signed its application.")
    page = open_as(household, "/results/" if language == "en" else f"/{language}/results/")
    look(page, 1280, 320)
    for summary in page.locator(".people-cards summary").all():
        summary.click()
    names = {each.first_name for each in told.people}
    for sentence in SENTENCES[tells.__name__][language]:
        if not any(name in sentence for name in names):
            expect(page.get_by_text(sentence).first).to_be_visible()
