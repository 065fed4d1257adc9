"""The pages of amounts: any number of incomes, and of deductions, each with its period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openhix.application import words
from openhix.application.answers import Deduction, Income, IncomeSource, Period
from openhix.application.forms.fields import Money, OneOf, Radios, Text, in_words
from openhix.application.forms.page import PageForm
from openhix.application.rules.complete import MOST_AMOUNTS
from openhix.application.rules.steps import Fault, Step
from openhix.kernel import cents

ADD, REMOVE = "add", "remove-"


class AmountsForm(PageForm):
    """A question whether there is any, and rows of amounts; a row's fields are `kind-0`, `amount-0`, `period-0` ...

    A button of the page adds a row or takes one away without saving: `rearranged` is the page after that.
    """

    template = "amounts"
    columns: ClassVar[tuple[str, ...]]
    beside: ClassVar[tuple[str, ...]] = ("any",)  # the fields that belong to no row

    def shape(self) -> None:
        self.count = len(rows_typed(self.data)) if self.is_bound else max(len(self.amounts()), 1)
        self.fields["any"] = Radios(label=self.question(), choices=in_words(words.YES_NO))
        for index in range(self.count):
            for column in self.columns:
                self.fields[f"{column}-{index}"] = self.column(column)

    def question(self) -> str:
        raise NotImplementedError

    def column(self, name: str) -> forms.Field:
        raise NotImplementedError

    def amounts(self) -> list[Any]:
        """What is answered so far."""
        raise NotImplementedError

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The bound fields of each row, for the page."""
        return [
            {"number": index + 1, "fields": [self[f"{column}-{index}"] for column in self.columns]}
            for index in range(self.count)
        ]

    @property
    def room_for_more(self) -> bool:
        return self.count < MOST_AMOUNTS

    def told(self) -> str:
        return "" if self.step.value in self.person.unasked else ("yes" if self.amounts() else "no")

    def whole_rows(self, typed: dict[str, Any]) -> list[dict[str, Any]]:
        """The rows in which everything needed was typed; none when the answer is no."""
        rows = [{column: typed[f"{column}-{index}"] for column in self.columns} for index in range(self.count)]
        self.written = [
            index
            for index, row in enumerate(rows)
            if typed["any"] == "yes" and row["kind"] and row["period"] and row["amount"] is not None
        ]
        return [rows[index] for index in self.written]

    def faults(self) -> list[Fault]:
        """The rules count the amounts, the page its rows: a row that was left empty is none of the amounts."""
        found = super().faults()
        return [replace(fault, field=self._field_of(fault.field)) for fault in found]

    def _field_of(self, field: str) -> str:
        column, dash, index = field.partition("-")
        return f"{column}-{self.written[int(index)]}" if dash else field

    def clean(self) -> dict[str, Any]:
        """An amount that is not whole is shown where it lacks something, before any is written."""
        if self.cleaned_data.get("any") == "yes":
            self._check_rows()
        return super().clean()

    def _check_rows(self) -> None:
        used = [index for index in range(self.count) if self._is_used(index)]
        for index in used or [0]:
            for column in ("kind", "amount", "period"):
                name = f"{column}-{index}"
                if name not in self.errors and self.cleaned_data.get(name) in (None, ""):
                    self.add_error(name, self.missing(column))

    def _is_used(self, index: int) -> bool:
        return any(str(self.data.get(f"{column}-{index}", "")).strip() for column in self.columns)

    def missing(self, column: str) -> str:
        if column == "amount":
            return gettext("Enter an amount in dollars, such as 52000 or $1,234.56.")
        return gettext("Choose one of the answers in the list.")

    @classmethod
    def rearranged(cls, typed: Mapping[str, Any], change: str, **page: Any) -> AmountsForm:
        """The page with one row more (`add`) or less (`remove-1`), as typed, with nothing checked or saved."""
        rows = rows_typed(typed)
        if change == ADD and len(rows) < MOST_AMOUNTS:
            rows.append(len(rows))
        elif change.startswith(REMOVE):
            rows = [row for row in rows if str(row + 1) != change.removeprefix(REMOVE)] or [len(rows)]
        form = cls(None, **page)
        form.initial = {name: typed.get(name, "") for name in cls.beside}
        form.fields = {name: form.fields[name] for name in cls.beside}
        form.count = len(rows)
        for index, row in enumerate(rows):
            for column in cls.columns:
                form.fields[f"{column}-{index}"] = form.column(column)
                form.initial[f"{column}-{index}"] = typed.get(f"{column}-{row}", "")
        return form


def rows_typed(typed: Mapping[str, Any]) -> list[int]:
    """The numbers of the rows that a page sent, from 0; what makes no sense is one row."""
    text = str(typed.get("rows", ""))
    sent = int(text) if text.isascii() and text.isdecimal() and len(text) <= 2 else 1
    return list(range(min(max(sent, 1), MOST_AMOUNTS)))


class IncomeForm(AmountsForm):
    step = Step.INCOME
    columns = ("kind", "employer", "amount", "period")
    beside = ("any", "year")

    def shape(self) -> None:
        super().shape()
        label = gettext("If the income of the whole year {year} will be different: how much will it be?")
        help_text = gettext(
            "In dollars before taxes, everything together. Leave empty if it stays as above for the whole year."
        )
        self.fields["year"] = Money(label=label.format(year=self.answers.plan_year), help_text=help_text)

    def question(self) -> str:
        return gettext("Does {name} have any income?").format(name=self.person.called)

    def column(self, name: str) -> forms.Field:
        match name:
            case "kind":
                return OneOf(label=_("Kind of income"), choices=in_words(words.SOURCES))
            case "employer":
                return Text(label=_("Employer, for a job"))
            case "amount":
                return Money(label=_("Amount in dollars, before taxes"), signed=True)
            case _other:
                return OneOf(label=_("How often"), choices=in_words(words.PERIODS))

    def amounts(self) -> list[Income]:
        return self.person.incomes

    def read(self) -> dict[str, Any]:
        yearly = self.person.year_cents
        shown: dict[str, Any] = {"any": self.told(), "year": "" if yearly is None else cents.plain(yearly)}
        for index, income in enumerate(self.amounts()):
            shown |= {
                f"kind-{index}": income.source,
                f"employer-{index}": income.employer,
                f"amount-{index}": cents.plain(income.cents),
                f"period-{index}": income.period,
            }
        return shown

    def write(self, typed: dict[str, Any]) -> None:
        self.person.incomes = [
            Income(IncomeSource(row["kind"]), row["amount"], Period(row["period"]), row["employer"] or "")
            for row in self.whole_rows(typed)
        ]
        self.person.year_cents = typed["year"]


class DeductionsForm(AmountsForm):
    step = Step.DEDUCTIONS
    columns = ("kind", "amount", "period")

    def question(self) -> str:
        return gettext("Does {name} pay anything that is deducted from income on the tax return?").format(
            name=self.person.called
        )

    def column(self, name: str) -> forms.Field:
        match name:
            case "kind":
                return OneOf(label=_("Kind of deduction"), choices=in_words(words.DEDUCTIONS))
            case "amount":
                return Money(label=_("Amount in dollars"))
            case _other:
                return OneOf(label=_("How often"), choices=in_words(words.PERIODS))

    def amounts(self) -> list[Deduction]:
        return self.person.deductions

    def read(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"any": self.told()}
        for index, deduction in enumerate(self.amounts()):
            shown |= {
                f"kind-{index}": deduction.kind,
                f"amount-{index}": cents.plain(deduction.cents),
                f"period-{index}": deduction.period,
            }
        return shown

    def write(self, typed: dict[str, Any]) -> None:
        self.person.deductions = [
            Deduction(row["kind"], row["amount"], Period(row["period"])) for row in self.whole_rows(typed)
        ]
