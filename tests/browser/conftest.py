"""One real Chromium and one running site for all browser tests; the shelf is loaded once and cleared at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from openhix.plans import actions
from openhix.plans.files import SHIPPED
from openhix.site import home

AXE = Path(home.__file__).parent / "assets" / "node_modules" / "axe-core" / "axe.min.js"
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
PATIENCE = 5_000  # milliseconds


@pytest.fixture(scope="package")
def live_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[LiveServer]:
    """The running site, with the plans of 2026 on its shelf; under the name by which a test database is made."""
    with django_db_blocker.unblock():
        actions.load_shelf(folder=SHIPPED, by="tests")
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """In place of pytest-django's, which empties the tables after each test: here nothing is written to them."""


@pytest.fixture(scope="package")
def browser(live_server: LiveServer) -> Iterator[Browser]:
    chromium = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if chromium is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium")
    arguments = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open a page as somebody: `visit("/es/", locale="es", width=320, javascript=False)`.

    Whatever the browser complains about (a blocked script, a missing file, an error in a script) fails the test.
    """
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def visit(path: str, *, locale: str = "en-US", width: int = 1280, javascript: bool = True) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            locale=locale,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield visit
    for context in opened:
        context.close()
    assert complaints == []


@pytest.fixture(scope="package")
def findings(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., list[str]]]:
    """What axe finds on a page, each finding with its rule and the elements; anything at all is too much.

    Every `<details>` is opened first. `spoil` is a script that does harm to the page.
    """
    context = browser.new_context(base_url=live_server.url, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()

    def findings(path: str, width: int = 1280, spoil: str = "") -> list[str]:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.evaluate(spoil)
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {each['help']}: " + "; ".join(node["html"] for node in each["nodes"][:3])
            for each in found["violations"]
        ]

    yield findings
    context.close()
