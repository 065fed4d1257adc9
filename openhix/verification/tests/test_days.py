"""Reminders, and what is over on the day after the last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openhix.application.tests.households import member
from openhix.correspondence.queries import letters_of
from openhix.history.models import Event
from openhix.people.models import Account
from openhix.verification import actions, queries
from openhix.verification.models import Evidence, Proof
from openhix.verification.tests.households import (
    DOUBLE,
    HALF_SILENT,
    PDF,
    at,
    checked,
    letters,
    one,
    owed,
    owing,
    stands,
    submitted,
)

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 2, 13)
DAY_AFTER = date(2026, 2, 14)


@pytest.mark.parametrize(("days", "reminded"), [(31, 0), (30, 1), (29, 0), (7, 1), (1, 0), (0, 0)])
def test_reminders_are_written_thirty_and_seven_days_before(days: int, reminded: int) -> None:
    _account, household, _proof = owing()
    today = LAST_DAY - timedelta(days=days)
    assert queries.due_soon(today) == [household.pk] * reminded
    assert len(actions.remind(household=household, today=today)) == reminded
    assert letters(household) == ["proofs_needed", *["proofs_reminder"] * reminded]


def test_a_reminder_is_written_once() -> None:
    _account, household, _proof = owing()
    today = LAST_DAY - timedelta(days=7)
    at(today)
    assert actions.remind(household=household, today=today)
    assert actions.remind(household=household, today=today) == []
    assert letters(household) == ["proofs_needed", "proofs_reminder"]


def test_who_has_sent_a_paper_is_not_reminded() -> None:
    account, household, proof = owing()
    actions.send_paper(proof=proof, name="a", file=PDF, account=account)
    assert queries.due_soon(LAST_DAY - timedelta(days=7)) == []
    assert actions.remind(household=household, today=LAST_DAY - timedelta(days=7)) == []


def test_the_last_day_is_in_time_and_the_day_after_is_over() -> None:
    _account, household, _proof = owing()
    assert queries.past_due(LAST_DAY) == []
    assert actions.expire(household=household, today=LAST_DAY) == []
    assert queries.past_due(DAY_AFTER) == [household.pk]
    assert actions.expire(household=household, today=DAY_AFTER)
    assert stands(household)["income"] == "expired"


def test_what_data_services_say_counts_in_its_place() -> None:
    _account, household, proof = owing()
    actions.expire(household=household, today=DAY_AFTER)
    version = queries.latest_version(proof)
    [gone] = queries.not_shown(version)
    assert (gone.person, gone.claim, gone.known) == ("p1", "income", {"annual_income": 72_800_00})
    assert queries.facts_on_word(version) == {}
    assert letters(household) == ["proofs_needed", "proofs_expired"]


def test_what_nobody_knows_counts_as_not_shown() -> None:
    account, household = member()
    answers = one()
    answers.people[0].unproven = ["residence"]
    version = submitted(account, household, answers)
    actions.ask_for_proofs(version=version)
    actions.expire(household=household, today=DAY_AFTER)
    assert [(gone.claim, gone.known) for gone in queries.not_shown(version)] == [("residence", {})]


def test_it_is_over_once() -> None:
    _account, household, _proof = owing()
    assert actions.expire(household=household, today=DAY_AFTER)
    assert actions.expire(household=household, today=DAY_AFTER) == []
    assert queries.past_due(date(2026, 2, 15)) == []
    assert Event.objects.filter(kind="verification.claim_expired").count() == 1
    assert letters(household) == ["proofs_needed", "proofs_expired"]


def test_what_was_sent_in_time_waits_for_us() -> None:
    account, household, proof = owing()
    paper = actions.send_paper(proof=proof, name="a", file=PDF, account=account)
    assert queries.past_due(DAY_AFTER) == []
    assert actions.expire(household=household, today=DAY_AFTER) == []
    staff = Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)
    actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    assert queries.past_due(date(2026, 2, 15)) == [household.pk]


def test_an_answer_that_comes_after_the_last_day_is_taken() -> None:
    account, household = member()
    version = submitted(account, household, one(DOUBLE))
    checked(version)
    actions.expire(household=household, today=DAY_AFTER)
    at(DAY_AFTER)
    checked(submitted(account, household, one("219099901")))
    assert stands(household)["income"] == "verified"
    assert (owed(household), Proof.objects.get().withdrawn_because) == ([], "verified")


def test_who_tells_something_else_after_the_last_day_has_a_letter_and_days_of_their_own() -> None:
    account, household, _proof = owing()
    at(DAY_AFTER)
    actions.expire(household=household, today=DAY_AFTER)
    changed = one(DOUBLE)
    changed.people[0].incomes[0].cents += 10_00
    checked(submitted(account, household, changed))
    assert stands(household)["income"] == "asked"
    [proof] = queries.standing(household)
    assert (proof.asked_on, proof.due_on) == (DAY_AFTER, DAY_AFTER + timedelta(days=90))
    assert Evidence.objects.get(by="time").superseded_at is not None


def test_who_tells_the_same_again_has_no_more_days() -> None:
    account, household, proof = owing()
    at(DAY_AFTER)
    actions.expire(household=household, today=DAY_AFTER)
    checked(submitted(account, household, one(DOUBLE)))
    assert stands(household)["income"] == "expired"
    assert [each.pk for each in queries.standing(household)] == [proof.pk]


def test_one_answer_is_better_than_none() -> None:
    """The tax return differs; what might have agreed never came."""
    account, household = member()
    version = submitted(account, household, one(HALF_SILENT))
    assert checked(version) == []
    at(date(2025, 11, 16))
    asked = actions.take_replies(version=version, said=[])
    assert [proof.claim for proof in asked] == ["income"]
    actions.expire(household=household, today=date(2026, 2, 15))
    assert [gone.known for gone in queries.not_shown(version)] == [{"annual_income": 72_800_00}]


def test_the_letter_says_what_happens_now_and_what_one_can_do() -> None:
    _account, household, _proof = owing()
    actions.expire(household=household, today=DAY_AFTER)
    letter = letters_of(household)[0]
    assert letter.subject == "We did not get your proof in time"
    assert "You can appeal within 60 days" in str(letter.content)
