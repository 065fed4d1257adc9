"""What staff type: whom they look for, what is wrong of a person, what they decide, to which day the clock goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from openhix.desk.words import REASONS
from openhix.enrollment.labels import GRANTED as TIME
from openhix.enrollment.labels import REFUSED as NO_TIME
from openhix.kernel import periods
from openhix.law.tables import scenario_of, scenarios
from openhix.people.models import Person
from openhix.verification.models import Paper
from openhix.verification.words import EXTENDED

HIDDEN = "This holds characters that cannot be seen. Type it again."


class Find(forms.Form):
    """Anything: what nobody is found by finds nobody."""

    text = forms.CharField(
        max_length=200,
        error_messages={
            "required": "Type a name, a member ID, a birth date or digits of a Social Security number.",
            "max_length": "Type at most 200 characters.",
            "null_characters_not_allowed": HIDDEN,
        },
    )


class Correct(forms.Form):
    """Whether a name or a date can be right, the rules of the application say."""

    first_name = forms.CharField(required=False, error_messages={"null_characters_not_allowed": HIDDEN})
    last_name = forms.CharField(
        error_messages={"required": "Enter the last name.", "null_characters_not_allowed": HIDDEN}
    )
    birth_date = forms.DateField(
        input_formats=["%m/%d/%Y", "%Y-%m-%d"],
        error_messages={
            "required": "Enter the birth date.",
            "invalid": "Enter the birth date as month/day/year, such as 2/28/1985.",
        },
    )
    reason = forms.ChoiceField(
        choices=list(REASONS.items()), error_messages={"required": "Say why.", "invalid_choice": "Say why."}
    )


class MoveClock(forms.Form):
    to = forms.DateField(
        input_formats=["%Y-%m-%d", "%m/%d/%Y"],
        error_messages={
            "required": "Enter the day to go to.",
            "invalid": "Enter the day as month/day/year, such as 12/24/2025.",
        },
    )


class CompareLaws(forms.Form):
    """Two scenarios, and the coverage month as 2026-01."""

    before = forms.ChoiceField(choices=[(name, scenario_of(name).title) for name in scenarios()], initial="current-law")
    after = forms.ChoiceField(choices=[(name, scenario_of(name).title) for name in scenarios()], initial="enhanced-500")
    month = forms.CharField(
        initial="2026-01", max_length=7, error_messages={"required": "Enter the month of coverage, such as 2026-01."}
    )

    def clean_month(self):  # type: ignore[no-untyped-def]
        try:
            return periods.parse_month(self.cleaned_data["month"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}.") from error


class Decide(forms.Form):
    """A decision about the papers up to the last one that was shown, with a reason of a list where it needs one."""

    up_to = forms.IntegerField(required=False)
    reason = forms.ChoiceField(error_messages={"required": "Say why.", "invalid_choice": "Say why."})

    def __init__(self, do: str, last: Paper | None, reasons: Mapping[str, str] | None, data: Any = None) -> None:
        super().__init__(data, auto_id=f"{do}-%s")
        self.last = last
        if reasons is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A paper that came while the page was open is to be seen first."""
        told = super().clean() or {}
        if self.last is None or told.get("up_to") != self.last.pk:
            raise forms.ValidationError("Another paper has come, or this was decided meanwhile. Look at it first.")
        return {**told, "up_to": self.last}


class Extend(forms.Form):
    until = forms.DateField(
        input_formats=["%m/%d/%Y", "%Y-%m-%d"],
        error_messages={
            "required": "Enter the new last day.",
            "invalid": "Enter the day as month/day/year, such as 3/15/2026.",
        },
    )
    reason = forms.ChoiceField(
        choices=list(EXTENDED.items()), error_messages={"required": "Say why.", "invalid_choice": "Say why."}
    )


DAY_ERRORS = {
    "required": "Enter the day on which it happened.",
    "invalid": "Enter the day as month/day/year, such as 3/15/2026.",
}


class RefuseTime(forms.Form):
    """What is refused: an event of a person on a day, with a reason of a list."""

    event = forms.ChoiceField(error_messages={"required": "Choose what happened.", "invalid_choice": "Choose it anew."})
    person = forms.ChoiceField(error_messages={"required": "Choose a person.", "invalid_choice": "Choose a person."})
    event_day = forms.DateField(input_formats=["%m/%d/%Y", "%Y-%m-%d"], error_messages=DAY_ERRORS)
    reason = forms.ChoiceField(
        choices=list(NO_TIME.items()), error_messages={"required": "Say why.", "invalid_choice": "Say why."}
    )

    def offer(self, events: Sequence[tuple[str, str]], people: Sequence[Person]) -> None:
        self._people = {each.key: each for each in people}
        self.fields["event"].choices = [*events]  # type: ignore[attr-defined]
        self.fields["person"].choices = [(each.key, each.name) for each in people]  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        return self._people[self.cleaned_data["person"]]


class GrantTime(RefuseTime):
    """`first_day` of coverage: only where the law leaves it to the facts."""

    first_day = forms.DateField(input_formats=["%m/%d/%Y", "%Y-%m-%d"], required=False, error_messages=DAY_ERRORS)
    reason = forms.ChoiceField(
        choices=list(TIME.items()), error_messages={"required": "Say why.", "invalid_choice": "Say why."}
    )
