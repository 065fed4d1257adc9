"""The whole walk in real Chromium: five households from their sign-up to their coverage, through the pages alone.

In English, one of them by keyboard alone and one on a phone; one each in Spanish and Portuguese. Axe looks at every
page on the way. With OPENHIX_PICTURES=1 the pictures of the README are made anew.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings
from playwright.sync_api import expect
from procrastinate.contrib.django.models import ProcrastinateJob

from openhix.history.worker import work
from openhix.people.tests import cast
from openhix.people.tests.cast import ANA, BRUNO, CARLA, DIALLO, EVANS, Family
from tests.browser.conftest import Open
from tests.browser.eyes import look
from tests.browser.hands import Hands, Keyboard, Mouse

pytestmark = pytest.mark.browser

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = os.environ.get("OPENHIX_PICTURES") == "1"
BETWEEN_JOBS = 0.05  # seconds
# What axe judges by: every kind of element there is, and what it stands in, but not how many there are.
BUILT_OF = """() => [document.title.split("·")[0], ...new Set([...document.querySelectorAll("body *")].map(
    each => [each.parentElement.className, each.tagName, each.className, each.getAttribute("role")].join(" ")
))].sort().join()"""


@pytest.fixture(scope="module", autouse=True)
def demonstration(live_server: Any) -> Iterator[None]:
    """E-mail goes to the demonstration's inbox, and a worker does what is queued, as on a running site."""
    ended = threading.Event()

    def worker() -> None:
        while not ended.wait(BETWEEN_JOBS):
            if ProcrastinateJob.objects.filter(status="todo").exists():
                work(until_empty=True)
        connection.close()

    inbox = override_settings(DEMONSTRATION=True, EMAIL_BACKEND="openhix.correspondence.inbox.Inbox")
    with inbox:
        working = threading.Thread(target=worker)
        working.start()
        yield
        ended.set()
        working.join()


@pytest.fixture(scope="module")
def seen() -> set[tuple[str, str, int]]:
    """Pages that axe has looked at: those that are built alike, in one language and width, are looked at once."""
    return set()


class Walk:
    """One household on its way through the pages; `at` is the prefix of its language."""

    def __init__(self, family: Family, hands: Hands, at: str, email: str, seen: set[tuple[str, str, int]]) -> None:
        self.family, self.hands, self.at, self.email, self.seen = family, hands, at, email, seen
        self.page = hands.page

    @property
    def path(self) -> str:
        """Where it is, without the language."""
        return re.sub(r"^https?://[^/]+", "", self.page.url).removeprefix(self.at)

    def press(self, selector: str) -> None:
        self.hands.press(selector)
        self.look()

    def fill(self, **typed: str) -> None:
        for name, value in typed.items():
            self.hands.fill(name, value)

    def look(self) -> None:
        """Axe finds nothing, and nothing is wider than the screen."""
        page = self.page
        width = page.viewport_size["width"] if page.viewport_size else 0
        like = (page.evaluate(BUILT_OF), self.at, width)
        if like in self.seen:
            return
        self.seen.add(like)
        look(page)

    def picture(self, name: str) -> None:
        shown = (self.family.meant_for, self.at, self.page.viewport_size)
        if PICTURES and shown == (DIALLO.meant_for, "", {"width": 1280, "height": 800}):
            self.page.screenshot(path=DOCS / f"walk-{name}.png")

    def signs_up(self) -> None:
        self.look()
        self.fill(email=self.email, password1=cast.PASSWORD)
        self.press("main form button[type=submit]")
        self.page.goto("/inbox/")
        self.look()
        letter = f"article:has-text('{self.email}')"
        self.press(f"{letter} a" if isinstance(self.hands, Mouse) else "article:first-of-type a")
        self.press("main form button[type=submit]")

    def goes_on(self) -> None:
        """Whatever the dashboard says comes next."""
        self.press(".places a[href$='/dashboard/']")
        self.press(".desk__next a.usa-button")

    def applies(self) -> None:
        self.goes_on()
        self.press("form[action$='/application/begin/'] button")
        for _ in range(60):
            if self.path.startswith("/results/"):
                return
            self._answers(self.path)
        raise AssertionError(f"the application does not end: {self.page.url}")

    def _answers(self, path: str) -> None:
        """Fill in whichever page of the application this is."""
        step, key = [*path.strip("/").split("/")[1:], "", ""][:2]
        if step == "review":
            self.picture("review")
            self.press("main a[href$='/application/sign/']")
        elif step == "people" and not key:
            self._lists()
        elif step == "":
            self.press("main a.usa-button")
        else:
            self.fill(**self._typed(step, key))
            self.press("main form button.usa-button.margin-top-3")

    def _lists(self) -> None:
        """The list of people: fill in whoever is there, add whoever is not, go on."""
        if self.page.locator("ol.people .state").count():
            self.press("ol.people li:has(.state) a")
        elif self.page.locator("ol.people > li").count() < len(self.family.members):
            self.press("main a[href$='/people/add/']")
        else:
            self.press("main form button.usa-button")

    def _typed(self, step: str, key: str) -> dict[str, str]:
        """What is typed into a page; a person added has the next key."""
        members = self.family.members
        if key == "add":
            there = self.page.locator("input[name=key]").get_attribute("value") or ""
            return self._typed(step, there)
        at = int(key.removeprefix("p")) - 1 if key else 0
        who = members[at]
        asked = lambda name: self.page.locator(f"main [name={name}]").count() > 0  # noqa: E731
        match step:
            case "start":
                return {"seeks_help": "yes"}
            case "people":
                born = {"birth_date_month": who.birth_date.month, "birth_date_day": who.birth_date.day,
                        "birth_date_year": who.birth_date.year}  # fmt: skip
                related = {} if at == 0 else {"relationship": who.relationship}
                names = {"first_name": who.first_name, "last_name": who.last_name}
                return names | {name: str(part) for name, part in born.items()} | related | {"applying": "yes"}
            case "taxes":
                return {f"tax-p{number}": self._on_the_return(number) for number in range(1, len(members) + 1)}
            case "address":
                home = {"street": self.family.street, "city": self.family.city, "zip": self.family.zip}
                return {**home, "mail": "home"}
            case "status":
                return {"status": "citizen", "ssn": who.ssn or ""}
            case "situation":
                told = ("incarcerated", "disabled", "former_foster_care", "tribal_member")
                said = {"expecting": "0", **dict.fromkeys(told, "no")}
                return {name: value for name, value in said.items() if asked(name)}
            case "income" if who.income:
                return {"any": "yes", "kind-0": "job", "amount-0": str(who.income), "period-0": "year"}
            case "income" | "deductions":
                return {"any": "no"}
            case "coverage":
                return {"other_coverage": "none", **({"offered": "no"} if asked("offered") else {})}
            case "proofs":
                return {}
            case "rights":
                return {"rights_accepted": "yes"}
            case "sign":
                return {"signature": f"{members[0].first_name} {members[0].last_name}"}
        raise AssertionError(f"a page that this test does not know: {self.page.url}")

    def _on_the_return(self, number: int) -> str:
        members = self.family.members
        is_joint = len(members) > 1 and members[1].relationship == "spouse"
        if number > 2:
            return "dependent:p1"
        return f"joint_filer:p{3 - number}" if is_joint else "filer"

    def is_answered(self) -> list[str]:
        """The results once they are there, in words; one line for each person."""
        expect(self.page.locator(".person")).to_have_count(len(self.family.members))
        self.look()
        self.picture("results")
        return self.page.locator(".person__program").all_inner_texts()

    def chooses(self, kind: str) -> None:
        """For everyone who may be in one: the cheapest ConnectorCare plan, or else the cheapest; one kind or both."""
        self.goes_on()
        self.fill(shop=kind)
        self.press("main form.who button")
        for at in range(self.page.locator(".picks > li").count()):
            link = self.page.locator(".picks > li").nth(at).locator("a.usa-button").get_attribute("href")
            self.press(f".picks a.usa-button[href='{link}']")
            self.picture("plans")
            connectorcare = ".offer:has(.usa-tag) .pick a"
            self.press(connectorcare if self.page.locator(connectorcare).count() else ".pick a")
        self.press("main a[href*='/plans/review/']")
        self.picture("choice")
        self.press("#confirm button")

    def pays(self, kind: str) -> None:
        """The bill, once it is there, then from a checking account."""
        for _ in range(100):
            self.page.goto(f"{self.at}/bills/")
            if self.page.locator(f"section[aria-labelledby={kind}] .bills a").count():
                break
            self.page.wait_for_timeout(50)
        self.look()
        self.press(f"section[aria-labelledby={kind}] .bills li a")
        self.picture("bill")
        self.press(f"main a.usa-button[href$='/pay/{kind}/']")
        if self.page.locator("main [name=routing_number]").is_visible() and kind == "health":
            self.fill(holder=self.family.members[0].first_name, type="checking")
            self.fill(routing_number="011000015", number="000123456789")
        self.press("main button[value=check]")
        self.press("main button[value=pay]")
        self.picture("payment")

    def standing(self) -> list[str]:
        """What the dashboard says of each plan that the household has."""
        self.press(".places a[href$='/dashboard/']")
        self.picture("dashboard")
        return self.page.locator("#coverage ~ ul .desk__status").all_inner_texts()


@pytest.fixture
def walk(visit: Open, seen: set[tuple[str, str, int]]) -> Callable[..., Walk]:
    def walk(family: Family, name: str, *, at: str = "", width: int = 1280, hands: type = Mouse) -> Walk:
        email = f"{name}@walk.example"
        page = visit(f"{at}/account/sign-up/", width=width)
        return Walk(cast.namesakes(family, email), hands(page), at, email, seen)

    return walk


COVERED = "Covered from January 1, 2026"
IN_ENGLISH = [
    pytest.param(ANA, {}, ["ConnectorCare 2A"], [], "$0.00", id="ana"),
    pytest.param(
        BRUNO, {"hands": Keyboard}, ["ConnectorCare 3B"], ["health"], "$152.00", id="bruno, by keyboard alone"
    ),
    pytest.param(CARLA, {}, ["ConnectorCare 3C"], ["health"], "$235.00", id="carla"),
    pytest.param(
        DIALLO,
        {},
        ["ConnectorCare 3A", "ConnectorCare 3A", "MassHealth Family Assistance"],
        ["health"],
        "$206.00",
        id="diallo",
    ),
    pytest.param(
        EVANS,
        {"width": 320},
        ["Health Connector plan at full price"] * 2,
        ["health", "dental"],
        "$1,383.48",
        id="evans, on a phone",
    ),
]


@pytest.mark.parametrize(("family", "how", "programs", "bills", "price"), IN_ENGLISH)
def test_from_sign_up_to_covered(
    walk: Callable[..., Walk], family: Family, how: dict[str, Any], programs: list[str], bills: list[str], price: str
) -> None:
    walker = walk(family, family.email.partition("@")[0], **how)
    walker.signs_up()
    walker.applies()
    assert [said.replace("\n", "") for said in walker.is_answered()] == programs
    walker.chooses("both" if "dental" in bills else "health")
    for kind in bills:
        walker.pays(kind)
    assert walker.standing() == [COVERED] * max(len(bills), 1)
    assert f"{price} a month" in walker.page.locator("#coverage ~ ul .figures").all_inner_texts()


@pytest.mark.parametrize(
    ("family", "at", "covered"),
    [
        pytest.param(CARLA, "/es", "1 de enero de 2026", id="spanish"),
        pytest.param(BRUNO, "/pt", "1 de janeiro de 2026", id="portuguese"),
    ],
)
def test_in_another_language(walk: Callable[..., Walk], family: Family, at: str, covered: str) -> None:
    walker = walk(family, family.language, at=at)
    walker.signs_up()
    walker.applies()
    walker.is_answered()
    walker.chooses("health")
    walker.pays("health")
    [said] = walker.standing()
    assert covered in said
    assert walker.page.locator("html").get_attribute("lang") == at.strip("/")
