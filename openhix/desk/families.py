"""The five households of the demonstration, each made for one result in plan year 2026.

Incomes are whole dollars a year from a job. The 2025 poverty guidelines, on which the help of 2026 rests: 15,650
dollars for one person, 21,150 for two, 26,650 for three (90 FR 5917).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openhix.application.answers import (
    Address,
    Answers,
    Income,
    IncomeSource,
    Period,
    PersonAnswers,
    Relationship,
    Status,
    TaxRole,
)


@dataclass(frozen=True)
class Member:
    first_name: str
    last_name: str
    born: date
    relationship: Relationship = Relationship.SELF
    income: int = 0


@dataclass(frozen=True)
class Family:
    """`name` is what its e-mail address begins with; `meant_for`, what it shows."""

    name: str
    language: str
    home: Address
    members: tuple[Member, ...]
    meant_for: str

    def answers(self, ssns: Iterator[str]) -> Answers:
        """The application that this household fills in; `ssns` are Social Security numbers that nobody has here."""
        people = [_person(f"p{number}", member, next(ssns)) for number, member in enumerate(self.members, start=1)]
        return Answers(seeks_help=True, people=people, home=self.home, rights_accepted=True, people_ever=len(people))


_ROLES = {
    Relationship.SELF: (TaxRole.FILER, ""),
    Relationship.SPOUSE: (TaxRole.JOINT_FILER, ""),
    Relationship.CHILD: (TaxRole.DEPENDENT, "p1"),
}


def _person(key: str, member: Member, ssn: str) -> PersonAnswers:
    role, claimed_by = _ROLES[member.relationship]
    return PersonAnswers(
        key=key,
        first_name=member.first_name,
        last_name=member.last_name,
        birth_date=member.born,
        relationship=member.relationship,
        tax_role=role,
        claimed_by=claimed_by,
        ssn=ssn,
        status=Status.CITIZEN,
        incarcerated=False,
        incomes=[Income(IncomeSource.JOB, member.income * 100, Period.YEAR)] if member.income else [],
    )


FAMILIES = (
    Family(
        "ana", "en", Address("12 Dudley Street", "", "Boston", "MA", "02118"),
        (Member("Ana", "Almeida", date(1985, 2, 28), income=22_500),),
        "ConnectorCare 2A, at 143.77% of the poverty level",
    ),
    Family(
        "bruno", "pt", Address("8 Elm Street", "", "Worcester", "MA", "01604"),
        (Member("Bruno", "Barros", date(1990, 7, 14), income=43_000),),
        "ConnectorCare 3B, at 274.76% of the poverty level",
    ),
    Family(
        "carla", "es", Address("3 Main Street", "", "Springfield", "MA", "01103"),
        (Member("Carla", "Castillo", date(1971, 11, 3), income=54_000),),
        "ConnectorCare 3C, at 345.05% of the poverty level",
    ),
    Family(
        "diallo", "en", Address("41 Union Street", "", "Lynn", "MA", "01902"),
        (
            Member("Aïssatou", "Diallo", date(1988, 4, 9), income=38_000),
            Member("Moussa", "Diallo", date(1986, 9, 30), Relationship.SPOUSE, 17_000),
            Member("Fatou", "Diallo", date(2018, 6, 1), Relationship.CHILD),
        ),
        "ConnectorCare for the parents, MassHealth for the child, at 206.38% of the poverty level",
    ),
    Family(
        "evans", "en", Address("77 Beacon Street", "", "Newton", "MA", "02458"),
        (
            Member("Edith", "Evans", date(1966, 1, 20), income=60_000),
            Member("Earl", "Evans", date(1964, 12, 5), Relationship.SPOUSE, 24_812),
        ),
        "full price, at 401.00% of the poverty level",
    ),
)  # fmt: skip
