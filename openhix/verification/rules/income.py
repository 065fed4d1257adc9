"""When what others know of somebody's income agrees with what was told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openhix.application.answers import Answers, IncomeSource, PersonAnswers
from openhix.application.rules.income import annual_cents, annual_income
from openhix.application.rules.taxes import tax_returns
from openhix.kernel import percent
from openhix.law.poverty import Guideline
from openhix.law.tables import Law
from openhix.verification.rules.status import Finding, Outcome
from openhix.verification.sources.interface import Answer, Income, Service

# Of each person, by key: what each service has answered so far.
Replies = Mapping[str, Mapping[Service, Answer]]

REPORTED = (IncomeSource.JOB, IncomeSource.UNEMPLOYMENT)  # kinds of income that state agencies know of


def weigh(person: PersonAnswers, answers: Answers, replies: Replies, law: Law) -> Finding | None:
    """45 CFR 155.320(c): the last tax return, or else what state agencies know today; one that agrees is enough.

    Compared is the income of everybody on the return, since limits look at that. Who told at or above what is known of
    them alone has nothing to prove. None while an agency that may still agree has not answered.
    """
    together = on_one_return(person, answers)
    if _agrees(person, [_taxed(each, replies) for each in together], together, law):
        return Finding(Outcome.VERIFIED)
    if _current(person, replies) is None:
        return None
    if _agrees(person, [_current(each, replies) for each in together], together, law):
        return Finding(Outcome.VERIFIED)
    return Finding(Outcome.NOT_MATCHED, known(person, replies))


def known(person: PersonAnswers, replies: Replies) -> dict[str, int]:
    """What counts where nothing else is shown: what agencies know today, or else the last tax return."""
    current = _current(person, replies)
    amount = _taxed(person, replies) if current is None else current
    return {} if amount is None else {"annual_income": max(amount, 0)}


def _agrees(person: PersonAnswers, known: Sequence[int | None], together: Sequence[PersonAnswers], law: Law) -> bool:
    """Of whom nothing is known, what they told stands in its place."""
    own = known[together.index(person)]
    if own is None:
        return False
    told = [annual_income(each) for each in together]
    guideline = Guideline.for_credit(law.plan_year)
    return annual_income(person) >= own or compatible(
        sum(told),
        sum(said if each is None else each for each, said in zip(known, told, strict=True)),
        poverty=guideline.first + guideline.additional * (len(together) - 1),
        edges=law.edges,
        tolerance=law.proofs.income_tolerance,
    )


def compatible(told: int, known: int, *, poverty: int, edges: tuple[int, ...], tolerance: int) -> bool:
    """130 CMR 506.005, 42 CFR 435.952(c)(1): whether what others know is compatible with what was told.

    Yearly cents; `poverty` is the guideline, `edges` the hundredths of a percent of it at which help changes,
    `tolerance` hundredths of a percent of what is known. Told at or above what is known passes; both on one side of
    each edge pass; else what is known may be higher by the tolerance. Whatever passes, the amount that was told counts.
    """
    if told >= known:
        return True
    if not any(told * percent.WHOLE <= edge * poverty < known * percent.WHOLE for edge in edges):
        return True
    return (known - told) * percent.WHOLE <= tolerance * known


def on_one_return(person: PersonAnswers, answers: Answers) -> list[PersonAnswers]:
    for each in tax_returns(answers):
        keys = {*each.filers, *each.dependents}
        if person.key in keys:
            return [one for one in answers.people if one.key in keys]
    return [person]


def _taxed(person: PersonAnswers, replies: Replies) -> int | None:
    return _cents(person, Service.TAX_RETURNS, replies)


def _current(person: PersonAnswers, replies: Replies) -> int | None:
    """What state agencies know, and of the rest what was told: they see no self-employment and no deduction.

    Every employer reports wages, so that no record of them means none. None until both agencies have answered.
    """
    if not {Service.WAGES, Service.UNEMPLOYMENT} <= set(replies.get(person.key, {})):
        return None
    reported = sum(_cents(person, each, replies) or 0 for each in (Service.WAGES, Service.UNEMPLOYMENT))
    rest = sum(annual_cents(each) for each in person.incomes if each.source not in REPORTED)
    return reported + rest - sum(annual_cents(each) for each in person.deductions)


def _cents(person: PersonAnswers, service: Service, replies: Replies) -> int | None:
    answer = replies.get(person.key, {}).get(service)
    return answer.cents if isinstance(answer, Income) else None
