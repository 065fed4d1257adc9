"""The estimate's pages: what is asked, what is answered, what they withstand. No browser is needed here."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from openhix.plans import actions
from openhix.plans.files import SHIPPED
from openhix.plans.shelf import shipped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

COUPLE_WITH_CHILD: dict[str, Any] = {
    "zip": "02118",
    "start": "2026-01",
    "help": "yes",
    "income": "60000",
    "per": "year",
    "age": ["40", "38", "6"],
    "who": ["filer", "spouse", "child"],
    "expecting": ["0", "0", "0"],
}


@pytest.fixture
def client() -> Client:
    return Client()


def asked(client: Client, page: str = "/estimate/", **changes: Any) -> str:
    """The words of the page for the couple with a child, with some of what was typed changed."""
    response = client.get(page, COUPLE_WITH_CHILD | changes)
    assert response.status_code == 200
    return words(response.content.decode())


def found(pattern: str, text: str) -> str:
    """What the first group of a pattern matches; the text must hold it."""
    match = re.search(pattern, text, re.DOTALL)
    assert match, f"{pattern} is not in {text}"
    return match[1]


def words(html: str) -> str:
    main = html[html.index("<main") : html.index("</main>")] if "<main" in html else html
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_an_empty_form_asks_and_accuses_nobody(client: Client) -> None:
    page = words(client.get("/estimate/").content.decode())
    assert "Who is on your tax return" in page
    assert "attention" not in page


def test_what_was_typed_on_the_home_page_is_kept(client: Client) -> None:
    html = client.get("/estimate/", {"zip": "02118", "start": "2026-02", "help": "no"}).content.decode()
    assert 'value="02118"' in html
    assert '<option value="2026-02" selected>' in html
    assert re.search(r'value="no"[^>]* checked', html)


def test_the_answer_names_each_program_and_its_cost(client: Client) -> None:
    page = asked(client)
    assert "Person 1, age 40 ConnectorCare 3A $103.00 a month" in page
    assert "Person 3, age 6 MassHealth Family Assistance" in page
    assert "225.14% of the poverty level" in page


def test_the_story_gives_sentence_and_citation_and_nobody_elses_reasons(client: Client) -> None:
    page = asked(client)
    story = page[page.index("The reasons for person 1") : page.index("The reasons for person 2")]
    assert "26 USC 36B(b)(3)(A)" in story
    assert "MassHealth counts in this person's household: 3" in story
    assert "this child" not in story


def test_connectorcare_plans_stand_first_then_the_cheapest_ten_to_a_page(client: Client) -> None:
    html = client.get("/estimate/", COUPLE_WITH_CHILD | {"zip": "02601"}).content.decode()
    assert "They come first, though another plan may have a lower monthly price." in words(html)
    order = [("ConnectorCare" not in plan, price_of(plan)) for plan in plans_of(html)]
    assert len(order) == 10
    assert order == sorted(order)
    assert [each for each, _price in order][::9] == [False, True]
    assert found(r"Health plans for 2 people from \$([\d.]+) a month", words(html)) == "154.03"  # of any plan
    last = client.get("/estimate/", COUPLE_WITH_CHILD | {"page": "999"}).content.decode()
    assert 1 <= last.count("offer__amount") <= 10


def test_pages_of_plans_hold_every_plan_once(client: Client) -> None:
    seen: list[str] = []
    for page in range(1, 6):
        html = client.get("/estimate/", COUPLE_WITH_CHILD | {"page": str(page)}).content.decode()
        seen += re.findall(r"/estimate/plan/(\w+)/", html)
    assert len(seen) == len(set(seen)) == int(found(r"(\d+) plans · page", words(html)))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"metal": "Gold"}, lambda plan: "· Gold" in plan),
        ({"kind": "dental"}, lambda plan: "Dental" in plan),
        ({"kind": "dental", "metal": "Gold"}, lambda plan: "Dental" in plan),
        ({"carrier": "no such carrier"}, lambda plan: "·" in plan),
    ],
)
def test_filters_keep_what_they_name_and_nonsense_filters_nothing(
    client: Client, filters: dict[str, str], expected: Callable[[str], bool]
) -> None:
    html = client.get("/estimate/", COUPLE_WITH_CHILD | filters).content.decode()
    plans = [words(each) for each in re.findall(r'<li class="card offer">.*?</li>', html, re.S)]
    assert plans and all(expected(plan) for plan in plans)


def test_a_zip_in_two_counties_asks_which_and_loses_nothing(client: Client) -> None:
    page = client.get("/estimate/", COUPLE_WITH_CHILD | {"zip": "01002"}).content.decode()
    assert "Choose your county: this ZIP code lies in more than one." in words(page)
    assert 'value="60000"' in page and 'value="38"' in page
    county = found(r'<option value="">.*?</option>\s*<option>(\w+)</option>', page)
    assert f"Plans sold in {county} County" in asked(client, zip="01002", county=county)


def test_people_are_added_and_taken_away_without_javascript(client: Client) -> None:
    more = client.get("/estimate/", COUPLE_WITH_CHILD | {"do": "add"}).content.decode()
    assert more.count('name="age"') == 4 and "attention" not in words(more)
    fewer = client.get("/estimate/", COUPLE_WITH_CHILD | {"do": "remove-2"}).content.decode()
    assert re.findall(r'name="age" value="(\d+)"', fewer) == ["40", "6"]


def test_twenty_people_get_an_answer_and_twenty_one_a_sentence(client: Client) -> None:
    crowd: dict[str, Any] = {
        "age": ["40", *["10"] * 19],
        "who": ["filer", *["child"] * 19],
        "expecting": ["0"] * 20,
        "income": "900000",
    }
    assert "Person 20, age 10" in asked(client, **crowd)
    assert "up to 20 people" in asked(client, **crowd, do="add")
    assert "up to 20 people" in asked(client, **crowd | {"age": ["40"] * 21})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"zip": ""}, "Enter your ZIP code"),
        ({"zip": "9021"}, "Enter your ZIP code"),
        ({"zip": "90210"}, "not in Massachusetts"),
        ({"zip": "02700"}, "We do not know this ZIP code"),
        ({"zip": "０２１１８"}, "Enter your ZIP code"),
        ({"start": "2031-01"}, "Choose one of the start dates"),
        ({"start": "soon"}, "Choose one of the start dates"),
        ({"income": ""}, "Enter your household's income"),
        ({"income": "abc"}, "Enter the income in dollars"),
        ({"income": "-1"}, "Enter the income in dollars"),
        ({"income": "1e9"}, "Enter the income in dollars"),
        ({"income": "9" * 5000}, "Enter the income in dollars"),
        ({"income": "9999999999", "per": "week"}, "at most $10,000,000,000 a year"),
        ({"income": "<script>alert(1)</script>"}, "Enter the income in dollars"),
        ({"per": "decade"}, "Choose how often"),
        ({"age": ["40", "-3", "6"]}, "Person 2: Enter an age from 0 to 120"),
        ({"age": ["121", "38", "6"]}, "Person 1: Enter an age from 0 to 120"),
        ({"age": ["40", "38", "६"]}, "Person 3: Enter an age from 0 to 120"),
        ({"who": ["filer", "filer", "child"]}, "Person 2: Only one person can be the one who files"),
        ({"who": ["filer", "spouse", "spouse"]}, "Person 3: Only one spouse"),
        ({"who": ["child", "spouse", "child"]}, "Person 1: Choose who files"),
        ({"who": ["filer", "king", "child"]}, "Person 2: Choose one of the answers"),
        ({"expecting": ["0", "99", "0"]}, "Person 2: Choose one of the answers"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence_and_kept(
    client: Client, changes: dict[str, Any], sentence: str
) -> None:
    page = asked(client, **changes)
    assert "needs your attention" in page or "need your attention" in page
    assert sentence in page
    assert "What each person may qualify for" not in page


@pytest.mark.parametrize("income", ["$60,000.00", "60,000", " 60000 ", "60000.0"])
def test_income_is_read_as_people_write_it(client: Client, income: str) -> None:
    assert "$60,000.00 a year" in asked(client, income=income)


@pytest.mark.parametrize(
    ("income", "per", "year"),
    [("1000", "week", "$52,000.00"), ("2000", "two_weeks", "$52,000.00"), ("4500.50", "month", "$54,006.00")],
)
def test_income_of_a_period_is_counted_for_the_year(client: Client, income: str, per: str, year: str) -> None:
    assert f"{year} a year" in asked(client, income=income, per=per)


@pytest.mark.parametrize("income", ["0", "10000000"])
def test_no_income_and_a_fortune_both_get_an_answer(client: Client, income: str) -> None:
    assert "Person 1, age 40" in asked(client, income=income)


def test_without_help_nothing_is_asked_of_income_and_prices_are_full(client: Client) -> None:
    page = asked(client, help="no", income="abc")
    assert "Health Connector plan at full price" in page
    assert "Before help" not in page


def test_hostile_text_is_shown_as_text(client: Client) -> None:
    html = client.get("/estimate/", COUPLE_WITH_CHILD | {"zip": '"><script>alert(1)</script>\x00'}).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html


def test_too_many_fields_are_refused_on_an_error_page(client: Client) -> None:
    response = client.get("/estimate/", {"age": ["1"] * 600})
    assert response.status_code == 400
    assert "We could not read that request" in words(response.content.decode())


def test_what_is_asked_is_kept_out_of_caches(client: Client) -> None:
    response = client.get("/estimate/", COUPLE_WITH_CHILD)
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"
    assert not response.cookies


def test_htmx_gets_the_answer_alone_with_the_address_to_show(client: Client) -> None:
    response = client.get("/estimate/", COUPLE_WITH_CHILD | {"income": "61000"}, headers={"HX-Request": "true"})
    html = response.content.decode()
    assert "<html" not in html
    assert html.lstrip().startswith('<div id="answer"')
    assert "income=61000" in response["HX-Replace-Url"]


def test_halfway_through_typing_the_answer_before_stays(client: Client) -> None:
    halfway = client.get("/estimate/", COUPLE_WITH_CHILD | {"income": "61,"}, headers={"HX-Request": "true"})
    html = halfway.content.decode()
    assert (halfway["HX-Reswap"], "HX-Replace-Url" in halfway) == ("none", False)
    assert '<a href="#income">Enter the income in dollars, such as 52000 or $1,234.56.</a>' in html
    assert "Until then you see the answer to what you typed before." in html
    assert 'id="answer"' not in html
    whole = client.get("/estimate/", COUPLE_WITH_CHILD, headers={"HX-Request": "true"}).content.decode()
    assert '<div id="behind" role="status" hx-swap-oob="innerHTML"></div>' in whole


def plans_of(html: str) -> list[str]:
    """Each plan of the list."""
    return re.findall(r'<li class="card offer">.*?</li>', html, re.S)


def price_of(plan: str) -> int:
    return int(found(r'offer__amount">\$([\d,]+\.\d\d)', plan).replace(",", "").replace(".", ""))


def cheapest_connectorcare(client: Client) -> str:
    plans = plans_of(client.get("/estimate/", COUPLE_WITH_CHILD).content.decode())
    return next(found(r"(/estimate/plan/\w+/)", plan) for plan in plans if "ConnectorCare" in plan)


def test_a_connectorcare_plan_shows_the_costs_of_the_households_plan_type(client: Client) -> None:
    """MA Health Care Learning Series, Fall 2025, slide ConnectorCare: Plan Designs, types 3A to 3C."""
    page = asked(client, cheapest_connectorcare(client))
    for line in (
        "Specialist visit $22.00",
        "Emergency room $100.00",
        "Hospital stay $250.00",
        "Generic drugs $12.50",
        "Primary care visit for an injury or illness No charge",
        "The most you pay for medical care, each year $1,500.00 $3,000.00",
    ):
        assert line in page
    assert "You pay $206.00" in page


def test_the_sheet_of_a_plan_adds_up(client: Client) -> None:
    page = asked(client, cheapest_connectorcare(client))
    names = ("Premium", "Tax credit", "ConnectorCare subsidy of the state", "You pay")
    shown = [found(rf"{name} −?\$([\d,.]+)", page[page.index("Each month") :]) for name in names]
    premium, credit, subsidy, price = (int(each.replace(",", "").replace(".", "")) for each in shown)
    assert premium - credit - subsidy == price


def test_a_plan_that_is_not_offered_is_not_found(client: Client) -> None:
    assert client.get("/estimate/plan/00000MA0000000/", COUPLE_WITH_CHILD).status_code == 404


def test_a_plan_without_a_household_leads_back_to_the_questions(client: Client) -> None:
    response = client.get("/estimate/plan/00000MA0000000/", {"zip": "02118"})
    assert response.status_code == 302
    assert response["Location"].startswith("/estimate/?zip=02118")


def load_without(tmp_path: Path, plan: str, *, age: int) -> None:
    """The shelf of 2026 without what one plan costs at one age."""
    shutil.copytree(SHIPPED, tmp_path / "shelf")
    rates = next((tmp_path / "shelf").glob("MARates*.csv"))
    lines = rates.read_text(encoding="utf-8").splitlines(keepends=True)
    gap = [line for line in lines if plan not in line or f",{age}," not in line]
    assert len(gap) < len(lines)
    rates.write_text("".join(gap), encoding="utf-8")
    actions.load_shelf(folder=tmp_path / "shelf", by="tests")


def test_a_connectorcare_plan_that_cannot_be_compared_is_reported_as_such(client: Client, tmp_path: Path) -> None:
    """Nobody here is 40, the age of comparison."""
    load_without(tmp_path, cheapest_connectorcare(client).split("/")[-2], age=40)
    page = asked(client, age=["41", "38", "6"])
    assert "1 more ConnectorCare plan is sold here but lacks the price by which such plans are compared" in page
    assert "no price for someone" not in page


def test_a_plan_without_a_price_for_someone_is_reported_and_not_listed(client: Client, tmp_path: Path) -> None:
    plan = cheapest_connectorcare(client).split("/")[-2]
    load_without(tmp_path, plan, age=38)
    page = asked(client)
    assert "1 more plan is sold here but has no price for someone in your household" in page
    assert "40 plans" in page
    assert client.get(f"/estimate/plan/{plan}/", COUPLE_WITH_CHILD).status_code == 404


def pieces(client: Client, address: str) -> set[str]:
    html = client.get(address, COUPLE_WITH_CHILD).content.decode()
    return {" ".join(unescape(text).split()) for text in re.findall(r">([^<]+)<", html[html.index("<main") :])}


@pytest.mark.parametrize("language", ["es", "pt"])
def test_answer_story_and_plan_are_not_left_in_english(client: Client, language: str) -> None:
    """Only names, citations and figures read the same as in English."""
    plans = shipped().plans
    names = {plan.name for plan in plans} | {plan.carrier.name for plan in plans} | {plan.plan_type for plan in plans}
    names |= {"MassHealth Family Assistance", "MassHealth", "ConnectorCare", "OpenHIX", "Bronze", "Dental", "3A"}
    law = r"\d+ (?:CMR|CFR|USC)[^;]*"
    alike = re.compile("|".join([law, *map(re.escape, sorted(names, key=len, reverse=True))]))
    for page in ("/estimate/", cheapest_connectorcare(client)):
        both = pieces(client, page) & pieces(client, f"/{language}{page}") - {"No"}
        assert {text for text in both if re.search(r"[A-Za-z]", alike.sub("", text))} == set()


def test_the_answer_draws_where_help_ends_and_tells_every_edge_beside_it(client: Client) -> None:
    page = asked(client, income="62600", age="40", who="filer", expecting="0")
    assert "Up to $62,600.00 a year your household can get help paying, from $235.00 a month." in page
    assert "With one dollar more there is no help, and the benchmark plan costs $493.39 a month." in page
    for edge in ("Up to $21,597.00", "$21,597.01 to $23,475.00", "$46,950.01 to $62,600.00", "$62,600.01 and more"):
        assert edge in page
    assert "$46,950.01 to $62,600.00 your income Person 1: ConnectorCare 3C" in page


def test_the_picture_has_a_name_and_a_line_for_each_person(client: Client) -> None:
    html = client.get("/estimate/", COUPLE_WITH_CHILD).content.decode()
    picture = found(r"(<svg class=\"incomes__picture\".*?</svg>)", html)
    assert 'role="img" aria-labelledby="incomes-picture incomes-said"' in picture
    assert "<title" in picture and "<desc" in picture
    assert re.findall(r'class="incomes__name"[^>]*>([^<]+)<', picture) == ["Person 1", "Person 2", "Person 3"]
    assert ">You: $60,000<" in picture and ">$106,600<" in picture
    assert "," not in "".join(
        re.findall(r' d="([^"]*)"', client.get("/es/estimate/", COUPLE_WITH_CHILD).content.decode())
    )


def test_without_help_nothing_is_drawn_and_nothing_moves(client: Client) -> None:
    assert "If your income changes" not in asked(client, help="no")
