"""What the browser tests of the desk share: Bruno's household, covered, and somebody who is signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from playwright.sync_api import Browser, Page

from openhix.desk.tests import walks
from openhix.eligibility.tests.applications import of_cast
from openhix.enrollment.tests.walks import answer
from openhix.people import actions
from openhix.people.models import Account, Household
from openhix.people.tests import cast
from tests.browser.conftest import AXE, PATIENCE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def household(family: cast.Family, email: str) -> Household:
    """Answered, billed, paid, and after a change of income answered again; `email` is for this module alone."""
    family = cast.namesakes(family, email)
    made = walks.chosen(family)
    walks.pay(made, key=email)
    told = of_cast(family)
    told.people[0].incomes[0].cents -= 1_000_00
    answer(made, told)
    return made


def staff_session(email: str) -> str:
    """The session of staff who have given their second factor."""
    actions.add_staff(email=email)
    account = Account.objects.get(email=email)
    account.password_is_temporary = False
    account.save()
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(account, BACKEND)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client.cookies["sessionid"].value


def resident_session(of: Household) -> str:
    client = Client()
    client.force_login(walks.account(of), BACKEND)
    return client.cookies["sessionid"].value


@dataclass
class Desk:
    """Pages as one person sees them; each is looked at with axe, and must fit its screen."""

    browser: Browser
    url: str
    session: str

    def open(self, path: str, *, width: int = 1280, javascript: bool = True) -> Page:
        context = self.browser.new_context(
            base_url=self.url,
            bypass_csp=True,
            reduced_motion="reduce",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
        )
        context.add_cookies([{"name": "sessionid", "value": self.session, "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(path)
        return page

    def findings(self, page: Page) -> list[str]:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        wide = [] if page.evaluate("document.documentElement.scrollWidth <= window.innerWidth") else ["too wide"]
        return [*wide, *(f"{each['id']}: {each['nodes'][0]['html']}" for each in found["violations"])]


@pytest.fixture(scope="module")
def database(live_server: Any, django_db_blocker: Any) -> Iterator[None]:
    """The running site's, while the browser's loop runs in the same thread: of that, Django is told not to mind."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield


SeenBy = Callable[[str], Desk]


@pytest.fixture
def seen_by(browser: Browser, live_server: Any) -> SeenBy:
    """The desk of whoever has this session."""
    return lambda session: Desk(browser, live_server.url, session)
