"""What staff type: whom they look for, what is wrong of a person, to which day the clock goes."""

from __future__ import annotations

from django import forms

from openhix.desk.words import REASONS

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
