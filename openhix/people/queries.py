"""What is known about accounts, households and their people."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from openhix.kernel.names import folded
from openhix.people.models import Access, Account, Household, Person

MOST_FOUND = 50

_MEMBER_ID = re.compile(r"\d{12}", re.ASCII)
_US_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_SSN = re.compile(r"\d{3}-?\d{2}-?\d{4}")
_FIGURES = re.compile(r"[\d/.-]*\d[\d/.-]*")


class NotReadable(ValueError):
    """A term in figures that is no date and no number by which people are found. The message is the term."""


def lock(household_id: int) -> Household:
    """The household, locked until the transaction ends; every action that changes it begins with this."""
    return Household.objects.select_for_update().get(pk=household_id)


def household_of(account: Account) -> Household | None:
    """The household that this account acts for."""
    access = Access.objects.filter(account=account).select_related("household").order_by("pk").first()
    return access.household if access else None


def household_with(member_id: str) -> Household | None:
    """Whatever stands in an address: what is no member ID is nobody's."""
    return Household.objects.filter(member_id=member_id).first() if _MEMBER_ID.fullmatch(member_id) else None


def accounts_of(household: Household) -> list[Account]:
    """Who may act for this household, the first one first."""
    found = Access.objects.filter(household=household).select_related("account").order_by("pk")
    return [access.account for access in found]


def accounts(ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by id; those that there are."""
    return Account.objects.in_bulk(ids)


def people_of(household: Household) -> list[Person]:
    """Everyone that we know of, in the order in which they were told."""
    return list(Person.objects.filter(household=household).order_by("pk"))


def alike(people: Sequence[Person]) -> dict[int, list[Person]]:
    """By the id of each, who of other households may be the same person: the same Social Security number or, where one
    of the two has none, the same name and birth date. One query, whatever their number."""
    others = list(_alike(people).select_related("household"))
    return {each.pk: [other for other in others if _may_be_one(each, other)] for each in people}


def lock_alike(people: Sequence[Person]) -> None:
    """Until the transaction ends, others who would decide about one of these people wait."""
    list(_alike(people).select_for_update(no_key=True))


def _alike(people: Sequence[Person]) -> QuerySet[Person]:
    """These people and those like them, always in the same order."""
    numbers = Q(ssn_index__in={each.ssn_index for each in people} - {""})
    names = {each.folded_name for each in people}, {each.birth_date for each in people}
    named = Q(folded_name__in=names[0], birth_date__in=names[1])
    return Person.objects.filter(numbers | named).order_by("pk")


def _may_be_one(person: Person, other: Person) -> bool:
    if person.household_id == other.household_id:
        return False
    if person.ssn_index and other.ssn_index:
        return person.ssn_index == other.ssn_index
    return (person.folded_name, person.birth_date) == (other.folded_name, other.birth_date)


def search(text: str) -> list[Person]:
    """People by what staff are told on the phone: parts of a name, member id, birth date (2/28/1985 or 1985-02-28),
    Social Security number or its last four digits, in any order and together. At most 50, by name.

    Raises NotReadable.
    """
    terms = unicodedata.normalize("NFKC", text.replace("\0", "")).split()[:10]
    if not terms:
        return []
    wanted = Q()
    for term in terms:
        wanted &= _meaning(term)
    found = Person.objects.filter(wanted).select_related("household")
    return list(found.order_by("last_name", "first_name", "pk")[:MOST_FOUND])


def _meaning(term: str) -> Q:
    if _MEMBER_ID.fullmatch(term):
        return Q(household__member_id=term)
    if _SSN.fullmatch(term):
        return Q(ssn_index__of=term.replace("-", ""))
    if re.fullmatch(r"\d{4}", term, re.ASCII):
        return Q(last_four_index__of=term)
    if born := _birth_date(term):
        return Q(birth_date=born)
    if _FIGURES.fullmatch(term):
        raise NotReadable(term)
    return Q(folded_name__contains=folded(term))


def _birth_date(term: str) -> date | None:
    american = _US_DATE.fullmatch(term)
    try:
        if american:
            month, day, year = map(int, american.groups())
            return date(year, month, day)
        return date.fromisoformat(term)
    except ValueError:
        return None
