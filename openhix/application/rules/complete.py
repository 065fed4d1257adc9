"""What still keeps an application from being signed, page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from openhix.application.answers import Answers, IncomeSource, PersonAnswers
from openhix.application.rules import family, place, taxes, who
from openhix.application.rules.claims import CLAIMS
from openhix.application.rules.income import annual_cents
from openhix.application.rules.steps import Fault, Step, asked
from openhix.kernel import cents, names
from openhix.kernel.story import _

OTHER_COVERAGE = ("medicare", "tricare", "va", "masshealth", "employer", "other")
DEDUCTIONS = ("student_loan_interest", "ira", "hsa", "self_employment", "alimony", "other")
MOST_AMOUNTS = 12  # of one kind for one person
TOO_MUCH = _("An income can be at most $10,000,000,000 a year. Check the number.")


def faults(answers: Answers, today: date) -> list[Fault]:
    """Everything, in the order of the pages; empty when the application can be signed."""
    return [fault for step, person in asked(answers) for fault in page_faults(step, person, answers, today)]


def page_faults(step: Step, person: str, answers: Answers, today: date) -> list[Fault]:
    """What is missing or wrong on one page; for a page by person, `person` is the key. Raises KeyError."""
    if step in _WHOLE:
        return [fault for fault in _WHOLE[step](answers, today) if person in ("", fault.person)]
    one = answers.person(person)
    found = list(_EACH[step](one, answers))
    if step in one.unasked and not found:
        return [Fault(step, "", _("Answer this page for {name}."), person, {"name": one.called})]
    return found


def is_signed_by(signature: str, answers: Answers) -> bool:
    """Whether the typed name is that of the first person: how it is written does not matter."""
    signed = names.folded(signature)
    return bool(signed) and signed == names.folded(answers.people[0].name)


def _start(answers: Answers, today: date) -> Iterator[Fault]:
    if answers.seeks_help is None:
        yield Fault(Step.START, "seeks_help", _("Say whether you want help paying for coverage."))


def _rights(answers: Answers, today: date) -> Iterator[Fault]:
    if not answers.rights_accepted:
        yield Fault(Step.RIGHTS, "rights_accepted", _("Check the box to say that you have read this and agree."))


def _incomes(person: PersonAnswers, answers: Answers) -> Iterator[Fault]:
    """The field `amount-0` is that of the first income, and so on."""
    if len(person.incomes) > MOST_AMOUNTS:
        yield _too_many(Step.INCOME, person)
    for index, income in enumerate(person.incomes):
        field = f"amount-{index}"
        if income.cents < 0 and income.source != IncomeSource.SELF_EMPLOYMENT:
            yield Fault(Step.INCOME, field, _("Only self-employment can bring a loss."), person.key)
        if abs(annual_cents(income)) > cents.LARGEST:
            yield Fault(Step.INCOME, field, TOO_MUCH, person.key)

    if (person.year_cents or 0) > cents.LARGEST:
        yield Fault(Step.INCOME, "year", TOO_MUCH, person.key)


def _deductions(person: PersonAnswers, answers: Answers) -> Iterator[Fault]:
    if len(person.deductions) > MOST_AMOUNTS:
        yield _too_many(Step.DEDUCTIONS, person)
    for index, each in enumerate(person.deductions):
        if each.kind not in DEDUCTIONS or not 0 <= annual_cents(each) <= cents.LARGEST:
            says = _("Choose a kind of deduction and enter its amount.")
            yield Fault(Step.DEDUCTIONS, f"amount-{index}", says, person.key)


def _too_many(step: Step, person: PersonAnswers) -> Fault:
    says = _("This page has room for 12 amounts. Put small ones of the same kind together.")
    return Fault(step, "any", says, person.key)


def _coverage(person: PersonAnswers, answers: Answers) -> Iterator[Fault]:
    if not set(person.other_coverage) <= set(OTHER_COVERAGE):
        says = _("Choose from the kinds of coverage in the list.")
        yield Fault(Step.COVERAGE, "other_coverage", says, person.key, {"name": person.called})


def _proofs(person: PersonAnswers, answers: Answers) -> Iterator[Fault]:
    if not set(person.unproven) <= set(CLAIMS):
        says = _("Choose from the proofs in the list.")
        yield Fault(Step.PROOFS, "unproven", says, person.key, {"name": person.called})


_WHOLE: dict[Step, Callable[[Answers, date], Iterator[Fault]]] = {
    Step.START: _start,
    Step.PEOPLE: who.people_faults,
    Step.TAXES: lambda answers, today: taxes.faults(answers),
    Step.FAMILY: lambda answers, today: family.faults(answers),
    Step.ADDRESS: lambda answers, today: place.faults(answers),
    Step.RIGHTS: _rights,
}
_EACH: dict[Step, Callable[[PersonAnswers, Answers], Iterator[Fault]]] = {
    Step.STATUS: who.status_faults,
    Step.SITUATION: who.situation_faults,
    Step.INCOME: _incomes,
    Step.DEDUCTIONS: _deductions,
    Step.COVERAGE: _coverage,
    Step.PROOFS: _proofs,
}
