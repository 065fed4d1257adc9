"""The pages of the application, in their order, and which of them are asked of whom."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from enum import StrEnum

from openhix.application.answers import Answers, PersonAnswers
from openhix.application.rules import ties
from openhix.application.rules.claims import claims_of

MOST_PEOPLE = 20


class Step(StrEnum):
    START = "start"
    PEOPLE = "people"
    TAXES = "taxes"
    FAMILY = "family"
    ADDRESS = "address"
    STATUS = "status"
    SITUATION = "situation"
    INCOME = "income"
    DEDUCTIONS = "deductions"
    COVERAGE = "coverage"
    PROOFS = "proofs"
    RIGHTS = "rights"
    SIGN = "sign"


BY_PERSON = (Step.STATUS, Step.SITUATION, Step.INCOME, Step.DEDUCTIONS, Step.COVERAGE, Step.PROOFS)

# Pages that are skipped when nobody wants help with paying.
ABOUT_MONEY = frozenset({Step.TAXES, Step.FAMILY, Step.INCOME, Step.DEDUCTIONS, Step.COVERAGE})

# Pages for those who want coverage themselves; the others are asked only what counts for them.
FOR_APPLICANTS = frozenset({Step.SITUATION, Step.COVERAGE})

# Pages on which "none" is an answer: a new person has them as `unasked` until they are saved.
MAY_BE_NONE = [Step.STATUS, Step.INCOME, Step.DEDUCTIONS, Step.COVERAGE, Step.PROOFS]


@dataclasses.dataclass(frozen=True)
class Fault:
    """Something that keeps the application from being signed: on which page, beside which field, of whom.

    `says` is a sentence marked for translation; `names` are the names that stand in it.
    """

    step: Step
    field: str
    says: str
    person: str = ""
    names: dict[str, str] = dataclasses.field(default_factory=dict)


def is_asked(step: Step, answers: Answers, person: PersonAnswers | None = None) -> bool:
    """Whether a page belongs to this application (and this person). Without an answer about help, it may be wanted."""
    if step in ABOUT_MONEY and answers.seeks_help is False:
        return False
    if step == Step.FAMILY:
        return ties.is_asked(answers)
    if person is None:
        return True
    if step == Step.PROOFS:
        return bool(claims_of(person, answers))
    return person.applying or step not in FOR_APPLICANTS


def asked(answers: Answers) -> Iterator[tuple[Step, str]]:
    """Every page of this application with the key of its person, in the order in which one goes through them."""
    for step in (Step.START, Step.PEOPLE, Step.TAXES, Step.FAMILY, Step.ADDRESS):
        if is_asked(step, answers):
            yield step, ""
    for person in answers.people:
        for step in BY_PERSON:
            if is_asked(step, answers, person):
                yield step, person.key
    yield Step.RIGHTS, ""
