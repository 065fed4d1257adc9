"""The application as it counts once a claim was not shown in time, and how its story says so. Pure."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Protocol

from openhix.application.answers import Answers, Income, IncomeSource, Period, PersonAnswers, Status
from openhix.eligibility.rules.people import PERSON, Immigration
from openhix.kernel.story import CENTS, WORDS, Figure, Told, _
from openhix.verification.rules import claims

NOT_SHOWN = "not_shown"  # the name under which a story has it
LAW = "45 CFR 155.315(f)(5); 45 CFR 155.320(c)(3)(vi); 130 CMR 502.003"
OF_ALL = frozenset({claims.INCOME, claims.RESIDENCE})  # claims that everybody's answer rests on

OF_A_STATUS = _(
    "We asked for proof of citizenship or immigration status and did not get it in time. Until it is here, this person counts as someone whose status is not known."
)
NOT_SHOWN_SAYS = {
    claims.IDENTITY: _(
        "We asked for proof of identity and did not get it in time. Until it is here, this person counts as someone whose citizenship or immigration status is not known."
    ),
    claims.CITIZENSHIP: OF_A_STATUS,
    claims.IMMIGRATION: OF_A_STATUS,
    claims.INCOME: _(
        "We asked for proof of income and did not get it in time, and nobody else knows the income. Until the proof is here, your application counts as one that does not ask for help paying."
    ),
    claims.RESIDENCE: _(
        "We asked for proof that you live in Massachusetts and did not get it in time. Until it is here, you count as living elsewhere."
    ),
}
# By what others know: it counts in the place of what was told.
KNOWN_SAYS = {
    "status": _(
        "We asked for proof of citizenship or immigration status and did not get it in time. Until it is here, the status counts that another agency knows: {status}."
    ),
    "annual_income": _(
        "We asked for proof of income and did not get it in time. Until it is here, the income counts that other agencies know: {annual_income} a year."
    ),
    "incarcerated": _(
        "Another agency says that this person is in jail or prison. We asked for proof that it is not so and did not get it in time. Until it is here, what the agency says counts."
    ),
    "other_coverage": _(
        "We asked for proof of other health coverage and did not get it in time. Until it is here, the coverage counts that other agencies know of."
    ),
}


class NotShown(Protocol):
    """A claim that was not shown: whose (by key), which, and what data services say in its place, if anything."""

    @property
    def person(self) -> str: ...

    @property
    def claim(self) -> str: ...

    @property
    def known(self) -> Mapping[str, Any]: ...


def as_settled(answers: Answers, not_shown: Iterable[NotShown]) -> Answers:
    """45 CFR 155.315(f)(5), 130 CMR 502.003: what data services say counts, or else that it was not shown."""
    settled = deepcopy(answers)
    for each in not_shown:
        _settle(settled, settled.person(each.person), each.claim, each.known)
    return settled


def _settle(answers: Answers, person: PersonAnswers, claim: str, known: Mapping[str, Any]) -> None:
    match claim:
        case claims.INCOME if known:
            person.incomes = [Income(IncomeSource.OTHER, known["annual_income"], Period.YEAR)]
            person.deductions, person.year_cents = [], None
        case claims.INCOME:
            # 45 CFR 155.320(c)(3)(vi): no help without an income. It is that of everybody on the application, which
            # may be more than one return: assumed.
            answers.seeks_help = False
        case claims.CITIZENSHIP | claims.IMMIGRATION | claims.IDENTITY if person.applying:
            # 130 CMR 502.003, 504.002: another noncitizen, whom the marketplace takes as not lawfully present. Whose
            # number belongs to somebody else has not shown a status either: assumed.
            person.status = Status(known.get("status", Status.OTHER))
        case claims.RESIDENCE:
            for each in answers.people:  # one proves it for all
                each.resident = False
        case claims.INCARCERATION if known:  # 45 CFR 155.315(e)(2): else what was told counts
            person.incarcerated = True
        case claims.OTHER_COVERAGE:
            person.other_coverage = sorted({*person.other_coverage, *known.get("other_coverage", ())})


def why_not(key: str, not_shown: Iterable[NotShown]) -> tuple[Told, ...]:
    """What somebody's story begins with: which of the claims behind it were not shown, and what counts instead."""
    of_theirs = (each for each in not_shown if each.person == key or each.claim in OF_ALL)
    return tuple(_told(says, each.known) for each in of_theirs if (says := _says(each)))


def _says(each: NotShown) -> str:
    known = next((KNOWN_SAYS[what] for what in each.known if what in KNOWN_SAYS), "")
    return known or NOT_SHOWN_SAYS.get(each.claim, "")


def _told(says: str, known: Mapping[str, Any]) -> Told:
    figures = {}
    if "status" in known:
        figures["status"] = Figure(Immigration[Status(known["status"]).name].label, WORDS)
    if "annual_income" in known:
        figures["annual_income"] = Figure(known["annual_income"], CENTS)
    return Told(NOT_SHOWN, PERSON.name, 0, None, says, figures, LAW, True, False, False, ())
