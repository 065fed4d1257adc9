"""A household sends papers: what is taken, what is not, and that it is kept where nobody can read it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from openhix.application.tests.households import member
from openhix.correspondence.models import Document
from openhix.correspondence.papers import LARGEST, BadPaper, kind_of, shown_name
from openhix.history.models import Event
from openhix.people.models import Account, Household
from openhix.verification import actions
from openhix.verification.actions.proofs import Because, withdraw
from openhix.verification.models import Paper, Proof
from openhix.verification.tests.households import DOUBLE, JPEG, PDF, PNG, letters, one, owing, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def owed() -> tuple[Account, Household, Proof]:
    return owing()


def client(account: Account) -> Client:
    signed_in = Client()
    signed_in.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    return signed_in


def send(account: Account, proof: Proof, *files: tuple[str, bytes]) -> Any:
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client(account).post(reverse("proof", args=[proof.pk]), {"papers": uploads})


@pytest.mark.parametrize(("content", "kind"), [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")])
def test_pictures_and_pdfs_are_told_by_what_is_in_them(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b"GIF89a", "not a PDF, JPEG or PNG"),
        (b"<html><script>alert(1)</script>", "not a PDF, JPEG or PNG"),
        (b"PK\x03\x04", "not a PDF, JPEG or PNG"),
        (PDF[:40], "This PDF is not whole"),
        (JPEG[:8], "This picture is not whole"),
        (PNG[:12], "This picture is not whole"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript /JS (x) >>"), "holds a program"),
        (PDF.replace(b"/Catalog", b"/Catalog /S /#4aavaScript"), "holds a program"),
        (PDF.replace(b"/Catalog", b"/Catalog /Names << /EmbeddedFiles 2 0 R >>"), "holds a program"),
        (PDF.replace(b"trailer <<", b"trailer << /Encrypt 3 0 R"), "has a password"),
        (PDF + b"x" * LARGEST, "larger than 10 MB"),
    ],
)
def test_what_cannot_be_read_or_acts_by_itself_is_not_taken(content: bytes, says: str) -> None:
    with pytest.raises(BadPaper, match=says):
        kind_of(content)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("stub.pdf", "stub.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\stub.pdf", "stub.pdf"),
        ("a\u202egpj.exe\n", "agpj.exe"),
        ("", "paper"),
        ("x" * 200 + ".pdf", "x" * 76 + ".pdf"),
    ],
)
def test_the_name_of_a_file_is_shown_and_never_used(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_a_paper_is_kept_sealed_with_its_proof(owed: tuple[Account, Household, Proof]) -> None:
    account, household, proof = owed
    paper = actions.send_paper(proof=proof, name="pay stub.pdf", file=PDF, account=account)
    document = Document.objects.get()
    assert (document.content, document.name, document.about) == (PDF, "pay stub.pdf", "verification.income")
    assert (document.household, document.person, document.size) == (household, proof.person, len(PDF))
    with connection.cursor() as cursor:
        cursor.execute("select name, content from correspondence_document")
        [(name, content)] = cursor.fetchall()
    assert b"stub" not in bytes(name) and b"%PDF" not in bytes(content)
    event = Event.objects.get(kind="verification.paper_sent")
    assert (event.who, event.payload) == (f"account {account.pk}", {"proof": proof.pk, "paper": paper.pk})


def test_the_same_file_twice_is_one_paper(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    first = actions.send_paper(proof=proof, name="a.pdf", file=PDF, account=account)
    assert actions.send_paper(proof=proof, name="b.pdf", file=PDF, account=account) == first
    assert Document.objects.count() == Paper.objects.count() == 1
    assert Event.objects.filter(kind="verification.paper_sent").count() == 1


def test_a_file_that_was_refused_is_not_said_to_have_arrived_once_more(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    paper = actions.send_paper(proof=proof, name="a.pdf", file=PDF, account=account)
    staff = Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)
    actions.refuse(proof=proof, account=staff, reason="too_old", up_to=paper)
    page = send(account, proof, ("b.pdf", PDF), ("c.png", PNG)).content.decode()
    assert "b.pdf: You sent this file before, and we looked at it. Send another paper." in page
    assert "Your paper has arrived." in page and Paper.objects.count() == 2


def test_nothing_is_sent_for_what_is_no_longer_owed(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    withdraw([proof], Because.NOT_CLAIMED)
    with pytest.raises(actions.NothingOwed):
        actions.send_paper(proof=proof, name="a.pdf", file=PDF, account=account)
    assert "no longer needed" in send(account, proof, ("a.pdf", PDF)).content.decode()


def test_several_files_arrive_and_the_page_shows_them(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    assert send(account, proof, ("one.pdf", PDF), ("two.png", PNG)).status_code == 302
    page = client(account).get(reverse("proof", args=[proof.pk])).content.decode()
    assert "one.pdf" in page and "two.png" in page
    assert page.count("We have it and will look at it.") == 2


def test_what_is_not_taken_is_named_and_the_rest_is_kept(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    page = send(account, proof, ("good.pdf", PDF), ("bad.<b>docx", b"PK\x03\x04")).content.decode()
    assert "Your paper has arrived." in page
    assert "bad.&lt;b&gt;docx: This is not a PDF, JPEG or PNG file." in page
    assert 'aria-invalid="true"' in page
    assert [each.document.name for each in Paper.objects.all()] == ["good.pdf"]


def test_nothing_chosen_is_said_beside_the_field(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    page = client(account).post(reverse("proof", args=[proof.pk])).content.decode()
    assert page.count("Choose the file of a paper, or take a picture of it.") == 2


def test_what_is_too_large_is_said_and_not_held(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    page = send(account, proof, ("large.pdf", PDF + b"\0" * LARGEST), ("good.png", PNG)).content.decode()
    assert "large.pdf: This file is larger than 10 MB." in page
    assert [each.document.name for each in Paper.objects.all()] == ["good.png"]


def test_five_files_at_a_time(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    files = [(f"{number}.png", PNG + bytes([number])) for number in range(6)]
    page = send(account, proof, *files).content.decode()
    assert "5.png: Send at most 5 files at a time." in page
    assert Paper.objects.count() == 5


def test_no_other_page_takes_files(owed: tuple[Account, Household, Proof], settings: Any) -> None:
    account, _household, _proof = owed
    response = client(account).post(reverse("estimate"), {"papers": SimpleUploadedFile("a.pdf", PDF)})
    assert not response.wsgi_request.FILES


def test_a_household_looks_at_its_own_papers_which_can_do_nothing(owed: tuple[Account, Household, Proof]) -> None:
    account, _household, proof = owed
    paper = actions.send_paper(proof=proof, name="a.png", file=PNG, account=account)
    response = client(account).get(reverse("proof-paper", args=[paper.pk]))
    assert (response.content, response.headers["Content-Type"]) == (PNG, "image/png")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "no-store" in response.headers["Cache-Control"]
    stranger, _theirs = member("stranger@example.org")
    assert client(stranger).get(reverse("proof-paper", args=[paper.pk])).status_code == 404
    assert send(stranger, proof, ("a.pdf", PDF)).status_code == 404


def test_the_list_says_what_to_send_what_is_with_us_and_what_is_done(owed: tuple[Account, Household, Proof]) -> None:
    account, household, proof = owed
    page = client(account).get(reverse("proofs")).content.decode()
    assert "Last day: February 13, 2026" in page and "Ana Silva: Proof of income" in page
    paper = actions.send_paper(proof=proof, name="a.pdf", file=PDF, account=account)
    page = client(account).get(reverse("proofs")).content.decode()
    assert "You need not send us anything now." in page and "With us" in page
    actions.accept(proof=proof, account=account, up_to=paper)
    page = client(account).get(reverse("proofs")).content.decode()
    assert "Proved by your papers." in page and "With us" not in page
    assert letters(household) == ["proofs_needed", "proof_accepted"]


def test_the_list_takes_the_same_queries_however_long_it_is(owed: tuple[Account, Household, Proof]) -> None:
    account, household, proof = owed

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client(account).get(reverse("proofs"))
        return len(queries)

    actions.send_paper(proof=proof, name="a.pdf", file=PDF, account=account)
    before = asked()
    answers = one(DOUBLE)
    answers.people[0].unproven = ["residence", "identity"]
    more = actions.ask_for_proofs(version=submitted(account, household, answers))
    for each in more:
        actions.send_paper(proof=each, name="b.png", file=PNG, account=account)
    assert more and asked() == before
