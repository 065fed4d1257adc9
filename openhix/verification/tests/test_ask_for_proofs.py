"""One letter, 90 days, each claim asked for once and withdrawn when it is no longer made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from openhix.application import actions as application
from openhix.application import queries as applications
from openhix.application.answers import Address, Answers
from openhix.application.models import Version
from openhix.application.tests.households import ana, family, member
from openhix.correspondence.models import Letter
from openhix.correspondence.queries import letters_of, mailing_address
from openhix.history.models import Event
from openhix.kernel import clock
from openhix.people.models import Account, Household
from openhix.site import database
from openhix.site.database import rights
from openhix.verification import actions, jobs, queries
from openhix.verification.models import Proof

pytestmark = pytest.mark.django_db

LAST_DAY = date(2026, 2, 13)


@pytest.fixture(autouse=True)
def clock_put_back() -> Any:
    """Business time as the tests' own clock has it, whatever a test made of it."""
    before = clock._now
    yield
    clock.install(before)


def submitted(account: Account, household: Household, answers: Answers) -> Version:
    if applications.latest(household):
        draft = application.change(household=household, account=account)
    else:
        draft = application.begin(household=household, account=account)
    draft = application.save(household=household, account=account, revision=draft.revision, answers=answers)
    name = answers.people[0]
    return application.submit(
        household=household,
        account=account,
        revision=draft.revision,
        signature=f"{name.first_name} {name.last_name}",
    )


def claiming(*unproven: str) -> Answers:
    answers = ana()
    answers.people[0].unproven = list(unproven)
    return answers


def owed(household: Household) -> set[tuple[str, str, date]]:
    return {(proof.person.key, proof.claim, proof.due_on) for proof in queries.owed(household, clock.today())}


def test_an_application_that_proves_everything_starts_no_letter() -> None:
    account, household = member()
    assert actions.ask_for_proofs(version=submitted(account, household, ana())) == []
    assert not letters_of(household).exists()


def test_one_letter_asks_for_every_proof_of_the_household() -> None:
    """The twins have no Social Security number, so their citizenship is to be proved."""
    account, household = member()
    answers = family()
    answers.people[0].unproven = ["income", "residence"]
    answers.people[1].unproven = ["immigration"]
    asked = actions.ask_for_proofs(version=submitted(account, household, answers))
    assert owed(household) == {
        ("p1", "income", LAST_DAY),
        ("p1", "residence", LAST_DAY),
        ("p2", "immigration", LAST_DAY),
        ("p3", "citizenship", LAST_DAY),
        ("p4", "citizenship", LAST_DAY),
    }
    letter = letters_of(household).get()
    assert (letter.kind, letter.dated) == ("verification.proofs_needed", date(2025, 11, 15))
    assert {proof.letter_id for proof in asked} == {letter.pk}
    table = next(block for block in letter.content["blocks"] if block["type"] == "table")
    assert ["Bruno Silva", "Proof of immigration status", "February 13, 2026"] in table["rows"]
    assert len(table["rows"]) == 5


def test_the_same_version_twice_asks_once() -> None:
    account, household = member()
    version = submitted(account, household, claiming("income"))
    assert len(actions.ask_for_proofs(version=version)) == 1
    assert actions.ask_for_proofs(version=version) == []
    assert letters_of(household).count() == 1


def test_a_claim_that_is_still_made_keeps_its_first_day() -> None:
    account, household = member()
    actions.ask_for_proofs(version=submitted(account, household, claiming("income")))
    clock.install(lambda: datetime(2025, 12, 1, 9, 0, tzinfo=clock.MASSACHUSETTS))
    actions.ask_for_proofs(version=submitted(account, household, claiming("income", "residence")))
    assert owed(household) == {("p1", "income", LAST_DAY), ("p1", "residence", date(2026, 3, 1))}
    second = letters_of(household).first()
    assert second is not None
    rows = next(block for block in second.content["blocks"] if block["type"] == "table")["rows"]
    assert [row[2] for row in rows] == ["February 13, 2026", "March 1, 2026"]


def test_a_claim_that_is_taken_back_is_no_longer_owed() -> None:
    account, household = member()
    actions.ask_for_proofs(version=submitted(account, household, claiming("income", "residence")))
    actions.ask_for_proofs(version=submitted(account, household, claiming("residence")))
    assert owed(household) == {("p1", "residence", LAST_DAY)}
    assert Proof.objects.get(claim="income").withdrawn_at == clock.now()
    assert letters_of(household).count() == 1
    assert Event.objects.filter(kind="verification.proofs_withdrawn", subject_id=household.pk).count() == 1


def test_a_version_that_is_no_longer_the_latest_asks_for_nothing() -> None:
    """A reaction that was delivered late must not undo what a later version said."""
    account, household = member()
    first = submitted(account, household, claiming("income"))
    second = submitted(account, household, claiming("residence"))
    actions.ask_for_proofs(version=second)
    assert actions.ask_for_proofs(version=first) == []
    assert owed(household) == {("p1", "residence", LAST_DAY)}


def test_the_last_day_is_in_time_and_the_day_after_is_not() -> None:
    account, household = member()
    actions.ask_for_proofs(version=submitted(account, household, claiming("income")))
    assert [proof.claim for proof in queries.owed(household, LAST_DAY)] == ["income"]
    assert queries.owed(household, date(2026, 2, 14)) == []
    assert [proof.claim for proof in queries.overdue(household, date(2026, 2, 14))] == ["income"]


def test_a_letter_does_not_ask_for_what_is_too_late() -> None:
    account, household = member()
    actions.ask_for_proofs(version=submitted(account, household, claiming("income")))
    clock.install(lambda: datetime(2026, 2, 14, 9, 0, tzinfo=clock.MASSACHUSETTS))
    actions.ask_for_proofs(version=submitted(account, household, claiming("income", "residence")))
    letter = letters_of(household).first()
    assert letter is not None and letter.subject == "Send us proof by May 15, 2026"
    assert [proof.claim for proof in queries.overdue(household, clock.today())] == ["income"]


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("es", "Envíenos las pruebas a más tardar el 13 de febrero de 2026"),
        ("pt", "Envie os comprovantes até 13 de fevereiro de 2026"),
    ],
)
def test_the_letter_is_in_the_language_of_the_household(language: str, subject: str) -> None:
    account, household = member()
    household.language = language
    household.save()
    actions.ask_for_proofs(version=submitted(account, household, claiming("income")))
    letter = letters_of(household).get()
    assert (letter.language, letter.subject) == (language, subject)
    assert "proof" not in str(letter.content).casefold()


def test_submitting_is_heard_and_the_letter_goes_to_the_mailing_address() -> None:
    """Where somebody lives is known to no data service, so that papers are asked for at once."""
    account, household = member()
    answers = claiming("residence", "income")
    answers.mailing = Address(street="9 Pier Road", unit="Apt 2", city="Lynn", zip="01902")
    with app.replace_connector(InMemoryConnector()) as queue:
        submitted(account, household, answers)
        waiting = [job["task_name"] for job in queue.connector.jobs.values()]  # type: ignore[attr-defined]
    event = Event.objects.get(kind="application.submitted")
    assert f"{jobs.__name__}.{jobs.check_what_is_claimed.__qualname__}" == waiting[0]
    assert mailing_address(household) == ["Ana Silva", "9 Pier Road", "Apt 2", "Lynn, MA 01902"]  # as soon as signed
    jobs.check_what_is_claimed(event)
    version = Version.objects.get()
    actions.take_replies(version=version, said=jobs.ask_all(version))
    assert Letter.objects.get().content["address"] == mailing_address(household)


@pytest.mark.django_db(transaction=True)
def test_the_applications_user_can_mark_a_proof_withdrawn_and_nothing_else() -> None:
    account, household = member()
    actions.ask_for_proofs(version=submitted(account, household, claiming("income")))
    if not rights.grant():
        pytest.skip("DATABASE_URL names one user for both roles")
    address = {**database.conninfo(database.Role.APP), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**address, autocommit=True) as app_connection:
        for change in (
            "update verification_proof set asked_on = asked_on + 30",
            "update verification_proof set withdrawn_at = now(), claim = 'identity'",
            "delete from verification_proof",
            "truncate verification_proof",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app_connection.execute(change)
        app_connection.execute("update verification_proof set withdrawn_at = now()")
    assert queries.owed(household, clock.today()) == []
