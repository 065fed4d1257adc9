"""After the 23rd of November 2026 somebody who asks for coverage asks about 2027, whose law is not loaded."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.test import Client, RequestFactory

from openhix.kernel import clock
from openhix.law.tables import MissingLaw
from openhix.people.models import Account
from openhix.plans.shelf import NoShelf
from openhix.site.figures import NotInYet


@pytest.fixture(autouse=True)
def next_year() -> Iterator[None]:
    before = clock._now
    clock.install(lambda: datetime(2026, 11, 24, 12, tzinfo=clock.MASSACHUSETTS))
    yield
    clock.install(before)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "The new year&#x27;s figures are not in yet"),
        ("/estimate/", "The new year&#x27;s figures are not in yet"),
        ("/es/", "Todavía no tenemos las cifras del nuevo año"),
        ("/pt/", "Ainda não temos os números do novo ano"),
    ],
)
def test_residents_are_told_that_the_figures_are_not_in_yet(path: str, title: str) -> None:
    response = Client().get(path)
    page = response.content.decode()
    assert response.status_code == 503
    assert title in page
    assert "1-877-623-6765" in page
    assert ".yaml" not in page


def test_the_log_names_the_table_and_the_year(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="openhix.site.figures"):
        Client().get("/")
    assert "law/massachusetts/open_enrollment.yaml has no figures for plan year 2027" in caplog.text


def test_the_day_before_all_is_well() -> None:
    clock.install(lambda: datetime(2026, 11, 23, 12, tzinfo=clock.MASSACHUSETTS))
    assert Client().get("/").status_code == 200


@pytest.mark.parametrize("missing", [MissingLaw("law/x.yaml has no figures for 2027"), NoShelf("no plans of 2027")])
def test_staff_read_what_is_missing(missing: Exception) -> None:
    request = RequestFactory().get("/staff/")
    request.user = Account(role=Account.Role.STAFF)
    response = NotInYet(lambda request: None).process_exception(request, missing)  # type: ignore[arg-type,return-value]
    assert response is not None
    assert f"For operators: {missing}." in response.content.decode()


def test_other_errors_are_ours() -> None:
    request = RequestFactory().get("/")
    assert NotInYet(lambda request: None).process_exception(request, KeyError("x")) is None  # type: ignore[arg-type,return-value]
