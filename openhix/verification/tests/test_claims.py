"""The case table of the claims, and what rests on them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhix.application.answers import (
    Answers,
    Income,
    IncomeSource,
    Period,
    PersonAnswers,
    Relationship,
    Status,
)
from openhix.kernel.tests.case_tables import Case, read
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim
from openhix.verification.rules.status import Status as Standing

CASES = read(Path(claims.__file__).with_name("claims.cases.md"))
YES_NO = {"yes": True, "no": False}


def answers(case: Case) -> Answers:
    person = PersonAnswers(
        key="p1",
        relationship=Relationship(case.given["relationship"]),
        applying=YES_NO[case.given["applies"]],
        status=Status(case.given["status"]),
        ssn="219099901" if YES_NO[case.given["ssn"]] else "",
        incarcerated=YES_NO.get(case.given.get("jail", "")),
        incomes=[Income(IncomeSource.JOB, 100_00, Period.WEEK)],
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


@pytest.mark.parametrize("case", [case for case in CASES if "claims" in case.expected], ids=lambda case: case.id)
def test_what_is_claimed(case: Case) -> None:
    assert claims.made(answers(case)) == {Claim("p1", what) for what in case.expected["claims"].split()}


@pytest.mark.parametrize("case", [case for case in CASES if "asked for" in case.expected], ids=lambda case: case.id)
def test_what_is_asked_for(case: Case) -> None:
    """Of income, unless another claim is named; how the other claims stand asks for nothing."""
    claim = Claim("p1", case.given.get("of", claims.INCOME))
    told = answers(case)
    stands = {each: Standing.ATTESTED for each in claims.made(told)} | {claim: Standing(case.given["stands"])}
    waited, owed = (frozenset({claim} if case.given.get(each) else set()) for each in ("waited", "owed"))
    asked = claims.to_prove(told, stands, waited=waited, owed=owed)
    assert asked == ({claim} if case.expected["asked for"] == "yes" else set())


def test_the_tables_have_every_claim() -> None:
    """An event is not claimed on the application."""
    claimed = {what for case in CASES for what in case.expected.get("claims", "").split()}
    assert claimed == set(claims.FACTS) - {claims.QUALIFYING_EVENT}


def test_what_is_told_differently_is_claimed_anew() -> None:
    person = PersonAnswers(key="p1", first_name="Ana", status=Status.CITIZEN, ssn="219099901")
    answers = Answers(seeks_help=True, people=[person])
    before = {what: claims.told(Claim("p1", what), answers) for what in claims.FACTS}
    person.incomes = [Income(IncomeSource.JOB, 100_00, Period.WEEK)]
    person.other_coverage = ["medicare"]
    answers.home.zip = "01902"
    after = {what: claims.told(Claim("p1", what), answers) for what in claims.FACTS}
    changed = {what for what in claims.FACTS if before[what] != after[what]}
    assert changed == {claims.INCOME, claims.OTHER_COVERAGE, claims.RESIDENCE}


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
    owed = claims.unproven(Answers(seeks_help=True, people=people))
    assert claims.facts_of(owed) == {"p1": {"annual_income", "place", "rating_area"}, "p2": {"immigration"}}
