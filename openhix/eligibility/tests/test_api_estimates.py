"""The estimate of the CMS Marketplace API: its shape, its order, its refusals, and what Massachusetts adds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from openhix.eligibility.rules.program import Program
from openhix.plans import actions
from openhix.plans.tests import small

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

BOSTON: dict[str, Any] = {"countyfips": "25025", "state": "MA", "zipcode": "02118"}
Asked = dict[str, Any]


def ask(*people: Asked, income: float = 60_000, place: Asked = BOSTON, **more: Any) -> Any:
    top: Asked = {name: more.pop(name) for name in ("year", "market") if name in more}
    body = {"household": {**more, "income": income, "people": people}, "place": place, "year": 2026, **top}
    return send(body)


def send(body: object) -> Any:
    return Client().post("/api/v1/households/eligibility/estimates", json.dumps(body), content_type="application/json")


def estimates(*people: Asked, **more: Any) -> list[Asked]:
    answer = ask(*people, **more)
    assert answer.status_code == 200, answer.text
    found: list[Asked] = answer.json()["estimates"]
    return found


def programs(*people: Asked, **more: Any) -> list[str]:
    return [each["massachusetts"]["program"] for each in estimates(*people, **more)]


def test_a_family_has_an_answer_for_each_person_in_the_shape_of_cms() -> None:
    mother, father, child = estimates({"age": 40}, {"age": 38}, {"age": 6}, has_married_couple=True)
    federal = {"aptc", "csr", "hardship_exemption", "is_medicaid_chip"}
    assert mother.keys() == federal | {"massachusetts"}
    assert mother == {
        "aptc": 601.78,
        "csr": "73% AV Level Silver Plan CSR",
        "hardship_exemption": False,
        "is_medicaid_chip": False,
        "massachusetts": {
            "program": "connectorcare",
            "also": ["hsn_partial"],
            "masshealth_type": None,
            "connectorcare_plan_type": "3A",
            "contribution": 103.0,
            "illustrative": True,
        },
    }
    assert father == mother
    assert child == {
        "aptc": 0.0,
        "csr": "Exchange variant (no CSR)",
        "hardship_exemption": False,
        "is_medicaid_chip": True,
        "massachusetts": {
            "program": "masshealth_family_assistance",
            "also": [],
            "masshealth_type": "family_assistance",
            "connectorcare_plan_type": None,
            "contribution": None,
            "illustrative": True,
        },
    }


def test_answers_stand_in_the_order_of_the_people() -> None:
    child, spouse, filer = estimates(
        {"age": 6, "relationship": "Child"}, {"age": 38, "relationship": "Spouse"}, {"age": 40, "relationship": "Self"}
    )
    assert [child["is_medicaid_chip"], spouse["is_medicaid_chip"], filer["is_medicaid_chip"]] == [True, False, False]
    assert [filer, spouse, child] == estimates({"age": 40}, {"age": 38}, {"age": 6}, has_married_couple=True)


@pytest.mark.parametrize(
    ("income", "csr", "plan_type"),
    [
        (23_000, "94% AV Level Silver Plan CSR", "2A"),
        (27_000, "87% AV Level Silver Plan CSR", "2B"),
        (35_000, "73% AV Level Silver Plan CSR", "3A"),
        (45_000, "Exchange variant (no CSR)", "3B"),
        (90_000, "Exchange variant (no CSR)", None),
    ],
)
def test_cost_sharing_is_told_in_the_words_of_cms(income: float, csr: str, plan_type: str | None) -> None:
    (answer,) = estimates({"age": 30}, income=income)
    assert (answer["csr"], answer["massachusetts"]["connectorcare_plan_type"]) == (csr, plan_type)


def test_with_masshealth_there_is_no_credit_and_no_csr() -> None:
    (answer,) = estimates({"age": 30}, income=15_000)
    assert answer["is_medicaid_chip"]
    assert (answer["aptc"], answer["csr"]) == (0.0, "Exchange variant (no CSR)")
    assert answer["massachusetts"]["masshealth_type"] == "careplus"


@pytest.mark.parametrize("fact", [{"aptc_eligible": False}, {"has_mec": True}])
def test_who_cannot_have_a_credit_has_none(fact: Asked) -> None:
    (without,), (having,) = estimates({"age": 40, **fact}, income=40_000), estimates({"age": 40}, income=40_000)
    assert (without["aptc"], without["massachusetts"]["program"]) == (0.0, "unsubsidized")
    assert having["aptc"] > 0


def test_the_credit_is_the_households_said_to_each_whom_it_helps() -> None:
    first, second = estimates({"age": 40}, {"age": 38}, income=50_000, has_married_couple=True)
    assert first["aptc"] == second["aptc"] > 0
    alone, without = estimates({"age": 40}, {"age": 38, "has_mec": True}, income=50_000, has_married_couple=True)
    assert 0 < alone["aptc"] < first["aptc"]
    assert without["aptc"] == 0


@pytest.mark.parametrize(
    "fact", [{"is_pregnant": True}, {"pregnant_with": 1}, {"is_pregnant": True, "pregnant_with": 2}]
)
def test_a_pregnancy_counts(fact: Asked) -> None:
    assert programs({"age": 30}, income=30_000) == ["connectorcare"]
    assert programs({"age": 30, **fact}, income=30_000) == ["masshealth_standard"]


def test_whoever_takes_care_of_a_child_is_a_parent() -> None:
    """From 65 on MassHealth is open by income for parents alone."""
    assert programs({"age": 66}, income=15_000) != ["masshealth_standard"]
    assert programs({"age": 66, "is_parent": True}, income=15_000) == ["masshealth_standard"]


@pytest.mark.parametrize("dob", ["2006-01-01", "2006-01-02"])
def test_the_age_is_that_of_the_first_day_of_coverage(dob: str) -> None:
    """Under 21 MassHealth Standard is open to 19- and 20-year-olds up to 150%; on the 20th birthday one is 20."""
    by_birth = estimates({"dob": dob}, income=20_000, effective_date="2026-01-15")
    assert by_birth == estimates({"age": 20 if dob == "2006-01-01" else 19}, income=20_000)


def test_the_age_wins_over_the_date_of_birth() -> None:
    assert estimates({"age": 40, "dob": "2000-01-01"}) == estimates({"age": 40})


def test_what_bears_on_nothing_here_changes_nothing() -> None:
    other = {
        "gender": "Female",
        "uses_tobacco": True,
        "utilization_level": "Low",
        "current_enrollment": {"plan_id": "x"},
    }
    assert estimates({"age": 40, **other}, unemployment_received="None", market="Any") == estimates({"age": 40})


def test_a_year_without_plans_rests_on_the_published_benchmark() -> None:
    (answer,) = estimates({"age": 40}, year=2025)
    assert answer["aptc"] > 0
    assert answer["massachusetts"]["illustrative"] is False


def test_every_program_can_be_written() -> None:
    assert {each.code for each in Program} >= set(programs({"age": 40}, {"age": 6}))


def changed(path: str, value: object) -> Asked:
    """The family's request with one value other, or without it where the value is None."""
    body: Asked = {
        "household": {"income": 60000, "people": [{"age": 40}, {"age": 6}]},
        "place": dict(BOSTON),
        "market": "Individual",
        "year": 2026,
    }
    *steps, last = (int(each) if each.isdigit() else each for each in path.split("."))
    at: Any = body
    for step in steps:
        at = at[step]
    if value is None:
        del at[last]
    else:
        at[last] = value
    return body


@pytest.mark.parametrize(
    ("path", "value", "code", "status", "message"),
    [
        ("place.state", "TX", "1003", 400, "state is not a valid marketplace state"),
        ("place.countyfips", None, "1003", 400, "place: (countyfips: cannot be blank.)"),
        ("place.countyfips", "25999", "1001", 404, "there is no such county in Massachusetts"),
        (
            "place.countyfips",
            "25017",
            "1003",
            400,
            "place: (zipcode: ZIP code 02118 is not in '25017' but in Suffolk.)",
        ),
        ("place.zipcode", "90210", "1003", 400, "is not in Massachusetts"),
        ("place", None, "1003", 400, "place: cannot be blank."),
        ("household", None, "1003", 400, "household: cannot be blank."),
        ("household.income", None, "1003", 400, "household: (income: cannot be blank.)"),
        ("household.income", -1, "1003", 400, "household: (income: "),
        ("household.income", "60000", "1003", 400, "must be a number"),
        ("household.income", True, "1003", 400, "must be a number"),
        ("household.income", 10**11, "1003", 400, "household: (income: "),
        ("household.people", [], "1003", 400, "household: (people: "),
        ("household.people", [{"age": 40}] * 51, "1003", 400, "household: (people: "),
        ("household.people.1", {}, "1003", 400, "people: (1: (age: say the age or the date of birth.))"),
        ("household.people.1.age", -1, "1003", 400, "household: (people: (1: (age: "),
        ("household.people.1.age", 121, "1003", 400, "household: (people: (1: (age: "),
        ("household.people.1.age", "6", "1003", 400, "household: (people: (1: (age: "),
        ("household.people.1", {"dob": "2019-02-30"}, "1003", 400, "(dob: "),
        ("household.people.1", {"dob": 0}, "1003", 400, "must be a date such as 2026-01-31"),
        ("household.people.1", {"dob": "2031-01-01"}, "1003", 400, "nobody who was born then is covered"),
        ("household.people.1", {"dob": "1850-01-01"}, "1003", 400, "nobody who was born then is covered"),
        ("household.people.1.relationship", "Cousin", "1003", 400, "relationship"),
        ("household.people.1.pregnant_with", 10, "1003", 400, "pregnant_with"),
        ("household.people.1.does_not_cohabitate", True, "1003", 400, "only people who live together"),
        (
            "household.people",
            [{"age": 40, "relationship": "Self"}] * 2,
            "1003",
            400,
            "(1: (relationship: a second Self.))",
        ),
        ("household.people", [{"age": 6, "relationship": "Child"}], "1003", 400, "say who is Self"),
        ("household.effective_date", "2025-12-01", "1003", 400, "effective_date: this is not in 2026"),
        ("household.effective_date", "soon", "1003", 400, "household: (effective_date: "),
        ("market", "SHOP", "1003", 400, "market: only Individual is served."),
        ("year", 2031, "1009", 400, "year: the law of 2031 is not in yet."),
        ("year", "2026", "1003", 400, "year: "),
    ],
)
def test_what_cannot_be_is_refused_in_the_words_of_cms(
    path: str, value: object, code: str, status: int, message: str
) -> None:
    refused = send(changed(path, value))
    assert refused.status_code == status
    assert refused.json().keys() == {"code", "status", "message", "error"}
    assert (refused.json()["code"], refused.json()["status"]) == (code, str(status))
    assert message in refused.json()["message"]
    assert send(changed("market", "Any")).status_code == 200


def test_a_married_couple_has_a_spouse() -> None:
    refused = ask({"age": 40, "relationship": "Self"}, {"age": 6, "relationship": "Child"}, has_married_couple=True)
    assert "say who is Self, and who is the Spouse" in refused.json()["message"]


def test_where_too_few_silver_plans_are_sold_there_is_no_estimate(tmp_path: Path) -> None:
    """On the small shelf one carrier alone sells plans in nine counties; in Berkshire nobody does."""
    actions.load_shelf(folder=small.write(tmp_path / "shelf"), by="tests")
    refused = ask({"age": 40}, place={"countyfips": "25003", "state": "MA", "zipcode": "01201"})
    assert (refused.status_code, refused.json()["code"]) == (404, "1016")
    assert "01201" in refused.json()["message"]
