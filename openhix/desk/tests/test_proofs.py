"""Staff work on proofs: the queue, one proof with its papers, the four decisions, and data services that are out."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openhix.application import queries as applications
from openhix.application.tests.households import member
from openhix.correspondence.queries import letters_of
from openhix.desk.tests.test_staff import said, staff
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification import actions
from openhix.verification.models import Paper, Proof, Review
from openhix.verification.tests import owing
from openhix.verification.tests.households import DOUBLE, ERRORS, PNG, checked, one, submitted

__all__ = ["staff"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting() -> tuple[Household, Proof, Paper]:
    """Ana's proof of income, with a paper."""
    household, proof = owing.proof(cast.ANA)
    return household, proof, owing.paper(household, proof)


def decide(client: Client, proof: Proof, do: str, paper: Paper | None = None, **typed: str) -> str:
    """Where it leads, or what the page says."""
    path = reverse("staff-proof", args=[proof.pk])
    response = client.post(path, {"do": do, "up_to": str(paper.pk) if paper else "", **typed})
    return response.headers.get("Location") or response.content.decode()


def test_the_queue_has_the_nearest_last_day_first(staff: Client, waiting: tuple[Household, Proof, Paper]) -> None:
    household, proof = owing.proof(cast.BRUNO)
    Proof.objects.filter(pk=proof.pk).update(due_on=date(2025, 12, 1))
    owing.paper(household, proof)
    owing.proof(cast.CARLA)  # has sent nothing
    page = said(staff, "staff-proofs")
    assert page.index("Bruno Barros") < page.index("Ana Almeida")
    assert "Carla" not in page
    assert "December 1, 2025" in page


def test_the_queue_takes_the_same_queries_however_long_it_is(
    staff: Client, waiting: tuple[Household, Proof, Paper]
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            said(staff, "staff-proofs")
        return len(queries)

    asked()  # the session of a new browser
    before = asked()
    for family in (cast.BRUNO, cast.CARLA, cast.EVANS):
        household, proof = owing.proof(family)
        owing.paper(household, proof)
    assert asked() == before


def test_a_proof_shows_what_was_told_what_others_know_and_what_was_sent(staff: Client) -> None:
    account, household = member()
    [proof] = checked(submitted(account, household, one(DOUBLE)))
    actions.send_paper(proof=proof, name="<b>stub.png", file=PNG, account=account)
    page = said(staff, "staff-proof", pk=proof.pk)
    for part in ("Proof of income: Ana Silva", "$700.00", "Income of $72,800.00 a year.", "&lt;b&gt;stub.png", "PNG"):
        assert part in page, part
    assert household.member_id in page


def test_every_look_at_a_proof_and_a_paper_is_a_row_of_history(
    staff: Client, waiting: tuple[Household, Proof, Paper]
) -> None:
    household, proof, paper = waiting
    said(staff, "staff-proof", pk=proof.pk)
    response = staff.get(reverse("staff-paper", args=[proof.pk, paper.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    looks = Event.objects.filter(subject_id=household.pk, kind__endswith="looked_at").order_by("pk")
    assert [(each.kind, each.payload) for each in looks] == [
        ("people.household_looked_at", {}),
        ("correspondence.document_looked_at", {"document": paper.document_id}),
    ]


def test_a_paper_of_another_proof_is_not_found(staff: Client, waiting: tuple[Household, Proof, Paper]) -> None:
    _household, _proof, paper = waiting
    _another, other = owing.proof(cast.BRUNO)
    assert staff.get(reverse("staff-paper", args=[other.pk, paper.pk])).status_code == 404
    assert staff.get(reverse("staff-proof", args=[987654])).status_code == 404


@pytest.mark.parametrize(
    ("do", "typed", "letter"),
    [
        ("accept", {}, "verification.proof_accepted"),
        ("refuse", {"reason": "too_old"}, "verification.proof_refused"),
        ("ask_again", {"reason": "unreadable"}, "verification.proof_asked_again"),
        ("extend", {"reason": "office", "until": "3/15/2026"}, "verification.proof_extended"),
    ],
)
def test_each_decision_is_made_and_told(
    staff: Client, waiting: tuple[Household, Proof, Paper], do: str, typed: dict[str, str], letter: str
) -> None:
    household, proof, paper = waiting
    assert decide(staff, proof, do, paper, **typed) == reverse("staff-proofs")
    assert letters_of(household)[0].kind == letter
    review = Review.objects.get()
    assert review.by.email == "staff@example.com"
    page = said(staff, "staff-household", member_id=household.member_id)
    assert "staff@example.com (staff)" in page


@pytest.mark.parametrize(
    ("do", "typed", "says", "at"),
    [
        ("refuse", {}, "Say why.", "refuse-reason-error"),
        ("refuse", {"reason": "because"}, "Say why.", "refuse-reason-error"),
        ("ask_again", {"reason": "too_old"}, "Say why.", "ask_again-reason-error"),
        ("extend", {"reason": "office"}, "Enter the new last day.", "extend-until-error"),
        ("extend", {"reason": "office", "until": "soon"}, "such as 3/15/2026", "extend-until-error"),
        ("extend", {"reason": "office", "until": "1/1/2026"}, "not after 05/14/2026", "extend-until-error"),
        ("extend", {"reason": "", "until": "3/1/2026"}, "Say why.", "extend-reason-error"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_done(
    staff: Client, waiting: tuple[Household, Proof, Paper], do: str, typed: dict[str, str], says: str, at: str
) -> None:
    _household, proof, paper = waiting
    page = decide(staff, proof, do, paper, **typed)
    assert says in page and f'id="{at}"' in page
    if until := typed.get("until"):
        assert f'value="{until}"' in page
    assert not Review.objects.exists()


def test_a_paper_that_came_meanwhile_is_to_be_seen_first(
    staff: Client, waiting: tuple[Household, Proof, Paper]
) -> None:
    household, proof, paper = waiting
    owing.paper(household, proof, name="second.png", file=PNG)
    assert "Look at it first." in decide(staff, proof, "accept", paper)
    assert not Review.objects.exists()


def test_what_a_colleague_decided_meanwhile_is_not_decided_again(
    staff: Client, waiting: tuple[Household, Proof, Paper]
) -> None:
    _household, proof, paper = waiting
    decide(staff, proof, "accept", paper)
    assert "decided meanwhile" in decide(staff, proof, "refuse", paper, reason="too_old")
    assert Review.objects.count() == 1


def test_staff_see_which_data_services_do_not_answer(staff: Client) -> None:
    account, household = member()
    checked(submitted(account, household, one(ERRORS)))
    page = said(staff, "staff-services")
    assert page.count("Does not answer (broken)") == 3
    assert page.count("<td>Answers</td>") == 2
    assert "Ana Silva" in page and household.member_id in page
    assert '<th scope="row">Tax returns</th>' in page and "</a>: Wages" in page
    assert applications.latest(household) is not None
