"""What the answers of data services mean for a claim."""

from __future__ import annotations

from typing import Any

from openhix.application.answers import Answers, PersonAnswers
from openhix.law.tables import Law
from openhix.verification.rules import claims, income
from openhix.verification.rules.claims import Claim
from openhix.verification.rules.income import Replies
from openhix.verification.rules.status import Finding, Outcome
from openhix.verification.sources.interface import Answer, Coverage, Immigration, SocialSecurity


def weigh(claim: Claim, answers: Answers, replies: Replies, law: Law) -> Finding | None:
    """None until enough is known."""
    person = answers.person(claim.person)
    if claim.what == claims.INCOME:
        return income.weigh(person, answers, replies, law)
    said = [_of(claim.what, person, answer) for answer in replies.get(claim.person, {}).values()]
    return next((each for each in said if each is not None), None)


def _of(what: str, person: PersonAnswers, answer: Answer) -> Finding | None:
    """What one answer says of one claim of a person, if anything."""
    match answer:
        case SocialSecurity() if what == claims.IDENTITY:  # 45 CFR 155.315(b)
            return _finding(answer.matches and not answer.died, died=answer.died)
        case SocialSecurity() if what == claims.CITIZENSHIP:  # 45 CFR 155.315(c)(1), 42 CFR 435.956(a)(1)
            return _finding(answer.matches and answer.citizen)
        case SocialSecurity() if what == claims.INCARCERATION:  # 45 CFR 155.315(e)
            return _finding(not answer.incarcerated, incarcerated=True)
        case Immigration() if what == claims.IMMIGRATION:  # 45 CFR 155.315(c)(2), 42 CFR 435.956(a)(2)
            return _finding(answer.status == person.status, **({"status": str(answer.status)} if answer.status else {}))
        case Coverage() if what == claims.OTHER_COVERAGE:  # 45 CFR 155.320(b) and (d)
            untold = sorted(set(answer.kinds) - set(person.other_coverage))
            return _finding(not untold, other_coverage=untold)
        case _:
            return None


def _finding(agrees: bool, **known: Any) -> Finding:
    return Finding(Outcome.VERIFIED) if agrees else Finding(Outcome.NOT_MATCHED, known)
