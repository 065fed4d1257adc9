"""The twelve households' results in real Chromium: axe finds nothing, nothing is too wide, the reasons can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import cycle

import pytest
from playwright.sync_api import expect

from openhix.application.answers import Answers, TaxRole
from openhix.eligibility import actions
from openhix.eligibility.tests import applications
from openhix.eligibility.tests.applications import person
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


@pytest.mark.parametrize("prefix", ["", "es/", "pt/"])
def test_two_tax_returns_have_a_credit_each(open_as: Open, prefix: str) -> None:
    household = cast.household(cast.namesakes(cast.ANA, f"two{prefix[:2]}@twelve.example"))
    sister = person("p1", date(1965, 1, 1), dollars=60_000, first_name="Ida", last_name=f"Two {prefix}")
    brother = person("p2", date(1968, 1, 1), "sibling", 50_000, tax_role=TaxRole.FILER, claimed_by="")
    brother.first_name, brother.last_name = "Olaf", f"Two {prefix}"
    applications.apply(household, applications.answers(sister, brother))
    actions.determine(household=household, why="The household signed its application.")
    page = open_as(household, f"/{prefix}results/")
    look(page, 1280, 320)
    credits = page.locator(".help h2")
    expect(credits).to_have_count(2)
    expect(credits.nth(1)).to_contain_text("Olaf")
