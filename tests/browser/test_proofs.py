"""A letter asks for proof, a paper is sent from a phone, staff look at it and decide: in real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification import actions, queries
from openhix.verification.models import Proof
from openhix.verification.tests import owing
from openhix.verification.tests.households import PDF, PNG
from tests.browser import sessions
from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

Owed = tuple[Household, Proof]


@pytest.fixture(scope="module")
def session(live_server: Any) -> str:
    return sessions.of_staff("proofs@example.com")


def household(name: str, claim: str = "income") -> Owed:
    bruno = cast.namesakes(cast.BRUNO, f"{name}@proofs.example.com")
    return owing.proof(replace(bruno, language="en"), claim)


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    uploads: Any = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    page.get_by_label("Files of your papers").set_input_files(uploads)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["", "/es", "/pt"])
def test_axe_finds_nothing_on_the_pages_of_residents(
    live_server: Any, open_as: Open, width: int, language: str
) -> None:
    owner, proof = household(f"axe{width}{language.strip('/')}")
    [account] = people.accounts_of(owner)
    for path in (f"{language}/proofs/", f"{language}/proofs/{proof.pk}/"):
        look(open_as(owner, path, width=width))
    actions.send_paper(proof=proof, name="stub with a rather long name.png", file=PNG, account=account)
    for path in (f"{language}/proofs/", f"{language}/proofs/{proof.pk}/"):
        look(open_as(owner, path, width=width))


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_of_staff(session: str, visit: Open, width: int) -> None:
    owner, proof = household(f"staff{width}")
    owing.paper(owner, proof)
    for path in ("/staff/proofs/", f"/staff/proofs/{proof.pk}/", "/staff/services/"):
        page = visit(path, session=session, width=width)
        assert page.url.endswith(path)
        look(page)


@pytest.mark.parametrize("javascript", [True, False])
def test_papers_are_sent_with_and_without_javascript(live_server: Any, open_as: Open, javascript: bool) -> None:
    owner, _proof = household(f"send{javascript}")
    page = open_as(owner, "/proofs/", width=320, javascript=javascript)
    page.get_by_role("link", name=re.compile("Send papers.*Proof of income")).click()
    choose(page, ("front.png", "image/png", PNG), ("letter.docx", "application/octet-stream", b"PK\x03\x04"))
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#summary")).to_contain_text("letter.docx: This is not a PDF, JPEG or PNG file.")
    expect(page.locator(".notes")).to_contain_text("Your paper has arrived.")
    if javascript:
        look(page)
    choose(page, ("letter.pdf", "application/pdf", PDF))
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".proofs__sent li")).to_have_count(2)
    page.get_by_role("link", name="Your proofs").first.click()
    expect(page.locator("main")).to_contain_text("You need not send us anything now.")


def test_nothing_chosen_is_said_and_reached_by_keyboard(live_server: Any, open_as: Open) -> None:
    owner, proof = household("nothing")
    page = open_as(owner, f"/proofs/{proof.pk}/")
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_be_focused()
    look(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "papers"


@pytest.fixture
def waiting(live_server: Any) -> Iterator[Owed]:
    owner, proof = household("waiting", claim="residence")
    owing.paper(owner, proof, name="lease.png", file=PNG)
    yield owner, proof
    Proof.objects.filter(pk=proof.pk).update(withdrawn_at="2025-11-15T12:00Z", withdrawn_because="not_claimed")


def test_staff_look_at_a_paper_refuse_it_and_accept_a_better_one(
    waiting: Owed, session: str, visit: Open, open_as: Open
) -> None:
    owner, proof = waiting
    page = visit("/staff/proofs/", session=session)
    page.locator(f"a[href='/staff/proofs/{proof.pk}/']").click()
    shown = page.request.get(page.get_by_role("link", name="lease.png").get_attribute("href") or "")
    assert (shown.headers["content-type"], shown.body()) == ("image/png", PNG)
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("#summary")).to_contain_text("Say why.")
    look(page)
    page.locator("#refuse-reason").select_option("other_person")
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("main")).to_contain_text("The household gets a letter about it.")

    resident = open_as(owner, "/proofs/")
    resident.get_by_role("link", name="Send papers").first.click()
    expect(resident.locator("main")).to_contain_text("It is about another person.")
    choose(resident, ("better.pdf", "application/pdf", PDF))
    resident.get_by_role("button", name="Send").click()
    expect(resident.locator("main")).to_contain_text("We have it and will look at it.")

    page.goto(f"/staff/proofs/{proof.pk}/")
    page.get_by_role("button", name="Accept").click()
    expect(page.locator("main")).to_contain_text("The household gets a letter about it.")
    resident.goto("/proofs/")
    expect(resident.locator("main")).to_contain_text("Proved by your papers.")
    assert queries.owed(owner, proof.asked_on) == []
