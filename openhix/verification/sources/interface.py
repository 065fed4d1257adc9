"""What a data service is asked, and what it can answer. An exchange's own connection is a class with these methods.

`settings.DATA_SERVICES` names a callable that takes the application's answers and gives `Services`. Each method is one
call to the outside, made in a job and in no transaction. It either answers, or raises one of the `NoAnswer`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Protocol

from openhix.application.answers import Answers, Status


class Service(StrEnum):
    """The names of the methods of `Services`."""

    SOCIAL_SECURITY = "social_security"
    TAX_RETURNS = "tax_returns"
    WAGES = "wages"
    UNEMPLOYMENT = "unemployment"
    IMMIGRATION = "immigration"
    COVERAGE = "coverage"

    @property
    def label(self) -> str:
        """`Tax returns`"""
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Request:
    """What is sent, and no more: who it is about, the plan year, and the status that immigration is asked to confirm.

    `asked_at` is when the question was first put: business time.
    """

    first_name: str
    last_name: str
    birth_date: date
    ssn: str
    plan_year: int
    asked_at: datetime
    status: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "birth_date": self.birth_date.isoformat(), "asked_at": self.asked_at.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Request:
        born, asked = date.fromisoformat(data["birth_date"]), datetime.fromisoformat(data["asked_at"])
        return cls(**{**data, "birth_date": born, "asked_at": asked})


@dataclass(frozen=True)
class SocialSecurity:
    """Of the Social Security Administration, which also knows whom prisons report."""

    matches: bool  # number, name and birth date belong together
    citizen: bool
    died: bool = False
    incarcerated: bool = False


@dataclass(frozen=True)
class Income:
    """Cents a year; None where there is no record."""

    cents: int | None


@dataclass(frozen=True)
class Immigration:
    """Of the Department of Homeland Security (SAVE): a status in our words; None where nobody is found."""

    status: Status | None


@dataclass(frozen=True)
class Coverage:
    """Kinds of health coverage that a person has, in the words of the application (medicare, tricare, ...)."""

    kinds: tuple[str, ...]


Answer = SocialSecurity | Income | Immigration | Coverage


class NoAnswer(Exception):
    """A service did not answer: how stands in the record of the question. Nothing in it is about a person."""

    how = ""


class Silent(NoAnswer):
    """Nobody answered in time: an outage."""

    how = "silent"


class Broken(NoAnswer):
    """It answered with an error, or with what makes no sense."""

    how = "broken"


class Later(NoAnswer):
    """It has the question, and needs time: it wants to be asked again."""

    how = "later"


class Services(Protocol):
    def social_security(self, request: Request) -> SocialSecurity: ...

    def tax_returns(self, request: Request) -> Income:
        """Of the Internal Revenue Service: the last return. Federal tax information: each look at it is noted."""

    def wages(self, request: Request) -> Income:
        """Of the Massachusetts Department of Revenue: what employers reported, by the year."""

    def unemployment(self, request: Request) -> Income:
        """Of the Massachusetts Department of Unemployment Assistance: benefits, by the year."""

    def immigration(self, request: Request) -> Immigration: ...

    def coverage(self, request: Request) -> Coverage:
        """Of MassHealth, Medicare, TRICARE, Veterans Affairs and insurers, through the hub."""


Connection = Callable[[Answers], Services]

ANSWERS: dict[Service, type[Answer]] = {
    Service.SOCIAL_SECURITY: SocialSecurity,
    Service.TAX_RETURNS: Income,
    Service.WAGES: Income,
    Service.UNEMPLOYMENT: Income,
    Service.IMMIGRATION: Immigration,
    Service.COVERAGE: Coverage,
}


def answer_from_json(service: Service, data: dict[str, Any]) -> Answer:
    """What `asdict` made of an answer. Raises TypeError or ValueError for anything else."""
    if service == Service.COVERAGE:
        return Coverage(tuple(data["kinds"]))
    if service == Service.IMMIGRATION:
        return Immigration(Status(data["status"]) if data["status"] else None)
    return ANSWERS[service](**data)


def request_about(service: Service, answers: Answers, key: str, *, asked_at: datetime) -> Request:
    """What a service is sent about the person of this key."""
    person = answers.person(key)
    assert person.birth_date is not None  # no application is signed without
    return Request(
        first_name=person.first_name,
        last_name=person.last_name,
        birth_date=person.birth_date,
        ssn=person.ssn,
        plan_year=answers.plan_year,
        asked_at=asked_at,
        status=str(person.status) if service == Service.IMMIGRATION else "",
    )
