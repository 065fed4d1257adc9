"""The case table of the claims, and what rests on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhix.application.answers import Answers, PersonAnswers, Relationship, Status
from openhix.kernel.tests.case_tables import Case, read
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim

CASES = read(Path(claims.__file__).with_name("claims.cases.md"))
YES_NO = {"yes": True, "no": False}


def answers(case: Case) -> Answers:
    person = PersonAnswers(
        key="p1",
        relationship=Relationship(case.given["relationship"]),
        applying=YES_NO[case.given["applies"]],
        status=Status(case.given["status"]),
        ssn="219099901" if YES_NO[case.given["ssn"]] else "",
        unproven=case.given.get("marked", "").split(),
    )
    return Answers(seeks_help=YES_NO[case.given["seeks help"]], people=[person])


@pytest.mark.parametrize("case", [case for case in CASES if "owes" in case.expected], ids=lambda case: case.id)
def test_what_is_owed(case: Case) -> None:
    owes = {Claim("p1", what) for what in case.expected["owes"].split() if what != "-"}
    assert claims.unproven(answers(case)) == owes


@pytest.mark.parametrize("case", [case for case in CASES if "due on" in case.expected], ids=lambda case: case.id)
def test_the_last_day(case: Case) -> None:
    asked_on = date.fromisoformat(case.given["asked on"])
    assert claims.due(asked_on, int(case.given["days"])) == date.fromisoformat(case.expected["due on"])


def test_the_table_has_every_claim() -> None:
    owed = {what for case in CASES for what in case.expected.get("owes", "-").split()} - {"-"}
    assert owed == set(claims.FACTS)


def test_facts_rest_on_the_claims_of_each_person() -> None:
    people = [
        PersonAnswers(
            key="p1",
            relationship=Relationship.SELF,
            status=Status.CITIZEN,
            ssn="219099901",
            unproven=["income", "residence"],
        ),
        PersonAnswers(key="p2", status=Status.CITIZEN, ssn=""),
        PersonAnswers(key="p3", status=Status.CITIZEN, ssn="219099903"),
    ]
    assert claims.facts_on_word(Answers(seeks_help=True, people=people)) == {
        "p1": {"annual_income", "place", "rating_area"},
        "p2": {"status"},
    }
