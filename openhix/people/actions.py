"""What the office does about accounts, households and their people."""

from __future__ import annotations

import re
import secrets
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from openhix.history.actions import record
from openhix.kernel import clock, names
from openhix.people import queries
from openhix.people.models import LANGUAGES, Access, Account, Household, Person


class BadSSN(ValueError):
    """Not the nine digits of a Social Security number."""


class AlreadyThere(ValueError):
    """There is an account with this address."""


@transaction.atomic
def open_household(*, account: Account) -> Household:
    """The account's household, with a member id of its own; the one that it has where it has one."""
    there = queries.household_of(account)
    if there is not None:
        return there
    Account.objects.select_for_update().get(pk=account.pk)  # of two at the same time, one waits and finds the other's
    there = queries.household_of(account)
    if there is not None:
        return there
    now = clock.now()
    household = Household.objects.create(member_id=_new_member_id(), language=account.language, opened_at=now)
    Access.objects.create(account=account, household=household, since=now)
    _note(
        "people.household_opened",
        f"account {account.pk}",
        "The account was used for the first time.",
        household,
        account=account.pk,
    )
    return household


def _new_member_id() -> str:
    """Twelve random digits that nobody has; never with a zero in front, which spreadsheets lose."""
    while True:
        member_id = str(secrets.randbelow(9 * 10**11) + 10**11)
        if queries.household_with(member_id) is None:
            return member_id


@transaction.atomic
def keep_person(
    *,
    household: Household,
    key: str,
    first_name: str,
    last_name: str,
    birth_date: date,
    ssn: str | None,
    who: str = "system",
) -> Person:
    """The household's person with this key, made or corrected; a correction is a row of history.

    `ssn` is nine digits, with or without hyphens, or None or "" for someone without one. Raises BadSSN.
    """
    queries.lock(household.pk)
    digits = _ssn_digits(ssn)
    told = {
        "first_name": first_name.strip(),
        "last_name": last_name.strip(),
        "birth_date": birth_date,
        "ssn": digits,
    }
    person = Person.objects.filter(household=household, key=key).first()
    is_new = person is None
    person = person or Person(household=household, key=key)
    if not is_new and all(getattr(person, name) == value for name, value in told.items()):
        return person
    for name, value in told.items():
        setattr(person, name, value)
    person.folded_name = names.folded(person.name)
    person.save()
    if is_new:
        _note(
            "people.person_kept",
            who,
            "The application names this person for the first time.",
            household,
            person=person.pk,
        )
    else:
        _note("people.person_corrected", who, "The application says it differently now.", household, person=person.pk)
    return person


def _ssn_digits(ssn: str | None) -> str | None:
    if not ssn:
        return None
    digits = re.sub(r"[\s-]", "", ssn)
    if not re.fullmatch(r"\d{9}", digits, re.ASCII):
        raise BadSSN("a Social Security number has nine digits, such as 123-45-6789")
    return digits


@transaction.atomic
def choose_language(*, account: Account, language: str) -> None:
    """The language of the account's e-mails and of its household's letters. Raises ValueError for another one."""
    if language not in dict(LANGUAGES):
        raise ValueError(f"{language!r} is none of our languages")
    account.language = language
    account.save(update_fields=["language"])
    household = queries.household_of(account)
    if household is not None:
        household = queries.lock(household.pk)
        household.language = language
        household.save(update_fields=["language"])
        _note("people.language_chosen", f"account {account.pk}", "It was chosen on the page of the account.", household)


@transaction.atomic
def look(*, account: Account, household: Household) -> None:
    """Staff looked at a household: each look is a row of history."""
    _note("people.household_looked_at", f"account {account.pk}", "A page about the household was opened.", household)


@transaction.atomic
def open_account(*, email: str, language: str) -> Account:
    """A resident's account that somebody opens for them: the address confirmed, no password until one is chosen by
    the link for a forgotten one. Raises AlreadyThere."""
    email = Account.objects.normalize(email)
    if Account.objects.filter(email=email).exists():
        raise AlreadyThere("there is an account with this address")
    account: Account = Account.objects.create_user(email, language=language)
    EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
    return account


@transaction.atomic
def add_staff(*, email: str, again: bool = False, who: str = "operator") -> str:
    """A staff account with a password that is good until its owner chooses another one; the password.

    `again` gives an existing staff account a new one and takes its second factor away, for someone who lost it.
    Raises AlreadyThere where the address has an account and `again` was not asked for, or it is a resident's.
    """
    email = Account.objects.normalize(email)
    password = secrets.token_urlsafe(12)
    account = Account.objects.select_for_update().filter(email=email).first()
    if account is not None and not (again and account.is_staff):
        raise AlreadyThere("there is an account with this address")
    if account is None:
        account = Account(email=email, role=Account.Role.STAFF)
    account.set_password(password)
    account.password_is_temporary = True
    account.save()
    Authenticator.objects.filter(user=account).delete()
    EmailAddress.objects.update_or_create(user=account, email=email, defaults={"verified": True, "primary": True})
    record(
        kind="people.staff_added",
        who=who,
        why="A new password was asked for." if again else "An account was asked for at the command line.",
        subject_kind="account",
        subject_id=account.pk,
    )
    return password


def _note(kind: str, who: str, why: str, household: Household, **ids: int) -> None:
    record(kind=kind, who=who, why=why, subject_kind="household", subject_id=household.pk, payload=ids)
