"""The page on family ties: what relationships to the first person leave open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openhix.application.answers import PersonAnswers
from openhix.application.forms.fields import Checkboxes, Choices, OneOf
from openhix.application.forms.page import PageForm
from openhix.application.rules import ties
from openhix.application.rules.steps import Step

NONE = "none"


class FamilyForm(PageForm):
    """Of each person what is open: `parents-p3`, `spouse-p4`, `caretaker-p3`."""

    step = Step.FAMILY
    template = "family"

    def shape(self) -> None:
        for person in ties.asked_for_parents(self.answers):
            label = gettext("Which of these people is a parent of {name}?").format(name=person.name)
            self.fields[f"parents-{person.key}"] = Checkboxes(label=label)
            others = _named(ties.possible_parents(person, self.answers))
            self.choose(f"parents-{person.key}", [*others, (NONE, gettext("None of these"))])
        unsure = ties.unsure_of_spouse(self.answers)
        for person in unsure:
            label = gettext("Is {name} married to someone on this application?").format(name=person.name)
            others = [(NONE, gettext("No")), *_named(each for each in unsure if each is not person)]
            self.fields[f"spouse-{person.key}"] = OneOf(label=label, choices=others)
        for person in ties.asked_for_caretaker(self.answers):
            label = gettext("If no parent of {name} is on this application: which relative takes care of {name}?")
            others = _named(each for each in self.answers.people if not ties.is_child(each, self.answers))
            self.fields[f"caretaker-{person.key}"] = OneOf(
                label=label.format(name=person.name), choices=others, blank=_("Nobody, or a parent is on it")
            )

    def read(self) -> dict[str, Any]:
        return {name: self._value(self.answers.person(key), what) for name, what, key in self._asked()}

    def _value(self, person: PersonAnswers, what: str) -> Any:
        match what:
            case "parents":
                return [NONE] if person.parents == [] else person.parents or []
            case "spouse":
                return NONE if person.married_to == "" else person.married_to or ""
            case _other:
                return person.caretaker

    def write(self, typed: dict[str, Any]) -> None:
        """Of two who are married it is enough that one says so."""
        spouses = {key: typed[name] or "" for name, what, key in self._asked() if what == "spouse"}
        for key, other in list(spouses.items()):
            if other in spouses and not spouses[other]:
                spouses[other] = key
        for key, other in spouses.items():
            self.answers.person(key).married_to = {"": None, NONE: ""}.get(other, other)
        for name, what, key in self._asked():
            person = self.answers.person(key)
            if what == "parents":
                checked = typed[name] or []
                person.parents = [each for each in checked if each != NONE] if checked else None
            elif what == "caretaker":
                person.caretaker = typed[name] or ""

    def _asked(self) -> list[tuple[str, str, str]]:
        """Each field with what it asks and of whom."""
        return [(name, *name.split("-", 1)) for name in self.fields]  # type: ignore[misc]


def _named(people: Iterable[PersonAnswers]) -> Choices:
    return [(each.key, each.name) for each in people]
