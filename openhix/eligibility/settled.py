"""The application as it counts once a claim was not shown in time. Pure: answers in, answers out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any, Protocol

from openhix.application.answers import Answers, Income, IncomeSource, Period, PersonAnswers, Status
from openhix.verification.rules import claims


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
        case claims.INCARCERATION:
            person.incarcerated = True
        case claims.OTHER_COVERAGE:
            person.other_coverage = sorted({*person.other_coverage, *known.get("other_coverage", ())})
