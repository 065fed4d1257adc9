"""What data services answer is kept and weighed: confirmed, asked for by letter, or asked again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection

from openhix.application.answers import Answers, Status
from openhix.application.tests.households import ana, family, member
from openhix.history.models import Event
from openhix.kernel import clock
from openhix.verification import actions, jobs, queries
from openhix.verification.models import Evidence, Proof, Reply
from openhix.verification.tests.households import (
    A_LITTLE_MORE,
    DOUBLE,
    ERRORS,
    JOBLESS,
    LAST_YEAR,
    LATE,
    LATE_CONFIRMED,
    LATE_DOUBLE,
    NATURALIZED,
    NOBODYS,
    ON_MEDICARE,
    OUTAGE,
    RELEASED,
    at,
    checked,
    letters,
    one,
    owed,
    stands,
    submitted,
)

pytestmark = pytest.mark.django_db

FIFTEENTH = date(2025, 11, 15)


def test_an_ordinary_person_is_confirmed_and_hears_nothing() -> None:
    account, household = member()
    assert checked(submitted(account, household, ana())) == []
    confirmed = dict.fromkeys(["identity", "citizenship", "incarceration", "income", "other_coverage"], "verified")
    assert stands(household) == {**confirmed, "residence": "attested"}
    assert letters(household) == []


@pytest.mark.parametrize(
    ("ssn", "claims", "known"),
    [
        (NOBODYS, {"citizenship", "identity"}, {}),
        (NATURALIZED, {"citizenship"}, {}),
        (RELEASED, {"incarceration"}, {"incarcerated": True}),
        (DOUBLE, {"income"}, {"annual_income": 72_800_00}),
        (A_LITTLE_MORE, set(), None),
        (LAST_YEAR, set(), None),
        (JOBLESS, set(), None),
        (ON_MEDICARE, {"other_coverage"}, {"other_coverage": ["medicare"]}),
    ],
)
def test_what_does_not_match_is_asked_for_by_letter(ssn: str, claims: set[str], known: dict[str, object]) -> None:
    """Ana told of $36,400; benefits of $36,000 are less than that."""
    account, household = member()
    asked = checked(submitted(account, household, one(ssn)))
    assert {proof.claim for proof in asked} == claims == set(owed(household))
    assert letters(household) == ["proofs_needed"] * bool(claims)
    for claim in claims:
        assert Evidence.objects.get(claim=claim).known in (known, {"died": False})


def test_the_days_run_from_the_letter() -> None:
    account, household = member()
    [proof] = checked(submitted(account, household, one(DOUBLE)))
    assert (proof.asked_on, proof.due_on) == (FIFTEENTH, date(2026, 2, 13))
    assert proof.letter.dated == FIFTEENTH


@pytest.mark.parametrize(
    ("name", "status", "says"),
    [("Otherwise", "asked", "qualified_barred"), ("Nowhere", "asked", None), ("Silva", "verified", None)],
)
def test_immigration_status_is_confirmed_by_the_department_that_gives_it(
    name: str, status: str, says: str | None
) -> None:
    account, household = member()
    checked(submitted(account, household, one("", last_name=name, status=Status.QUALIFIED, no_ssn_reason="applied")))
    assert stands(household)["immigration"] == status
    assert Evidence.objects.get(claim="immigration").known.get("status") == says


def test_a_family_is_asked_for_all_in_one_letter() -> None:
    account, household = member()
    answers = family()
    answers.people[0].ssn = DOUBLE
    asked = checked(submitted(account, household, answers))
    assert {(proof.person.key, proof.claim) for proof in asked} == {
        ("p1", "income"),
        ("p3", "citizenship"),
        ("p4", "citizenship"),
    }
    assert letters(household) == ["proofs_needed"]


def test_what_nobody_answers_counts_as_it_was_told_and_papers_are_asked_for_after_a_day() -> None:
    account, household = member()
    version = submitted(account, household, one(OUTAGE))
    assert checked(version) == []
    assert set(stands(household).values()) == {"unavailable", "attested"}
    at(date(2025, 11, 16), hour=11)
    assert actions.take_replies(version=version, said=jobs.ask_all(version)) == []
    at(date(2025, 11, 16))
    asked = actions.take_replies(version=version, said=jobs.ask_all(version))
    assert {each.claim for each in asked} == {
        "citizenship",
        "identity",
        "income",
        "other_coverage",
    }  # 45 CFR 155.315(e)(2): not jail
    assert Reply.objects.filter(how="silent").count() == 15


def test_an_error_is_no_answer() -> None:
    account, household = member()
    checked(submitted(account, household, one(ERRORS)))
    assert stands(household)["income"] == "unavailable"
    assert Reply.objects.filter(how="broken").count() == 3


def test_an_answer_that_takes_hours_is_taken_when_it_comes() -> None:
    account, household = member()
    version = submitted(account, household, one(LATE))
    checked(version)
    assert stands(household)["citizenship"] == "unavailable"
    at(FIFTEENTH, hour=15)
    actions.take_replies(version=version, said=jobs.ask_all(version))
    assert stands(household)["citizenship"] == "unavailable"
    at(FIFTEENTH, hour=16)
    actions.take_replies(version=version, said=jobs.ask_all(version))
    assert stands(household)["citizenship"] == "verified"
    assert letters(household) == []


def test_an_answer_that_comes_when_papers_are_owed_takes_the_letter_back() -> None:
    account, household = member()
    version = submitted(account, household, one(LATE_CONFIRMED))
    checked(version)
    at(date(2025, 11, 16))
    actions.take_replies(version=version, said=jobs.ask_all(version))
    assert owed(household) == ["income"]
    at(date(2025, 11, 18))
    actions.take_replies(version=version, said=jobs.ask_all(version))
    assert owed(household) == []
    assert Proof.objects.get().withdrawn_because == "verified"
    assert letters(household) == ["proofs_needed", "no_longer_needed"]
    assert Event.objects.filter(kind="verification.claim_settled").count() == 1


def test_an_answer_that_comes_late_and_does_not_match_leaves_the_letter_and_its_day() -> None:
    account, household = member()
    version = submitted(account, household, one(LATE_DOUBLE))
    checked(version)
    for day in (16, 18):
        at(date(2025, 11, day))
        actions.take_replies(version=version, said=jobs.ask_all(version))
    assert [each.asked_on for each in queries.standing(household)] == [date(2025, 11, 16)]
    assert Evidence.objects.get(claim="income").finding == "not_matched"
    assert letters(household) == ["proofs_needed"]


def test_the_same_answers_twice_are_taken_once() -> None:
    account, household = member()
    version = submitted(account, household, one(DOUBLE))
    actions.ask_services(version=version)
    said = jobs.ask_all(version)
    assert len(actions.take_replies(version=version, said=said)) == 1
    assert actions.take_replies(version=version, said=said) == []
    assert Reply.objects.count() == len(said)
    assert Event.objects.filter(kind="verification.services_answered").count() == 1
    assert letters(household) == ["proofs_needed"]


def test_answers_about_a_version_that_was_followed_by_another_change_nothing() -> None:
    account, household = member()
    first = submitted(account, household, one(DOUBLE))
    actions.ask_services(version=first)
    said = jobs.ask_all(first)
    submitted(account, household, one("219099901"))
    assert actions.take_replies(version=first, said=said) == []
    assert not Evidence.objects.exists()


def test_a_change_of_what_was_told_keeps_the_day_until_services_have_answered() -> None:
    account, household = member()
    [before] = checked(submitted(account, household, one(DOUBLE)))
    at(date(2025, 12, 1))
    changed = one(DOUBLE)
    changed.people[0].incomes[0].cents += 10_00
    version = submitted(account, household, changed)
    actions.ask_services(version=version)
    actions.ask_for_proofs(version=version)
    assert [each.pk for each in queries.standing(household)] == [before.pk]
    actions.take_replies(version=version, said=jobs.ask_all(version))
    assert [each.pk for each in queries.standing(household)] == [before.pk]
    assert letters(household) == ["proofs_needed"]


def test_findings_are_never_edited_but_superseded() -> None:
    account, household = member()
    checked(submitted(account, household, one(DOUBLE)))
    checked(submitted(account, household, one("219099901")))
    of_income = Evidence.objects.filter(claim="income").order_by("pk")
    assert [(each.finding, each.superseded_at is None) for each in of_income] == [
        ("not_matched", False),
        ("verified", True),
    ]
    assert owed(household) == []


def test_history_and_database_tell_nothing_about_the_person() -> None:
    account, household = member()
    checked(submitted(account, household, one(DOUBLE)))
    with connection.cursor() as cursor:
        for table in ("verification_reply", "verification_evidence", "history_event"):
            cursor.execute(f"select string_agg(each::text, ' ') from {table} each")
            [(rows,)] = cursor.fetchall()
            for secret in ("Silva", "72800", "7280000", DOUBLE):
                assert secret not in rows, table


@pytest.mark.parametrize("answers", [ana(), family()], ids=["one", "four"])
def test_reading_how_claims_stand_takes_a_fixed_number_of_queries(
    answers: Answers, django_assert_num_queries: Any
) -> None:
    account, household = member()
    answers.people[0].ssn = DOUBLE
    version = submitted(account, household, answers)
    checked(version)
    with django_assert_num_queries(5):
        queries.facts_on_word(version)


def test_who_has_not_answered_is_asked_again_when_it_is_time() -> None:
    """After a try at noon at one o'clock, and not by somebody who has changed the application since."""
    account, household = member()
    version = submitted(account, household, one(OUTAGE))
    checked(version)
    assert queries.to_ask_again(clock.now()) == []
    at(FIFTEENTH, hour=13)
    assert queries.to_ask_again(clock.now()) == [version]
    checked(submitted(account, household, one("219099901")))
    assert queries.to_ask_again(clock.now()) == []
