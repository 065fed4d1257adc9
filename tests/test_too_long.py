"""Far too much typed into every form of every page: the form again, with what was typed and an error beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import translation

from openhix.application import actions as applications
from openhix.application.rules.complete import MOST_AMOUNTS
from openhix.billing.tests import payers
from openhix.eligibility.tests.applications import of_cast
from openhix.enrollment.tests import walks
from openhix.people import queries as people
from openhix.people.tests import cast
from tests.test_who_may_see import Scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

LONG = "é" * 5_000
NEVER_SHOWN = {"number"}  # of a bank account
TYPED = {"text", "email", "password", "search", "tel", "number"}


@dataclass
class Form:
    """A form as a page holds it: what a browser would send, and the names of what is typed."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)  # the kind of each


class Forms(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get")))
        if not self.forms or (not given.get("name") and tag != "option"):
            return
        form, name, kind = self.forms[-1], given.get("name", ""), given.get("type", "text")
        if tag == "input" and kind in TYPED:
            form.typed[name] = kind
        elif tag == "input" and kind in ("radio", "checkbox"):
            if "checked" in given or (kind == "radio" and name not in form.fields):
                form.fields[name] = [given.get("value", "on")]
        elif tag == "input" and kind == "hidden":
            form.fields[name] = [given.get("value", "")]
        elif tag == "select":
            self.select = name
        elif tag == "option" and ((given.get("value") and self.select not in form.fields) or "selected" in given):
            form.fields[self.select] = [given.get("value", "")]


PAGES = {
    "nobody": ["/account/sign-in/", "/account/sign-up/", "/account/password/forgotten/"],
    "owner": [
        "/account/password/",
        *("/application/people/add/", "/application/people/p1/", "/application/address/", "/application/status/p1/"),
        *("/application/income/p1/", "/application/deductions/p1/", "/application/coverage/p1/", "/application/sign/"),
        *("/changes/", "/pay/health/"),
    ],
    "staff": [
        *("/staff/", "/staff/clock/"),
        *("/staff/households/{member_id}/people/p1/", "/staff/households/{member_id}/changes/"),
    ],
}


@pytest.fixture
def scene(settings: Any) -> Iterator[Scene]:
    """The owner has a plan to pay for, and a change of the application that lacks the signature alone."""
    settings.DEMONSTRATION = True
    scene = Scene()
    household = scene.household = walks.determined(cast.ANA)
    payers.choose(household)
    payers.due(household)
    owner = people.accounts_of(household)[0]
    draft = applications.change(household=household, account=owner)
    answers = replace(of_cast(cast.ANA), rights_accepted=True)
    applications.save(household=household, account=owner, revision=draft.revision, answers=answers)
    with translation.override("en"):
        yield scene


@pytest.mark.parametrize(("role", "path"), [(role, path) for role, paths in PAGES.items() for path in paths])
def test_what_is_far_too_long_comes_back_with_an_error(scene: Scene, role: str, path: str) -> None:
    client = scene.client(role)
    path = path.format(member_id=scene.household.member_id)
    forms = forms_of(client.get(path))
    assert forms
    for form in forms:
        answer = send(client, form.action or path, {**form.fields, **dict.fromkeys(form.typed, LONG)})
        said = answer.content.decode()
        assert answer.status_code == 200
        assert "usa-error-message" in said
        assert said.count(LONG) == sum(
            kind != "password" and name not in NEVER_SHOWN for name, kind in form.typed.items()
        )


def test_as_much_as_a_browser_lets_one_type_into_the_longest_page_comes_back(scene: Scene) -> None:
    """Twelve incomes, each field filled with as many characters as it takes, of the kind that takes most room."""
    client, path = scene.client("owner"), "/application/income/p1/"
    page = client.get(path)
    for _row in range(MOST_AMOUNTS - 1):
        [form] = forms_of(page)
        page = send(client, path, {**form.fields, **dict.fromkeys(form.typed, "1"), "do": "add"})
    [form] = forms_of(page)
    assert len(form.typed) == 2 * MOST_AMOUNTS + 1  # and what it will be in the year
    takes = re.findall(r'name="(?:amount-\d+|employer-\d+|year)"[^>]* maxlength="(\d+)"', page.content.decode())
    assert set(takes) == {"5000"}
    answer = send(client, path, {**form.fields, **dict.fromkeys(form.typed, "漢" * 5_000)})
    assert answer.status_code == 200
    assert answer.content.decode().count("漢" * 5_000) == len(form.typed)


def test_what_no_page_can_send_is_refused_with_a_page_and_without_a_traceback(
    scene: Scene, caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    client = scene.client("owner")
    answer = send(client, "/application/people/p1/", {"first_name": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert answer.status_code == 400
    assert "Go back, check what you typed" in answer.content.decode()
    assert not [record for record in caplog.records if record.exc_info]


def send(client: Client, path: str, fields: dict[str, Any]) -> Any:
    """As a browser does it: an accented letter takes six bytes, a Chinese one nine."""
    return client.post(path, urlencode(fields, doseq=True), content_type="application/x-www-form-urlencoded")


def forms_of(page: Any) -> list[Form]:
    """The forms of a page into which something is typed and sent."""
    assert page.status_code == 200
    return [form for form in Forms(page.content.decode()).forms if form.typed and form.method == "post"]
