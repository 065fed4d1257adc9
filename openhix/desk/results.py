"""What the results page shows, laid out for a reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from openhix.desk.dashboard import Dashboard, Held
from openhix.eligibility import queries, words
from openhix.eligibility.models import Determination, Finding, TaxHousehold
from openhix.eligibility.telling import Reason
from openhix.verification import queries as verification
from openhix.verification.models import Proof


@dataclass(frozen=True)
class PersonResult:
    """One person who applies: the answer in sentences, the health plans that count for them today, and why."""

    finding: Finding
    answer: str
    beside: str
    cost: str
    begins: str
    limits: Sequence[str]
    story: Reason | None
    plans: Sequence[Held]

    @property
    def name(self) -> str:
        return self.finding.person.name


@dataclass(frozen=True)
class ChangeTold:
    who: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Results:
    """The whole page for one determination."""

    determination: Determination
    credits: Sequence[tuple[TaxHousehold, str]]  # of each tax household that can have one, with whose it is
    people: Sequence[PersonResult]
    not_applying: Sequence[Finding]
    proofs: Sequence[tuple[Proof, str]]
    checking: bool  # others are still asked about what was told
    changes: Sequence[ChangeTold]
    edges: Sequence[str]

    @classmethod
    def of(cls, determination: Determination, desk: Dashboard) -> Results:
        findings = queries.findings(determination)
        applying = [each for each in findings if each.applying]
        tax_households = queries.tax_households(determination)
        return cls(
            determination=determination,
            credits=[
                (each, words.on_return(each, findings)) for each in tax_households if each.monthly_credit is not None
            ],
            people=[_person(each, tax_households, desk) for each in applying],
            not_applying=[each for each in findings if not each.applying],
            proofs=desk.proofs,
            checking=bool(verification.unanswered(determination.version)),
            changes=[_told(each) for each in queries.changes(determination)],
            edges=words.what_would_change(applying, determination, tax_households),
        )

    @property
    def some_have_masshealth(self) -> bool:
        return any(each.finding.has_masshealth for each in self.people)

    @property
    def may_shop(self) -> bool:
        return any(each.finding.buys_a_plan for each in self.people)


def _person(finding: Finding, tax_households: Sequence[TaxHousehold], desk: Dashboard) -> PersonResult:
    return PersonResult(
        finding=finding,
        answer=words.answer(finding),
        beside=words.beside(finding),
        cost=words.cost(finding, tax_households),
        begins=words.still_begins(finding, desk.today) if desk.openings or not finding.buys_a_plan else "",
        limits=[_(limit.label) for limit in finding.limits],
        story=Reason.of(finding.told, _) if finding.told else None,
        plans=[each for each in desk.health if finding.person_id in each.standing.people],
    )


def _told(change: queries.Change) -> ChangeTold:
    return ChangeTold(
        who=change.person.name if change.person else _("Your household"),
        what=_(change.what),
        before=change.before.text(_) if change.before else "—",
        after=change.after.text(_) if change.after else "—",
    )
