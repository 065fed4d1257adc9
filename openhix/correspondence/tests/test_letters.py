"""A letter is written once, in its sender's transaction, and read by the household that it was sent to."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from openhix.correspondence import actions, content, queries
from openhix.correspondence.content import BadContent
from openhix.correspondence.models import Letter, MailingAddress
from openhix.correspondence.tests.sheets import BLOCKS
from openhix.history.models import Event
from openhix.people.models import Account, Household
from openhix.people.tests import cast
from openhix.site import database
from openhix.site.database import rights

pytestmark = pytest.mark.django_db

ADDRESS = ["Ana Almeida", "12 Dudley Street", "Boston, MA 02118"]


def send(household: Household, subject: str = "Send us proof", **more: str) -> Letter:
    return actions.send(household=household, kind="test.letter", subject=subject, blocks=BLOCKS, **more)


def signed_in(household_account: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(email=household_account))
    return client


def test_a_letter_is_dated_today_addressed_and_written_down() -> None:
    household = cast.household()
    actions.keep_address(household=household, lines=ADDRESS)
    letter = Letter.objects.get(pk=send(household).pk)
    assert (letter.dated, letter.language, letter.subject) == (date(2025, 11, 15), "en", "Send us proof")
    assert letter.content == {"address": ADDRESS, "blocks": BLOCKS}
    event = Event.objects.get(kind="correspondence.letter_sent")
    assert (event.subject_id, event.payload) == (household.pk, {"letter": letter.pk})


def test_a_letter_is_in_the_language_of_the_household_unless_told_otherwise() -> None:
    household = cast.household(cast.CARLA)
    assert household.language == "es"
    assert send(household).language == "es"
    assert send(household, language="pt").language == "pt"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"language": "fr"}, "not written in 'fr'"),
        ({"subject": " "}, "subject of at most 200 letters"),
        ({"subject": "x" * 201}, "subject of at most 200 letters"),
    ],
)
def test_a_letter_that_cannot_be_sent_leaves_nothing_behind(told: dict[str, str], says: str) -> None:
    with pytest.raises(BadContent, match=says):
        send(cast.household(), **told)
    assert not Letter.objects.exists()
    assert not Event.objects.filter(kind="correspondence.letter_sent").exists()


def test_a_letter_goes_with_the_transaction_of_its_sender() -> None:
    household = cast.household()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        send(household)
        raise ZeroDivisionError
    assert not Letter.objects.exists()


def test_letters_go_to_the_last_address() -> None:
    household = cast.household()
    assert queries.mailing_address(household) == []
    actions.keep_address(household=household, lines=["Ana Almeida", "", " 12 Dudley Street ", "Boston, MA 02118"])
    actions.keep_address(household=household, lines=ADDRESS)
    assert MailingAddress.objects.count() == 1
    old = send(household)
    actions.keep_address(household=household, lines=["Ana Almeida", "9 Pier Road", "Lynn, MA 01902"])
    assert queries.mailing_address(household)[1] == "9 Pier Road"
    assert Letter.objects.get(pk=old.pk).content["address"] == ADDRESS
    with pytest.raises(BadContent, match="at least one line"):
        actions.keep_address(household=household, lines=[" "])


def test_a_household_reads_its_letters_the_newest_first() -> None:
    household = cast.household()
    send(household, "The first")
    letter = send(household, "The second")
    client = signed_in(cast.ANA.email)
    listed = client.get("/letters/").content.decode()
    assert listed.index("The second") < listed.index("The first")
    page = client.get(f"/letters/{letter.pk}/").content.decode()
    assert "<h1>The second</h1>" in page
    for text in ("Proof of income", "956 CMR 12.04", "$400.00", household.member_id):
        assert text in page
    paper = client.get(f"/letters/{letter.pk}.pdf")
    assert paper.headers["Content-Type"] == "application/pdf"
    assert paper.headers["Content-Disposition"] == f'inline; filename="letter-{letter.pk}.pdf"'
    assert "no-store" in paper.headers["Cache-Control"]
    assert paper.content.startswith(b"%PDF") and b"/Lang(en-US)" in paper.content


def test_what_a_letter_says_is_shown_and_never_obeyed() -> None:
    household = cast.household()
    hostile = "<script>alert(1)</script> {name} {0}"
    blocks = [
        content.paragraph(hostile),
        content.heading(hostile),
        content.important(hostile, hostile),
        content.items([hostile]),
        content.table(caption=hostile, head=[hostile], rows=[[hostile]]),
        content.figures([(hostile, hostile)], total=(hostile, hostile)),
        content.story(hostile, law=hostile, because=[{"sentence": hostile, "law": "", "because": []}]),
    ]
    letter = actions.send(household=household, kind="test.letter", subject=hostile, blocks=blocks)
    page = signed_in(cast.ANA.email).get(f"/letters/{letter.pk}/").content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt; {name} {0}") == 18


@pytest.mark.parametrize("address", ["/letters/{pk}/", "/letters/{pk}.pdf", "/es/letters/{pk}/"])
def test_another_households_letter_is_not_there(address: str) -> None:
    letter = send(cast.household(cast.BRUNO))
    cast.household(cast.ANA)
    client = signed_in(cast.ANA.email)
    assert client.get(address.format(pk=letter.pk)).status_code == 404
    assert client.get(address.format(pk=letter.pk + 1)).status_code == 404


@pytest.mark.parametrize("address", ["/letters/", "/letters/1/", "/letters/1.pdf"])
def test_nobody_signs_in_first(address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 302
    assert "next=" in response.headers["Location"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "update correspondence_letter set subject = 'Another'",
        "delete from correspondence_letter",
        "truncate correspondence_letter cascade",
        "update correspondence_mailingaddress set since = now()",
        "delete from correspondence_mailingaddress",
    ],
)
def test_the_applications_user_cannot_change_or_delete_a_letter(change: str) -> None:
    household = cast.household()
    actions.keep_address(household=household, lines=ADDRESS)
    send(household)
    if not rights.grant():
        pytest.skip("DATABASE_URL names one user for both roles")
    address = {**database.conninfo(database.Role.APP), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**address, autocommit=True) as app_connection:
        assert app_connection.execute("select subject from correspondence_letter").fetchall() == [("Send us proof",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app_connection.execute(change)
