"""What a household tells us: the shape of an application's answers, stored as JSON and read back as these values.

Money is cents; dates are ISO text in JSON. None means not answered; an empty list means "none", unless the person's
`unasked` still names the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any


class Period(StrEnum):
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    YEAR = "year"


class IncomeSource(StrEnum):
    JOB = "job"
    SELF_EMPLOYMENT = "self_employment"
    UNEMPLOYMENT = "unemployment"
    SOCIAL_SECURITY = "social_security"
    OTHER = "other"


class TaxRole(StrEnum):
    FILER = "filer"
    JOINT_FILER = "joint_filer"
    SEPARATE_FILER = "separate_filer"
    DEPENDENT = "dependent"
    NOT_FILING = "not_filing"


class Status(StrEnum):
    """Citizenship or immigration status, in the words of the form."""

    CITIZEN = "citizen"
    QUALIFIED = "qualified"  # green card for five years or more, refugee, asylee and the like
    QUALIFIED_BARRED = "qualified_barred"  # green card for less than five years
    LAWFULLY_PRESENT = "lawfully_present"
    PRUCOL = "prucol"
    OTHER = "other"


class Relationship(StrEnum):
    """To the first person of the application."""

    SELF = "self"
    SPOUSE = "spouse"
    CHILD = "child"
    STEPCHILD = "stepchild"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    OTHER = "other"


@dataclass
class Address:
    street: str = ""
    unit: str = ""
    city: str = ""
    state: str = "MA"
    zip: str = ""
    county: str = ""  # asked where the ZIP lies in two


@dataclass
class Income:
    source: IncomeSource
    cents: int  # before taxes, for one period; below zero for a loss of self-employment alone
    period: Period
    employer: str = ""


@dataclass
class Deduction:
    kind: str  # student_loan_interest, ira, hsa, self_employment, alimony, other
    cents: int
    period: Period


@dataclass
class EmployerOffer:
    """The cheapest plan of minimum value that a job offers: cents a month for the employee alone, and for the family.

    `for_family`: whether it covers the family at all; None where that is not known.
    """

    self_cents: int | None = None
    family_cents: int | None = None
    for_family: bool | None = None


@dataclass
class PersonAnswers:
    """One person. `key` (p1, p2 ...) stays the same through all versions of the application."""

    key: str
    first_name: str = ""
    last_name: str = ""
    birth_date: date | None = None
    relationship: Relationship | None = None
    applying: bool = True
    tax_role: TaxRole | None = None
    claimed_by: str = ""  # the key of who claims a dependent, or "outside", or "outside_parent"
    files_with: str = ""  # the key of the other one of a joint return; may be left out where only one FILER is there
    separate_excused: bool = False  # files apart for abuse or abandonment, or as head of household
    parents: list[str] | None = None  # keys of those who are here; None: as the relationships say
    married_to: str | None = None  # key of a spouse who is here, "" for none; None: as relationships and returns say
    caretaker: str = ""  # the key of a relative who takes care of a child none of whose parents is here
    ssn: str = ""  # nine digits
    no_ssn_reason: str = ""  # not_eligible, applied, religious, newborn
    status: Status | None = None
    incarcerated: bool | None = None
    resident: bool = True  # lives in Massachusetts and intends to stay: believed, until it had to be shown and was not
    expecting: int = 0
    disabled: bool = False
    disability_found: bool = False  # by Social Security, MassHealth or the Commission for the Blind
    former_foster_care: bool = False  # in foster care and on Medicaid at 18
    tribal_member: bool = False
    incomes: list[Income] = field(default_factory=list)
    year_cents: int | None = None  # income of the whole year of coverage, where it differs from `incomes` by the year
    deductions: list[Deduction] = field(default_factory=list)
    other_coverage: list[str] = field(default_factory=list)  # medicare, tricare, va, masshealth, employer, other
    employer_offer: EmployerOffer | None = None
    unproven: list[str] = field(default_factory=list)  # claims of verification.Proof that are still to be proved
    unasked: list[str] = field(default_factory=list)  # pages where "none" is an answer that nobody has given yet

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def called(self) -> str:
        """The short name for the pages; someone who has one name only has it as last name."""
        return self.first_name or self.last_name


@dataclass
class Answers:
    """The whole application."""

    seeks_help: bool | None = None
    people: list[PersonAnswers] = field(default_factory=list)
    home: Address = field(default_factory=Address)
    mailing: Address | None = None
    phone: str = ""
    plan_year: int = 2026
    no_fixed_address: bool = False  # a home address without a street: mail goes to `mailing`
    rights_accepted: bool = False
    people_ever: int = 0  # how many keys were given out: one of somebody who left is not given to another

    @property
    def next_key(self) -> str:
        """The key for one more person."""
        given = [int(each.key[1:]) for each in self.people if each.key[1:].isdecimal()]
        return f"p{max([self.people_ever, *given]) + 1}"

    def add(self, person: PersonAnswers) -> None:
        self.people.append(person)
        self._remember([person.key])

    def remove(self, key: str) -> None:
        """Take someone off the application, and off what the others said about them."""
        self._remember(each.key for each in self.people)
        self.people = [each for each in self.people if each.key != key]
        for each in self.people:
            if key in (each.claimed_by, each.files_with):
                each.tax_role, each.claimed_by, each.files_with = None, "", ""
            if key in (each.parents or []):
                each.parents = None
            if key == each.married_to:
                each.married_to = None
            if key == each.caretaker:
                each.caretaker = ""

    def _remember(self, keys: Iterable[str]) -> None:
        numbers = [int(key[1:]) for key in keys if key[1:].isdecimal()]
        self.people_ever = max([self.people_ever, *numbers])

    def person(self, key: str) -> PersonAnswers:
        """Raises KeyError."""
        for each in self.people:
            if each.key == key:
                return each
        raise KeyError(key)

    def as_json(self) -> dict[str, Any]:
        return asdict(self, dict_factory=_plain)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Answers:
        """Raises KeyError, TypeError or ValueError for what this program never wrote."""
        mailing = data.get("mailing")
        return cls(
            **{
                **_known(cls, data),
                "people": [_person(each) for each in data.get("people", [])],
                "home": Address(**data.get("home", {})),
                "mailing": None if mailing is None else Address(**mailing),
            }
        )


def _plain(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in pairs}


def _known(kind: type, data: dict[str, Any]) -> dict[str, Any]:
    return {each.name: data[each.name] for each in fields(kind) if each.name in data}


def _person(data: dict[str, Any]) -> PersonAnswers:
    offer, born = data.get("employer_offer"), data.get("birth_date")
    return PersonAnswers(
        **{
            **_known(PersonAnswers, data),
            "birth_date": date.fromisoformat(born) if born else None,
            "relationship": Relationship(data["relationship"]) if data.get("relationship") else None,
            "tax_role": TaxRole(data["tax_role"]) if data.get("tax_role") else None,
            "status": Status(data["status"]) if data.get("status") else None,
            "incomes": [_income(each) for each in data.get("incomes", [])],
            "deductions": [
                Deduction(each["kind"], each["cents"], Period(each["period"])) for each in data.get("deductions", [])
            ],
            "employer_offer": None if offer is None else EmployerOffer(**offer),
        }
    )


def _income(data: dict[str, Any]) -> Income:
    return Income(IncomeSource(data["source"]), data["cents"], Period(data["period"]), data.get("employer", ""))
