"""The case tables: how a claim stands, what an answer means for it, when income agrees, whom to ask and when again."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from openhix.application.answers import Answers, Income, IncomeSource, Period, PersonAnswers, Relationship, TaxRole
from openhix.application.answers import Status as Immigrant
from openhix.kernel import cents, clock
from openhix.kernel.tests.case_tables import Case, read
from openhix.law.poverty import Guideline
from openhix.law.tables import Law
from openhix.verification import rules
from openhix.verification.rules import asking, claims, income, status, weighing
from openhix.verification.rules.claims import Claim
from openhix.verification.rules.status import Known, Outcome, Status
from openhix.verification.sources import interface
from openhix.verification.sources.interface import Answer, Coverage, Immigration, Service, SocialSecurity

HERE = Path(str(rules.__file__)).parent
LAW = Law(date(2026, 1, 1))
NOON = datetime(2025, 11, 15, 12, tzinfo=clock.MASSACHUSETTS)


def cases(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", read(HERE / f"{name}.cases.md"), ids=lambda case: case.id)


@cases("status")
def test_how_a_claim_stands(case: Case) -> None:
    given = case.given
    said = given.get("services", "none").replace(" ", "_")
    known = Known(
        services=None if said == "none" else Outcome(said),
        accepted=given["papers"] == "accepted",
        refused=given["papers"] == "refused",
        owed=given["owed"] == "yes",
        expired=given["expired"] == "yes",
    )
    assert status.status(known) == case.expected["status"]


def test_the_table_has_every_status() -> None:
    assert {case.expected["status"] for case in read(HERE / "status.cases.md")} == set(Status)


@cases("income")
def test_when_income_agrees(case: Case) -> None:
    guideline = Guideline.for_credit(2026)
    agrees = income.compatible(
        cents.parse(case.given["told"]),
        cents.parse(case.given["known"]),
        poverty=guideline.first + guideline.additional * (int(case.given["people"]) - 1),
        edges=LAW.edges,
        tolerance=LAW.proofs.income_tolerance,
    )
    assert agrees == (case.expected["agrees"] == "yes")


def answers(case: Case) -> Answers:
    given = case.given
    incomes = [
        Income(source, cents.parse(given[column]), Period.YEAR)
        for column, source in (("job", IncomeSource.JOB), ("self employment", IncomeSource.SELF_EMPLOYMENT))
        if cents.parse(given[column])
    ]
    person = PersonAnswers(
        key="p1",
        first_name="Ana",
        birth_date=date(1985, 2, 28),
        relationship=Relationship.SELF,
        tax_role=TaxRole.FILER,
        ssn="219099901",
        status=Immigrant(given["status"]),
        incarcerated=False,
        incomes=incomes,
        other_coverage=[each for each in given["covered by"].split() if each != "none"],
    )
    return Answers(seeks_help=True, people=[person])


def replies(case: Case) -> dict[Service, Answer]:
    given, said = case.given, dict[Service, Answer]()
    if words := given.get("social security"):
        parts = words.split(", ")
        said[Service.SOCIAL_SECURITY] = SocialSecurity(
            "matches" in parts, "citizen" in parts, "died" in parts, "in jail" in parts
        )
    if word := given.get("immigration"):
        said[Service.IMMIGRATION] = Immigration(None if word == "nobody" else Immigrant(word))
    if words := given.get("coverage"):
        said[Service.COVERAGE] = Coverage(tuple(each for each in words.split() if each != "nothing"))
    for column, service in (
        ("tax return", Service.TAX_RETURNS),
        ("wages", Service.WAGES),
        ("unemployment", Service.UNEMPLOYMENT),
    ):
        if amount := given.get(column):
            said[service] = interface.Income(None if amount == "none" else cents.parse(amount))
    return said


@cases("weighing")
def test_what_an_answer_means(case: Case) -> None:
    found = weighing.weigh(Claim("p1", case.given["claim"]), answers(case), {"p1": replies(case)}, LAW)
    if found is None:
        assert dict(case.expected) == {"finding": "-", "known": "-"}
        return
    assert found.outcome.replace("_", " ") == case.expected["finding"]
    assert _in_words(found.known) == case.expected["known"]


def _in_words(known: dict[str, Any]) -> str:
    words = []
    for name, value in known.items():
        if value is True:
            words.append(name)
        elif name == "annual_income":
            words.append(cents.dollars(value).removesuffix(".00"))
        elif value:
            words.append(" ".join(value) if isinstance(value, list) else value)
    return " ".join(words) or "-"


def test_two_earners_cannot_both_hide_behind_the_other() -> None:
    """Each told 15% too little: together it is 15%, too, though half of one alone would be 8%."""
    people = [
        PersonAnswers(key="p1", relationship=Relationship.SELF, tax_role=TaxRole.FILER),
        PersonAnswers(key="p2", relationship=Relationship.SPOUSE, tax_role=TaxRole.JOINT_FILER, files_with="p1"),
    ]
    for person in people:
        person.incomes = [Income(IncomeSource.JOB, 20_000_00, Period.YEAR)]
    said = {Service.TAX_RETURNS: interface.Income(23_529_00)}
    said |= {Service.WAGES: interface.Income(23_529_00), Service.UNEMPLOYMENT: interface.Income(None)}
    couple = Answers(seeks_help=True, people=people)
    for person in people:
        one = weighing.weigh(Claim(person.key, claims.INCOME), couple, {person.key: said}, LAW)
        both = weighing.weigh(Claim(person.key, claims.INCOME), couple, {"p1": said, "p2": said}, LAW)
        assert one is not None and one.outcome == Outcome.VERIFIED
        assert both is not None and both.outcome == Outcome.NOT_MATCHED


@pytest.mark.parametrize(
    "case", [each for each in read(HERE / "asking.cases.md") if "services" in each.expected], ids=lambda case: case.id
)
def test_whom_to_ask(case: Case) -> None:
    person = PersonAnswers(key="p1", ssn="219099901" if case.given["ssn"] == "yes" else "")
    asked = asking.services_for(Claim("p1", case.given["claim"]), Answers(people=[person]))
    assert (" ".join(asked) or "-") == case.expected["services"]


@pytest.mark.parametrize(
    "case", [each for each in read(HERE / "asking.cases.md") if "again" in each.expected], ids=lambda case: case.id
)
def test_when_to_ask_again(case: Case) -> None:
    again = asking.ask_again_at(int(case.given["tried"]), NOON)
    assert again.strftime("%Y-%m-%d %H:%M") == case.expected["again"]


def test_every_claim_has_its_facts_and_every_service_a_claim() -> None:
    assert set(asking.ASKED_ABOUT) <= set(claims.FACTS)
    assert {service for services in asking.ASKED_ABOUT.values() for service in services} == set(Service)
