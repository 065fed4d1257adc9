"""What every page of the application is: it reads answers, and writes what was typed into them, if the rules allow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext

from openhix.application.answers import Answers, PersonAnswers
from openhix.application.forms.fields import Choices
from openhix.application.rules.complete import page_faults
from openhix.application.rules.steps import Fault, Step


class PageForm(forms.Form):
    """A page over `answers`, which are this form's own: a valid form has written itself into them.

    `key` is that of the person whom the page is about, empty for the household. `errors` come from the fields and from
    the rules, beside each field.
    """

    step: ClassVar[Step]
    template: ClassVar[str] = "page"

    def __init__(self, typed: Mapping[str, Any] | None = None, *, answers: Answers, key: str, today: date) -> None:
        self.answers, self.key, self.today = answers, key, today
        super().__init__(typed, auto_id="%s", label_suffix="")
        self.shape()
        self.initial = self.read()

    @property
    def person(self) -> PersonAnswers:
        return self.answers.person(self.key)

    def shape(self) -> None:
        """Fit the fields to who is asked."""

    def read(self) -> dict[str, Any]:
        """What the fields show of the answers."""
        raise NotImplementedError

    def write(self, typed: dict[str, Any]) -> None:
        """Put what was typed into the answers. A field that could not be read is None."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        typed = {**dict.fromkeys(self.fields), **self.cleaned_data}
        self.write(typed)
        if self.key and self.step.value in self.person.unasked:
            self.person.unasked.remove(self.step.value)
        for fault in self.faults():
            if fault.field not in self.errors:
                self.add_error(fault.field if fault.field in self.fields else None, sentence(fault))
        return self.cleaned_data

    def faults(self) -> list[Fault]:
        """What the rules say of this page."""
        return page_faults(self.step, self.key, self.answers, self.today)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, in the order of the page."""
        order = ["__all__", *self.fields]
        named = sorted(self.errors.items(), key=lambda error: order.index(error[0]))
        return [(self.anchor(name), str(error)) for name, errors in named for error in errors]

    def choose(self, name: str, choices: Choices) -> None:
        """Let the field `name` offer these choices."""
        chooser = self.fields[name]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = choices

    def anchor(self, name: str) -> str:
        return "page" if name == "__all__" else name


def sentence(fault: Fault) -> str:
    """A fault's sentence in the reader's language. Names are text, never markup: templates escape them."""
    return gettext(fault.says).format(**fault.names)


def yes_no(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")
