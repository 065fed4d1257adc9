"""How often one network address may ask the public API."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from openhix.site import allowance
from openhix.site.models import ApiUse

pytestmark = pytest.mark.django_db

COUNTIES = "/api/v1/counties/by/zip/02118"


@pytest.fixture
def three_a_minute(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten seconds after a minute began."""
    settings.RATE_LIMITS, settings.API_PER_MINUTE = True, 3
    monkeypatch.setattr("openhix.site.allowance.time.time", lambda: 1_000_000 * 60 + 10)


@pytest.mark.usefixtures("three_a_minute")
def test_whoever_asks_too_often_waits_for_the_next_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [Client().get(COUNTIES) for _each in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
    last = answers[-1]
    assert (last["RateLimit-Limit"], last["RateLimit-Reset"], last["Retry-After"]) == ("3", "50", "50")
    assert (last["X-RateLimit-Limit-minute"], last["X-RateLimit-Remaining-minute"]) == ("3", "0")
    assert last["Cache-Control"] == "no-store"
    assert last.json() == {
        "code": "1003",
        "status": "429",
        "message": "Too many requests from this address: wait as long as Retry-After says.",
        "error": "too many requests",
    }
    assert "Retry-After" not in answers[0]
    ours = Client().post("/api/v1/determinations", {}, content_type="application/json")
    assert (ours.status_code, ours["Content-Type"]) == (429, "application/problem+json")
    assert ours.json()["title"] == "Too Many Requests"
    monkeypatch.setattr("openhix.site.allowance.time.time", lambda: 1_000_001 * 60)
    assert Client().get(COUNTIES)["RateLimit-Remaining"] == "2"


@pytest.mark.usefixtures("three_a_minute")
def test_each_network_is_counted_for_itself_and_none_is_written_down() -> None:
    def remaining(address: str) -> str:
        return str(Client(REMOTE_ADDR=address).get(COUNTIES)["RateLimit-Remaining"])

    assert [remaining("192.0.2.1"), remaining("192.0.2.2"), remaining("192.0.2.1")] == ["2", "2", "1"]
    assert [remaining("2001:db8::1"), remaining("2001:db8::2"), remaining("2001:db8:0:1::1")] == ["2", "1", "2"]
    kept = list(ApiUse.objects.values_list("address", flat=True))
    assert len(kept) == 4
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in kept)


@pytest.mark.usefixtures("three_a_minute")
def test_counts_are_thrown_away_after_some_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    Client().get(COUNTIES)
    monkeypatch.setattr("openhix.site.allowance.time.time", lambda: (1_000_001 + allowance.KEPT) * 60)
    Client().get(COUNTIES)
    assert [each.minute for each in ApiUse.objects.all()] == [1_000_001 + allowance.KEPT]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("three_a_minute")
def test_of_many_that_ask_at_once_no_more_are_answered_than_may_be() -> None:
    def ask(_number: int) -> int:
        try:
            return Client().get(COUNTIES).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(ask, range(24))) == [200] * 3 + [429] * 21


def test_without_limits_nothing_is_counted() -> None:
    assert "RateLimit-Limit" not in Client().get(COUNTIES)
    assert not ApiUse.objects.exists()
