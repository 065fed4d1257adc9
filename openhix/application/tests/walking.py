"""Somebody who fills in the application's pages, without a browser: what a page holds, and what is sent back."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from django.test import Client

from openhix.application import queries
from openhix.application.answers import Answers
from openhix.people.models import Account, Household

Fields = Mapping[str, str | list[str]]


class Walker:
    def __init__(self, account: Account) -> None:
        self.client = Client()
        self.client.force_login(account)

    def hidden(self, path: str) -> Fields:
        """The hidden fields of a page, as it is opened now."""
        page = self.client.get(path)
        assert page.status_code == 200, f"{path} leads to {page.headers.get('location')}"
        found = re.findall(r'<input type="hidden" name="(revision|key|rows)" value="(\w+)"', page.content.decode())
        return dict(found)

    def send(self, path: str, fields: Fields, hidden: Fields | None = None) -> Any:
        """Send a page with these fields; with those hidden ones instead of a fresh page's, if given."""
        return self.client.post(path, {**(self.hidden(path) if hidden is None else hidden), **fields})

    def saved(self, path: str, fields: Fields) -> str:
        """Send a page that is right; where it leads to."""
        answer = self.send(path, fields)
        assert answer.status_code == 302, errors(answer)
        return str(answer.headers["location"])

    def text(self, path: str) -> str:
        return said(self.client.get(path))


def said(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def errors(answer: Any) -> dict[str, str]:
    """What the summary of a page says, by the field that it leads to."""
    summary = said(answer).partition('id="summary"')[2].partition("</div>")[0]
    return dict(re.findall(r'<a href="#([^"]+)">([^<]*)</a>', summary))


def answers_now(household: Household) -> Answers:
    draft = queries.draft_of(household)
    assert draft is not None
    return queries.answers_of(draft)


PERSON: Fields = {
    "first_name": "Ana",
    "last_name": "Silva",
    "birth_date_month": "2",
    "birth_date_day": "28",
    "birth_date_year": "1985",
    "applying": "yes",
}
SITUATION: Fields = {"incarcerated": "no", "expecting": "0", "disabled": "no", "tribal_member": "no"}
