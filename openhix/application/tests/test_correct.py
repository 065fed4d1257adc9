"""Correcting: staff put right who somebody is, in a version that is answered anew."""

from __future__ import annotations

from datetime import date

import pytest

from openhix.application import actions, queries
from openhix.application.actions import Incomplete, NotApplied, NothingChanged, StaleDraft
from openhix.application.models import Version
from openhix.application.tests.households import ana, family, member, signed
from openhix.history.models import Event
from openhix.people import queries as people
from openhix.people.models import Account, Household

pytestmark = pytest.mark.django_db

BORN, YOUNGER = date(1985, 2, 28), date(1995, 2, 28)


def correct(
    account: Account, household: Household, key: str = "p1", born: date = YOUNGER, first: str = "Ana"
) -> Version:
    return actions.correct_person(
        household=household,
        account=account,
        key=key,
        first_name=first,
        last_name="Silva",
        birth_date=born,
        why="A person was corrected by staff.",
    )


def test_a_correction_is_a_version_like_the_last_one_but_for_it() -> None:
    account, household, before = signed(family())
    after = correct(account, household)
    expected = family()
    expected.people[0].birth_date = YOUNGER
    assert (after.number, queries.answers_of(after).people) == (2, expected.people)
    assert after.signature == before.signature
    assert people.people_of(household)[0].birth_date == YOUNGER


def test_whoever_hears_of_applications_hears_of_it_and_why() -> None:
    account, household, _before = signed(ana())
    after = correct(account, household)
    row = Event.objects.get(kind="application.submitted", payload={"version": after.pk})
    assert (row.who, row.why) == (f"account {account.pk}", "A person was corrected by staff.")


@pytest.mark.parametrize("first", ["André", "  André ", "Andre\u0301"])
def test_what_the_application_says_already_is_no_correction(first: str) -> None:
    answers = ana()
    answers.people[0].first_name = "André"
    account, household, version = signed(answers)
    with pytest.raises(NothingChanged):
        correct(account, household, born=BORN, first=first)
    assert queries.latest(household) == version


def test_the_same_correction_sent_twice_is_one() -> None:
    account, household, _version = signed(ana())
    after = correct(account, household)
    with pytest.raises(NothingChanged):
        correct(account, household)
    assert queries.latest(household) == after


def test_what_the_household_is_changing_meanwhile_is_corrected_too() -> None:
    account, household, _version = signed(ana())
    draft = actions.change(household=household, account=account)
    answers = queries.answers_of(draft)
    answers.rights_accepted = True
    answers.people[0].incomes[0].cents = 800_00
    draft = actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    correct(account, household)
    after = queries.draft_of(household)
    assert after is not None
    told = queries.answers_of(after).people[0]
    assert (told.birth_date, told.incomes[0].cents) == (YOUNGER, 800_00)
    for revision in {draft.revision - 1, draft.revision, draft.revision + 1} - {after.revision}:  # as other tabs have
        with pytest.raises(StaleDraft):
            actions.save(household=household, account=account, revision=revision, answers=answers)
    version = actions.submit(
        household=household, account=account, revision=after.revision, signature=answers.people[0].name
    )
    assert version.number == 3
    assert people.people_of(household)[0].birth_date == YOUNGER


def test_what_would_leave_the_application_incomplete_is_refused() -> None:
    account, household, version = signed(family())
    with pytest.raises(Incomplete) as refused:
        correct(account, household, first="\u202e")
    assert [(fault.person, fault.field) for fault in refused.value.faults] == [("p1", "first_name")]
    assert queries.latest(household) == version


def test_who_is_on_no_application_cannot_be_corrected() -> None:
    with pytest.raises(NotApplied):
        correct(*member())
    account, household, _version = signed(ana(), email="another@example.org")
    with pytest.raises(KeyError):
        correct(account, household, key="p9")
