"""Signing: the draft becomes a version, people are kept, later rooms are told, all of it at once and once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openhix.application import actions, queries
from openhix.application.actions import Incomplete, NoDraft, StaleDraft
from openhix.application.answers import Address
from openhix.application.models import Draft, Version
from openhix.application.rules.steps import Step
from openhix.application.tests.households import ana, child, family, filled, member
from openhix.correspondence.queries import mailing_address
from openhix.history.models import Event
from openhix.people import queries as people

pytestmark = pytest.mark.django_db


def test_a_signed_draft_becomes_the_first_version() -> None:
    account, household, draft = filled(family())
    version = actions.submit(household=household, account=account, revision=draft.revision, signature="  ana  SILVA ")
    assert version.number == 1
    assert queries.answers_of(version) == family()
    assert queries.draft_of(household) is None
    assert queries.latest(household) == version
    kept = [(each.key, each.name, each.birth_date, each.ssn) for each in people.people_of(household)]
    assert kept == [
        ("p1", "Ana Silva", date(1985, 2, 28), "123456789"),
        ("p2", "Bruno Silva", date(1984, 7, 4), "234567890"),
        ("p3", "Clara Silva", date(2018, 5, 1), None),
        ("p4", "Davi Silva", date(2018, 5, 1), None),
    ]
    event = Event.objects.get(kind="application.submitted")
    assert (event.subject_kind, event.subject_id, event.payload) == ("household", household.pk, {"version": version.pk})


def test_letters_go_to_the_address_that_was_signed_last() -> None:
    account, household, draft = filled(ana())
    actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert mailing_address(household) == ["Ana Silva", "1 Beacon Street", "Boston, MA 02118"]
    moved = replace(ana(), mailing=Address(street="9 Pier Road", unit="Apt 2", city="Lynn", zip="01902"))
    draft = actions.change(household=household, account=account)
    draft = actions.save(household=household, account=account, revision=draft.revision, answers=moved)
    assert mailing_address(household)[1] == "1 Beacon Street"  # what is not signed moves nobody
    actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert mailing_address(household) == ["Ana Silva", "9 Pier Road", "Apt 2", "Lynn, MA 01902"]


def test_the_same_draft_submitted_twice_is_one_version() -> None:
    account, household, draft = filled(ana())
    first, second = (
        actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
        for _ in range(2)
    )
    assert first == second
    assert Version.objects.count() == 1
    assert Event.objects.filter(kind="application.submitted").count() == 1


def test_a_late_second_submit_does_not_submit_a_change_that_was_begun_since() -> None:
    account, household, draft = filled(ana())
    first = actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    actions.change(household=household, account=account)
    again = actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert again == first
    assert Draft.objects.count() == 1


def test_an_old_revision_is_not_submitted() -> None:
    account, household, draft = filled(ana())
    with pytest.raises(StaleDraft):
        actions.submit(household=household, account=account, revision=draft.revision - 1, signature="Ana Silva")
    assert not Version.objects.exists()


def test_without_a_draft_there_is_nothing_to_submit() -> None:
    account, household = member()
    with pytest.raises(NoDraft):
        actions.submit(household=household, account=account, revision=1, signature="Ana Silva")


@pytest.mark.parametrize("signature", ["", " ", "Bruno Silva", "Ana", "Ana Silva Silva"])
def test_the_signature_is_the_first_persons_name(signature: str) -> None:
    account, household, draft = filled(ana())
    with pytest.raises(Incomplete) as refused:
        actions.submit(household=household, account=account, revision=draft.revision, signature=signature)
    assert [(each.step, each.field) for each in refused.value.faults] == [(Step.SIGN, "signature")]


def test_an_incomplete_application_is_refused_whole() -> None:
    answers = family()
    answers.people[2].birth_date = None
    answers.rights_accepted = False
    account, household, draft = filled(answers)
    with pytest.raises(Incomplete) as refused:
        actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert {(each.step, each.person, each.field) for each in refused.value.faults} == {
        (Step.PEOPLE, "p3", "birth_date"),
        (Step.RIGHTS, "", "rights_accepted"),
    }
    assert not people.people_of(household)
    assert queries.draft_of(household) is not None


def test_a_change_is_the_next_version_and_corrects_the_birth_date_of_the_same_person() -> None:
    account, household, draft = filled(ana())
    first = actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    before = people.people_of(household)[0]
    draft = actions.change(household=household, account=account)
    answers = queries.answers_of(draft)
    answers.people[0].birth_date = date(1985, 2, 27)
    answers.rights_accepted = True
    draft = actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    second = actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert (first.application, first.number + 1) == (second.application, second.number)
    [person] = people.people_of(household)
    assert (person.pk, person.birth_date) == (before.pk, date(1985, 2, 27))
    assert Event.objects.filter(kind="people.person_corrected", payload={"person": person.pk}).count() == 1
    assert queries.answers_of(queries.versions(household)[1]).people[0].birth_date == date(1985, 2, 28)


def test_a_household_of_fifteen_with_twins_and_someone_without_a_number() -> None:
    answers = family()
    for number in range(5, 16):
        answers.people.append(replace(child(f"p{number}", f"Kid{number}"), no_ssn_reason="applied"))
    account, household, draft = filled(answers)
    actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert len(people.people_of(household)) == 15


def test_a_name_in_another_script_signs() -> None:
    answers = ana()
    answers.people[0].first_name, answers.people[0].last_name = "Нгуен-李", "محمد"
    account, household, draft = filled(answers)
    version = actions.submit(household=household, account=account, revision=draft.revision, signature="нгуен-李 محمد")
    assert version.signature == "нгуен-李 محمد"


@pytest.mark.parametrize("typed", ["Ana O’Brien-Silva", "ana o´brien-silva", "Ana O'Brien‑Silva"])
def test_an_apostrophe_or_a_dash_that_a_phone_puts_in_signs_too(typed: str) -> None:
    answers = ana()
    answers.people[0].last_name = "O'Brien-Silva"
    account, household, draft = filled(answers)
    version = actions.submit(household=household, account=account, revision=draft.revision, signature=typed)
    assert version.signature == typed


def test_history_holds_no_personal_data() -> None:
    account, household, draft = filled(family())
    actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    for event in Event.objects.all():
        told = f"{event.why} {event.payload}"
        assert not any(secret in told for secret in ("Ana", "Silva", "123456789", "02118", "Bakery"))
