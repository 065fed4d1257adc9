"""Applications of the cast, and of people in words, as the tests of this room need them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from openhix.application import actions as application
from openhix.application import queries as told_before
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
from openhix.application.models import Version
from openhix.eligibility import queries
from openhix.eligibility.models import Determination
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

ROLES = {
    Relationship.SELF: (TaxRole.FILER, ""),
    Relationship.SPOUSE: (TaxRole.JOINT_FILER, ""),
    Relationship.CHILD: (TaxRole.DEPENDENT, "p1"),
}


def person(key: str, born: date, relationship: str = "self", dollars: int = 0, **other: Any) -> PersonAnswers:
    """A citizen with a job's yearly income, on the first person's return as one would expect; anything else by name."""
    related = Relationship(relationship)
    role, claimed_by = ROLES.get(related, (TaxRole.DEPENDENT, "p1"))
    told: dict[str, Any] = {
        "first_name": f"Person{key[1:]}",
        "last_name": "Test",
        "no_ssn_reason": "religious",
        "tax_role": role,
        "claimed_by": claimed_by,
        "status": Status.CITIZEN,
        "incarcerated": False,
        "parents": [],  # beside those whom the relationship tells
        "married_to": "",
        "incomes": [Income(IncomeSource.JOB, dollars * 100, Period.YEAR)] if dollars else [],
    }
    return PersonAnswers(key=key, birth_date=born, relationship=related, **{**told, **other})


def answers(*persons: PersonAnswers, zip: str = "02118", seeks_help: bool | None = True) -> Answers:
    return Answers(
        seeks_help=seeks_help,
        people=list(persons),
        home=Address("1 Main Street", "", "Boston", "MA", zip),
        rights_accepted=True,
    )


def of_cast(family: cast.Family) -> Answers:
    """What a household of the cast tells on its application."""
    persons = [
        person(
            f"p{number}",
            each.birth_date,
            each.relationship,
            each.income,
            first_name=each.first_name,
            last_name=each.last_name,
            ssn=each.ssn or "",
            no_ssn_reason="" if each.ssn else "religious",
        )
        for number, each in enumerate(family.members, start=1)
    ]
    told = answers(*persons, zip=family.zip)
    told.home = Address(family.street, "", family.city, "MA", family.zip)
    return told


def figures(determination: Determination) -> tuple[int | None, ...]:
    """Percentage, benchmark, expected contribution and credit of the one tax household that has any."""
    each = next(iter(queries.tax_households(determination)), None)
    if each is None:
        return (None,) * 4
    return each.fpl_percent, each.benchmark_premium, each.expected_contribution, each.monthly_credit


def apply(household: Household, told: Answers) -> Version:
    """Submit an application, or change the one there is, by the actions that the pages call."""
    account = people.accounts_of(household)[0]
    begun = application.begin if told_before.application_of(household) is None else application.change
    draft = begun(household=household, account=account)
    told = replace(told, people_ever=max(told.people_ever, len(told.people)))
    draft = application.save(household=household, account=account, revision=draft.revision, answers=told)
    return application.submit(
        household=household, account=account, revision=draft.revision, signature=told.people[0].name
    )
