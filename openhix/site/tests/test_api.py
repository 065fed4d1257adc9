"""The public API as a whole: how much, in which words it refuses, and what its document and page say."""

from __future__ import annotations

import json
import logging
import re
import shlex
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pydantic import BaseModel

from openhix.eligibility.api import determinations as asked
from openhix.eligibility.api import estimates
from openhix.eligibility.api import routes as api
from openhix.plans import api as counties
from openhix.plans import cms, queries
from openhix.site.api import LARGEST, document

pytestmark = pytest.mark.django_db

ESTIMATES = "/api/v1/households/eligibility/estimates"
DETERMINATIONS = "/api/v1/determinations"
COUNTIES = "/api/v1/counties/by/zip/{zipcode}"


def post(path: str, body: object, **more: Any) -> Any:
    return Client().post(path, json.dumps(body), content_type="application/json", **more)


@pytest.mark.parametrize(
    ("body", "kind", "status", "said"),
    [
        ("[" * 60_000, "application/json", 400, "nested too deeply"),
        ('{"a": 1e99999999999999999999}', "application/json", 400, "not JSON"),
        ('{"a": NaN}', "application/json", 400, "not JSON"),
        ('{"a": "\\ud800"}', "application/json", 400, "not JSON"),
        ("9" * 5000, "application/json", 400, "not JSON"),
        (b"\xff", "application/json", 400, "not JSON"),
        ("{", "application/json; charset=utf-8", 400, "not JSON"),
        ("{}", "text/plain", 415, "Content-Type: application/json"),
        ("a=1", "application/x-www-form-urlencoded", 415, "Content-Type: application/json"),
        (" " * (LARGEST + 1), "application/json", 413, "at most 100,000 bytes"),
        (" " * 3_000_000, "application/json", 413, "at most 100,000 bytes"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_in_the_words_of_its_route(
    body: Any, kind: str, status: int, said: str
) -> None:
    ours = Client().post(DETERMINATIONS, body, content_type=kind)
    assert (ours.status_code, ours["Content-Type"]) == (status, "application/problem+json")
    assert said in ours.json()["detail"]
    theirs = Client().post(ESTIMATES, body, content_type=kind)
    assert theirs.status_code == status
    assert theirs.json().keys() == {"code", "status", "message", "error"}
    assert theirs.json()["status"] == str(status)
    assert said in theirs.json()["message"]


def test_there_is_nothing_else() -> None:
    gone = Client().get("/api/v1/plans")
    assert (gone.status_code, gone["Content-Type"]) == (404, "application/problem+json")
    assert Client().get("/api/v1/").json()["detail"] == "There is nothing at this address: see /api/."
    assert Client(enforce_csrf_checks=True).post("/api/v1/nowhere").status_code == 404


def test_a_route_that_is_asked_in_another_way_says_how() -> None:
    ours, theirs = Client().get(DETERMINATIONS), Client().delete(ESTIMATES)
    assert (ours.status_code, ours["Allow"], ours["Content-Type"]) == (405, "POST", "application/problem+json")
    assert ours.json()["detail"] == "This address is asked with POST."
    assert (theirs.status_code, theirs.json()["status"]) == (405, "405")
    assert theirs.json()["message"] == "This address is asked with POST."


@pytest.mark.parametrize(
    ("household", "said"),
    [
        ({"income": "many", "people": [{"age": 30}]}, "household: (income: must be a number.)"),
        ({"income": 1, "people": []}, "household: (people: List at least 1.)"),
        ({"income": 1, "people": [{"age": "x"}]}, "household: (people: (0: (age: This must be a whole number.)))"),
        ({"income": 1, "people": [{"age": -3}]}, "household: (people: (0: (age: This must be 0 or more.)))"),
        ({"income": 1, "people": [{"age": 1, "has_mec": 2}]}, "(has_mec: This must be true or false.)"),
        ({"income": 1, "people": [{"age": 1, "relationship": "Cat"}]}, "(relationship: This must be 'Self', 'Spouse'"),
    ],
)
def test_a_field_that_cannot_be_is_told_in_words_of_ours(household: dict[str, Any], said: str) -> None:
    refused = post(ESTIMATES, estimates.EXAMPLE | {"household": household})
    assert refused.status_code == 400
    assert said in refused.json()["message"]


def test_what_breaks_is_logged_without_what_was_sent(monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    earned = asked.EXAMPLE["household"]["people"][0]["annual_income"]

    def breaks(**_asked: Any) -> None:
        raise RuntimeError(f"ana earns {earned}")

    monkeypatch.setattr(queries, "shelf", breaks)
    with caplog.at_level(logging.INFO):
        ours, theirs = post(DETERMINATIONS, asked.EXAMPLE), post(ESTIMATES, estimates.EXAMPLE)
    assert (ours.status_code, ours.json()["title"]) == (500, "Internal Server Error")
    assert (theirs.status_code, theirs.json()["code"]) == (500, "1000")
    assert "RuntimeError" in caplog.text
    assert str(earned) not in caplog.text


@pytest.mark.usefixtures("shelf_2026")
def test_nothing_is_kept_in_caches_sessions_or_logs(caplog: Any) -> None:
    with caplog.at_level(logging.DEBUG):
        answered = post(DETERMINATIONS, asked.EXAMPLE)
    assert answered["Cache-Control"] == "no-store"
    assert not answered.cookies
    assert not any(word in caplog.text for word in ("ana", "60000", "1985-06-30"))


def test_the_document_names_every_route_and_every_error_body() -> None:
    told = Client().get("/api/v1/openapi.json")
    assert told["Cache-Control"] == "public, max-age=3600"
    assert told.json() == document()
    assert told.json()["openapi"].startswith("3.1")
    assert set(told.json()["paths"]) == {COUNTIES, ESTIMATES, DETERMINATIONS}
    refused = told.json()["paths"][DETERMINATIONS]["post"]["responses"]["422"]["content"]
    assert list(refused) == ["application/problem+json"]


@pytest.mark.parametrize("module", [asked, estimates, cms, api, counties])
def test_every_shape_has_a_name_of_its_own_in_the_document(module: ModuleType) -> None:
    shapes = document()["components"]["schemas"]
    ours = [each for each in vars(module).values() if isinstance(each, type) and issubclass(each, BaseModel)]
    models = [each for each in ours if each.__module__ == module.__name__]
    assert models
    for each in models:
        assert shapes[each.__name__]["properties"].keys() == each.model_fields.keys()


def test_the_page_tells_every_field_of_the_document_in_english() -> None:
    with translation.override("es"):
        assert reverse("api") == "/es/api/"
    for address in ("/api/", "/es/api/"):
        page = Client().get(address)
        assert '<html lang="en">' in page.text
        assert page["Content-Language"] == "en"
        for name, shape in document()["components"]["schemas"].items():
            assert f'id="{name}"' in page.text
            for field in shape["properties"]:
                assert f"<code>{field}</code>" in page.text


GUIDE = (Path(__file__).parents[3] / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"```sh\n(curl .*?)```\n(?:\n```json\n(.*?)```)?", GUIDE, re.DOTALL)


@pytest.mark.usefixtures("shelf_2026")
@pytest.mark.parametrize(("command", "answer"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_guide_shows_what_is_answered(command: str, answer: str) -> None:
    """Of a long answer the guide shows the beginning."""
    words = shlex.split(command)
    path = next(each for each in words if each.startswith("http")).removeprefix("http://127.0.0.1:8000")
    if "--data" not in words:
        said = Client().get(path)
    else:
        kind = words[words.index("--header") + 1].removeprefix("Content-Type: ")
        said = Client().post(path, words[words.index("--data") + 1], content_type=kind)
    assert answer, "an example shows its answer"
    whole = json.dumps(said.json(), indent=2, ensure_ascii=False)
    assert whole.startswith(answer.rstrip().removesuffix("...").rstrip())


def test_there_is_an_example_of_every_route() -> None:
    assert len(EXAMPLES) >= 4
    for path in document()["paths"]:
        assert path.partition("{")[0] in GUIDE
