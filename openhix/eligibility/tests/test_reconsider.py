"""An answer is made anew where something it rests on has changed, and only there."""

from __future__ import annotations

from datetime import date

import pytest

from openhix.correspondence.models import Letter
from openhix.eligibility import actions, queries
from openhix.eligibility.models import Determination
from openhix.eligibility.tests import applications
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.people.tests import cast
from openhix.verification import actions as verification
from openhix.verification import jobs
from openhix.verification.models import Proof
from openhix.verification.tests.households import DOUBLE, PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

DAY_AFTER = date(2026, 2, 14)


def answered() -> tuple[Household, Proof]:
    """Bruno told of $43,000, and agencies know of twice as much."""
    household = cast.household(cast.BRUNO)
    told = applications.of_cast(cast.BRUNO)
    told.people[0].ssn = DOUBLE
    version = applications.apply(household, told)
    actions.determine(household=household, why="told")
    verification.ask_services(version=version)
    [proof] = verification.take_replies(version=version, said=jobs.ask_all(version))
    return household, proof


def results() -> int:
    return Letter.objects.filter(kind="eligibility.result").count()


def test_nothing_changed_is_no_new_answer() -> None:
    household = cast.household(cast.BRUNO)
    applications.apply(household, applications.of_cast(cast.BRUNO))
    assert actions.reconsider(household=household, why="early") is None
    actions.determine(household=household, why="told")
    assert actions.reconsider(household=household, why="again") is None
    assert Determination.objects.count() == 1


def test_what_is_asked_for_marks_the_answer_without_another_letter() -> None:
    household, _proof = answered()
    made = actions.reconsider(household=household, why="asked")
    assert made is not None
    assert [each.unproven for each in queries.findings(made)] == [True]
    assert actions.reconsider(household=household, why="asked") is None
    assert results() == 1


def test_what_is_proved_takes_the_mark_away() -> None:
    household, proof = answered()
    actions.reconsider(household=household, why="asked")
    staff = Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)
    [account] = people.accounts_of(household)
    paper = verification.send_paper(proof=proof, name="a", file=PDF, account=account)
    verification.accept(proof=proof, account=staff, up_to=paper)
    made = actions.reconsider(household=household, why="proved")
    assert made is not None
    assert [each.unproven for each in queries.findings(made)] == [False]
    assert results() == 1


def test_who_does_not_show_that_they_live_here_qualifies_for_nothing() -> None:
    """45 CFR 155.305(a)(3), 130 CMR 503.002: one proves it for all."""
    household = cast.household(cast.DIALLO)
    told = applications.of_cast(cast.DIALLO)
    told.people[0].unproven = ["residence"]
    verification.ask_for_proofs(version=applications.apply(household, told))
    actions.determine(household=household, why="told")
    verification.expire(household=household, today=DAY_AFTER)
    made = actions.reconsider(household=household, why="No proof came in time.")
    assert made is not None
    assert [each.program for each in queries.findings(made)] == ["none"] * 3


def test_what_was_not_shown_is_answered_with_what_others_know() -> None:
    """Twice $43,000 is 549.52% of the poverty level: no help in 2026."""
    household, _proof = answered()
    before = actions.reconsider(household=household, why="asked")
    assert before is not None
    verification.expire(household=household, today=DAY_AFTER)
    made = actions.reconsider(household=household, why="No proof came in time.")
    assert made is not None
    assert (applications.figures(made)[0], made.supersedes, made.version) == (549_52, before, before.version)
    [finding] = queries.findings(made)
    assert (finding.program, finding.unproven) == ("unsubsidized", False)
    assert queries.changes(made)
    assert results() == 2
