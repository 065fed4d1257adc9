"""An account in real Chromium: opened by e-mail, protected by an authenticator app, its password forgotten and chosen
anew, in three languages; axe looks at every page on the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import AXE, PATIENCE

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"
Look = Callable[[Page], None]


@pytest.fixture(scope="module", autouse=True)
def database(live_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """The running site's, while the browser's loop runs in the same thread: of that, Django is told not to mind."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


@pytest.fixture
def examined(browser: Browser, live_server: Any) -> Iterator[Callable[..., tuple[Page, Look]]]:
    """A page, and a look at it with axe that fails on any finding and on a page wider than its screen."""
    opened = []

    def open_page(path: str, width: int) -> tuple[Page, Look]:
        context = browser.new_context(
            base_url=live_server.url, bypass_csp=True, reduced_motion="reduce", viewport={"width": width, "height": 800}
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(path)
        return page, look

    def look(page: Page) -> None:
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"]] == [], page.url
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
        expect(page.locator("h1")).to_have_count(1)

    yield open_page
    for context in opened:
        context.close()


def code_of(secret: str) -> str:
    cache.clear()  # as if half a minute had passed since the last code
    [counter] = list(totp.yield_hotp_counters_from_time())[:1]
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def link() -> str:
    found = re.search(r"http://\S+", str(mail.outbox[-1].body))
    assert found
    return found[0]


def send(page: Page, **typed: str) -> None:
    """Fill in the form of the page and send it."""
    for name, value in typed.items():
        page.locator(f"main input[name={name}]").fill(value)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()


def the_story(page: Page, look: Look, at: str, email: str) -> None:
    look(page)
    send(page, email="not an address", password1="short")
    expect(page.locator("#summary")).to_be_focused()
    look(page)
    send(page, email=email, password1=PASSWORD)
    look(page)
    page.goto(link())
    look(page)
    send(page)
    expect(page).to_have_url(re.compile(f"{at}/dashboard/$"))
    look(page)
    page.locator(".whoami a[href$='/account/']").click()
    look(page)
    page.locator("main a[href$='/second-factor/']").click()
    look(page)
    page.locator("main a.usa-button").click()
    look(page)  # the password once more
    send(page, password="not my password")
    look(page)
    send(page, password=PASSWORD)
    look(page)
    secret = str(page.locator(".secret").text_content())
    send(page, code="000000")
    look(page)
    send(page, code=code_of(secret))
    expect(page.locator(".codes li")).to_have_count(10)
    look(page)
    page.goto(f"{at}/account/second-factor/recovery-codes/")
    look(page)
    page.goto(f"{at}/account/second-factor/")
    look(page)
    page.goto(f"{at}/account/second-factor/recovery-codes/new/")
    look(page)
    page.goto(f"{at}/account/second-factor/app/off/")
    look(page)
    page.goto(f"{at}/account/sign-out/")
    look(page)
    send(page)
    expect(page.locator(".notes")).to_be_visible()
    look(page)
    page.goto(f"{at}/account/sign-in/")
    look(page)
    send(page, login=email, password="not my password")
    look(page)
    send(page, login=email, password=PASSWORD)
    look(page)
    send(page, code="000000")
    look(page)
    send(page, code=code_of(secret))
    page.goto(f"{at}/account/password/")
    look(page)
    send(page, oldpassword="x", password1="short", password2="other")
    look(page)
    page.locator(".whoami button").click()
    page.goto(f"{at}/account/password/forgotten/")
    look(page)
    send(page, email=email)
    look(page)
    page.goto(link())
    look(page)
    send(page, password1=PASSWORD + "!", password2=PASSWORD + "!")
    look(page)
    page.goto(f"{at}/account/password/new/1-spent/")
    look(page)
    page.goto(f"{at}/account/confirm/spent/")
    look(page)
    page.goto(f"{at}/account/closed/")
    look(page)
    for _each in range(6):
        page.goto(f"{at}/account/sign-in/")
        send(page, login=email, password="not my password")
    look(page)
    expect(page.locator("main a.usa-button")).to_be_visible()


@pytest.mark.parametrize("at, width", [("", 1280), ("/es", 320), ("/pt", 1280)])
def test_an_account_from_the_first_day_to_the_lost_password(examined: Any, at: str, width: int) -> None:
    page, look = examined(f"{at}/account/sign-up/", width)
    the_story(page, look, at, f"new{at.strip('/')}@example.com")


def test_the_browser_has_nothing_to_complain_about(visit: Callable[..., Page]) -> None:
    """Under the content security policy, without JavaScript."""
    page = visit("/account/sign-up/", javascript=False)
    send(page, email="strict@example.com", password1=PASSWORD)
    page.goto(link())
    send(page)
    page.goto("/account/second-factor/app/")
    send(page, password=PASSWORD)
    expect(page.locator(".qr svg")).to_be_visible()
    box = page.locator(".qr svg").bounding_box()
    assert box and box["width"] > 150
