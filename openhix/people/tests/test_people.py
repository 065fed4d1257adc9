"""Households and their people: opened once, corrected and never doubled, found by what staff are told."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from openhix.history.models import Event
from openhix.people import actions, queries
from openhix.people.models import Household, Person
from openhix.people.tests import cast

pytestmark = pytest.mark.django_db


def events(household: Household) -> list[str]:
    found = Event.objects.filter(subject_kind="household", subject_id=household.pk).order_by("pk")
    return [event.kind for event in found]


def test_a_member_id_is_twelve_digits_and_a_households_own() -> None:
    ids = {cast.household(family).member_id for family in cast.CAST}
    assert len(ids) == 5
    assert all(len(each) == 12 and each.isdecimal() and each[0] != "0" for each in ids)


def test_the_database_refuses_another_member_id() -> None:
    from django.db import IntegrityError, transaction

    household = cast.household()
    for wrong in ("12345678901", "12345678901x", "1234567890123"):
        with pytest.raises(Exception) as refused, transaction.atomic():
            Household.objects.filter(pk=household.pk).update(member_id=wrong)
        assert isinstance(refused.value, IntegrityError) or "too long" in str(refused.value)


def test_an_account_opens_one_household() -> None:
    account = cast.account()
    first = actions.open_household(account=account)
    assert actions.open_household(account=account) == first
    assert queries.household_of(account) == first
    assert queries.accounts_of(first) == [account]
    assert events(first) == ["people.household_opened"]


def test_a_person_is_corrected_and_not_doubled() -> None:
    household = cast.household()
    told: dict[str, Any] = {"first_name": "Ana", "last_name": "Almeida", "ssn": "219-09-9901"}
    person = actions.keep_person(household=household, key="p1", birth_date=date(1985, 3, 28), **told)
    assert [each.birth_date for each in queries.people_of(household)] == [date(1985, 3, 28)]
    again = actions.keep_person(household=household, key="p1", birth_date=date(1985, 3, 28), **told)
    assert again == person
    assert events(household)[1:] == ["people.person_kept", "people.person_corrected"]


def test_someone_without_a_number_has_none_rather_than_an_empty_one() -> None:
    household = cast.household()
    baby: dict[str, Any] = {
        "household": household,
        "first_name": "Bia",
        "last_name": "Almeida",
        "birth_date": date(2025, 10, 1),
    }
    assert actions.keep_person(key="p2", ssn="", **baby).ssn is None
    assert actions.keep_person(key="p3", ssn=None, **baby).ssn is None
    assert Person.objects.filter(ssn__isnull=True).count() == 2
    assert not Person.objects.filter(ssn__isnull=True).exclude(ssn_index="", last_four_index="").exists()


@pytest.mark.parametrize("wrong", ["12345678", "1234567890", "12345678a", "١٢٣٤٥٦٧٨٩", "abc"])
def test_a_number_that_is_none_is_refused(wrong: str) -> None:
    household = cast.household()
    with pytest.raises(actions.BadSSN):
        actions.keep_person(
            household=household, key="p1", first_name="A", last_name="B", birth_date=date(1985, 2, 28), ssn=wrong
        )
    assert queries.people_of(household)[0].first_name == "Ana"


@pytest.mark.parametrize(
    "text",
    [
        *("aissatou", "AÏSSATOU", "Diallo Aïssatou", "diall aïssa", "２１９０９９９０４"),
        *(
            "4/9/1988",
            "04/09/1988",
            "1988-04-09",
            "219-09-9904",
            "219099904",
            "9904",
            "9904 diallo",
            "２１９０９９９０４",
        ),
    ],
)
def test_one_is_found_by_what_one_says(text: str) -> None:
    for family in cast.CAST:
        cast.household(family)
    assert [person.first_name for person in queries.search(text)] == ["Aïssatou"]


def test_a_member_id_finds_everyone_in_the_household() -> None:
    household = cast.household(cast.DIALLO)
    cast.household(cast.EVANS)
    assert {person.first_name for person in queries.search(household.member_id)} == {"Aïssatou", "Moussa", "Fatou"}


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "Zed", "000000000000", "9/9/9999", "\0", "x" * 5000, "9904 evans"]
)
def test_what_fits_nobody_finds_nobody(text: str) -> None:
    for family in cast.CAST:
        cast.household(family)
    assert queries.search(text) == []


@pytest.mark.parametrize("text", ["13/45/1988", "2/28/85", "1988-13-01", "12345", "219-09-99", "28.2.1985", "diallo 1"])
def test_figures_that_say_nothing_are_not_taken_for_a_name(text: str) -> None:
    with pytest.raises(queries.NotReadable, match=re.escape(text.split()[-1])):
        queries.search(text)


def test_names_in_four_scripts() -> None:
    household = cast.household()
    for key, name in (("p2", "Νίκος"), ("p3", "Нгуен"), ("p4", "阮氏"), ("p5", "محمد")):
        actions.keep_person(
            household=household,
            key=key,
            first_name=name,
            last_name="Ó Súilleabháin",
            birth_date=date(1990, 1, 1),
            ssn=None,
        )
        assert [person.key for person in queries.search(name)] == [key]
    assert [person.key for person in queries.search("νικος suilleabhain")] == ["p2"]


def test_a_look_is_written_down() -> None:
    household = cast.household()
    staff = cast.account(cast.EVANS)
    actions.look(account=staff, household=household)
    event = Event.objects.get(kind="people.household_looked_at")
    assert (event.who, event.subject_id) == (f"account {staff.pk}", household.pk)


def test_the_language_is_the_accounts_and_its_letters() -> None:
    household = cast.household()
    account = queries.accounts_of(household)[0]
    actions.choose_language(account=account, language="pt")
    account.refresh_from_db()
    household.refresh_from_db()
    assert (account.language, household.language) == ("pt", "pt")
    with pytest.raises(ValueError):
        actions.choose_language(account=account, language="xx")


def test_a_name_is_found_with_whatever_apostrophe_it_was_typed() -> None:
    household = cast.household()
    born = date(1990, 1, 1)
    actions.keep_person(
        household=household, key="p2", first_name="Nora", last_name="O’Brien", birth_date=born, ssn=None
    )
    for text in ("O'Brien", "o’brien", "nora o'br"):
        assert [person.key for person in queries.search(text)] == ["p2"]
