"""The picture on the results page: the household over incomes, from the facts that were kept with its answer."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.test import Client

from openhix.eligibility import actions, queries
from openhix.eligibility.incomes.moved import moved
from openhix.eligibility.tests import applications
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


@pytest.fixture
def diallo() -> Household:
    return cast.household(cast.DIALLO)


@pytest.fixture
def client(diallo: Household) -> Client:
    browser = Client()
    browser.force_login(people.accounts_of(diallo)[0])
    return browser


def test_the_page_draws_where_help_changes_and_answers_for_another_income(client: Client, diallo: Household) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    page = client.get("/results/").content.decode()
    assert "If your income changes" in page and 'class="incomes__picture"' in page
    assert "incomes__moved" not in page
    moved = client.get("/results/", {"income": "300,000"}).content.decode()
    assert "With $300,000.00 a year" in moved and 'value="300,000"' in moved
    assert "Health Connector plan at full price" in moved[moved.index("incomes__moved") :]
    part = client.get("/results/", {"income": "30000"}, headers={"HX-Request": "true"})
    assert "HX-Refresh" not in part and 'id="incomes"' in part.content.decode()


def test_an_income_that_is_none_is_told_beside_its_field_and_kept(client: Client, diallo: Household) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    page = client.get("/results/", {"income": "<many>"}).content.decode()
    assert "Enter the income in dollars, such as 52000" in page
    assert 'value="&lt;many&gt;"' in page and 'aria-invalid="true"' in page
    assert "incomes__moved" not in page


def test_the_kept_facts_give_the_answer_that_was_given(diallo: Household) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    made = actions.determine(household=diallo, why="The household signed its application.")
    found = moved(made, QueryDict())
    assert found is not None
    here = found.picture.own_point
    findings = queries.findings(made)
    assert [each.program for each in here.people] == [each.program_found for each in findings]
    _percent, benchmark, _expected, credit = applications.figures(made)
    assert (here.credit, here.benchmark) == (credit, benchmark)


def test_nothing_is_drawn_where_no_help_is_wanted_or_staff_still_look(diallo: Household) -> None:
    told = applications.of_cast(cast.DIALLO)
    told.seeks_help = False
    applications.apply(diallo, told)
    assert moved(actions.determine(household=diallo, why="It wants no help."), QueryDict()) is None
