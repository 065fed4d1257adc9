"""What can be done with an application: begin, save, change, submit. Each is one transaction with a history row."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from openhix.application import envelope, queries
from openhix.application.answers import Answers, PersonAnswers, Relationship
from openhix.application.models import Application, Draft, Version
from openhix.application.rules import complete
from openhix.application.rules.steps import MAY_BE_NONE, Fault, Step
from openhix.correspondence import actions as correspondence
from openhix.history.actions import record
from openhix.kernel import clock
from openhix.kernel.story import _
from openhix.people import actions as people
from openhix.people import queries as households
from openhix.people.models import Account, Household


class AlreadyApplied(Exception):
    """The household has an application: it is changed, never begun again."""


class NotApplied(Exception):
    """The household has submitted no application that could be changed."""


class NothingChanged(Exception):
    """What is to be corrected stands on the application already."""


class NoDraft(Exception):
    """Nothing is being filled in: the application was submitted, or never begun."""


class StaleDraft(Exception):
    """Somebody saved the draft since it was read: what was to be saved now is not."""


class Incomplete(Exception):
    """The application cannot be submitted yet; `faults` say what is missing or wrong."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.step} {fault.person} {fault.field}" for fault in faults))
        self.faults = faults


def new_person(key: str, relationship: Relationship | None = None) -> PersonAnswers:
    """Someone of whom nothing has been asked yet."""
    return PersonAnswers(key=key, relationship=relationship, unasked=[step.value for step in MAY_BE_NONE])


@transaction.atomic
def begin(*, household: Household, account: Account) -> Draft:
    """Open the household's application, or go on with the one begun. Raises AlreadyApplied."""
    households.lock(household.pk)
    if draft := queries.draft_of(household):
        return draft
    if queries.application_of(household):
        raise AlreadyApplied
    application = Application.objects.create(household=household, started_at=clock.now())
    answers = Answers()
    answers.add(new_person(answers.next_key, Relationship.SELF))
    draft = _draft(application, account, answers, revision=1)
    _record("begun", account, "The household began to apply.", draft)
    return draft


@transaction.atomic
def save(*, household: Household, account: Account, revision: int, answers: Answers) -> Draft:
    """Keep the answers. A save that changes nothing is none, so the same one sent twice counts once.

    Raises NoDraft and StaleDraft.
    """
    households.lock(household.pk)
    draft = _current(household)
    saved = answers.as_json()
    if draft.answers == saved:
        return draft
    if draft.revision != revision:
        raise StaleDraft
    draft.answers = saved
    draft.revision += 1
    draft.saved_at = clock.now()
    draft.saved_by = account
    draft.save()
    _record("saved", account, "A page of the application was saved.", draft)
    return draft


@transaction.atomic
def change(*, household: Household, account: Account) -> Draft:
    """Take up the application again as last submitted, or the change already begun. Raises NotApplied."""
    households.lock(household.pk)
    if draft := queries.draft_of(household):
        return draft
    version = queries.latest(household)
    if version is None:
        raise NotApplied
    answers = queries.answers_of(version)
    answers.rights_accepted = False  # what is signed anew is agreed to anew
    draft = _draft(version.application, account, answers, revision=_next(version))
    _record("change_begun", account, "The household began to change its application.", draft)
    return draft


@transaction.atomic
def throw_away(*, household: Household, account: Account, revision: int) -> None:
    """Give up a change that was begun: what was signed last stands. Raises NoDraft, StaleDraft, and NotApplied where
    nothing was signed yet."""
    households.lock(household.pk)
    draft = _current(household)
    if queries.latest(household) is None:
        raise NotApplied
    if draft.revision != revision:
        raise StaleDraft
    _record("change_thrown_away", account, "The household gave up a change of its application.", draft)
    draft.application.thrown_away = draft.revision
    draft.application.save(update_fields=["thrown_away"])
    draft.delete()


@transaction.atomic
def submit(*, household: Household, account: Account, revision: int, signature: str) -> Version:
    """Sign the draft: it becomes the version that counts, and its people are kept.

    The same draft submitted twice is one version. Raises NoDraft, StaleDraft and Incomplete.
    """
    households.lock(household.pk)
    before = queries.latest(household)
    if before is not None and before.revision == revision:
        return before
    draft = _current(household)
    if draft.revision != revision:
        raise StaleDraft
    answers = queries.answers_of(draft)
    _check(answers, signature)
    draft.delete()
    why = "The household signed its application." if before is None else "The household changed its application."
    return _keep_version(draft.application, before, answers, revision, signature, account, why)


@transaction.atomic
def correct_person(
    *, household: Household, account: Account, key: str, first_name: str, last_name: str, birth_date: date, why: str
) -> Version:
    """Staff put right who somebody is: a version like the last one but for that, so that it is answered anew.

    What the household is changing meanwhile is corrected too; whoever has it open in a tab is asked to look again.
    `why` holds nothing about a person. Raises NotApplied, KeyError for nobody of this key, NothingChanged, Incomplete.
    """
    households.lock(household.pk)
    before, draft = queries.latest(household), queries.draft_of(household)
    if before is None:
        raise NotApplied
    told = {"first_name": _composed(first_name), "last_name": _composed(last_name), "birth_date": birth_date}
    answers = _corrected(queries.answers_of(before), key, told)
    if answers == queries.answers_of(before):
        raise NothingChanged
    if faults := complete.faults(answers, clock.today()):
        raise Incomplete(faults)
    revision = draft.revision + 1 if draft else _next(before)
    if draft is not None:
        if any(each.key == key for each in queries.answers_of(draft).people):
            draft.answers = _corrected(queries.answers_of(draft), key, told).as_json()
        draft.revision = revision + 1
        draft.save()
    return _keep_version(before.application, before, answers, revision, before.signature, account, why)


def _keep_version(
    application: Application,
    before: Version | None,
    answers: Answers,
    revision: int,
    signature: str,
    account: Account,
    why: str,
) -> Version:
    """The version that counts from now on, its people, and where letters about it go."""
    household = application.household
    for person in answers.people:
        assert person.birth_date is not None  # the rules asked for it
        people.keep_person(
            household=household,
            key=person.key,
            first_name=person.first_name,
            last_name=person.last_name,
            birth_date=person.birth_date,
            ssn=person.ssn,
            who=f"account {account.pk}",
        )
    correspondence.keep_address(household=household, lines=envelope.lines(answers))
    version = Version.objects.create(
        application=application,
        number=1 if before is None else before.number + 1,
        answers=answers.as_json(),
        revision=revision,
        signature=signature,
        submitted_at=clock.now(),
        submitted_by=account,
    )
    record(
        kind="application.submitted",
        who=f"account {account.pk}",
        why=why,
        subject_kind="household",
        subject_id=household.pk,
        payload={"version": version.pk},
    )
    return version


def _composed(name: str) -> str:
    """The same name however its accents were typed."""
    return unicodedata.normalize("NFC", name).strip()


def _corrected(answers: Answers, key: str, told: Mapping[str, Any]) -> Answers:
    person = answers.person(key)
    for name, value in told.items():
        setattr(person, name, value)
    return answers


def _check(answers: Answers, signature: str) -> None:
    faults = complete.faults(answers, clock.today())
    if not faults and not complete.is_signed_by(signature, answers):
        names = {"name": answers.people[0].name}
        says = _("Sign with the name of the first person as it stands on the application: {name}.")
        faults = [Fault(Step.SIGN, "signature", says, names=names)]
    if faults:
        raise Incomplete(faults)


def _next(version: Version) -> int:
    """The revision after this version's, and after that of a draft that was thrown away since: a page that was made
    from it is refused."""
    return max(version.revision, version.application.thrown_away) + 1


def _current(household: Household) -> Draft:
    draft = queries.draft_of(household)
    if draft is None:
        raise NoDraft
    return draft


def _draft(application: Application, account: Account, answers: Answers, *, revision: int) -> Draft:
    return Draft.objects.create(
        application=application,
        answers=answers.as_json(),
        revision=revision,
        saved_at=clock.now(),
        saved_by=account,
    )


def _record(what: str, account: Account, why: str, draft: Draft) -> None:
    record(
        kind=f"application.{what}",
        who=f"account {account.pk}",
        why=why,
        subject_kind="household",
        subject_id=draft.application.household_id,
        payload={"draft": draft.pk, "revision": draft.revision},
    )
