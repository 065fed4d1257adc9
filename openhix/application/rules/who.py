"""Who a person is: name, birth date, relationship, Social Security number, status. What each must be like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from openhix.application.answers import Answers, PersonAnswers, Relationship, Status
from openhix.application.rules.steps import MOST_PEOPLE, Fault, Step
from openhix.kernel import names, periods
from openhix.kernel.story import _

OLDEST = 120
LONGEST_NAME = 100
MOST_BABIES = 8
NO_SSN_REASONS = ("not_eligible", "applied", "religious", "newborn")
JOINERS = "\u200c\u200d"
YOUNGER = {Relationship.CHILD, Relationship.GRANDCHILD}

_SSN = re.compile(r"(\d{3})(\d{2})(\d{4})", re.ASCII)


def people_faults(answers: Answers, today: date) -> Iterator[Fault]:
    """Of the list of people as a whole and of each one on it."""
    if not answers.people:
        yield Fault(Step.PEOPLE, "people", _("Add the people of your household, yourself first."))
    if len(answers.people) > MOST_PEOPLE:
        says = _("This form has room for 20 people. Call us to add more.")
        yield Fault(Step.PEOPLE, "people", says, answers.people[-1].key)
    if answers.people and not any(each.applying for each in answers.people):
        yield Fault(Step.PEOPLE, "people", _("Nobody on this application wants coverage. Say for whom you apply."))
    for person in answers.people:
        for field, says in _person(person, answers, today):
            yield Fault(Step.PEOPLE, field, says, person.key, {"name": person.called})


def _person(person: PersonAnswers, answers: Answers, today: date) -> Iterator[tuple[str, str]]:
    if not person.last_name:
        yield "last_name", _("Enter a last name. Someone with one name only enters it here.")
    for field in ("first_name", "last_name"):
        if fault := name_fault(getattr(person, field)):
            yield field, fault
    if fault := birth_fault(person.birth_date, today):
        yield "birth_date", fault
    elif any(_same(person, each) for each in answers.people):
        yield "birth_date", _("Somebody with this name and birth date is on the list already.")
    if fault := _relationship_fault(person, answers):
        yield "relationship", fault


def name_fault(name: str) -> str:
    """Any script will do; a name needs a letter and no character that cannot be printed on a card."""
    if len(name) > LONGEST_NAME:
        return _("A name has room for 100 characters. Shorten it.")
    if not is_printable(name):
        return _("This name holds characters that cannot be printed. Type it again.")
    if name and not any(unicodedata.category(each).startswith("L") for each in name):
        return _("Enter a name with letters.")
    return ""


def is_printable(text: str) -> bool:
    """Whether a text has no control characters; the two joiners belong to how Persian and Indic names are written."""
    return all(each.isprintable() or each in JOINERS for each in text)


def birth_fault(born: date | None, today: date) -> str:
    if born is None:
        return _("Enter a birth date: month, day and year.")
    if born > today:
        return _("This birth date is in the future. A baby is added to the list once it is born.")
    if periods.age_on(born, today) > OLDEST:
        return _("This birth date is over 120 years ago. Check the year.")
    return ""


def _same(person: PersonAnswers, other: PersonAnswers) -> bool:
    """Whether an earlier line names the same person. Twins share a birth date, not a first name."""
    mine, theirs = (names.folded(each.name) for each in (person, other))
    return other.key != person.key and (mine, person.birth_date) == (theirs, other.birth_date)


def _relationship_fault(person: PersonAnswers, answers: Answers) -> str:
    first = answers.people[0]
    if person is first:
        return "" if person.relationship == Relationship.SELF else _("The first person must be the one who applies.")
    if person.relationship in (None, Relationship.SELF):
        return _("Choose how this person is related to the first person.")
    if person.relationship == Relationship.SPOUSE:
        spouses = [each for each in answers.people if each.relationship == Relationship.SPOUSE]
        return "" if len(spouses) == 1 else _("Only one person can be the spouse.")
    if first.birth_date is None or person.birth_date is None:
        return ""
    if person.relationship in YOUNGER and person.birth_date <= first.birth_date:
        return _("A child or grandchild must be younger than the first person. Check both birth dates.")
    if person.relationship == Relationship.PARENT and person.birth_date >= first.birth_date:
        return _("A parent must be older than the first person. Check both birth dates.")
    return ""


def status_faults(person: PersonAnswers, answers: Answers) -> Iterator[Fault]:
    """45 CFR 155.310(a)(2), (a)(3): status and number are asked of those who apply, not required of others."""

    def fault(field: str, says: str) -> Fault:
        return Fault(Step.STATUS, field, says, person.key, {"name": person.called})

    if person.applying and person.status is None:
        yield fault("status", _("Choose the citizenship or immigration status of {name}."))
    if person.ssn and (says := ssn_fault(person.ssn)):
        yield fault("ssn", says)
    elif person.ssn and any(each.ssn == person.ssn and each.key != person.key for each in answers.people):
        yield fault("ssn", _("Somebody else on this application has this number. Check both."))
    if person.ssn and person.no_ssn_reason:
        yield fault("no_ssn_reason", _("Enter the number or choose why there is none, not both."))
    if person.applying and not person.ssn and person.no_ssn_reason not in NO_SSN_REASONS:
        yield fault("ssn", _("Enter the Social Security number of {name}, or choose why there is none."))
    if person.status == Status.CITIZEN and person.no_ssn_reason == "not_eligible":
        yield fault("no_ssn_reason", _("A citizen can have a Social Security number. Choose another reason."))


def ssn_fault(ssn: str) -> str:
    """20 CFR 422.103; the numbers that are never given out: 000, 666 and 900 to 999, group 00, serial 0000."""
    found = _SSN.fullmatch(ssn)
    if found is None:
        return _("Enter nine digits, such as 123-45-6789.")
    if found[1].startswith("9"):
        return _("Numbers that begin with 9 are taxpayer numbers. Choose why there is no Social Security number.")
    if found[1] in ("000", "666") or found[2] == "00" or found[3] == "0000":
        return _("This is not a number that Social Security gives out. Check it.")
    return ""


def situation_faults(person: PersonAnswers, answers: Answers) -> Iterator[Fault]:
    """45 CFR 155.305(a)(2): whoever is in prison cannot have a plan, unless waiting for the decision on the charges."""
    names = {"name": person.called}
    if person.incarcerated is None:
        says = _("Say whether {name} is in jail or prison.")
        yield Fault(Step.SITUATION, "incarcerated", says, person.key, names)
    if not 0 <= person.expecting <= MOST_BABIES:
        yield Fault(Step.SITUATION, "expecting", _("Choose one of the answers in the list."), person.key, names)
