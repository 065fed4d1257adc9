"""The pages, filled in as people do: in order, wrongly, and with what is no answer at all."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from openhix.application import queries
from openhix.application.answers import IncomeSource, Period, Relationship, TaxRole
from openhix.application.models import Version
from openhix.application.tests.households import ana, family, filled, member, signed
from openhix.application.tests.walking import PERSON, SITUATION, Walker, answers_now, errors, said

pytestmark = pytest.mark.django_db

START, TAXES, ADDRESS = "/application/start/", "/application/taxes/", "/application/address/"
ADD, P1, AWAY = "/application/people/add/", "/application/people/p1/", "/application/throw-away/"


def test_one_person_from_the_first_page_to_the_results() -> None:
    account, household = member()
    ana = Walker(account)
    assert ana.client.post("/application/begin/").headers["location"] == START
    assert ana.saved(START, {"seeks_help": "yes"}) == "/application/people/"
    assert ana.saved(P1, PERSON) == "/application/people/"
    assert ana.saved("/application/people/", {}) == TAXES
    assert ana.saved(TAXES, {"tax-p1": "filer"}) == ADDRESS
    assert ana.saved(ADDRESS, {"street": "1 Beacon St", "city": "Boston", "zip": "02118", "mail": "home"}) == (
        "/application/status/p1/"
    )
    number = {"status": "citizen", "ssn": "123-45-6789"}
    assert ana.saved("/application/status/p1/", number) == "/application/situation/p1/"
    assert ana.saved("/application/situation/p1/", SITUATION) == "/application/income/p1/"
    pay = {"any": "yes", "kind-0": "job", "amount-0": "$1,000.50", "period-0": "two_weeks", "employer-0": "Café"}
    assert ana.saved("/application/income/p1/", pay) == "/application/deductions/p1/"
    assert ana.saved("/application/deductions/p1/", {"any": "no"}) == "/application/coverage/p1/"
    offer = {"other_coverage": "none", "offered": "yes", "self_cents": "120", "family_cents": ""}
    assert ana.saved("/application/coverage/p1/", offer) == "/application/proofs/p1/"
    assert ana.saved("/application/proofs/p1/", {"unproven": ["income", "residence"]}) == "/application/rights/"
    assert ana.saved("/application/rights/", {"rights_accepted": "yes"}) == "/application/review/"
    for told in ("$1,000.50 every two weeks", "$26,013.00", "February 28, 1985", "ends in 6789", "$120.00"):
        assert told in ana.text("/application/review/")
    assert ana.saved("/application/sign/", {"signature": "ana silva"}) == "/results/"

    version = queries.latest(household)
    assert version is not None
    [person] = queries.answers_of(version).people
    assert (person.birth_date, person.relationship, person.tax_role) == (
        date(1985, 2, 28),
        Relationship.SELF,
        TaxRole.FILER,
    )
    [income] = person.incomes
    assert (income.source, income.cents, income.period) == (IncomeSource.JOB, 1000_50, Period.TWO_WEEKS)
    assert person.employer_offer is not None
    assert (person.employer_offer.self_cents, person.employer_offer.family_cents) == (120_00, None)
    assert person.unproven == ["income", "residence"]


def test_without_help_the_money_pages_are_skipped() -> None:
    account, _household, _draft = filled(ana())
    walker = Walker(account)
    walker.saved(START, {"seeks_help": "no"})
    listed = walker.text("/application/")
    assert not any(page in listed for page in (TAXES, "/income/", "/deductions/", "/coverage/"))
    assert walker.client.get("/application/income/p1/").headers["location"] == "/application/"


def test_the_first_page_has_no_word_of_no_income_limit() -> None:
    account, _household, _draft = filled(ana())
    page = Walker(account).text(START)
    assert "dental plan, choose no" in page
    assert "no income limit" not in page


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"last_name": ""}, ["last_name"]),
        ({"last_name": "x" * 101}, ["last_name"]),
        ({"last_name": "x" * 100_000}, ["last_name"]),
        ({"first_name": "1234"}, ["first_name"]),
        ({"first_name": "A\u202ena"}, ["first_name"]),
        ({"first_name": "A\0na"}, ["first_name"]),
        ({"birth_date_year": "2030"}, ["birth_date"]),
        ({"birth_date_year": "1850"}, ["birth_date"]),
        ({"birth_date_month": "13"}, ["birth_date"]),
        ({"birth_date_month": "2", "birth_date_day": "30"}, ["birth_date"]),
        ({"birth_date_day": "٢"}, ["birth_date"]),
        ({"birth_date_day": "<b>"}, ["birth_date"]),
        ({"birth_date_year": "9" * 5000}, ["birth_date"]),
        ({"birth_date_month": "", "birth_date_day": "", "birth_date_year": ""}, ["birth_date"]),
        ({"applying": "maybe"}, ["applying"]),
        ({"last_name": "", "birth_date_year": "x", "applying": ""}, ["last_name", "birth_date", "applying"]),
    ],
)
def test_what_is_no_person_is_told_beside_the_field_and_kept(fields: dict[str, str], wrong: list[str]) -> None:
    account, household, _draft = filled(ana())
    answer = Walker(account).send(P1, {**PERSON, "first_name": "Anita", **fields})
    assert list(errors(answer)) == wrong
    assert answers_now(household) == ana()
    for name in wrong:
        assert f'id="{name}-error"' in said(answer)
    if "first_name" not in fields:
        assert 'value="Anita"' in said(answer)


def test_markup_in_a_name_is_shown_as_text() -> None:
    account, _household, _draft = filled(ana())
    walker = Walker(account)
    walker.saved(P1, {**PERSON, "last_name": "<script>alert(1)</script>{name}"})
    for path in ("", "people/", "review/", "taxes/", "income/p1/", "status/p1/", "sign/"):
        page = walker.client.get(f"/application/{path}").content.decode()
        assert "<script>alert" not in page
    walker.client.post("/application/status/p1/", {"revision": "1"})


def test_names_in_many_scripts() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    for first, last in (
        ("Nguyễn Thị", "Ánh"),
        ("Ольга", "Іваненко"),
        ("محمد", "الأحمد"),
        ("小龍", "李"),
        ("علی\u200cرضا", "رضایی"),
    ):
        walker.saved(P1, {**PERSON, "first_name": first, "last_name": last})
        assert answers_now(household).people[0].name == f"{first} {last}"
        assert f"{first} {last}" in walker.text("/application/review/")


def test_a_name_typed_in_pieces_is_kept_in_one() -> None:
    account, household, _draft = filled(ana())
    Walker(account).saved(P1, {**PERSON, "first_name": "Zoe\u0308\xa0Ann", "last_name": "O\u2019Neill"})
    assert answers_now(household).people[0].name == "Zo\u00eb Ann O\u2019Neill"


def test_twins_are_two_and_the_same_person_is_not() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    born = {**PERSON, "birth_date_year": "2019", "relationship": "child"}
    walker.saved(ADD, {**born, "first_name": "Clara"})
    walker.saved(ADD, {**born, "first_name": "Davi"})
    assert [each.key for each in answers_now(household).people] == ["p1", "p2", "p3"]
    again = walker.send(ADD, {**born, "first_name": "DAVI"})
    assert list(errors(again)) == ["birth_date"]


def test_a_change_is_asked_for_before_it_is_thrown_away() -> None:
    account, household, version = signed(ana())
    walker = Walker(account)
    walker.client.post("/application/change/")
    walker.saved(START, {"seeks_help": "no"})
    assert "/application/throw-away/" in walker.text("/application/")
    page = walker.hidden(AWAY)
    assert "stands as it is" in walker.text(AWAY)
    walker.saved(START, {"seeks_help": "yes"})
    assert "nothing was thrown away" in said(walker.send(AWAY, {}, page))
    assert walker.saved(AWAY, {}) == "/application/"
    assert queries.draft_of(household) is None
    assert "What you signed last stands" in walker.text("/application/")
    assert queries.latest(household) == version
    assert "Nothing was saved" in said(walker.client.post(AWAY, {"revision": "9"}, follow=True))


def test_the_first_application_is_not_thrown_away() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    assert "throw-away" not in walker.text("/application/")
    for answer in (walker.client.get(AWAY), walker.client.post(AWAY, {"revision": "2"})):
        assert answer.headers["location"] == "/application/"
    assert answers_now(household) == ana()


def test_a_person_is_asked_for_before_going() -> None:
    account, household, _draft = filled(family())
    walker = Walker(account)
    gone = "/application/people/p4/remove/"
    assert "Remove Davi Silva" in walker.text(gone)
    assert walker.saved(gone, {}) == "/application/people/"
    assert [each.key for each in answers_now(household).people] == ["p1", "p2", "p3"]
    for path in (gone, "/application/people/p1/remove/", "/application/income/p4/"):
        assert walker.client.post(path, {"revision": "3"}).headers["location"] == "/application/people/"
    assert len(answers_now(household).people) == 3


def test_up_to_twenty_people() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    born = {**PERSON, "birth_date_year": "2019", "relationship": "other"}
    for number in range(2, 21):
        walker.saved(ADD, {**born, "first_name": f"Kid{number}"})
    assert len(answers_now(household).people) == 20
    assert walker.client.get(ADD).headers["location"] == "/application/people/"
    one_more = walker.send(ADD, {**born, "first_name": "More"}, {"revision": "21", "key": "p21"})
    assert "20 people" in said(one_more)
    assert len(answers_now(household).people) == 20


def test_a_joint_return_said_once_is_said_for_both() -> None:
    account, household, _draft = filled(family())
    walker = Walker(account)
    others = {"tax-p3": "dependent:p2", "tax-p4": "dependent:outside"}
    walker.saved(TAXES, {"tax-p1": "joint_filer:p2", "tax-p2": "", **others})
    told = [(each.tax_role, each.files_with or each.claimed_by) for each in answers_now(household).people]
    assert told == [
        (TaxRole.FILER, "p2"),
        (TaxRole.JOINT_FILER, "p1"),
        (TaxRole.DEPENDENT, "p2"),
        (TaxRole.DEPENDENT, "outside"),
    ]
    refused = walker.send(TAXES, {"tax-p1": "filer", "tax-p2": "joint_filer:p1", **others})
    assert list(errors(refused)) == ["tax-p2"]
    refused = walker.send(TAXES, {"tax-p1": "king", "tax-p2": "dependent:p1", **others})
    assert list(errors(refused)) == ["tax-p1", "tax-p2", "tax-p3"]


def test_a_zip_code_in_two_counties_asks_which() -> None:
    account, household, _draft = filled(ana())
    walker = Walker(account)
    home = {"street": "1 Main St", "city": "Amherst", "zip": "01002", "mail": "home"}
    asked = walker.send(ADDRESS, home)
    assert list(errors(asked)) == ["county"]
    assert 'value="1 Main St"' in said(asked)
    walker.saved(ADDRESS, {**home, "county": "Hampshire"})
    assert answers_now(household).home.county == "Hampshire"
    walker.saved(ADDRESS, {**home, "zip": "02118", "county": "Hampshire"})
    assert answers_now(household).home.county == ""


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"zip": "10001"}, ["zip"]),
        ({"zip": "02999"}, ["zip"]),
        ({"zip": "٠٢١١٨"}, ["zip"]),
        ({"street": "", "city": ""}, ["street", "city"]),
        ({"street": "x" * 101}, ["street"]),
        ({"phone": "call me"}, ["phone"]),
        ({"mail": "other"}, ["mail_street", "mail_city", "mail_state", "mail_zip"]),
        ({"street": "", "no_fixed_address": "yes"}, ["mail"]),
    ],
)
def test_what_is_no_address(fields: dict[str, str], wrong: list[str]) -> None:
    account, household, _draft = filled(ana())
    home = {"street": "1 Main St", "city": "Boston", "zip": "02118", "mail": "home", **fields}
    assert list(errors(Walker(account).send(ADDRESS, home))) == wrong
    assert answers_now(household) == ana()


def test_without_a_fixed_address_mail_goes_elsewhere() -> None:
    account, household, _draft = filled(ana())
    mail = {"mail": "other", "mail_street": "PO Box 5", "mail_city": "Salem", "mail_state": "NH", "mail_zip": "03079"}
    Walker(account).saved(ADDRESS, {"no_fixed_address": "yes", "city": "Boston", "zip": "02118", **mail})
    told = answers_now(household)
    assert (told.home.street, told.no_fixed_address) == ("", True)
    assert told.mailing is not None
    assert (told.mailing.street, told.mailing.state) == ("PO Box 5", "NH")


def test_a_wrong_signature_is_kept_and_the_right_one_sent_twice_is_one_version() -> None:
    account, _household, _draft = filled(ana())
    walker, page = Walker(account), "/application/sign/"
    wrong = walker.send(page, {"signature": "Bruno <Silva>"})
    assert list(errors(wrong)) == ["signature"]
    assert "Bruno &lt;Silva&gt;" in wrong.content.decode()
    hidden = walker.hidden(page)
    sent = [walker.send(page, {"signature": "Ana Silva"}, hidden).headers["location"] for _ in range(2)]
    assert sent == ["/results/", "/results/"]
    assert Version.objects.count() == 1


def test_an_existing_member_who_starts_is_led_to_change() -> None:
    account, household, _version = signed(ana())
    walker = Walker(account)
    started = walker.client.post("/application/begin/", follow=True)
    assert "has an application already" in said(started)
    assert "Change my application" in said(started)
    assert queries.draft_of(household) is None
    walker.client.post("/application/change/")
    assert "You are changing your application" in walker.text("/application/")
    assert answers_now(household).people == ana().people


@pytest.mark.parametrize("path", ["king/", "sign/p1/", "start/p1/", "income/", "income/p1/p2/", "people/../p1/x/"])
def test_pages_that_there_are_not(path: str) -> None:
    account, _household, _draft = filled(ana())
    assert Walker(account).client.get(f"/application/{path}").status_code == 404


BY_PERSON = ["status/p1/", "situation/p1/", "income/p1/", "deductions/p1/", "coverage/p1/", "proofs/p1/"]
PAGES = [
    "",
    "begin/",
    "change/",
    "throw-away/",
    "people/",
    "people/add/",
    "people/p1/",
    "people/p2/remove/",
    "start/",
    "income/p1/",
]


@pytest.mark.parametrize("path", [*PAGES, "review/", "sign/"])
def test_nobody_sees_a_page_without_signing_in(path: str) -> None:
    filled(family())
    for answer in (Client().get(f"/application/{path}"), Client().post(f"/application/{path}", {"revision": "2"})):
        assert answer.status_code == 302
        assert answer.headers["location"].startswith("/account/sign-in/")


def test_another_member_sees_their_own_application_only() -> None:
    filled(family())
    other, _household = member("other@example.org")
    walker = Walker(other)
    assert "Silva" not in walker.text("/application/")
    assert walker.client.get(P1).headers["location"] == "/application/"


ALL_PAGES = ["", "people/", "people/p2/", "start/", "taxes/", "address/", *BY_PERSON, "rights/", "review/", "sign/"]


@pytest.mark.parametrize("language", ["es", "pt"])
def test_every_page_opens_in_every_language(language: str) -> None:
    account, _household, _draft = filled(family())
    walker = Walker(account)
    for path in ALL_PAGES:
        assert walker.client.get(f"/{language}/application/{path}").status_code == 200


def test_who_has_left_the_state_is_told_whom_to_call() -> None:
    account, _household, _draft = filled(ana())
    page = said(
        Walker(account).send(ADDRESS, {"street": "1 Main St", "city": "New York", "zip": "10001", "mail": "home"})
    )
    assert "If you live elsewhere now, call 1-877-623-6765" in page
