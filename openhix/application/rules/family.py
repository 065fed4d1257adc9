"""The page on family ties: what it lacks."""

from __future__ import annotations

from collections.abc import Iterator

from openhix.application.answers import Answers
from openhix.application.rules.steps import Fault, Step
from openhix.application.rules.ties import MOST_PARENTS, asked_for_parents, by_relationship, unsure_of_spouse
from openhix.kernel.story import _


def faults(answers: Answers) -> Iterator[Fault]:
    """What is missing or cannot be, beside the field of each person."""
    for person in asked_for_parents(answers):
        if person.parents is None:
            says = _("Check who is a parent of {name}, or none of these.")
            yield Fault(Step.FAMILY, f"parents-{person.key}", says, names={"name": person.called})
        elif len(person.parents) + len(by_relationship(person, answers)) > MOST_PARENTS:
            says = _("Check two parents of {name} at most.")
            yield Fault(Step.FAMILY, f"parents-{person.key}", says, names={"name": person.called})
    for person in unsure_of_spouse(answers):
        if person.married_to is None:
            says = _("Say if {name} is married to someone on this application.")
            yield Fault(Step.FAMILY, f"spouse-{person.key}", says, names={"name": person.called})
        elif person.married_to and answers.person(person.married_to).married_to != person.key:
            other = answers.person(person.married_to)
            says = _("{other} must also be shown as married to {name}.")
            names = {"name": person.called, "other": other.called}
            yield Fault(Step.FAMILY, f"spouse-{person.key}", says, names=names)
