"""A page that is sent twice, from two tabs, or after it was kept open: nothing is lost and nothing doubled."""

from __future__ import annotations

import pytest

from openhix.application import actions
from openhix.application.models import Version
from openhix.application.tests.households import ana, filled
from openhix.application.tests.walking import PERSON, Walker, answers_now, said

pytestmark = pytest.mark.django_db

START, ADDRESS, ADD = "/application/start/", "/application/address/", "/application/people/add/"


def test_a_person_added_by_a_double_click_is_one() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    page, child = (
        walker.hidden(ADD),
        {**PERSON, "first_name": "Clara", "birth_date_year": "2019", "relationship": "child"},
    )
    assert [walker.send(ADD, child, page).status_code for _ in range(2)] == [302, 302]
    assert len(answers_now(household).people) == 2


def test_two_tabs_that_each_add_somebody_lose_neither() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    page, born = walker.hidden(ADD), {**PERSON, "birth_date_year": "2019", "relationship": "child"}
    assert walker.send(ADD, {**born, "first_name": "Clara"}, page).status_code == 302
    second = walker.send(ADD, {**born, "first_name": "Davi"}, page)
    assert "This page is not saved" in said(second)
    assert 'value="Davi"' in said(second)
    assert 'name="key" value="p3"' in said(second)
    walker.saved(ADD, {**born, "first_name": "Davi"})
    assert [each.first_name for each in answers_now(household).people] == ["Ana", "Clara", "Davi"]


def test_the_later_of_two_tabs_is_refused_and_keeps_what_was_typed() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    old = walker.hidden(ADDRESS)
    walker.saved(START, {"seeks_help": "no"})
    home = {"street": "9 Elm St", "city": "Boston", "zip": "02118", "mail": "home"}
    refused = walker.send(ADDRESS, home, old)
    assert "This page is not saved" in said(refused)
    assert 'value="9 Elm St"' in said(refused)
    assert answers_now(household).home.street == "1 Beacon Street"
    assert answers_now(household).seeks_help is False
    fresh = said(refused).partition('name="revision" value="')[2].partition('"')[0]
    assert walker.send(ADDRESS, home, {"revision": fresh}).status_code == 302
    assert answers_now(household).home.street == "9 Elm St"


def test_the_same_page_sent_twice_leads_on() -> None:
    account, _household, _draft = filled(ana())
    walker = Walker(account)
    page = walker.hidden(START)
    assert [walker.send(START, {"seeks_help": "no"}, page).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 50, "١"])
def test_a_page_with_a_revision_that_makes_no_sense_is_refused(revision: str) -> None:
    account, household, _draft = filled(ana())
    answer = Walker(account).send(START, {"seeks_help": "no"}, {"revision": revision})
    assert "This page is not saved" in said(answer)
    assert answers_now(household).seeks_help is True


def test_what_changed_since_the_signature_page_was_opened_is_not_signed() -> None:
    account, _household, _draft = filled(ana())
    walker = Walker(account)
    old = walker.hidden("/application/sign/")
    walker.saved(START, {"seeks_help": "no"})
    answer = walker.send("/application/sign/", {"signature": "Ana Silva"}, old)
    assert "Not submitted" in said(answer)
    assert 'value="Ana Silva"' in said(answer)
    assert not Version.objects.exists()


def test_a_page_kept_open_over_the_signing_is_told_that_nothing_is_open() -> None:
    account, _household, draft = filled(ana())
    walker = Walker(account)
    actions.submit(household=_household, account=account, revision=draft.revision, signature="Ana Silva")
    late = walker.client.post(START, {"revision": str(draft.revision), "seeks_help": "no"}, follow=True)
    assert "Nothing was saved" in said(late)
