"""What the dashboard shows of a household: a fixed number of queries, however long its story is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from openhix.application import queries as applications
from openhix.billing import queries as books
from openhix.billing.models import Bill
from openhix.billing.queries import Account
from openhix.correspondence import queries as correspondence
from openhix.correspondence.models import Letter
from openhix.desk.next_step import Next, Situation, next_step
from openhix.eligibility import queries as eligibility
from openhix.eligibility import words
from openhix.eligibility.models import Determination, Finding
from openhix.enrollment import queries as chosen
from openhix.enrollment import telling
from openhix.enrollment.models import Kind
from openhix.enrollment.queries import Standing, Status
from openhix.people.models import Household
from openhix.plans import queries as plans
from openhix.shopping import calendar
from openhix.verification import queries as verification
from openhix.verification.letters.proofs_needed import PROOF_OF
from openhix.verification.models import Proof

SHOWN = 5  # bills and letters; the rest is on their own pages


@dataclass(frozen=True)
class Answer:
    """One person of the determination, in words."""

    finding: Finding
    program: str
    begins: str


@dataclass(frozen=True)
class Held:
    """A plan that the household has or had, in words."""

    standing: Standing
    plan: str
    people: str
    status: str


class Dashboard:
    """Each part is read when it is first asked for, and once."""

    def __init__(self, household: Household, today: date) -> None:
        self.household, self.today = household, today
        self.version = applications.latest(household)
        self.draft = applications.draft_of(household)
        self.accounts: dict[str, Account] = {kind: books.account(household, kind) for kind in Kind.values}

    @cached_property
    def determination(self) -> Determination | None:
        return eligibility.current(self.household)

    @cached_property
    def answers(self) -> list[Answer]:
        if self.determination is None:
            return []
        findings = eligibility.findings(self.determination)
        return [Answer(each, words.answer(each), words.begins(each)) for each in findings if each.applying]

    @cached_property
    def standings(self) -> list[Standing]:
        """What waits, is in force or has ended, the newest first."""
        return [each for each in chosen.standings(self.household) if each.status is not Status.WITHDRAWN]

    @cached_property
    def coverage(self) -> list[Held]:
        shelves = {year: plans.shelf(year=year) for year in {each.policy.plan_year for each in self.standings}}
        return [
            Held(
                each,
                shelves[each.policy.plan_year].plan(each.policy.plan_id).name,
                telling.members(each),
                telling.status(each, self.today),
            )
            for each in self.standings
        ]

    @cached_property
    def proofs(self) -> list[tuple[Proof, str]]:
        owed = verification.owed(self.household, self.today)
        return [(each, _(PROOF_OF[each.claim])) for each in owed]

    @cached_property
    def to_send(self) -> list[Proof]:
        """Proofs for which papers are still to be sent in time."""
        return [each for each in verification.to_send(self.household) if each.due_on >= self.today]

    @cached_property
    def bills(self) -> list[Bill]:
        return books.bills(self.household)[:SHOWN]

    @cached_property
    def letters(self) -> list[Letter]:
        return list(correspondence.letters_of(self.household)[:SHOWN])

    @property
    def open_accounts(self) -> list[Account]:
        return [each for each in self.accounts.values() if each.owed]

    @property
    def to_pay(self) -> Account | None:
        """The account whose payment is the most urgent."""
        return min(self.open_accounts, key=lambda each: each.pay_by or date.max, default=None)

    @property
    def waiting_for(self) -> Account | None:
        """The account with a choice that can still be completed, the most urgent."""
        there = [each for each in self.accounts.values() if each.pay_by is not None and not each.is_late(self.today)]
        return min(there, key=lambda each: (not each.owed, each.pay_by or date.max), default=None)

    @cached_property
    def next(self) -> Next:
        waiting = self.waiting_for
        return next_step(
            Situation(
                applied=self.version is not None,
                drafting=self.draft is not None,
                answered=self.determination is not None and self.determination.version == self.version,
                undecided=any(each.finding.undecided for each in self.answers),
                owed=waiting.owed if waiting else sum(each.owed for each in self.accounts.values()),
                pay_by=waiting.pay_by if waiting else None,
                needs_plan=self._needs_plan,
                open=calendar.enrollment_is_open(self.today),
                proofs_due=min((proof.due_on for proof in self.to_send), default=None),
            ),
            self.today,
        )

    @property
    def _needs_plan(self) -> bool:
        """Whether someone who may have a health plan has none."""
        has = {
            person
            for each in self.standings
            if each.policy.kind == Kind.HEALTH and self._counts(each)
            for person in each.people
        }
        return any(each.finding.buys_a_plan and each.finding.person_id not in has for each in self.answers)

    def _counts(self, each: Standing) -> bool:
        if each.status is Status.WAITING:
            return self.today <= each.policy.pay_by
        return each.ends is None or self.today < each.ends
