"""The pages of choosing, from the first to the confirmation, by what they show and what they keep."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from openhix.enrollment.models import Policy
from openhix.enrollment.tests.walks import determined, persons, plans
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def signed_in(household: Household) -> Client:
    client = Client()
    client.force_login(people.accounts_of(household)[0])
    return client


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def field(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1].replace("&amp;", "&")


def test_without_an_answer_the_page_says_to_apply() -> None:
    response = signed_in(cast.household(cast.ANA)).get("/plans/")
    assert response.status_code == 200
    assert "First tell us about your household" in text(response)


def test_from_the_plans_to_the_confirmation() -> None:
    bruno = determined(cast.BRUNO)
    client = signed_in(bruno)
    hub = client.get("/plans/?shop=health")
    assert "Health plan for Bruno Barros" in text(hub)
    assert "Covered from January 1, 2026, if the first payment is here by December 23, 2025." in text(hub)
    listing = client.get("/plans/health/1/?shop=health&health=p1")
    cheapest = plans(bruno, persons(bruno))[0].plan
    assert "$152.00" in text(listing)
    picked = client.get(f"/plans/?shop=health&health=p1&pick=health.1.{cheapest.id}", follow=True)
    assert parse_qs(urlsplit(picked.redirect_chain[-1][0]).query)["health"] == [f"p1~{cheapest.id}"]
    query = urlsplit(picked.redirect_chain[-1][0]).query
    sheet = client.get(f"/plans/health/1/{cheapest.id}/?{query}")
    assert "Plan Type 3B, the same with every carrier" in text(sheet)
    review = client.get(f"/plans/review/?{query}")
    assert "$152.00 a month in all." in text(review)
    sent = {name: field(review, name) for name in ("key", "picked", "agreed-health")}
    chosen = client.post("/plans/review/", sent, follow=True)
    assert "Pay $152.00 by December 23, 2025, to be covered from January 1, 2026." in text(chosen)
    assert "Not complete until we receive your payment by December 23, 2025" in text(chosen)
    again = client.post("/plans/review/", sent, follow=True)
    assert text(again) == text(chosen)
    assert Policy.objects.count() == 1
