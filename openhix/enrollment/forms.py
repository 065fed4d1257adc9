"""What a resident tells of a change in life: what happened, to whom, when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from openhix.application.forms.fields import NOT_A_CHOICE, Day, OneOf, Radios, chosen
from openhix.eligibility.words import day as written
from openhix.enrollment.labels import EVENTS, NOT_OPENED
from openhix.enrollment.rules.periods import NotOpened
from openhix.people.models import Person

# Beside which field it is said why nothing is opened.
FIELD_OF = {
    "far": "day",
    "too_early": "day",
    "too_late": "day",
    "covered_before": "covered_before",
    "tribal_member": "person",
    "enrollee": "person",
}


class ReportChange(forms.Form):
    """`told`: the codes of the events that a household can tell, in order."""

    event = Radios(
        label=_("What happened?"),
        help_text=_("Coverage that ended because its premiums were not paid does not count as lost."),
    )
    person = OneOf(
        label=_("To whom?"),
        required=True,
        help_text=_("A child who is not on your application yet: choose a parent, and add the child there too."),
        error_messages={
            "required": _("Choose the person to whom it happened."),
            "invalid_choice": NOT_A_CHOICE,
        },
    )
    day = Day(
        label=_("On which day?"),
        required=False,
        help_text=_("Of other coverage: its last day. You may tell us of a loss 60 days before it."),
    )
    covered_before = Radios(
        label=_("Only if someone married: was one of the two covered by health insurance in the 60 days before?"),
        required=False,
        choices=[],
    )

    def __init__(self, typed: Mapping[str, Any] | None, *, told: Sequence[str], people: Sequence[Person]) -> None:
        super().__init__(typed, auto_id="%s", label_suffix="")
        self.people = {person.key: person for person in people}
        self._offer("event", chosen({code: EVENTS[code] for code in told}))
        self._offer("person", [(person.key, person.name) for person in people])
        self._offer("covered_before", [("yes", gettext("Yes")), ("no", gettext("No"))])

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        chooser = self.fields[name]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = list(choices)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        is_dated = typed.get("event") != "tribal_member"
        if is_dated and typed.get("day") is None and "day" not in self.errors:
            self.add_error("day", gettext_lazy("Enter the day on which it happened, or will happen."))
        return typed

    @property
    def covered(self) -> bool | None:
        return {"yes": True, "no": False}.get(self.cleaned_data["covered_before"])

    def refuse(self, why: NotOpened) -> None:
        """Say why nothing is opened, beside the field that it is about."""
        says = gettext(NOT_OPENED[why.reason])
        self.add_error(FIELD_OF.get(why.reason, "event"), says.format(day=written(why.day)) if why.day else says)

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, in the order of the page."""
        return [(name, str(error)) for name in self.fields for error in self.errors.get(name, ())]
