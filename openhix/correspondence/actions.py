from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction

from openhix.correspondence import content, papers
from openhix.correspondence.models import Document, Letter, MailingAddress
from openhix.correspondence.queries import mailing_address
from openhix.history import actions as history
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Account, Household, Person


@transaction.atomic
def keep_address(*, household: Household, lines: Sequence[str]) -> MailingAddress:
    """Where letters to this household go from now on: name, street, unit, place, as on an envelope; empty lines go.

    An address that is the one we have is not written down again. Raises BadContent for one without a line.
    """
    written = [line.strip() for line in lines if line.strip()]
    if not written:
        raise content.BadContent("an address has at least one line")
    latest = MailingAddress.objects.filter(household=household).order_by("-pk").first()
    if latest is not None and latest.lines == written:
        return latest
    return MailingAddress.objects.create(household=household, lines=written, since=clock.now())


@transaction.atomic
def send(
    *,
    household: Household,
    kind: str,
    subject: str,
    blocks: Sequence[content.Block],
    language: str | None = None,
) -> Letter:
    """Send a letter, in the sender's transaction: it is in the household's list at once, dated today.

    `kind` is room.what, as in "eligibility.result"; subject and blocks are already in the language of the letter, which
    is the household's unless another is named (see content.py). Raises BadContent.
    """
    language = language or household.language
    if language not in dict(settings.LANGUAGES):
        raise content.BadContent(f"letters are not written in {language!r}")
    if not subject.strip() or len(subject) > 200:
        raise content.BadContent("a letter has a subject of at most 200 letters")
    content.check(blocks)
    now = clock.now()
    letter = Letter.objects.create(
        household=household,
        kind=kind,
        language=language,
        dated=now.date(),
        sent_at=now,
        subject=subject,
        content={"address": mailing_address(household), "blocks": list(blocks)},
    )
    history.record(
        kind="correspondence.letter_sent",
        who="system",
        why="What was decided or done is told in writing.",
        subject_kind="household",
        subject_id=household.pk,
        payload={"letter": letter.pk},
    )
    return letter


@transaction.atomic
def receive(*, household: Household, person: Person, about: str, name: str, file: bytes, account: Account) -> Document:
    """Take in a paper that `account` sends about a person; the same file sent again is the one that is there.

    `about` is room.what. Raises BadPaper for a file that we do not take.
    """
    kind = papers.kind_of(file)
    people.lock(household.pk)
    there = Document.objects.defer("content").filter(person=person, about=about, content_index__of=file).first()
    if there is not None:
        return there
    document = Document.objects.create(
        household=household,
        person=person,
        about=about,
        kind=kind,
        name=papers.shown_name(name),
        content=file,
        size=len(file),
        received_at=clock.now(),
        received_from=account,
    )
    history.record(
        kind="correspondence.document_received",
        who=f"account {account.pk}",
        why="A paper was sent in.",
        subject_kind="household",
        subject_id=household.pk,
        payload={"document": document.pk},
    )
    return document


@transaction.atomic
def look_at(*, document: Document, account: Account) -> None:
    """Staff opened a paper: each look is a row of history."""
    history.record(
        kind="correspondence.document_looked_at",
        who=f"account {account.pk}",
        why="opened a paper that was sent in",
        subject_kind="household",
        subject_id=document.household_id,
        payload={"document": document.pk},
    )
