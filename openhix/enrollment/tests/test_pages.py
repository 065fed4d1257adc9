"""The pages of choosing, from the first to the confirmation, by what they show and what they keep."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import queries
from openhix.enrollment.models import Policy
from openhix.enrollment.tests.walks import choose, determined, pay, persons, plans, statuses
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def signed_in(household: Household) -> Client:
    client = Client()
    client.force_login(people.accounts_of(household)[0])
    return client


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def field(response: Any, name: str) -> str:
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


def test_back_and_confirm_again_is_the_choice_that_stands() -> None:
    """The page that is opened anew has another key: nothing is chosen twice, and the page is that of the choice."""
    bruno = determined(cast.BRUNO)
    client = signed_in(bruno)
    query = f"shop=health&health=p1~{cheapest(bruno, 0)}"
    first, again = reviewed(bruno, client, query), reviewed(bruno, client, query)
    assert first["key"] != again["key"]
    chosen = client.post("/plans/review/", first)
    assert client.post("/plans/review/", again)["Location"] == chosen["Location"] == f"/plans/chosen/{first['key']}/"
    assert statuses(bruno) == ["waiting"]
    dental = f"{query}&dental=p1~{cheapest(bruno, 0, kind='dental')}&shop=both".replace("shop=health&", "", 1)
    more = reviewed(bruno, client, dental)
    assert client.post("/plans/review/", more)["Location"] == f"/plans/chosen/{more['key']}/"
    assert statuses(bruno) == ["waiting", "waiting"]


def test_what_our_answer_made_of_a_choice_is_not_chosen_again() -> None:
    """Such a policy has no page of a choice: the household comes to its plans."""
    bruno = determined(cast.BRUNO)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="determination 7")
    client = signed_in(bruno)
    again = reviewed(bruno, client, f"shop=health&health=p1~{cheapest(bruno, 0)}")
    assert client.post("/plans/review/", again)["Location"] == "/plans/"
    assert statuses(bruno) == ["waiting"]


def test_a_changed_choice_says_what_stands_until_it_is_paid() -> None:
    bruno = determined(cast.BRUNO)
    client = signed_in(bruno)
    first = cheapest(bruno, 0)
    client.post("/plans/review/", reviewed(bruno, client, f"shop=health&health=p1~{first}"))
    pay(bruno)
    other = plans(bruno, persons(bruno))[2].plan.id
    changed = client.post("/plans/review/", reviewed(bruno, client, f"shop=health&health=p1~{other}"), follow=True)
    assert "What you paid for your other plan counts: your bill says what is left." in text(changed)
    name = next(each.plan.name for each in plans(bruno, persons(bruno)) if each.plan.id == first)
    assert f"Your paid plan stands until this is paid: {name}." in text(changed)


def reviewed(household: Household, client: Client, query: str) -> dict[str, str]:
    """What the form of the review page sends."""
    page = client.get(f"/plans/review/?{query}")
    names = re.findall(r'name="(key|picked|agreed-\w+)" value', page.content.decode())
    return {name: field(page, name) for name in names}


def cheapest(household: Household, *at: int, kind: str = "health") -> str:
    who = [persons(household)[each] for each in at]
    return plans(household, who, kind)[0].plan.id


def test_people_are_put_into_plans_and_a_group_that_stays_keeps_its_plan() -> None:
    evans = determined(cast.EVANS)
    plan = cheapest(evans, 0)
    typed = f"shop=health&health=p1~{plan}&health=p2&health-p1=3&health-p2=0"
    moved = signed_in(evans).get(f"/plans/?{typed}")
    assert moved.status_code == 302
    assert parse_qs(urlsplit(moved["Location"]).query)["health"] == [f"p1~{plan}"]


def test_a_family_in_two_programs_starts_with_those_who_get_the_same_help_together() -> None:
    diallo = determined(cast.DIALLO)
    page = text(signed_in(diallo).get("/plans/"))
    assert "Health plan for Aïssatou Diallo and Moussa Diallo" in page
    assert "Dental plan for Aïssatou Diallo, Moussa Diallo and Fatou Diallo" in page
    assert "Fatou Diallo has MassHealth and needs no health plan." in page


def test_who_picked_a_health_plan_goes_on_without_a_dental_one() -> None:
    bruno = determined(cast.BRUNO)
    client = signed_in(bruno)
    assert "Go on with what is picked" not in text(client.get("/plans/?shop=both"))
    hub = client.get(f"/plans/?shop=both&health=p1~{cheapest(bruno, 0)}&dental=p1")
    onward = re.search(r'href="([^"]*)">Go on with what is picked', hub.content.decode())
    assert onward
    review = client.get(onward[1].replace("&amp;", "&"))
    assert "$152.00 a month in all." in text(review)
    sent = {name: field(review, name) for name in ("key", "picked", "agreed-health", "agreed-dental")}
    client.post("/plans/review/", sent)
    assert [policy.kind for policy in Policy.objects.all()] == ["health"]


def test_nobody_with_masshealth_gets_into_a_health_plan_by_the_address() -> None:
    diallo = determined(cast.DIALLO)
    page = text(signed_in(diallo).get("/plans/?shop=health&health=p1.p3&health=p2.p1&health=p9"))
    assert "Health plan for Aïssatou Diallo See" in re.sub("No plan picked yet", "See", page)
    assert "Health plan for Moussa Diallo" in page


@pytest.mark.parametrize(
    "query",
    ["health=%00&shop=%F0%9F%90%99", "health=p1~" + "x" * 5000, "pick=health.0.X&pick=health.99.Y", "use=-5", "use=1e9",
     "health-p1=<script>", "dental=&health=", "page=999999999999&metal=Gold&carrier=nobody&sort=x"],
)  # fmt: skip
def test_nonsense_in_the_address_is_no_error(query: str) -> None:
    client = signed_in(determined(cast.BRUNO))
    for path in ("/plans/", "/plans/health/1/", "/plans/dental/7/", "/plans/review/"):
        response = client.get(f"{path}?{query}", follow=True)
        assert response.status_code == 200, path
        assert "<script>" not in response.content.decode().partition("<main")[2]


def test_connectorcare_plans_come_first_unless_another_order_is_chosen() -> None:
    """A couple at $206.00: its bronze plan costs less a month, and has a deductible."""
    client = signed_in(determined(cast.DIALLO))

    def listed(query: str = "") -> list[tuple[bool, int]]:
        page = client.get(f"/plans/health/1/?{query}").context["listing"]
        return [(not offer.is_connectorcare, offer.price) for offer in page.offers]

    usual, by_price = listed(), listed("sort=price")
    assert usual == sorted(usual) and usual[0][0] is False
    assert [price for _later, price in by_price] == sorted(price for _later, price in by_price)
    assert by_price[0][0] is True  # not ConnectorCare
    assert listed("sort=nonsense") == listed("sort=usual") == usual
    page = text(client.get("/plans/health/1/"))
    assert "They come first, though another plan may have a lower monthly price." in page


def test_without_connectorcare_plans_the_order_is_that_of_the_price() -> None:
    client = signed_in(determined(cast.EVANS))
    page = client.get("/plans/health/1/?sort=usual")
    prices = [offer.price for offer in page.context["listing"].offers]
    assert prices == sorted(prices)
    assert "ConnectorCare" not in text(page).partition("In order of")[2]


def test_a_plan_that_is_not_open_to_them_is_not_found() -> None:
    bruno = determined(cast.BRUNO)
    assert signed_in(bruno).get("/plans/health/1/NOSUCHPLAN/").status_code == 404


def test_another_price_than_was_shown_is_shown_first() -> None:
    bruno = determined(cast.BRUNO)
    client = signed_in(bruno)
    sent = reviewed(bruno, client, f"shop=health&health=p1~{cheapest(bruno, 0)}")
    page = client.post("/plans/review/", {**sent, "agreed-health": "1"})
    assert "What you see here has changed since you opened this page." in text(page)
    assert not Policy.objects.exists()
    assert field(page, "key") == sent["key"]
    assert client.post("/plans/review/", sent).status_code == 302


def test_health_that_closed_meanwhile_is_not_dropped_in_silence(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    on_day(date(2026, 1, 23))
    client = signed_in(bruno)
    health, dental = cheapest(bruno, 0), cheapest(bruno, 0, kind="dental")
    sent = reviewed(bruno, client, f"shop=both&health=p1~{health}&dental=p1~{dental}")
    on_day(date(2026, 1, 24))
    page = client.post("/plans/review/", sent)
    assert "What you see here has changed" in text(page)
    assert not Policy.objects.exists()
    hub = text(client.get("/plans/"))
    assert "Health plans can be chosen from November 1, 2025 to January 23, 2026." in hub
    assert "Covered from March 1, 2026, if the first payment is here by February 23, 2026." in hub


def test_a_paid_plan_is_not_torn_apart() -> None:
    evans = determined(cast.EVANS)
    both = persons(evans)
    choose(evans, (plans(evans, both)[0], both), key="one")
    pay(evans)
    client = signed_in(evans)
    sent = reviewed(evans, client, f"shop=health&health=p1~{cheapest(evans, 0)}")
    assert "in a paid plan together" in text(client.post("/plans/review/", sent))
    assert statuses(evans) == ["complete"]


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "../../../../etc/passwd"])
def test_a_confirmation_without_its_key_confirms_nothing(key: str) -> None:
    bruno = determined(cast.BRUNO)
    client = signed_in(bruno)
    sent = reviewed(bruno, client, f"shop=health&health=p1~{cheapest(bruno, 0)}")
    assert client.post("/plans/review/", {**sent, "key": key})["Location"] == "/plans/"
    assert not Policy.objects.exists()


def test_another_households_choice_is_not_found() -> None:
    bruno, carla = determined(cast.BRUNO), determined(cast.CARLA)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="a-key-of-bruno-123")
    assert signed_in(bruno).get("/plans/chosen/a-key-of-bruno-123/").status_code == 200
    assert signed_in(carla).get("/plans/chosen/a-key-of-bruno-123/").status_code == 404
    assert Client().get("/plans/chosen/a-key-of-bruno-123/").status_code == 302


def test_the_key_of_another_household_makes_a_choice_of_ones_own() -> None:
    bruno, carla = determined(cast.BRUNO), determined(cast.CARLA)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="a-key-of-bruno-123")
    client = signed_in(carla)
    sent = reviewed(carla, client, f"shop=health&health=p1~{cheapest(carla, 0)}")
    client.post("/plans/review/", {**sent, "key": "a-key-of-bruno-123"})
    assert statuses(carla) == statuses(bruno) == ["waiting"]


def test_the_plans_of_a_kind_ask_the_database_the_same_number_of_times(django_assert_max_num_queries: Any) -> None:
    client = signed_in(determined(cast.DIALLO))
    client.get("/plans/health/1/")
    with django_assert_max_num_queries(16):
        client.get("/plans/health/1/")


@pytest.mark.parametrize(("family", "subject"), [
    (cast.BRUNO, "Plano de saúde: pague até 23 de dezembro de 2025"),
    (cast.CARLA, "Plan de salud: pague a más tardar el 23 de diciembre de 2025"),
])  # fmt: skip
def test_letters_are_in_the_households_language(family: cast.Family, subject: str) -> None:
    household = determined(family)
    choose(household, (plans(household, persons(household))[0], persons(household)), key="k")
    assert letters_of(household)[0].subject.startswith(subject)
    assert queries.waiting(household, "health")
