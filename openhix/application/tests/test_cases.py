"""The case tables beside the rules."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from openhix.application import rules
from openhix.application.answers import (
    Answers,
    Deduction,
    Income,
    IncomeSource,
    Period,
    PersonAnswers,
    Relationship,
    TaxRole,
)
from openhix.application.rules import income, taxes, who
from openhix.kernel import cents
from openhix.kernel.tests.case_tables import Case, read

FOLDER = Path(rules.__file__).parent
TODAY = date(2025, 11, 15)
ROLES = {
    "alone": TaxRole.FILER,
    "jointly": TaxRole.JOINT_FILER,
    "separately": TaxRole.SEPARATE_FILER,
    "claimed": TaxRole.DEPENDENT,
    "off": TaxRole.NOT_FILING,
    "unanswered": None,
}


def amount(text: str) -> int:
    return -cents.parse(text[1:]) if text.startswith("−") else cents.parse(text)


@pytest.mark.parametrize("case", read(FOLDER / "income.cases.md"), ids=lambda case: case.id)
def test_amounts(case: Case) -> None:
    assert {name: told_of_income(name, case) for name in case.expected} == dict(case.expected)


def told_of_income(name: str, case: Case) -> str:
    if name in ("annual_cents", "monthly_cents"):
        one = Income(IncomeSource.SELF_EMPLOYMENT, amount(case.given["amount"]), Period(case.given["period"]))
        return cents.dollars(getattr(income, name)(one))
    incomes = [pair.split() for pair in case.given.get("incomes", "").split("; ") if pair]
    deductions = [pair.split() for pair in case.given.get("deductions", "").split("; ") if pair]
    person = PersonAnswers(
        key="p1",
        incomes=[Income(IncomeSource.SELF_EMPLOYMENT, amount(text), Period(period)) for text, period in incomes],
        deductions=[Deduction("ira", amount(text), Period(period)) for text, period in deductions],
    )
    return cents.dollars(getattr(income, name)(person))


@pytest.mark.parametrize("case", read(FOLDER / "taxes.cases.md"), ids=lambda case: case.id)
def test_tax_returns(case: Case) -> None:
    answers = household(case.given["people"])
    faults = list(taxes.faults(answers))
    assert (", ".join(fault.field.removeprefix("tax-p") for fault in faults) or "-") == case.expected["refused"]
    assert all(case.expected["because"] in fault.says for fault in faults)
    if not faults:
        assert (", ".join(map(shown, taxes.tax_returns(answers))) or "none") == case.expected["returns"]


@pytest.mark.parametrize("case", read(FOLDER / "who.cases.md"), ids=lambda case: case.id)
def test_who_people_are(case: Case) -> None:
    """What is refused, by a part of its sentence; nothing otherwise."""
    [(kind, given)] = case.given.items()
    said = refusal(kind, given)
    assert (said == "") if case.expected["refused"] == "-" else (case.expected["refused"] in said)


def refusal(kind: str, given: str) -> str:
    if kind == "born":
        return who.birth_fault(None if given == "unanswered" else date.fromisoformat(given), TODAY)
    return who.ssn_fault(given) if kind == "number" else who.name_fault(given)


def household(text: str) -> Answers:
    first = Answers(people=[person(number, words) for number, words in enumerate(text.split("; "), start=1)])
    assert len({each.key for each in first.people}) == len(first.people)
    return first


def person(number: int, text: str) -> PersonAnswers:
    found = re.fullmatch(r"(?P<who>\w+) (?P<role>\w+)(?: (?:with|by) (?P<other>\w+))?", text)
    assert found is not None, text
    other = f"p{found['other']}" if (found["other"] or "").isdecimal() else found["other"] or ""
    made = PersonAnswers(
        key=f"p{number}", last_name=f"N{number}", relationship=Relationship(found["who"]), tax_role=ROLES[found["role"]]
    )
    if made.tax_role == TaxRole.DEPENDENT:
        made.claimed_by = other
    elif other:
        made.files_with = other
        made.tax_role = TaxRole.FILER if number < int(found["other"]) else TaxRole.JOINT_FILER
    return made


def shown(made: taxes.TaxReturn) -> str:
    filers = "+".join(key[1:] for key in made.filers)
    return f"{filers} claims {'+'.join(key[1:] for key in made.dependents)}" if made.dependents else filers
