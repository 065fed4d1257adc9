"""Answers come back from the database as they were written, whatever they say."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.application.answers import (
    Address,
    Answers,
    Deduction,
    EmployerOffer,
    Income,
    IncomeSource,
    Period,
    PersonAnswers,
    Relationship,
    Status,
    TaxRole,
)
from openhix.application.rules.complete import faults
from openhix.application.tests.households import family
from openhix.people.sealed import seal, unseal

TODAY = date(2025, 11, 15)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
cents = st.integers(-(10**12), 10**12)
addresses = st.builds(Address, *[texts] * 6)
people = st.builds(
    PersonAnswers,
    key=st.sampled_from(["p1", "p2", "p17"]),
    first_name=texts,
    last_name=texts,
    birth_date=st.none() | st.dates(),
    relationship=st.none() | st.sampled_from(Relationship),
    applying=st.booleans(),
    tax_role=st.none() | st.sampled_from(TaxRole),
    claimed_by=st.sampled_from(["", "p1", "p2", "outside"]),
    files_with=st.sampled_from(["", "p1", "p2"]),
    ssn=texts,
    no_ssn_reason=texts,
    status=st.none() | st.sampled_from(Status),
    incarcerated=st.none() | st.booleans(),
    expecting=st.integers(0, 8),
    incomes=st.lists(
        st.builds(Income, st.sampled_from(IncomeSource), cents, st.sampled_from(Period), texts), max_size=3
    ),
    deductions=st.lists(st.builds(Deduction, texts, cents, st.sampled_from(Period)), max_size=2),
    other_coverage=st.lists(texts, max_size=2),
    employer_offer=st.none() | st.builds(EmployerOffer, st.none() | cents, st.none() | cents),
    unproven=st.lists(texts, max_size=2),
    unasked=st.lists(texts, max_size=2),
)
answers = st.builds(
    Answers,
    seeks_help=st.none() | st.booleans(),
    people=st.lists(people, max_size=4),
    home=addresses,
    mailing=st.none() | addresses,
    phone=texts,
    no_fixed_address=st.booleans(),
    rights_accepted=st.booleans(),
    people_ever=st.integers(0, 20),
)


@given(answers)
@settings(max_examples=60, deadline=None)
def test_they_come_back_as_they_were(told: Answers) -> None:
    kept = unseal(seal(json.dumps(told.as_json())))
    assert Answers.from_json(json.loads(kept)) == told


@given(answers)
@settings(max_examples=60, deadline=None)
def test_whatever_they_say_the_rules_answer(told: Answers) -> None:
    """No answers, however absurd, stop the check; every fault's sentence can be said."""
    for index, person in enumerate(told.people):
        person.key = f"p{index + 1}"
    for fault in faults(told, TODAY):
        assert fault.says.format(**fault.names)


def test_a_version_of_before_a_question_was_asked_can_still_be_read() -> None:
    old = family().as_json()
    del old["no_fixed_address"], old["people_ever"]
    for person in old["people"]:
        del person["files_with"], person["unasked"]
    told = Answers.from_json(old)
    assert told.people[1].files_with == ""
    assert told.next_key == "p5"


@pytest.mark.parametrize(
    "broken", [{"people": [{}]}, {"people": [{"key": "p1", "status": "king"}]}, {"home": {"x": 1}}]
)
def test_what_this_program_never_wrote_is_an_error(broken: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        Answers.from_json(broken)
