"""Counties by ZIP code in the shape of the CMS Marketplace API: `{counties: [{zipcode, name, fips, state}]}`."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def ask(zipcode: str, query: str = "") -> tuple[int, dict[str, object]]:
    answer = Client().get(f"/api/v1/counties/by/zip/{zipcode}{query}")
    return answer.status_code, answer.json()


def test_a_zip_code_has_its_counties() -> None:
    assert ask("01002") == (
        200,
        {
            "counties": [
                {"zipcode": "01002", "name": "Franklin County", "fips": "25011", "state": "MA"},
                {"zipcode": "01002", "name": "Hampshire County", "fips": "25015", "state": "MA"},
            ]
        },
    )


def test_anyone_may_keep_the_answer_for_a_day() -> None:
    assert Client().get("/api/v1/counties/by/zip/02118")["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(("digits", "first", "number"), [("0211", "02110", 10), ("0", "01001", 742)])
def test_the_first_digits_stand_for_all_that_begin_so(digits: str, first: str, number: int) -> None:
    status, body = ask(digits)
    counties = body["counties"]
    assert isinstance(counties, list)
    assert (status, counties[0]["zipcode"], len(counties)) == (200, first, number)


@pytest.mark.parametrize("query", ["?year=2025", "?year=2026&apikey=anything", "?other=1"])
def test_a_year_may_be_told_and_a_key_changes_nothing(query: str) -> None:
    assert ask("02118", query) == ask("02118")


@pytest.mark.parametrize(
    ("zipcode", "query", "code", "status", "said"),
    [
        ("90210", "", "1003", 400, "state is not a valid marketplace state"),
        ("9", "", "1003", 400, "state is not a valid marketplace state"),
        ("02799", "", "1001", 404, "ZIP code 02799 is not in our list"),
        ("abc", "", "1003", 400, "zipcode: 'abc' is not a ZIP code"),
        ("021188", "", "1003", 400, "zipcode: '021188' is not a ZIP code"),
        ("٠٢١١٨", "", "1003", 400, "is not a ZIP code"),
        ("02118", "?year=2031", "1003", 400, "year: there is no law of this year."),
        ("02118", "?year=1", "1003", 400, "year: "),
        ("02118", "?year=x", "1003", 400, "year: "),
    ],
)
def test_what_is_refused_is_refused_in_its_body(zipcode: str, query: str, code: str, status: int, said: str) -> None:
    answered, body = ask(zipcode, query)
    assert answered == status
    assert body.keys() == {"code", "status", "message", "error"}
    assert (body["code"], body["status"]) == (code, str(status))
    assert said in str(body["message"])
