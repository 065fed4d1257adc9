"""The results page: nothing yet, the wait, the answer, what changed, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.test import Client

from conftest import OnDay
from openhix.application.answers import EmployerOffer, Income, IncomeSource, Period
from openhix.desk import views
from openhix.desk.tests import walks
from openhix.eligibility import actions
from openhix.eligibility.tests import applications
from openhix.enrollment import actions as enrollment
from openhix.enrollment.tests import events
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification import actions as verification
from openhix.verification import jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


@pytest.fixture
def diallo() -> Household:
    return cast.household(cast.DIALLO)


@pytest.fixture
def client(diallo: Household) -> Client:
    browser = Client()
    browser.force_login(people.accounts_of(diallo)[0])
    return browser


def test_nobody_is_asked_to_sign_in() -> None:
    response = Client().get("/results/")
    assert response.status_code == 302
    assert "next=" in response["Location"]


def test_before_an_application_it_leads_to_one(client: Client) -> None:
    response = client.get("/results/")
    assert "There are no results yet" in response.content.decode()
    assert "/application/" in response.content.decode()


def test_until_the_worker_is_done_it_shows_progress(
    client: Client, diallo: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "WAIT", 0.2)
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    page = client.get("/results/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'hx-get="/results/"' in page
    part = client.get("/results/", headers={"HX-Request": "true"})
    assert part.content.decode().lstrip().startswith('<div id="waiting"')
    actions.determine(household=diallo, why="The household signed its application.")
    assert client.get("/results/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_each_person_with_program_cost_day_and_reasons(client: Client, diallo: Household) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    page = client.get("/results/").content.decode()
    for part in (
        "Aïssatou Diallo",
        '<span class="person__type">3A</span>',
        "$103.00 a month in the lowest-cost ConnectorCare plan.",
        "Can begin on January 1, 2026: choose a plan and pay its first bill by December 23, 2025.",
        "MassHealth Family Assistance",
        "Begins on November 1, 2025.",
        "Why? The reasons for Fatou Diallo",
        "$699.06",
        "26 CFR 1.36B-3(d)",
    ):
        assert part in page
    assert "What has changed" not in page


@pytest.fixture
def now() -> Iterator[None]:
    """A test may install another clock; afterwards it is the one before."""
    before = clock.now()
    yield
    clock.install(lambda: before)


@pytest.mark.usefixtures("now")
def test_after_the_last_day_to_pay_it_names_no_start_that_is_over(client: Client, diallo: Household) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    clock.install(lambda: datetime(2025, 12, 23, 23, 59, tzinfo=clock.MASSACHUSETTS))
    assert "Can begin on January 1, 2026" in client.get("/results/").content.decode()
    clock.install(lambda: datetime(2025, 12, 24, tzinfo=clock.MASSACHUSETTS))
    page = client.get("/results/").content.decode()
    assert "Can begin" not in page
    assert "Begins on November 1, 2025." in page


# What the page says next depends on what stands: nothing chosen yet, a choice that waits for its payment, coverage.


def results(household: Household) -> str:
    browser = Client()
    browser.force_login(people.accounts_of(household)[0])
    return browser.get("/results/").content.decode()


def test_with_nothing_chosen_it_speaks_of_choosing(client: Client, diallo: Household) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    page = client.get("/results/").content.decode()
    assert "Choose a health plan" in page
    assert "MassHealth writes to those who have it" in page


def test_a_choice_that_waits_is_named_with_its_last_day() -> None:
    page = results(walks.chosen(cast.BRUNO))
    assert "Fallon Community Care Silver" in page
    assert "$152.00 a month" in page
    assert "Not complete until we receive your payment by December 23, 2025" in page
    assert "Pay $152.00 by December 23, 2025 to be covered from January 1, 2026." in page
    assert "Can begin on" not in page
    assert "in the lowest-cost ConnectorCare plan" not in page


def test_coverage_is_named_and_nothing_is_asked_for() -> None:
    bruno = walks.chosen(cast.BRUNO)
    walks.pay(bruno)
    page = results(bruno)
    assert "person__plan" in page
    assert "Fallon Community Care Silver" in page
    assert "Covered from January 1, 2026" in page
    assert "Choose a" not in page
    assert "Can begin on" not in page


@pytest.mark.usefixtures("now")
def test_a_choice_that_has_ended_is_told_of_and_one_chooses_anew() -> None:
    bruno = walks.chosen(cast.BRUNO)
    clock.install(lambda: datetime(2025, 12, 24, 12, tzinfo=clock.MASSACHUSETTS))
    enrollment.withdraw_unpaid(household=bruno, today=clock.today())
    page = results(bruno)
    assert "person__plan" not in page
    assert "Choose a health plan" in page


def test_a_dental_plan_is_no_health_plan() -> None:
    page = results(walks.chosen(cast.EVANS, kind="dental"))
    assert "Pay for your dental plan" in page
    assert "Can begin on January 1, 2026: choose a plan" in page


def test_someone_who_is_not_decided_is_told_why_and_what_comes(client: Client, diallo: Household) -> None:
    told = applications.of_cast(cast.DIALLO)
    told.people[0].employer_offer = EmployerOffer(for_family=False)  # at a price that is not known
    applications.apply(diallo, told)
    actions.determine(household=diallo, why="The household signed its application.")
    page = client.get("/results/").content.decode()
    assert page.count("Not decided yet") == 2
    assert "A job offers health coverage. Our staff look at what it costs" in page
    assert "The help you share depends on someone in your household who is not decided yet." in page
    assert "We write to you when this is decided." in page
    assert "Your tax credit" not in page


def test_what_changed_since_the_answer_before(client: Client, diallo: Household) -> None:
    told = applications.of_cast(cast.DIALLO)
    applications.apply(diallo, told)
    actions.determine(household=diallo, why="The household signed its application.")
    told.people[0].incomes = [Income(IncomeSource.JOB, 63_000_00, Period.YEAR)]
    applications.apply(diallo, told)
    actions.determine(household=diallo, why="The household changed its application.")
    page = client.get("/results/").content.decode()
    assert "What has changed" in page
    assert "<td>$103.00</td><td><strong>$235.00</strong></td>" in page


def test_an_answer_to_an_earlier_version_is_not_shown_as_the_answer(
    client: Client, diallo: Household, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "WAIT", 0.0)
    told = applications.of_cast(cast.DIALLO)
    applications.apply(diallo, told)
    actions.determine(household=diallo, why="The household signed its application.")
    told.people[0].incomes = []
    applications.apply(diallo, told)
    page = client.get("/results/").content.decode()
    assert "We are working on your results" in page
    assert "Until they are there, your earlier results count." in page


def test_queries_do_not_grow_with_the_household(
    client: Client, diallo: Household, django_assert_max_num_queries: object
) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    with django_assert_max_num_queries(28):  # type: ignore[operator]
        client.get("/results/")


def test_while_others_are_asked_the_page_says_that_what_was_told_counts(client: Client, diallo: Household) -> None:
    version = applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    says = "What you told us counts until then."
    assert says not in client.get("/results/").content.decode()
    verification.ask_services(version=version)
    assert says in client.get("/results/").content.decode()
    verification.take_replies(version=version, said=jobs.ask_all(version))
    assert says not in client.get("/results/").content.decode()


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2025, 11, 20), "Open enrollment: you can choose a health plan until January 23, 2026."),
        (date(2026, 3, 12), "No time to choose a health plan is open now."),
    ],
)
def test_the_page_says_which_time_to_choose_is_open(
    client: Client, diallo: Household, on_day: OnDay, day: date, says: str
) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    on_day(day)
    page = client.get("/results/").content.decode()
    assert says in page
    assert ("Can begin on" in page) == (day.year == 2025)


def test_what_happened_opens_a_time_and_the_page_says_which(client: Client, diallo: Household, on_day: OnDay) -> None:
    applications.apply(diallo, applications.of_cast(cast.DIALLO))
    actions.determine(household=diallo, why="The household signed its application.")
    on_day(date(2026, 3, 12))
    events.tell(diallo, "move")
    page = client.get("/results/").content.decode()
    assert "Someone moved to Massachusetts, or within Massachusetts: you can choose a health plan until May 9" in page
    assert "to be covered from April 1, 2026" in page
