"""The fields of the application's pages. What was typed stays as it was typed; an error says what to do next."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openhix.application.rules.who import is_printable
from openhix.kernel import cents

Choices = list[tuple[str, str]]
NOT_A_CHOICE = _("Choose one of the answers in the list.")
CHOOSE = _("Choose one")
MINUS = ("-", "−")


def chosen(words: Mapping[str, str]) -> Choices:
    """Choices from values and marked words, in the reader's language."""
    return [(str(value), gettext(sentence)) for value, sentence in words.items()]


def in_words(words: Mapping[str, str]) -> Callable[[], Choices]:
    return lambda: chosen(words)


class Text(forms.CharField):
    """One line of printable text. `asks` are the browser's hints: inputmode, autocomplete."""

    def __init__(self, *, room: int = 100, asks: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.TextInput(attrs=dict(asks or {})), **options})
        self.room = room

    def to_python(self, value: Any) -> str:
        """The same text however it was typed: accents composed, spaces that do not break made plain."""
        return unicodedata.normalize("NFC", str(super().to_python(value) or "").replace("\xa0", " ")).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.room:
            sentence = gettext("This has room for {number} characters. Shorten it.")
            raise ValidationError(sentence.format(number=self.room))
        if not is_printable(value):
            raise ValidationError(gettext("This holds characters that cannot be printed. Type it again."))


class Money(Text):
    """Cents of an amount in dollars; None where nothing was typed. `signed` lets a loss be typed with a minus."""

    def __init__(self, *, signed: bool = False, **options: Any) -> None:
        super().__init__(room=40, asks={"inputmode": "decimal"}, **options)
        self.signed = signed

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        is_loss = self.signed and text.startswith(MINUS)
        try:
            amount = cents.parse(text[1:] if is_loss else text)
        except cents.TooMuch:
            most = gettext("The largest amount that you can enter is $10,000,000,000. Check the number.")
            raise ValidationError(most) from None
        except cents.NotMoney:
            raise ValidationError(gettext("Enter an amount in dollars, such as 52000 or $1,234.56.")) from None
        return -amount if is_loss else amount


class OneOf(forms.ChoiceField):
    """One answer of a list that drops down, with `blank` at its top."""

    def __init__(self, *, blank: Any = CHOOSE, **options: Any) -> None:
        self.blank = blank
        super().__init__(**{"required": False, "error_messages": {"invalid_choice": NOT_A_CHOICE}, **options})

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, value: Any) -> None:
        def listed() -> Choices:
            return [("", str(self.blank)), *(value() if callable(value) else value)]

        self._choices = self.widget.choices = CallableChoiceIterator(listed)


class Radios(forms.ChoiceField):
    """One answer of a list that stands open."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        messages = {"required": _("Choose one of the answers."), "invalid_choice": NOT_A_CHOICE}
        super().__init__(**{"error_messages": messages, **options})


class Checkboxes(forms.MultipleChoiceField):
    """Any answers of a list."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        messages = {"required": _("Check at least one box."), "invalid_choice": NOT_A_CHOICE}
        super().__init__(**{"error_messages": messages, **options})


class DateParts(forms.Widget):
    """Month, day and year, each in a box of its own: no order of them has to be guessed."""

    parts = ("month", "day", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, str]:
        return {part: data.get(f"{name}_{part}", "").strip() for part in self.parts}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return all(f"{name}_{part}" not in data for part in self.parts)


class Day(forms.Field):
    """A date out of its three boxes; None where all are empty."""

    widget = DateParts

    def clean(self, value: dict[str, str]) -> date | None:
        parts = [value["year"], value["month"], value["day"]]
        if not any(parts):
            return None
        try:
            if not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
                raise ValueError
            return date(*map(int, parts))
        except ValueError:
            sentence = gettext("Enter a date with a month from 1 to 12, a day and a year of four digits.")
            raise ValidationError(sentence) from None


def parts_of(day: date | None) -> dict[str, str]:
    """What stands in the three boxes."""
    if day is None:
        return dict.fromkeys(DateParts.parts, "")
    return {"month": str(day.month), "day": str(day.day), "year": str(day.year)}
