"""A household's whole story for staff: who they are, what they told, what they were answered, chose, owed and paid.

In English, whatever language the household reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from openhix.application import queries as applications
from openhix.application.models import Draft, Version
from openhix.application.telling import Difference, differences
from openhix.billing import queries as books
from openhix.billing import words as money
from openhix.billing.ledger import Entry
from openhix.billing.models import Bill
from openhix.correspondence import queries as correspondence
from openhix.correspondence.models import Letter
from openhix.desk import words
from openhix.desk.dashboard import Held
from openhix.eligibility import queries as eligibility
from openhix.eligibility import words as answers
from openhix.eligibility.models import Determination, Finding, TaxHousehold
from openhix.eligibility.telling import Reason
from openhix.enrollment import queries as chosen
from openhix.enrollment import telling
from openhix.enrollment.models import Kind
from openhix.history import queries as history
from openhix.history.models import Event
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Account, Household, Person
from openhix.verification import queries as verification
from openhix.verification.models import Proof
from openhix.verification.words import proof_of

_ACCOUNT = re.compile(r"account (\d+)")
_DASH = "—"
LANGUAGES = {"en": "English", "es": "Spanish", "pt": "Portuguese"}


@dataclass(frozen=True)
class Row:
    """One event in words; of whom, or which letter, where it is about one."""

    event: Event
    what: str
    who: str
    person: Person | None
    letter: Letter | None


@dataclass(frozen=True)
class Told:
    """A version and what it changed in the one before; the first one changes nothing."""

    version: Version
    who: str
    differences: list[Difference]


@dataclass(frozen=True)
class Found:
    finding: Finding
    answer: str
    beside: str
    begins: str
    limits: list[str]
    story: Reason | None


@dataclass(frozen=True)
class Answered:
    """A determination, its findings, and what it changed in the one before."""

    determination: Determination
    tax_households: list[tuple[TaxHousehold, str]]  # with whose it is, where there are several
    findings: list[Found]
    changes: list[tuple[str, str, str, str]]  # who, what, before, after


@dataclass(frozen=True)
class Books:
    kind: str
    owes: str
    entries: list[tuple[Entry, str]]  # with who


class Story:
    """Each part is read when the page comes to it."""

    def __init__(self, household: Household) -> None:
        self.household = household
        self.today = clock.today()

    @property
    def language(self) -> str:
        return LANGUAGES[self.household.language]

    @cached_property
    def accounts(self) -> list[Account]:
        return people.accounts_of(self.household)

    @cached_property
    def people(self) -> list[Person]:
        return people.people_of(self.household)

    @cached_property
    def applied(self) -> set[str]:
        """The keys of who is on the application that counts."""
        return applications.keys(self.household)

    @cached_property
    def events(self) -> list[Event]:
        """The newest first."""
        return history.events_about("household", self.household.pk)

    @cached_property
    def rows(self) -> list[Row]:
        people = {each.pk: each for each in self.people}
        letters = {each.pk: each for each in self.letters}
        return [
            Row(
                each,
                words.happened(each.kind),
                self.who(each.who),
                people.get(each.payload.get("person", 0)),
                letters.get(each.payload.get("letter", 0)),
            )
            for each in self.events
        ]

    @cached_property
    def _names(self) -> dict[str, str]:
        """Who acted, by what is written down of it."""
        versions = applications.versions(self.household)
        numbers = {int(found[1]) for each in self.events if (found := _ACCOUNT.fullmatch(each.who))}
        accounts = people.accounts(numbers | {each.submitted_by_id for each in versions})
        return {f"account {pk}": f"{each.email} ({each.role})" for pk, each in accounts.items()}

    def who(self, written: str) -> str:
        return self._names.get(written, words.WHO.get(written, written))

    @cached_property
    def draft(self) -> Draft | None:
        """What the household is filling in or changing and has not sent in."""
        return applications.draft_of(self.household)

    @cached_property
    def applications(self) -> list[Told]:
        """The newest first."""
        versions = applications.versions(self.household)
        earlier = [*versions[1:], None][: len(versions)]
        return [
            Told(each, self.who(f"account {each.submitted_by_id}"), differences(before, each) if before else [])
            for each, before in zip(versions, earlier, strict=True)
        ]

    @cached_property
    def determinations(self) -> list[Answered]:
        return [_answered(each) for each in eligibility.determinations(self.household)]

    @cached_property
    def proofs(self) -> list[tuple[Proof, str]]:
        return [(each, proof_of(each.claim)) for each in verification.standing(self.household)]

    @cached_property
    def policies(self) -> list[tuple[Held, list[tuple[str, date, date]]]]:
        """The newest first, with the coverage that counts: whose, the first day and the last."""
        names = {each.pk: each.name for each in self.people}
        held = Held.all(chosen.standings(self.household), self.today)
        return [
            (
                each,
                [
                    (names[span.person_id], span.days.lower, span.days.upper - telling.ONE_DAY)
                    for span in chosen.spans(each.standing.policy)
                ],
            )
            for each in held
        ]

    @cached_property
    def books(self) -> list[Books]:
        found = []
        for kind in Kind.values:
            entries = [(each, self.who(each.who)) for each in books.ledger(self.household, kind)]
            if entries:
                found.append(Books(kind, entries[-1][0].owes_in_words, entries))
        return found

    @cached_property
    def bills(self) -> list[tuple[Bill, str]]:
        """The newest first, with what became of each."""
        return [(each.bill, money.state_of_bill(each)) for each in books.outcomes(self.household, self.today)]

    @cached_property
    def letters(self) -> list[Letter]:
        return list(correspondence.letters_of(self.household))


def _answered(determination: Determination) -> Answered:
    made = eligibility.findings(determination)
    tax_households = [(each, answers.on_return(each, made)) for each in eligibility.tax_households(determination)]
    findings = [
        Found(
            each,
            answers.answer(each),
            answers.beside(each),
            answers.begins(each),
            [_(limit.label) for limit in each.limits],
            Reason.of(each.told, _) if each.told else None,
        )
        for each in made
    ]
    changes = [
        (
            each.person.name if each.person else "Household",
            _(each.what),
            each.before.text(_) if each.before else _DASH,
            each.after.text(_) if each.after else _DASH,
        )
        for each in eligibility.changes(determination)
    ]
    return Answered(determination, tax_households, findings, changes)
