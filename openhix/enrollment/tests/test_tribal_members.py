"""Members of a tribe: what care costs them in each plan, as the pages say it and as their policies keep it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from openhix.application.answers import PersonAnswers
from openhix.correspondence.queries import letters_of
from openhix.eligibility.models import Finding
from openhix.eligibility.tests.applications import answers, person
from openhix.enrollment import actions, queries
from openhix.enrollment.models import Policy
from openhix.enrollment.tests.walks import JANUARY, answer, choose, determined, pay, persons, plans
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.shopping.households import ShoppingHousehold
from openhix.shopping.offers import Offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

NOTHING = "For members of a tribe: you pay nothing for care that the plan covers. No deductible, no copays."
LIMITED = "For members of a tribe: you pay nothing for care at Indian health providers, or to which they refer you."
APART = "In a plan without the others, June Attaquin would pay nothing for care that the plan covers."
ALL_THE_SAME = (
    "Everyone in one plan has the same costs for care: the lowest that all of them can have (45 CFR 155.305(g)(3))."
)
NOT_HERE = "A catastrophic plan has no lower costs for members of a tribe. The other plans do."


def june(dollars: int, born: date = date(1983, 10, 1)) -> PersonAnswers:
    return person("p1", born, dollars=dollars, tribal_member=True, first_name="June", last_name="Attaquin")


def pete(**other: Any) -> PersonAnswers:
    return person("p2", date(1980, 3, 4), "spouse", first_name="Pete", last_name="Attaquin", **other)


def household(*told: PersonAnswers, **other: Any) -> Household:
    return determined(told=answers(*told, **other))


def signed_in(household: Household) -> Client:
    client = Client()
    client.force_login(people.accounts_of(household)[0])
    return client


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())))


def letter(household: Household, kind: str) -> str:
    """All that the last letter of this kind says."""
    return str(letters_of(household).filter(kind=f"enrollment.{kind}")[0].content)


def changed(household: Household, told: PersonAnswers) -> None:
    actions.reconsider(household=household, determination=answer(household, answers(told)))


def paid_for(household: Household) -> Policy:
    (standing,) = queries.complete(household, "health")
    return standing.policy


def of_metal(offers: list[Offer], metal: str) -> Offer:
    return next(each for each in offers if each.plan.metal == metal)


def variants(offers: list[Offer]) -> dict[str, str]:
    """By metal; a ConnectorCare plan is its own."""
    return {"ConnectorCare" if each.is_connectorcare else each.plan.metal: each.variant.code for each in offers}


def test_up_to_300_percent_care_costs_nothing_in_any_plan_but_a_catastrophic_one() -> None:
    alone = household(june(35_000, born=date(2000, 10, 1)))
    zero = dict.fromkeys(("ConnectorCare", "Platinum", "Gold", "Silver", "Bronze"), "zero")
    assert variants(plans(alone, persons(alone))) == {**zero, "Catastrophic": "standard"}
    assert variants(plans(alone, persons(alone), "dental")) == {"High": "standard", "Low": "standard"}


def test_above_300_percent_or_without_asking_for_help_it_is_limited() -> None:
    limited = dict.fromkeys(("Platinum", "Gold", "Silver", "Bronze"), "limited")
    alone = household(june(50_000))
    assert variants(plans(alone, persons(alone))) == {**limited, "ConnectorCare": "limited"}
    assert answer(alone, answers(june(0), seeks_help=False))
    assert variants(plans(alone, persons(alone))) == limited


def test_with_others_in_one_plan_all_have_what_each_can_have() -> None:
    couple = household(june(40_000), pete())
    both = persons(couple)
    together = {"ConnectorCare": "connectorcare_low", "Silver": "silver_87"}
    assert variants(plans(couple, both)) == {**dict.fromkeys(("Platinum", "Gold", "Bronze"), "standard"), **together}
    assert set(variants(plans(couple, both[:1])).values()) == {"zero"}
    assert variants(plans(couple, both[1:]))["ConnectorCare"] == "connectorcare_low"


def test_who_would_lose_it_is_put_in_a_plan_apart_at_first() -> None:
    couple = household(june(40_000), pete())
    page = text(signed_in(couple), "/plans/?shop=health")
    assert "Health plan for June Attaquin No plan" in page and "Health plan for Pete Attaquin No plan" in page
    answer(couple, answers(june(40_000), pete(tribal_member=True)))
    assert "Health plan for June Attaquin and Pete Attaquin No plan" in text(signed_in(couple), "/plans/?shop=health")


def test_the_pages_say_that_care_costs_nothing() -> None:
    alone = household(june(35_000))
    client = signed_in(alone)
    bronze = of_metal(plans(alone, persons(alone)), "Bronze").plan
    query = f"shop=health&health=p1~{bronze.id}"
    listing = text(client, f"/plans/health/1/?{query}")
    assert NOTHING in listing
    assert "Deductible $" not in listing and "They come first" not in listing
    sheet = text(client, f"/plans/health/1/{bronze.id}/?{query}")
    assert NOTHING in sheet
    assert "Deductible, each year $0.00 $0.00" in sheet and "Specialist visit No charge" in sheet
    assert NOTHING in text(client, f"/plans/?{query}")
    assert NOTHING in text(client, f"/plans/review/?{query}")


def test_the_pages_say_what_is_limited() -> None:
    alone = household(june(50_000))
    gold = of_metal(plans(alone, persons(alone)), "Gold").plan
    sheet = text(signed_in(alone), f"/plans/health/1/{gold.id}/?shop=health&health=p1")
    assert LIMITED in sheet
    assert "Deductible, each year $0.00 $0.00" not in sheet and NOTHING not in sheet


def test_the_pages_say_who_would_pay_less_in_a_plan_apart() -> None:
    couple = household(june(40_000), pete())
    client = signed_in(couple)
    plan = plans(couple, persons(couple))[0].plan
    query = f"shop=health&health=p1.p2~{plan.id}"
    for path in ("/plans/", "/plans/health/1/", f"/plans/health/1/{plan.id}/", "/plans/review/"):
        page = text(client, f"{path}?{query}")
        assert APART in page and ALL_THE_SAME in page and NOTHING not in page
    apart = text(client, f"/plans/?shop=health&health=p1~{plan.id}&health=p2~{plan.id}")
    assert NOTHING in apart and APART not in apart


def test_a_catastrophic_plan_says_that_it_has_no_such_costs() -> None:
    alone = household(june(35_000, born=date(2000, 10, 1)))
    plan = of_metal(plans(alone, persons(alone)), "Catastrophic").plan
    client = signed_in(alone)
    sheet = text(client, f"/plans/health/1/{plan.id}/?shop=health&health=p1")
    assert NOT_HERE in sheet and NOTHING not in sheet
    listing = text(client, "/plans/health/1/?shop=health&health=p1")
    assert NOT_HERE in listing and NOTHING in listing


def test_others_and_dental_plans_say_nothing_of_it() -> None:
    alone = household(june(35_000))
    dental = plans(alone, persons(alone), "dental")[0].plan
    assert "tribe" not in text(signed_in(alone), f"/plans/dental/1/{dental.id}/?shop=dental&dental=p1")
    bruno = determined(cast.BRUNO)
    assert "tribe" not in text(signed_in(bruno), "/plans/health/1/?shop=health&health=p1")


def test_a_policy_keeps_it_and_its_page_and_letters_say_it() -> None:
    alone = household(june(35_000))
    offer = next(each for each in plans(alone, persons(alone)) if each.price)
    (policy,) = choose(alone, (offer, persons(alone)), key="k" * 16)
    assert policy.variant == "zero"
    client = signed_in(alone)
    assert NOTHING in text(client, f"/plans/chosen/{'k' * 16}/")
    assert NOTHING in text(client, "/plans/")
    assert NOTHING in letter(alone, "choice")


def test_a_policy_of_others_keeps_theirs() -> None:
    bruno = determined(cast.BRUNO)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="bruno")
    assert (policy.plan_type, policy.variant) == ("3B", "connectorcare_high")


def test_a_paid_plan_goes_on_with_what_the_new_answer_gives() -> None:
    """Above 300 percent care costs nothing at Indian health providers alone; without the membership nothing is left."""
    alone = household(june(46_000))
    choose(alone, (of_metal(plans(alone, persons(alone)), "Gold"), persons(alone)), key="k")
    pay(alone)
    assert paid_for(alone).variant == "zero"
    changed(alone, june(47_000))
    assert paid_for(alone).variant == "limited"
    assert LIMITED in letter(alone, "changed")
    changed(alone, replace(june(47_000), tribal_member=False))
    assert paid_for(alone).variant == "standard"
    assert "You no longer pay less as members of a tribe" in letter(alone, "changed")


def test_an_answer_from_before_variants_were_kept_opens_none() -> None:
    """The household is answered anew (`openhix redetermine`), and then has them."""
    alone = household(june(35_000))
    Finding.objects.update(federal_variant="", silver_variant="")
    shopping = ShoppingHousehold.of(alone, JANUARY)
    offered, _left_out = shopping.offers("health", [0], 0)
    assert variants(offered) == {
        **dict.fromkeys(("Platinum", "Gold", "Silver", "Bronze"), "standard"),
        "ConnectorCare": "connectorcare_high",
    }
