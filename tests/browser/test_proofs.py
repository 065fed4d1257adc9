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
from tests.browser.desk import SeenBy, database, resident_session, seen_by, staff_session

__all__ = ["database", "seen_by"]
pytestmark = pytest.mark.browser

Owed = tuple[Household, Proof]


@pytest.fixture(scope="module")
def session(database: None) -> str:
    return staff_session("proofs@example.com")


def household(name: str, claim: str = "income") -> Owed:
    return owing.proof(replace(cast.BRUNO, email=f"{name}@proofs.example.com", language="en"), claim)


def choose(page: Page, *files: tuple[str, str, bytes]) -> None:
    uploads: Any = [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
    page.get_by_label("Files of your papers").set_input_files(uploads)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["", "/es", "/pt"])
def test_axe_finds_nothing_on_the_pages_of_residents(
    database: None, seen_by: SeenBy, width: int, language: str
) -> None:
    owner, proof = household(f"axe{width}{language.strip('/')}")
    [account] = people.accounts_of(owner)
    desk = seen_by(resident_session(owner))
    for path in (f"{language}/proofs/", f"{language}/proofs/{proof.pk}/"):
        assert desk.findings(desk.open(path, width=width)) == [], path
    actions.send_paper(proof=proof, name="stub with a rather long name.png", file=PNG, account=account)
    for path in (f"{language}/proofs/", f"{language}/proofs/{proof.pk}/"):
        assert desk.findings(desk.open(path, width=width)) == [], path


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_the_pages_of_staff(database: None, session: str, seen_by: SeenBy, width: int) -> None:
    owner, proof = household(f"staff{width}")
    owing.paper(owner, proof)
    desk = seen_by(session)
    for path in ("/staff/proofs/", f"/staff/proofs/{proof.pk}/", "/staff/services/"):
        page = desk.open(path, width=width)
        assert page.url.endswith(path)
        assert desk.findings(page) == [], path


@pytest.mark.parametrize("javascript", [True, False])
def test_papers_are_sent_with_and_without_javascript(database: None, seen_by: SeenBy, javascript: bool) -> None:
    owner, _proof = household(f"send{javascript}")
    desk = seen_by(resident_session(owner))
    page = desk.open("/proofs/", width=320, javascript=javascript)
    page.get_by_role("link", name=re.compile("Send papers.*Proof of income")).click()
    choose(page, ("front.png", "image/png", PNG), ("letter.docx", "application/octet-stream", b"PK\x03\x04"))
    page.get_by_role("button", name="Send").click()
    expect(page.locator("#summary")).to_contain_text("letter.docx: This is not a PDF, JPEG or PNG file.")
    expect(page.locator(".notes")).to_contain_text("Your paper has arrived.")
    if javascript:
        assert desk.findings(page) == []
    choose(page, ("letter.pdf", "application/pdf", PDF))
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".proofs__sent li")).to_have_count(2)
    page.get_by_role("link", name="Your proofs").first.click()
    expect(page.locator("main")).to_contain_text("You need not send us anything now.")


def test_nothing_chosen_is_said_and_reached_by_keyboard(database: None, seen_by: SeenBy) -> None:
    owner, proof = household("nothing")
    desk = seen_by(resident_session(owner))
    page = desk.open(f"/proofs/{proof.pk}/")
    page.get_by_role("button", name="Send").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#summary")).to_be_focused()
    assert desk.findings(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "papers"


@pytest.fixture
def waiting(database: None) -> Iterator[Owed]:
    owner, proof = household("waiting", claim="residence")
    owing.paper(owner, proof, name="lease.png", file=PNG)
    yield owner, proof
    Proof.objects.filter(pk=proof.pk).update(withdrawn_at="2025-11-15T12:00Z", withdrawn_because="not_claimed")


def test_staff_look_at_a_paper_refuse_it_and_accept_a_better_one(waiting: Owed, session: str, seen_by: SeenBy) -> None:
    owner, proof = waiting
    desk = seen_by(session)
    page = desk.open("/staff/proofs/")
    page.locator(f"a[href='/staff/proofs/{proof.pk}/']").click()
    shown = page.request.get(page.get_by_role("link", name="lease.png").get_attribute("href") or "")
    assert (shown.headers["content-type"], shown.body()) == ("image/png", PNG)
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("#summary")).to_contain_text("Say why.")
    assert desk.findings(page) == []
    page.locator("#refuse-reason").select_option("other_person")
    page.get_by_role("button", name="Refuse").click()
    expect(page.locator("main")).to_contain_text("The household gets a letter about it.")

    resident = seen_by(resident_session(owner)).open("/proofs/")
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
