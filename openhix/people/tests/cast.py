"""A small cast of households that tests share: who they are and what they live on. Each is meant for one result.

Incomes are whole dollars a year; birth dates give the ages on 1 January 2026. The 2025 poverty guidelines, which the
credits of 2026 use: 15,650 dollars for one person, 21,150 for two, 26,650 for three (90 FR 5917).
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import date

from openhix.people import actions
from openhix.people.models import Account, Household


@dataclass(frozen=True)
class Member:
    """One person; `relationship` is to the first of the household, `income` dollars a year from a job."""

    first_name: str
    last_name: str
    birth_date: date
    ssn: str | None
    relationship: str = "self"
    income: int = 0


@dataclass(frozen=True)
class Family:
    """A household of the cast: where it lives, who belongs to it, and what it is here for."""

    email: str
    street: str
    city: str
    zip: str
    members: tuple[Member, ...]
    meant_for: str
    language: str = "en"


ANA = Family(
    "ana@example.com", "12 Dudley Street", "Boston", "02118",
    (Member("Ana", "Almeida", date(1985, 2, 28), "219099901", income=22_500),),
    "ConnectorCare 2A: 143.77% of the poverty level",
)  # fmt: skip
BRUNO = Family(
    "bruno@example.com", "8 Elm Street", "Worcester", "01604",
    (Member("Bruno", "Barros", date(1990, 7, 14), "219099902", income=43_000),),
    "ConnectorCare 3B: 274.76% of the poverty level", "pt",
)  # fmt: skip
CARLA = Family(
    "carla@example.com", "3 Main Street", "Springfield", "01103",
    (Member("Carla", "Castillo", date(1971, 11, 3), "219099903", income=54_000),),
    "ConnectorCare 3C: 345.05% of the poverty level", "es",
)  # fmt: skip
DIALLO = Family(
    "diallo@example.com", "41 Union Street", "Lynn", "01902",
    (
        Member("Aïssatou", "Diallo", date(1988, 4, 9), "219099904", income=38_000),
        Member("Moussa", "Diallo", date(1986, 9, 30), "219099905", "spouse", 17_000),
        Member("Fatou", "Diallo", date(2018, 6, 1), "219099906", "child"),
    ),
    "the parents get ConnectorCare, the child MassHealth: 206.38% of the poverty level",
)  # fmt: skip
EVANS = Family(
    "evans@example.com", "77 Beacon Street", "Newton", "02458",
    (
        Member("Edith", "Evans", date(1966, 1, 20), "219099907", income=60_000),
        Member("Earl", "Evans", date(1964, 12, 5), "219099908", "spouse", 24_812),
    ),
    "no help: 401.00% of the poverty level",
)  # fmt: skip
CAST = (ANA, BRUNO, CARLA, DIALLO, EVANS)


def namesakes(family: Family, email: str) -> Family:
    """Other people who happen to be called and aged as these are; the address says which numbers are theirs."""
    drawn = zlib.crc32(email.encode()) % 900_000
    members = (replace(each, ssn=f"2{15_100_000 + 20 * drawn + nth}") for nth, each in enumerate(family.members))
    return replace(family, email=email, members=tuple(members))


def account(family: Family = ANA) -> Account:
    """The account of a household of the cast, with its address confirmed; there may be only one."""
    from allauth.account.models import EmailAddress

    made: Account = Account.objects.create_user(family.email, PASSWORD, language=family.language)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def household(family: Family = ANA) -> Household:
    """The household of the cast, with its account and its people (keys p1, p2 ...), before any application."""
    opened = actions.open_household(account=account(family))
    for number, member in enumerate(family.members, start=1):
        actions.keep_person(
            household=opened,
            key=f"p{number}",
            first_name=member.first_name,
            last_name=member.last_name,
            birth_date=member.birth_date,
            ssn=member.ssn,
        )
    return opened


PASSWORD = "correct horse battery staple"
