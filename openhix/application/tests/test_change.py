"""Changing: the next version of the same application, from the last one signed."""

from __future__ import annotations

import pytest

from openhix.application import actions, queries
from openhix.application.actions import Incomplete, NoDraft, NotApplied, StaleDraft
from openhix.application.models import Application, Draft
from openhix.application.rules.steps import Step
from openhix.application.tests.households import family, filled, member, signed
from openhix.history.models import Event

pytestmark = pytest.mark.django_db


def test_a_change_starts_from_what_was_signed_last() -> None:
    account, household, version = signed(family())
    draft = actions.change(household=household, account=account)
    answers = queries.answers_of(draft)
    assert answers.people == family().people
    assert draft.application_id == version.application_id
    assert draft.revision > version.revision
    assert Application.objects.count() == 1
    assert Event.objects.filter(kind="application.change_begun").count() == 1


def test_it_is_signed_anew() -> None:
    account, household, _version = signed(family())
    draft = actions.change(household=household, account=account)
    with pytest.raises(Incomplete) as refused:
        actions.submit(household=household, account=account, revision=draft.revision, signature="Ana Silva")
    assert [fault.step for fault in refused.value.faults] == [Step.RIGHTS]


def test_what_was_signed_counts_until_then() -> None:
    account, household, version = signed(family())
    draft = actions.change(household=household, account=account)
    answers = queries.answers_of(draft)
    answers.remove("p4")
    actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    assert queries.latest(household) == version
    assert len(queries.answers_of(version).people) == 4


def test_changing_twice_goes_on_with_the_same_draft() -> None:
    account, household, _version = signed(family())
    assert actions.change(household=household, account=account) == actions.change(household=household, account=account)
    assert Draft.objects.count() == 1


def test_a_change_that_was_given_up_leaves_what_was_signed_and_a_row_of_history() -> None:
    account, household, version = signed(family())
    draft = actions.change(household=household, account=account)
    actions.throw_away(household=household, account=account, revision=draft.revision)
    assert (queries.draft_of(household), queries.latest(household)) == (None, version)
    row = Event.objects.get(kind="application.change_thrown_away")
    assert (row.who, row.subject_id, row.payload["revision"]) == (f"account {account.pk}", household.pk, draft.revision)
    with pytest.raises(NoDraft):
        actions.throw_away(household=household, account=account, revision=draft.revision)
    assert queries.answers_of(actions.change(household=household, account=account)).people == family().people


def test_a_page_of_what_was_given_up_is_refused_in_the_next_change() -> None:
    account, household, _version = signed(family())
    draft = actions.change(household=household, account=account)
    answers = queries.answers_of(draft)
    answers.remove("p4")
    draft = actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    with pytest.raises(StaleDraft):
        actions.throw_away(household=household, account=account, revision=draft.revision - 1)
    actions.throw_away(household=household, account=account, revision=draft.revision)
    fresh = actions.change(household=household, account=account)
    assert fresh.revision > draft.revision
    for revision in (draft.revision - 1, draft.revision):
        with pytest.raises(StaleDraft):
            actions.save(household=household, account=account, revision=revision, answers=answers)


def test_what_was_never_signed_is_not_given_up() -> None:
    account, household, draft = filled(family())
    with pytest.raises(NotApplied):
        actions.throw_away(household=household, account=account, revision=draft.revision)
    assert queries.draft_of(household) == draft


def test_someone_who_never_applied_has_nothing_to_change() -> None:
    account, household = member()
    with pytest.raises(NotApplied):
        actions.change(household=household, account=account)


def test_the_key_of_someone_who_left_is_given_to_nobody() -> None:
    account, household, _version = signed(family())
    answers = queries.answers_of(actions.change(household=household, account=account))
    answers.remove("p4")
    assert answers.next_key == "p5"


def test_whoever_leaves_claims_nobody_any_more() -> None:
    answers = family()
    answers.remove("p2")
    assert (answers.people[0].tax_role, answers.people[0].files_with) == (None, "")
    answers = family()
    for child in answers.people[2:]:
        child.claimed_by = "p2"
    answers.remove("p2")
    assert [(each.tax_role, each.claimed_by) for each in answers.people[1:]] == [(None, "")] * 2
