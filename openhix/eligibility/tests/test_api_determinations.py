"""Determinations for programs: the answers and refusals of a household file, with the story, in three languages."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from openhix.eligibility.api.determinations import OF_HOUSEHOLD, PersonAsked
from openhix.eligibility.tests.household_files import Ask, lines
from openhix.law.tables import scenarios
from openhix.plans import shelf

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

AS_OF = "2026-01-01"  # what `openhix determine` takes for a coverage month of 2026-01
FAMILY: dict[str, Any] = {
    "coverage_month": "2026-01",
    "household": {
        "zip": "02118",
        "people": [
            {"person_id": "child", "birth_date": "2019-05-05", "tax_role": "dependent", "annual_income": 0},
            {"person_id": "mother", "birth_date": "1985-06-30", "tax_role": "filer", "annual_income": 60000},
            {"person_id": "father", "birth_date": "1987-02-01", "tax_role": "joint_filer", "annual_income": "0.00"},
        ],
    },
}


def send(body: object) -> Any:
    return Client().post("/api/v1/determinations", json.dumps(body), content_type="application/json")


def people(body: object = FAMILY) -> list[dict[str, Any]]:
    answer = send(body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["people"]
    return found


def changed(path: str, value: object) -> dict[str, Any]:
    body = copy.deepcopy(FAMILY)
    *steps, last = (int(each) if each.isdigit() else each for each in path.split("."))
    at: Any = body
    for step in steps:
        at = at[step]
    at[last] = value
    return body


def faults(body: object) -> list[tuple[str, str]]:
    refused = send(body)
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert refused.json().keys() == {"type", "title", "status", "detail", "errors"}
    return [(each["pointer"], each["reason"]) for each in refused.json()["errors"]]


def test_a_family_has_its_answers_in_the_order_in_which_it_was_told() -> None:
    child, mother, father = people()
    assert [each["person_id"] for each in (child, mother, father)] == ["child", "mother", "father"]
    story = mother.pop("story")
    assert mother == {
        "person_id": "mother",
        "program": "connectorcare",
        "also": ["hsn_partial"],
        "plan_type": "3A",
        "magi_household_size": 3,
        "masshealth_fpl": "225.14",
        "tax_household_size": 3,
        "fpl_percent": "225.14",
        "applicable_percentage": "7.53",
        "benchmark_premium_cents": 97828,
        "expected_contribution_cents": 37650,
        "monthly_credit_cents": 60178,
        "contribution_cents": 10300,
    }
    assert child["program"] == "masshealth_family_assistance"
    assert (child["also"], child["plan_type"], child["contribution_cents"]) == ([], None, None)
    assert story["says"] == "This person may qualify for ConnectorCare: ConnectorCare Plan Type 3A."
    assert story["law"] == "956 CMR 12.04; 45 CFR 155.305; 45 CFR 155.345"


def told(story: dict[str, Any]) -> list[dict[str, Any]]:
    return [story, *(each for reason in story["because"] for each in told(reason))]


def test_every_fact_of_the_story_has_its_sentence_and_its_law() -> None:
    for person in people():
        for reason in told(person["story"]):
            assert reason["says"]
            assert reason["law"] or reason["given"]
    assert "monthly_credit" in {each["fact"] for each in told(people()[1]["story"])}


@pytest.mark.parametrize(
    ("language", "sentence"), [("es", "Esta persona podría calificar"), ("pt", "Esta pessoa pode se qualificar")]
)
def test_the_story_is_told_in_the_language_that_was_asked_for(language: str, sentence: str) -> None:
    answer = send(changed("language", language))
    english = people()[1]["story"]
    story = answer.json()["people"][1]["story"]
    assert story["says"].startswith(sentence)
    assert [each["fact"] for each in told(story)] == [each["fact"] for each in told(english)]
    assert answer["Content-Language"] == answer.json()["language"] == language


def test_what_the_browser_speaks_changes_nothing() -> None:
    spanish = Client(headers={"Accept-Language": "es"})
    assert spanish.post("/api/v1/determinations", FAMILY, content_type="application/json").json() == send(FAMILY).json()


HOUSEHOLDS = (
    FAMILY["household"],
    {**changed("household.people.1.applying", False)["household"], "seeks_help": "no"},
    {
        "zip": "01002",
        "county": "Hampshire",
        "people": [
            {
                "person_id": "1",
                "birth_date": "1990-02-28",
                "tax_role": "separate_filer",
                "annual_income": "$30,000.50",
                "separate_return_excused": True,
                "employer_offer": 412.5,
                "disabled": True,
            },
            {
                "person_id": "2",
                "birth_date": "2008-01-01",
                "tax_role": "dependent",
                "annual_income": 1200,
                "claimed_by": "outside",
                "parents": ["1"],
                "immigration": "prucol",
                "pregnant": 1,
            },
            {
                "person_id": "3",
                "birth_date": "1956-07-04",
                "tax_role": "not_filing",
                "annual_income": 14000,
                "monthly_income": 900,
                "unearned_income": 14000,
                "social_security": 12000,
                "caretaker": True,
                "other_coverage": "medicare",
                "given": {"benchmark_premium": 512.34, "is_parent": True},
            },
        ],
    },
)


def as_file(household: dict[str, Any]) -> str:
    """The same household as a household file."""
    columns = ["household_id", *OF_HOUSEHOLD, *(each for each in PersonAsked.model_fields if each != "given")]
    rows: list[dict[str, str]] = []
    given: dict[str, None] = {}
    for person in household["people"]:
        cells = {**person, **person.get("given", {}), "parents": ";".join(person.get("parents", []))}
        given |= dict.fromkeys(person.get("given", {}))
        cells |= {"household_id": "h", **({} if rows else {name: household.get(name, "") for name in OF_HOUSEHOLD})}
        rows.append({name: str(cells.get(name, "")) for name in [*columns, *given]})
    names = [*columns, *given]
    return lines(*(",".join(f'"{row.get(name, "")}"' for name in names) for row in rows), header=",".join(names))


@pytest.mark.parametrize("household", HOUSEHOLDS, ids=["a family", "some do not apply", "every column"])
def test_the_answers_are_those_of_openhix_determine(ask: Ask, household: dict[str, Any]) -> None:
    done = ask(as_file(household), shelf=shelf.shipped(2026), as_of=AS_OF)
    assert done.errors == []
    answered = people({**FAMILY, "household": household})
    assert [as_row(each) for each in answered] == [
        {name: cell for name, cell in row.items() if name != "household_id"} for row in done.answers
    ]


def as_row(answer: dict[str, Any]) -> dict[str, str]:
    """An answer as the file of results has it."""
    row = {}
    for name, value in answer.items():
        if name == "also":
            row[name] = ";".join(value)
        elif name.endswith("_cents"):
            row[name.removesuffix("_cents")] = "" if value is None else f"{value // 100}.{value % 100:02d}"
        elif name != "story":
            row[name] = "" if value is None else str(value)
    return row


BROKEN = (
    ("birth_date", "1985-02-30"),
    ("birth_date", "9999-12-31"),
    ("birth_date", ""),
    ("annual_income", "(5)"),
    ("annual_income", "999,999,999,999,999"),
    ("tax_role", "boss"),
    ("tax_role", "dependent"),
    ("person_id", "child"),
    ("person_id", "@SUM"),
    ("claimed_by", "nobody"),
    ("spouse", "child"),
    ("pregnant", "12"),
    ("immigration", "martian"),
    ("resident", "perhaps"),
    ("other_coverage", "x" * 201),
)


@pytest.mark.parametrize(("column", "cell"), BROKEN)
def test_the_refusals_are_those_of_openhix_determine(ask: Ask, column: str, cell: str) -> None:
    household = changed(f"household.people.1.{column}", cell)["household"]
    refused_there = {
        (row - 2, column, reason)
        for row, column, reason in ask(as_file(household), as_of=AS_OF).errors
        if column != "household_id"
    }
    refused_here = set()
    for pointer, reason in faults({**FAMILY, "household": household}):
        row, name = re.fullmatch(r"#/household/people/(\d+)/(\w+)", pointer).groups()  # type: ignore[union-attr]
        refused_here.add((int(row), name, reason))
    assert refused_here == refused_there != set()


@pytest.mark.parametrize(
    ("body", "pointer", "reason"),
    [
        ({}, "#/coverage_month", "Fill this in."),
        ([], "#", "This must be an object with named fields."),
        (changed("coverage_month", "January"), "#/coverage_month", "'January' is not a month: write it as 2026-01."),
        (changed("coverage_month", "2031-01"), "#/coverage_month", "The law of this month is not in yet."),
        (changed("scenario", "none"), "#/scenario", "There is no scenario 'none'; there are current-law"),
        (changed("language", "fr"), "#/language", "This must be 'en', 'es' or 'pt'."),
        (changed("wealth", 1), "#/wealth", "There is no field of this name"),
        (changed("household", []), "#/household", "This must be an object with named fields."),
        (changed("household.people", {}), "#/household/people", "This must be a list."),
        (changed("household.people", []), "#/household/people", "List at least 1."),
        (changed("household.people", FAMILY["household"]["people"] * 17), "#/household/people", "List at most 50."),
        (changed("household.people.0.a/b~", 1), "#/household/people/0/a~1b~0", "There is no field of this name"),
        (changed("household.people.0.annual_income", [5]), "#/household/people/0/annual_income", "of another kind"),
        (changed("household.people.0.annual_income", None), "#/household/people/0/annual_income", "Fill this in."),
        (changed("household.people.0.given", {"wealth": 1}), "#/household/people/0/given", "'wealth' is not the name"),
        (changed("household.people.0.given", {"zip": 1}), "#/household/people/0/given", "'zip' is not the name"),
        (
            changed("household.people.0.given", {"fpl_percent": "much"}),
            "#/household/people/0/given/fpl_percent",
            "'much' is not a percentage",
        ),
        (changed("household.zip", "90210"), "#/household/zip", "is not in Massachusetts"),
        (changed("household.zip", "01002"), "#/household/zip", "say which of Franklin, Hampshire"),
        (changed("household.seeks_help", "perhaps"), "#/household/seeks_help", "'perhaps' is not one of yes, no"),
    ],
)
def test_what_cannot_be_is_told_with_the_path_of_its_field(body: object, pointer: str, reason: str) -> None:
    found = faults(body)
    assert found[0][0] == pointer
    assert reason in found[0][1]


def test_every_fault_is_told_at_once() -> None:
    body = changed("household.people.0.birth_date", "x")
    body["household"]["people"][1]["annual_income"] = "y"
    assert [pointer for pointer, _reason in faults(body)] == [
        "#/household/people/0/birth_date",
        "#/household/people/1/annual_income",
    ]


def test_amounts_are_taken_to_the_cent_as_they_were_written() -> None:
    """70 dollars and 7 cents is no float; a whole number is one however it is written."""
    for written in ("60000.07", '"60000.07"', '"$60,000.07"', "6000007e-2"):
        body = json.dumps(FAMILY).replace("60000", written)
        answer = Client().post("/api/v1/determinations", body, content_type="application/json")
        (income,) = (each for each in told(answer.json()["people"][1]["story"]) if each["fact"] == "household_income")
        assert income["value"] == "$60,000.07"
    body = json.dumps(FAMILY).replace("60000", "60000.000")
    assert Client().post("/api/v1/determinations", body, content_type="application/json").json() == send(FAMILY).json()


@pytest.mark.parametrize("scenario", scenarios())
def test_another_law_is_named_before_all_else(scenario: str) -> None:
    month = "2027-01" if scenario == "federal-2027" else "2026-01"
    answer = send({**FAMILY, "scenario": scenario, "coverage_month": month})
    if answer.status_code == 422:
        assert answer.json()["errors"][0]["pointer"] in ("#/scenario", "#/coverage_month")
        answer = send({**FAMILY, "scenario": scenario})
    assert answer.json()["scenario"] == scenario
    named = [each["fact"] for each in answer.json()["people"][1]["story"]["because"]]
    assert ("scenario" in named[:1]) == (scenario != "current-law")


def test_a_year_without_plans_rests_on_the_published_benchmark_and_says_so() -> None:
    before, now = send({**FAMILY, "coverage_month": "2025-12"}).json(), send(FAMILY).json()
    assert (before["prices"], before["illustrative"]) == ("the published benchmark", False)
    assert (now["prices"], now["illustrative"]) == ("the plans on sale", True)


def test_the_fields_are_the_columns_of_household_files() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "household-files.md").read_text("utf-8")
    table = guide.partition("| column |")[2].partition("\n\n")[0]
    columns = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1] or "")}
    assert columns - {"household_id"} == (PersonAsked.model_fields.keys() - {"given"}) | set(OF_HOUSEHOLD)
