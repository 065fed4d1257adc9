"""An account in real Chromium: opened by e-mail, protected by an authenticator app, its password forgotten and chosen
anew, in three languages; axe looks at every page on the way."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.eyes import look

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"


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


def the_story(page: Page, at: str, email: str) -> None:
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
def test_an_account_from_the_first_day_to_the_lost_password(visit: Open, at: str, width: int) -> None:
    page = visit(f"{at}/account/sign-up/", width=width)
    the_story(page, at, f"new{at.strip('/')}@example.com")


def test_the_browser_has_nothing_to_complain_about(visit: Open) -> None:
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
