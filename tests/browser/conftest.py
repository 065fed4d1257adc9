"""One real Chromium and one running site for all browser tests; the shelf is loaded once and cleared at the end."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from conftest import empty_queue
from openhix.people.models import Household
from openhix.plans import actions
from openhix.plans.files import SHIPPED
from tests.browser import sessions
from tests.browser.windows import PATIENCE, Windows

QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]

Open = Callable[..., Page]


@pytest.fixture(scope="package")
def live_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[LiveServer]:
    """The running site, with the plans of 2026 on its shelf; under the name by which a test database is made.

    Tests write to its tables, each under names of its own, while the browser's loop runs in the same thread: of that,
    Django is told not to mind.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        empty_queue()
        actions.load_shelf(folder=SHIPPED, by="tests")
        server = LiveServer("127.0.0.1")
        yield server
        server.stop()
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(autouse=True)
def _live_server_helper() -> None:
    """In place of pytest-django's, which empties the tables after each test: here they are emptied at the end."""


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
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def windows(browser: Browser, live_server: LiveServer) -> Windows:
    return Windows(browser, live_server.url)


@pytest.fixture
def visit(windows: Windows) -> Iterator[Open]:
    """Open a page: `visit("/es/", locale="es", width=320, javascript=False)`, as nobody or as whose `session` it is.

    Each time it is another window. Whatever the browser complains about (a blocked script, a missing file, an error
    in a script) fails the test.
    """

    def visit(
        path: str, *, session: str = "", locale: str = "en-US", width: int = 1280, javascript: bool = True
    ) -> Page:
        window = windows.take(locale=locale, javascript=javascript)
        return window.open(path, width=width, session=session, url=windows.url)

    yield visit
    assert windows.give_back() == []


@pytest.fixture
def open_as(visit: Open) -> Open:
    """Open a page as the member of a household: `open_as(household, "/bills/", width=320)`."""

    def open_page(household: Household, path: str, **how: Any) -> Page:
        return visit(path, session=sessions.of_resident(household), **how)

    return open_page
