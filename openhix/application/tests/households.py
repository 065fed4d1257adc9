"""Whole applications for tests: one person, and a family of four."""

from __future__ import annotations

from datetime import date

from openhix.application import actions
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
from openhix.application.models import Draft, Version
from openhix.people import actions as people
from openhix.people.models import Account, Household

BOSTON = Address(street="1 Beacon Street", city="Boston", zip="02118")


def ana() -> Answers:
    """One person of 40 in Boston, who wants help and earns $700 a week."""
    return Answers(
        seeks_help=True,
        people=[
            PersonAnswers(
                key="p1",
                first_name="Ana",
                last_name="Silva",
                birth_date=date(1985, 2, 28),
                relationship=Relationship.SELF,
                tax_role=TaxRole.FILER,
                ssn="123456789",
                status=Status.CITIZEN,
                incarcerated=False,
                incomes=[Income(IncomeSource.JOB, 700_00, Period.WEEK, "Bakery")],
            )
        ],
        home=BOSTON,
        rights_accepted=True,
    )


def child(key: str, first_name: str, born: date = date(2018, 5, 1), claimed_by: str = "p1") -> PersonAnswers:
    return PersonAnswers(
        key=key,
        first_name=first_name,
        last_name="Silva",
        birth_date=born,
        relationship=Relationship.CHILD,
        tax_role=TaxRole.DEPENDENT,
        claimed_by=claimed_by,
        no_ssn_reason="newborn",
        status=Status.CITIZEN,
        incarcerated=False,
    )


def family() -> Answers:
    """Ana, her husband Bruno with whom she files jointly, and twins."""
    answers = ana()
    answers.people[0].files_with = "p2"
    answers.people += [
        PersonAnswers(
            key="p2",
            first_name="Bruno",
            last_name="Silva",
            birth_date=date(1984, 7, 4),
            relationship=Relationship.SPOUSE,
            tax_role=TaxRole.JOINT_FILER,
            files_with="p1",
            ssn="234567890",
            status=Status.QUALIFIED,
            incarcerated=False,
        ),
        child("p3", "Clara"),
        child("p4", "Davi"),
    ]
    return answers


def member(email: str = "ana@example.org") -> tuple[Account, Household]:
    """An account with a household that has not applied yet."""
    account = Account.objects.create(email=email)
    return account, people.open_household(account=account)


def filled(answers: Answers, email: str = "ana@example.org") -> tuple[Account, Household, Draft]:
    """A household with these answers saved and not signed."""
    account, household = member(email)
    draft = actions.begin(household=household, account=account)
    return (
        account,
        household,
        actions.save(household=household, account=account, revision=draft.revision, answers=answers),
    )


def signed(answers: Answers, email: str = "ana@example.org") -> tuple[Account, Household, Version]:
    """A household that has signed these answers."""
    account, household, draft = filled(answers, email)
    signature = answers.people[0].name
    return (
        account,
        household,
        actions.submit(household=household, account=account, revision=draft.revision, signature=signature),
    )
