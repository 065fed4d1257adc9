"""Households whose data services say this or that, and moments at which things happen to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from openhix.application import actions as application
from openhix.application import queries as applications
from openhix.application.answers import Answers
from openhix.application.models import Version
from openhix.application.tests.households import ana, member
from openhix.correspondence.queries import letters_of
from openhix.kernel import clock
from openhix.people.models import Account, Household
from openhix.verification import actions, jobs, queries
from openhix.verification.models import Proof
from openhix.verification.queries import Stands
from openhix.verification.rules import claims
from openhix.verification.rules.claims import Claim

# Of the table of scenarios: who has these numbers.
NOBODYS, NATURALIZED, RELEASED, DOUBLE, A_LITTLE_MORE, LAST_YEAR, JOBLESS, ON_MEDICARE, OUTAGE = (
    f"07805{serial}" for serial in (1101, 1102, 1104, 1201, 1202, 1203, 1204, 1301, 1401)
)
ERRORS, LATE, LATE_DOUBLE, LATE_CONFIRMED, HALF_SILENT = (f"07805{serial}" for serial in range(1402, 1407))

PDF = b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20 + b"IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"


def one(ssn: str = "219099901", **told: Any) -> Answers:
    """Ana, who earns $36,400 a year, with this number; anything else about her by name."""
    answers = ana()
    answers.people[0].ssn = ssn
    for name, value in told.items():
        setattr(answers.people[0], name, value)
    return answers


def submitted(account: Account, household: Household, answers: Answers) -> Version:
    if applications.latest(household):
        draft = application.change(household=household, account=account)
    else:
        draft = application.begin(household=household, account=account)
    draft = application.save(household=household, account=account, revision=draft.revision, answers=answers)
    name = answers.people[0].name
    return application.submit(household=household, account=account, revision=draft.revision, signature=name)


def checked(version: Version) -> list[Proof]:
    """Data services are asked, and what they say is taken; the proofs asked for."""
    if actions.ask_services(version=version):
        return actions.take_replies(version=version, said=jobs.ask_all(version))
    return actions.ask_for_proofs(version=version)


def owing(ssn: str = DOUBLE) -> tuple[Account, Household, Proof]:
    """A household that owes one proof."""
    account, household = member()
    [proof] = checked(submitted(account, household, one(ssn)))
    return account, household, proof


def stands(household: Household, person: str = "p1") -> dict[str, str]:
    """How each claim of a person stands."""
    version = applications.latest(household)
    assert version is not None
    now = Stands.of(version)
    return {each.what: str(now.status(each)) for each in claims.made(now.answers) if each == Claim(person, each.what)}


def letters(household: Household) -> list[str]:
    """Kinds of the letters of this room, the oldest first."""
    kinds = [letter.kind for letter in letters_of(household)][::-1]
    return [kind.removeprefix("verification.") for kind in kinds]


def owed(household: Household) -> list[str]:
    return [proof.claim for proof in queries.standing(household)]


def at(day: date, hour: int = 12) -> None:
    """Let it be this hour of a day in Massachusetts."""
    clock.install(lambda: datetime(day.year, day.month, day.day, hour, tzinfo=clock.MASSACHUSETTS))
