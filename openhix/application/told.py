"""Answers as one reads them: the groups of the task list, the people of the household, and the lines of the review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openhix.application import words
from openhix.application.answers import (
    Address,
    Answers,
    Deduction,
    EmployerOffer,
    Income,
    PersonAnswers,
    Relationship,
    TaxRole,
)
from openhix.application.queries import Task, url_of
from openhix.application.rules import ties
from openhix.application.rules.income import annual_income
from openhix.application.rules.steps import BY_PERSON, Fault, Step, is_asked
from openhix.application.rules.taxes import OUTSIDE, OUTSIDE_PARENT
from openhix.kernel import cents


@dataclass(frozen=True)
class TaskLine:
    title: str
    url: str
    done: bool


@dataclass(frozen=True)
class Group:
    """Tasks of the household, or of one person, whose name is then the title."""

    title: str
    tasks: list[TaskLine]


@dataclass(frozen=True)
class Member:
    """One line of the list of people."""

    key: str
    name: str
    relationship: str
    birth_date: date | None
    applying: bool
    complete: bool
    url: str
    is_first: bool


@dataclass(frozen=True)
class Line:
    """One answer of the review; `day` stands where the answer is a date."""

    label: str
    text: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Part:
    """The answers of one page, and where that page is."""

    title: str
    url: str
    lines: list[Line]


@dataclass(frozen=True)
class Section:
    """The pages of the household, or of one person."""

    title: str
    parts: list[Part]


def grouped(tasks: list[Task], answers: Answers) -> list[Group]:
    groups = []
    for key, of_one in groupby(tasks, key=lambda task: (task.person, task.step == Step.RIGHTS)):
        lines = [TaskLine(_(words.PAGES[task.step]), task.url, task.done) for task in of_one]
        person, is_end = key
        title = answers.person(person).name if person else (_("At the end") if is_end else _("Your household"))
        groups.append(Group(title, lines))
    return groups


def people(answers: Answers, faults: list[Fault]) -> list[Member]:
    wrong = {fault.person for fault in faults}
    return [
        Member(
            key=person.key,
            name=person.name or _("You, the first person"),
            relationship=_relationship(person),
            birth_date=person.birth_date,
            applying=person.applying,
            complete=person.key not in wrong,
            url=url_of(Step.PEOPLE, person.key),
            is_first=person is answers.people[0],
        )
        for person in answers.people
    ]


def sections(answers: Answers) -> list[Section]:
    """Everything that was answered: of the household, then of each person, in the order of the pages."""
    parts = [_part(Step.START, [_help(answers)])]
    if is_asked(Step.TAXES, answers):
        parts.append(_part(Step.TAXES, [Line(each.name, tax_role(each, answers)) for each in answers.people]))
    if is_asked(Step.FAMILY, answers):
        parts.append(_part(Step.FAMILY, list(_family(answers))))
    parts.append(_part(Step.ADDRESS, list(_address(answers))))
    return [Section(_("Your household"), parts), *(_section(person, answers) for person in answers.people)]


def _section(person: PersonAnswers, answers: Answers) -> Section:
    who = Part(_("Who this is"), url_of(Step.PEOPLE, person.key), list(_person(person)))
    parts = [
        _part(step, list(_LINES[step](person, answers)), person.key)
        for step in BY_PERSON
        if is_asked(step, answers, person)
    ]
    return Section(person.name or _("You, the first person"), [who, *parts])


def _part(step: Step, lines: list[Line], person: str = "") -> Part:
    return Part(_(words.PAGES[step]), url_of(step, person), lines)


def url_of_review() -> str:
    return reverse("application-review")


def tax_role(person: PersonAnswers, answers: Answers) -> str:
    """How a person appears on tax returns, in words."""
    names = {each.key: each.name for each in answers.people}
    if person.tax_role is None:
        return unanswered()
    if person.tax_role == TaxRole.DEPENDENT:
        if person.claimed_by == OUTSIDE_PARENT:
            return _(words.CLAIMED_OUTSIDE_PARENT)
        if person.claimed_by == OUTSIDE:
            return _(words.CLAIMED_OUTSIDE)
        return _(words.CLAIMED_BY).format(name=names.get(person.claimed_by, "–"))
    if person.files_with:
        return _(words.FILES_JOINTLY).format(name=names.get(person.files_with, "–"))
    if person.separate_excused:
        return _(words.FILES_EXCUSED)
    return {
        TaxRole.FILER: _(words.FILES_ALONE),
        TaxRole.JOINT_FILER: _("Files jointly with the spouse"),
        TaxRole.SEPARATE_FILER: _(words.FILES_SEPARATELY),
        TaxRole.NOT_FILING: _(words.ON_NO_RETURN),
    }[person.tax_role]


def unanswered() -> str:
    return _("Not answered yet")


def _help(answers: Answers) -> Line:
    if answers.seeks_help is None:
        return Line(_("Help paying"), unanswered())
    answer = words.HELP["yes" if answers.seeks_help else "no"]
    return Line(_("Help paying"), _(answer))


def _family(answers: Answers) -> Iterator[Line]:
    names = {each.key: each.name for each in answers.people}
    for person in ties.asked_for_parents(answers):
        known = ", ".join(names[key] for key in person.parents or [] if key in names) or _("None of these")
        label = _("Parents of {name}").format(name=person.name)
        yield Line(label, unanswered() if person.parents is None else known)
    for person in ties.unsure_of_spouse(answers):
        label = _("{name} is married to").format(name=person.name)
        married = person.married_to
        yield Line(label, unanswered() if married is None else names.get(married, _("Nobody on this application")))
    for person in ties.asked_for_caretaker(answers):
        if name := names.get(ties.caretaker_of(person, answers), ""):
            yield Line(_("Who takes care of {name}").format(name=person.name), name)


def _relationship(person: PersonAnswers) -> str:
    if person.relationship == Relationship.SELF:
        return _("The person who applies")
    return _(words.RELATIONSHIPS[person.relationship]) if person.relationship else unanswered()


def _person(person: PersonAnswers) -> Iterator[Line]:
    yield Line(_("Birth date"), "" if person.birth_date else unanswered(), person.birth_date)
    yield Line(_("Relationship to the first person"), _relationship(person))
    yield Line(_("Wants coverage"), _yes_no(person.applying))


def _address(answers: Answers) -> Iterator[Line]:
    if answers.no_fixed_address:
        yield Line(_("Home address"), f"{_('No fixed address')}, {_one_line(answers.home)}")
    else:
        yield Line(_("Home address"), _one_line(answers.home) if answers.home.street else unanswered())
    to_home = words.MAIL["home"]
    yield Line(_("Letters go to"), _one_line(answers.mailing) if answers.mailing else _(to_home))
    if answers.phone:
        yield Line(_("Phone"), answers.phone)


def _one_line(address: Address) -> str:
    county = _("{county} County").format(county=address.county) if address.county else ""
    parts = (address.street, address.unit, address.city, f"{address.state} {address.zip}".strip(), county)
    return ", ".join(part for part in parts if part)


def _status(person: PersonAnswers, answers: Answers) -> Iterator[Line]:
    if person.applying:
        yield Line(_("Status"), _(words.STATUSES[person.status]) if person.status else unanswered())
    number = _("ends in {digits}").format(digits=person.ssn[-4:]) if person.ssn else ""
    reason = _(words.NO_SSN[person.no_ssn_reason]) if person.no_ssn_reason in words.NO_SSN else ""
    nothing = unanswered() if person.applying else _("None given")
    yield Line(_("Social Security number"), number or reason or nothing)


def _situation(person: PersonAnswers, answers: Answers) -> Iterator[Line]:
    yield Line(_("In jail or prison now"), _yes_no(person.incarcerated))
    if answers.seeks_help is not False:
        babies = ngettext("Yes, {number} baby", "Yes, {number} babies", person.expecting)
        yield Line(_("Expecting a baby"), babies.format(number=person.expecting) if person.expecting else _("No"))
        yield Line(_("Disability"), _yes_no(person.disabled))
        if person.disabled:
            yield Line(_("Disability found by an agency"), _yes_no(person.disability_found))
        if person.former_foster_care:
            yield Line(_("In foster care and on MassHealth at 18"), _("Yes"))
    yield Line(_("Member of a tribe"), _yes_no(person.tribal_member))


def _income(person: PersonAnswers, answers: Answers) -> Iterator[Line]:
    if Step.INCOME.value in person.unasked:
        yield Line(_("Income"), unanswered())
        return
    for income in person.incomes:
        source = _(words.SOURCES[income.source])
        yield Line(f"{source}, {income.employer}" if income.employer else source, _amount(income))
    if not person.incomes:
        yield Line(_("Income"), _("None"))
    if person.year_cents is not None:
        yield Line(_("Expected for the whole year"), cents.dollars(person.year_cents))
    yield Line(_("For a year, less deductions"), cents.dollars(annual_income(person)))


def _deductions(person: PersonAnswers, answers: Answers) -> Iterator[Line]:
    if Step.DEDUCTIONS.value in person.unasked:
        yield Line(_("Deductions"), unanswered())
        return
    for deduction in person.deductions:
        yield Line(_(words.DEDUCTIONS[deduction.kind]), _amount(deduction))
    if not person.deductions:
        yield Line(_("Deductions"), _("None"))


def _amount(amount: Income | Deduction) -> str:
    return f"{cents.dollars(amount.cents)} {_(words.PERIODS[amount.period])}"


def _coverage(person: PersonAnswers, answers: Answers) -> Iterator[Line]:
    if Step.COVERAGE.value in person.unasked:
        yield Line(_("Coverage now"), unanswered())
        return
    held = ", ".join(_(words.COVERAGE[each]) for each in person.other_coverage)
    yield Line(_("Coverage now"), held or _("None"))
    offer = person.employer_offer
    yield Line(_("Offered by a job"), _yes_no(offer is not None))
    if offer is not None:
        yield from _offer(offer)


def _offer(offer: EmployerOffer) -> Iterator[Line]:
    for label, amount in (
        (_("For the employee alone, each month"), offer.self_cents),
        (_("For the family, each month"), offer.family_cents),
    )[: 1 if offer.for_family is False else 2]:
        yield Line(label, _("Not known") if amount is None else cents.dollars(amount))


def _proofs(person: PersonAnswers, answers: Answers) -> Iterator[Line]:
    if Step.PROOFS.value in person.unasked:
        yield Line(_("Proof sent later"), unanswered())
        return
    later = ", ".join(_(words.CLAIMS[claim]) for claim in person.unproven)
    yield Line(_("Proof sent later"), later or _("None"))


def _yes_no(value: bool | None) -> str:
    return unanswered() if value is None else (_("Yes") if value else _("No"))


_LINES = {
    Step.STATUS: _status,
    Step.SITUATION: _situation,
    Step.INCOME: _income,
    Step.DEDUCTIONS: _deductions,
    Step.COVERAGE: _coverage,
    Step.PROOFS: _proofs,
}
