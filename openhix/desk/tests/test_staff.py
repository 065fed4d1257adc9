"""The staff's pages: who is found by what, the whole story on one page, a correction that takes effect, the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from conftest import OnDay
from openhix.application import actions as application
from openhix.application import queries as applications
from openhix.application.answers import EmployerOffer
from openhix.correspondence import queries as letters
from openhix.desk.tests import walks
from openhix.desk.words import HAPPENED, NIGHTLY
from openhix.eligibility import actions as answering
from openhix.eligibility import queries as eligibility
from openhix.eligibility.tests.applications import of_cast
from openhix.enrollment.models import Coverage
from openhix.enrollment.tests.walks import answer, determined
from openhix.history import clock as demonstration
from openhix.history import moving, nightly
from openhix.history.models import ClockOffset, Event
from openhix.kernel import clock
from openhix.people import actions as people
from openhix.people.models import Account, Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

YOUNGER = date(1995, 2, 28)


@pytest.fixture
def staff() -> Client:
    """Staff with the second factor given."""
    people.add_staff(email="staff@example.com")
    account = Account.objects.get(email="staff@example.com")
    account.password_is_temporary = False
    account.save()
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def said(client: Client, name: str, **kwargs: object) -> str:
    response = client.get(reverse(name, kwargs=kwargs))
    assert response.status_code == 200
    return response.content.decode()


def story(client: Client, household: Household) -> str:
    return said(client, "staff-household", member_id=household.member_id)


def correct(client: Client, household: Household, **typed: str) -> str:
    """What the page says after sending the form, or where it leads."""
    told = {"first_name": "Ana", "last_name": "Almeida", "birth_date": "2/28/1995", "reason": "phone", **typed}
    path = reverse("staff-correct", kwargs={"member_id": household.member_id, "key": "p1"})
    response = client.post(path, told)
    return response.headers.get("Location") or response.content.decode()


@pytest.mark.parametrize("text", ["ana alm", "ALMEIDA", "2/28/1985", "1985-02-28", "9901", "219-09-9901", "{member}"])
def test_a_household_is_found_by_what_the_member_says(staff: Client, text: str) -> None:
    household = determined(cast.ANA)
    response = staff.post(reverse("staff"), {"text": text.replace("{member}", household.member_id)})
    assert f"/staff/households/{household.member_id}/" in response.content.decode()


@pytest.mark.parametrize("text", ["nobody here", "%", "' or 1=1", "x" * 200, "名前", "<script>"])
def test_who_is_not_there_is_not_found(staff: Client, text: str) -> None:
    determined(cast.ANA)
    assert "Nobody is found by that" in staff.post(reverse("staff"), {"text": text}).content.decode()


@pytest.mark.parametrize("text", ["13/45/1999", "ana 2/28/85", "12345"])
def test_figures_that_cannot_be_read_are_said_to_be_so_beside_the_field(staff: Client, text: str) -> None:
    page = staff.post(reverse("staff"), {"text": text}).content.decode()
    assert f'id="id_text-error">{text.split()[-1]} cannot be read.' in page
    assert f'value="{text}"' in page
    assert "Nobody is found" not in page


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_nothing_typed_is_asked_for_beside_the_field(staff: Client, text: str) -> None:
    page = staff.post(reverse("staff"), {"text": text}).content.decode()
    assert 'id="id_text-error"' in page
    assert "Something needs your attention" in page


def test_the_whole_story_stands_on_one_page(staff: Client) -> None:
    household = walks.chosen(cast.BRUNO)
    walks.pay(household)
    told = of_cast(cast.BRUNO)
    told.people[0].incomes[0].cents = 40_000_00
    answer(household, told)
    page = story(staff, household)
    for part in (
        "Bruno Barros", "July 14, 1990", "ends in 9902",  # who
        "ConnectorCare 3B", "274.76%", "What it changed",  # what they qualify for
        "Version 2", "$43,000.00", "$40,000.00",  # what they told, and what changed
        "Premium $484.92", "Covered from January 1, 2026", "The first premium has arrived.",  # what covers them
        "Payment from checking account ending in 6789", "paid online from a bank account",  # money: what and why
        "bruno@example.com (resident)", "Bill sent", "Payment received", "Application sent in",
    ):  # fmt: skip
        assert part in page, part
    assert "219099902" not in page
    assert "000123456789" not in page


def test_every_kind_of_event_of_a_walk_has_its_words(staff: Client) -> None:
    household = walks.chosen(cast.BRUNO)
    walks.pay(household)
    told = of_cast(cast.BRUNO)
    told.people[0].unproven = ["income"]
    answer(household, told)
    story(staff, household)
    kinds = set(Event.objects.filter(subject_kind="household").values_list("kind", flat=True))
    assert kinds <= set(HAPPENED)
    assert len(kinds) > 8


def test_history_speaks_in_sentences_and_names_people_and_letters(staff: Client) -> None:
    household = walks.chosen(cast.BRUNO)
    walks.pay(household)
    for row in Event.objects.filter(subject_kind="household"):
        assert re.fullmatch(r"[A-Z][^()_]*\.", row.why), row.why
        assert not re.search(r"\d{4}-\d\d-\d\d|\d{4,} cents", row.why), row.why
    page = story(staff, household)
    assert "<strong>New on the application: Bruno Barros.</strong>" in page
    assert "12:00 p.m." in page
    [letter] = [each for each in letters.letters_of(household) if each.kind == "enrollment.covered"]
    assert page.count(f'lang="pt">{letter.subject}</a>') == 2  # in the list of letters, and where it was sent


def test_what_is_being_filled_in_is_told_of(staff: Client) -> None:
    household = determined(cast.ANA)
    assert "has not sent it in" not in story(staff, household)
    application.change(household=household, account=walks.account(household))
    assert "The household is changing it and has not sent it in." in story(staff, household)


def test_every_look_is_a_row_of_history_and_the_page_shows_it(staff: Client) -> None:
    household = determined(cast.ANA)
    story(staff, household)
    page = story(staff, household)
    looks = Event.objects.filter(kind="people.household_looked_at", subject_id=household.pk)
    assert looks.count() == 2
    assert "staff@example.com (staff)" in page


def test_a_letter_is_read_as_it_was_sent_and_that_is_a_look_too(staff: Client) -> None:
    household, another = determined(cast.CARLA), determined(cast.ANA)
    letter = letters.letters_of(household)[0]
    page = said(staff, "staff-letter", member_id=household.member_id, pk=letter.pk)
    assert f'lang="es">\n    <h1>{letter.subject}</h1>' in page
    assert Event.objects.filter(kind="people.household_looked_at", subject_id=household.pk).count() == 1
    elsewhere = reverse("staff-letter", kwargs={"member_id": another.member_id, "pk": letter.pk})
    assert staff.get(elsewhere).status_code == 404


@pytest.mark.parametrize("member_id", ["000000000000", "x", "1' or 1=1", "９９９９", "\0"])
def test_a_household_that_is_not_there_is_not_found(staff: Client, member_id: str) -> None:
    assert staff.get(reverse("staff-household", kwargs={"member_id": member_id})).status_code == 404


def test_a_household_without_an_application_has_a_page(staff: Client) -> None:
    assert "No application was sent in." in story(staff, cast.household())


# "A wrong birth date could not be corrected": here it is a form, and everything that rests on the date follows.


def test_a_wrong_birth_date_is_corrected_and_takes_effect(staff: Client) -> None:
    household = walks.chosen(cast.ANA)
    before = eligibility.current(household)
    assert correct(staff, household) == f"/staff/households/{household.member_id}/"
    assert "Ana Almeida is corrected." in story(staff, household)
    why = Event.objects.filter(kind="application.submitted").latest("pk").why
    assert why == "A person was corrected by staff. The member told us on the phone."
    determination = answering.determine(household=household, why=why)
    assert determination.supersedes == before
    assert before is not None
    [was], [now] = eligibility.tax_households(before), eligibility.tax_households(determination)
    assert now.benchmark_premium < was.benchmark_premium  # type: ignore[operator]
    page = story(staff, household)
    assert "Ana Almeida, Who this is: Birth date: February 28, 1985 → <strong>February 28, 1995</strong>" in page


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("birth_date", "", "Enter the birth date."),
        ("birth_date", "31/31/1985", "such as 2/28/1985"),
        ("birth_date", "2/28/2085", "in the future"),
        ("birth_date", "2/28/1785", "over 120 years ago"),
        ("last_name", "", "Enter the last name."),
        ("last_name", "x" * 101, "has room for 100 characters"),
        ("last_name", "123", "Enter a name with letters."),
        ("birth_date", "2/28/1985", "says all of this already"),
        ("reason", "", "Say why."),
        ("reason", "because", "Say why."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_done(
    staff: Client, field: str, typed: str, says: str
) -> None:
    household = determined(cast.ANA)
    page = correct(staff, household, **{field: typed})
    [(where, sentence)] = re.findall(r'id="id_(\w+)-error">([^<]+)<', page)
    assert says in sentence
    assert where == ("first_name" if "already" in says else field)
    assert applications.latest(household).number == 1  # type: ignore[union-attr]


def test_who_is_on_no_application_is_told_so(staff: Client) -> None:
    household = cast.household()
    assert "not on the application that counts" in correct(staff, household)
    at = reverse("staff-correct", kwargs={"member_id": household.member_id, "key": "p1"})
    assert at not in story(staff, household)
    assert staff.get(at.replace("p1", "p9")).status_code == 404


def test_people_who_are_not_decided_stand_in_a_list(staff: Client) -> None:
    assert "Nobody waits for a decision." in said(staff, "staff-undecided")
    told = of_cast(cast.ANA)
    told.people[0].employer_offer = EmployerOffer()  # at a price that is not known
    household = determined(cast.ANA, told)
    page = said(staff, "staff-undecided")
    assert "Ana Almeida" in page
    assert household.member_id in page


@pytest.fixture
def moved(settings: LazySettings) -> Iterator[None]:
    settings.DEMONSTRATION = True
    before = clock._now
    ClockOffset.objects.all().delete()
    demonstration.set_once(day=date(2025, 11, 15), who="operator")
    clock.install(demonstration.now)
    yield
    clock.install(before)


def test_staff_move_the_clock_and_see_how_far_it_has_come(staff: Client, moved: None) -> None:
    assert "It is November 15, 2025" in said(staff, "staff-clock")
    assert staff.post(reverse("staff-clock"), {"to": "11/17/2025"}).status_code == 302
    page = said(staff, "staff-clock")
    assert "The clock goes on to November 17, 2025." in page
    assert 'http-equiv="refresh"' in page
    move = moving.latest()
    assert move is not None
    assert move.who.startswith("account ")
    progress = staff.get(reverse("staff-clock"), headers={"HX-Request": "true"}).content.decode()
    assert progress.startswith('<div id="progress" hx-get=')


@pytest.mark.parametrize(
    ("typed", "why"),
    [("11/14/2025", "never goes back"), ("12/31/9999", "tables of law"), ("soon", "such as 12/24/2025"), ("", "Enter")],
)
def test_a_day_that_the_clock_cannot_go_to_is_refused_beside_the_field(
    staff: Client, moved: None, typed: str, why: str
) -> None:
    page = staff.post(reverse("staff-clock"), {"to": typed}).content.decode()
    assert why in page
    assert 'id="id_to-error"' in page
    assert moving.latest() is None


def test_the_clock_of_a_real_exchange_has_no_form(staff: Client, settings: LazySettings) -> None:
    settings.DEMONSTRATION = False
    assert "cannot be moved" in said(staff, "staff-clock")
    staff.post(reverse("staff-clock"), {"to": "12/24/2025"})
    assert moving.latest() is None


def test_all_nightly_work_has_its_words() -> None:
    assert set(nightly.in_order()) == set(NIGHTLY)


def test_staff_pages_are_in_english_under_every_address(staff: Client) -> None:
    assert "Find a household" in staff.get("/es/staff/").content.decode()


def test_covered_days_stand_there(staff: Client, on_day: OnDay) -> None:
    household = walks.chosen(cast.BRUNO)
    walks.pay(household)
    assert Coverage.objects.count() == 1
    assert "Bruno Barros: January 1, 2026 to December 31, 2026" in story(staff, household)


def test_the_variant_of_a_plan_stands_there(staff: Client) -> None:
    told = of_cast(cast.BRUNO)
    told.people[0].tribal_member = True
    bruno = determined(cast.BRUNO, told)
    walks.choose(bruno, key="k1")
    assert "ConnectorCare 3B, no cost for care, for Bruno Barros." in story(staff, bruno)
