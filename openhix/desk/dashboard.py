"""What the dashboard shows of a household: a fixed number of queries, however long its story is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from openhix.application import queries as applications
from openhix.billing import queries as books
from openhix.billing import words as money
from openhix.billing.models import Bill
from openhix.billing.queries import Account
from openhix.correspondence import queries as correspondence
from openhix.correspondence.models import Letter
from openhix.desk.next_step import Next, Situation, next_step
from openhix.eligibility import queries as eligibility
from openhix.eligibility import words
from openhix.eligibility.models import Determination, Finding
from openhix.enrollment import care, telling
from openhix.enrollment import queries as chosen
from openhix.enrollment.models import Kind
from openhix.enrollment.queries import Opening, Standing, Status
from openhix.people.models import Household
from openhix.plans import queries as plans
from openhix.shopping import calendar
from openhix.verification import queries as verification
from openhix.verification.models import Proof
from openhix.verification.words import proof_of

SHOWN = 5  # bills and letters; the rest is on their own pages


@dataclass(frozen=True)
class Answer:
    """One person of the determination, in words."""

    finding: Finding
    program: str
    begins: str


@dataclass(frozen=True)
class Held:
    """A plan that the household has or had, in words. `once_more`: how to have after all what was not paid in time;
    `care`: what its people pay for care as members of a tribe."""

    standing: Standing
    plan: str
    people: str
    status: str
    once_more: str
    care: str

    @classmethod
    def all(cls, standings: Sequence[Standing], today: date) -> list[Held]:
        shelves = {year: plans.shelf(year=year) for year in {each.policy.plan_year for each in standings}}
        return [
            cls(
                each,
                shelves[each.policy.plan_year].plan(each.policy.plan_id).name,
                telling.members(each),
                telling.status(each, today),
                _once_more(each, standings, today),
                care.under(each.policy),
            )
            for each in standings
        ]


def _once_more(each: Standing, standings: Sequence[Standing], today: date) -> str:
    if each.lapsed_on is None:
        return ""
    return telling.once_more(each.policy, today, stands=bool(chosen.stand_until_paid([each], standings)))


@dataclass(frozen=True)
class ToComplete:
    """A choice that waits for its payment: its plans, and the paid ones that stand until it is here, if any."""

    account: Account
    plans: str
    stands: str

    @property
    def besides(self) -> int:
        """Cents that are owed for something else on the same account."""
        return self.account.owed - self.account.missing


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
        """What waits, is in force or has ended, and the last choice of a kind where it was not paid for in time; the
        newest first."""
        every = chosen.standings(self.household)
        last = {each.policy.kind: each.policy.choice for each in reversed(every)}
        return [
            each
            for each in every
            if each.status is not Status.WITHDRAWN or (each.lapsed_on and each.policy.choice == last[each.policy.kind])
        ]

    @cached_property
    def coverage(self) -> list[Held]:
        return Held.all(self.standings, self.today)

    @cached_property
    def health(self) -> list[Held]:
        """The health plans that count today: chosen and still to be paid for, or in force."""
        return [each for each in self.coverage if each.standing.policy.kind == Kind.HEALTH and self._counts(each)]

    @cached_property
    def proofs(self) -> list[tuple[Proof, str]]:
        owed = verification.owed(self.household, self.today)
        return [(each, proof_of(each.claim)) for each in owed]

    @property
    def lapsed(self) -> list[str]:
        """What was not paid for in time, and how to have it after all where the next step does not say that."""
        told_so = Kind.HEALTH if self.next in (Next.CHOOSE, Next.CLOSED) else ""
        return [
            f"{each.plan}: {each.status}." + ("" if each.standing.policy.kind == told_so else f" {each.once_more}")
            for each in self.coverage
            if each.once_more
        ]

    @cached_property
    def bills(self) -> list[tuple[Bill, str]]:
        """Each with what became of it."""
        told = books.outcomes(self.household, self.today)[:SHOWN]
        return [(each.bill, money.state_of_bill(each)) for each in told]

    @cached_property
    def without_papers(self) -> list[Proof]:
        """Proofs for which papers are still to be sent."""
        return verification.to_send(self.household)

    @property
    def to_send(self) -> list[Proof]:
        """Those that can still come in time."""
        return [each for each in self.without_papers if each.due_on >= self.today]

    @property
    def late(self) -> list[Proof]:
        """Those that can no longer; they still count once they are here. Of an event the time has been closed."""
        return [
            each
            for each in self.without_papers
            if each.due_on < self.today and each.claim != Proof.Claim.QUALIFYING_EVENT
        ]

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
        return min(there, key=lambda each: (not each.missing, each.pay_by or date.max), default=None)

    @property
    def to_complete(self) -> list[ToComplete]:
        """The choices that a payment completes."""
        names = {each.standing.policy.pk: each.plan for each in self.coverage}
        return [
            ToComplete(each, *(telling.names(names[one.policy.pk] for one in of) for of in (each.waiting, each.stands)))
            for each in self.accounts.values()
            if each.missing and not each.is_late(self.today)
        ]

    @cached_property
    def openings(self) -> list[Opening]:
        """The days from which a health plan can cover that is chosen today; none where none can be chosen."""
        return chosen.openings(self.household, Kind.HEALTH, self.today, calendar.plan_year(self.today))

    @property
    def period(self) -> str:
        """Which time to choose a health plan is open, in words; empty where none is."""
        return telling.period(self.openings)

    @cached_property
    def next(self) -> Next:
        waiting = self.waiting_for
        return next_step(
            Situation(
                applied=self.version is not None,
                drafting=self.draft is not None,
                answered=self.determination is not None and self.determination.version == self.version,
                undecided=any(each.finding.undecided for each in self.answers),
                owed=waiting.missing if waiting else sum(each.owed for each in self.accounts.values()),
                pay_by=waiting.pay_by if waiting else None,
                needs_plan=self._needs_plan,
                open=bool(self.openings),
                proofs_due=min((proof.due_on for proof in self.to_send), default=None),
                proofs_late=bool(self.late),
                newly_connectorcare=self._newly_connectorcare,
            ),
            self.today,
        )

    @property
    def _needs_plan(self) -> bool:
        """Whether someone who may have a health plan has none, or none that goes on."""
        has = {person for each in self.health if each.standing.ends is None for person in each.standing.people}
        return any(each.finding.buys_a_plan and each.finding.person_id not in has for each in self.answers)

    @property
    def _newly_connectorcare(self) -> bool:
        """Whether someone is in a plan that was chosen before ConnectorCare was open, and may change to one of it."""
        held: dict[bool, set[int]] = {True: set(), False: set()}
        for plan in self.health:
            held[bool(plan.standing.policy.plan_type)] |= plan.standing.people
        other = held[False] - held[True]
        may = any(each.finding.plan_type and each.finding.person_id in other for each in self.answers)
        return may and any(each.special and each.special.event == "newly_connectorcare" for each in self.openings)

    def _counts(self, held: Held) -> bool:
        standing = held.standing
        if standing.status is Status.WAITING:
            return self.today <= standing.policy.pay_by
        if standing.status is Status.WITHDRAWN:
            return False
        return standing.ends is None or self.today < standing.ends
