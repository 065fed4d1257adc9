"""Staff accept, refuse, ask again and give more time: each once, with a row, history and a letter."""

from __future__ import annotations

from datetime import date

import pytest

from openhix.application.tests.households import member
from openhix.correspondence.queries import letters_of
from openhix.history.models import Event
from openhix.people.models import Account, Household
from openhix.verification import actions, queries
from openhix.verification.models import Evidence, Paper, Proof, Review
from openhix.verification.tests.households import (
    DOUBLE,
    PDF,
    PNG,
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


@pytest.fixture
def staff() -> Account:
    return Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)


def sent(file: bytes = PDF) -> tuple[Account, Household, Proof, Paper]:
    account, household, proof = owing()
    return account, household, proof, actions.send_paper(proof=proof, name="a", file=file, account=account)


def said(household: Household) -> str:
    """The last letter."""
    letter = letters_of(household)[0]
    return f"{letter.subject} {letter.content['blocks']}"


def test_an_accepted_paper_proves_the_claim(staff: Account) -> None:
    _account, household, proof, paper = sent()
    actions.accept(proof=proof, account=staff, up_to=paper)
    assert stands(household)["income"] == "accepted"
    assert owed(household) == []
    assert Proof.objects.get().withdrawn_because == "accepted"
    assert letters(household) == ["proofs_needed", "proof_accepted"]
    event = Event.objects.get(kind="verification.claim_settled")
    assert (event.who, event.payload) == (f"account {staff.pk}", {"proof": proof.pk})


def test_what_was_accepted_stays_so_while_the_same_is_told(staff: Account) -> None:
    account, household, proof, paper = sent()
    actions.accept(proof=proof, account=staff, up_to=paper)
    checked(submitted(account, household, one(DOUBLE)))
    assert stands(household)["income"] == "accepted"
    richer = one(DOUBLE)
    richer.people[0].incomes[0].cents += 1
    checked(submitted(account, household, richer))
    assert stands(household)["income"] == "asked"


def test_a_refused_paper_leaves_the_claim_owed_until_its_day(staff: Account) -> None:
    account, household, proof, paper = sent()
    actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    assert stands(household)["income"] == "refused"
    assert [each.due_on for each in queries.to_send(household)] == [LAST_DAY]
    assert letters(household) == ["proofs_needed", "proof_refused"]
    assert "It is too old. Send a newer one." in said(household)
    actions.send_paper(proof=proof, name="b", file=PNG, account=account)
    assert stands(household)["income"] == "asked"
    assert queries.to_send(household) == []


def test_a_paper_that_cannot_be_judged_is_asked_for_again(staff: Account) -> None:
    _account, household, proof, paper = sent()
    actions.ask_again(proof=proof, account=staff, reason="unreadable", up_to=paper)
    assert stands(household)["income"] == "asked"
    assert letters(household) == ["proofs_needed", "proof_asked_again"]
    assert "in good light" in said(household)


def test_letters_about_papers_are_in_the_language_of_the_household(staff: Account) -> None:
    _account, household, proof, paper = sent()
    household.language = "pt"
    household.save()
    actions.refuse(proof=proof, account=staff, reason="other_person", up_to=paper)
    assert "Ele é de outra pessoa." in said(household)


def test_a_paper_that_came_while_staff_decided_waits_for_its_own_decision(staff: Account) -> None:
    account, household, proof, paper = sent()
    second = actions.send_paper(proof=proof, name="b", file=PNG, account=account)
    actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    assert [each.papers for each in queries.to_review(10)] == [1]
    assert stands(household)["income"] == "asked"
    actions.accept(proof=proof, account=staff, up_to=second)
    assert queries.to_review(10) == []


def test_good_cause_moves_the_last_day(staff: Account) -> None:
    _account, household, proof = owing()
    review = actions.extend(proof=proof, account=staff, until=date(2026, 3, 15), reason="office")
    assert [each.due_on for each in queries.standing(household)] == [date(2026, 3, 15)]
    assert (review.until, review.reason) == (date(2026, 3, 15), "office")
    assert letters(household) == ["proofs_needed", "proof_extended"]
    assert "March 15, 2026" in said(household)
    event = Event.objects.get(kind="verification.proof_extended")
    assert event.why == "The last day was moved to 2026-03-15 for good cause."


@pytest.mark.parametrize("until", [LAST_DAY, date(2025, 12, 1), date(2026, 5, 15)])
def test_a_day_that_is_no_later_or_too_late_is_refused(staff: Account, until: date) -> None:
    """90 days more than the 90 of the letter: until 14 May 2026."""
    _account, household, proof = owing()
    with pytest.raises(actions.TooLong) as refused:
        actions.extend(proof=proof, account=staff, until=until, reason="office")
    assert refused.value.latest == date(2026, 5, 14)
    assert letters(household) == ["proofs_needed"]
    assert not Review.objects.exists()


def test_more_time_after_the_last_day_brings_back_what_was_told(staff: Account) -> None:
    _account, household, proof = owing()
    at(date(2026, 2, 14))
    actions.expire(household=household, today=date(2026, 2, 14))
    assert stands(household)["income"] == "expired"
    actions.extend(proof=proof, account=staff, until=date(2026, 3, 1), reason="hardship")
    assert stands(household)["income"] == "asked"


def test_a_decision_is_made_once(staff: Account) -> None:
    _account, household, proof, paper = sent()
    actions.accept(proof=proof, account=staff, up_to=paper)
    with pytest.raises(actions.NotOwed):
        actions.accept(proof=proof, account=staff, up_to=paper)
    with pytest.raises(actions.NotOwed):
        actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    with pytest.raises(actions.NotOwed):
        actions.extend(proof=proof, account=staff, until=date(2026, 3, 1), reason="office")
    assert Review.objects.count() == 1
    assert letters(household) == ["proofs_needed", "proof_accepted"]


def test_a_paper_that_was_refused_is_not_refused_again(staff: Account) -> None:
    _account, household, proof, paper = sent()
    actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    with pytest.raises(actions.NotOwed):
        actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    assert letters(household) == ["proofs_needed", "proof_refused"]


def test_a_reason_that_is_on_no_list_is_an_error(staff: Account) -> None:
    _account, _household, proof, paper = sent()
    with pytest.raises(KeyError):
        actions.refuse(proof=proof, account=staff, reason="because", up_to=paper)
    assert not Review.objects.exists()


def test_a_late_paper_is_accepted_too(staff: Account) -> None:
    account, household, proof = owing()
    at(date(2026, 2, 14))
    actions.expire(household=household, today=date(2026, 2, 14))
    paper = actions.send_paper(proof=proof, name="a", file=PDF, account=account)
    actions.accept(proof=proof, account=staff, up_to=paper)
    assert stands(household)["income"] == "accepted"


def test_proof_of_an_event_is_asked_for_by_whoever_opens_a_time_to_enroll(staff: Account) -> None:
    """956 CMR 12.10: a change of the application does not take it back."""
    account, household = member()
    version = submitted(account, household, one())
    person = queries.persons(household)["p1"]
    proof = actions.ask_for_proof_of_event(version=version, person=person)
    assert actions.ask_for_proof_of_event(version=version, person=person) == proof
    checked(submitted(account, household, one()))
    assert owed(household) == ["qualifying_event"]
    asked = said(household)
    assert "You told us of a change in your life." in asked and "Thank you for your application" not in asked
    assert "a plan that you chose because of it ends." in asked and "other agencies" not in asked
    actions.expire(household=household, today=date(2026, 2, 14))
    over = said(household)
    assert "what becomes of your time to choose a plan" in over and "other agencies" not in over
    assert Evidence.objects.get(claim="qualifying_event").finding == "expired"
    assert Event.objects.get(kind="verification.claim_expired").payload == {"proof": proof.pk}
    paper = actions.send_paper(proof=proof, name="a", file=PDF, account=account)
    actions.accept(proof=proof, account=staff, up_to=paper)
    assert owed(household) == []
