"""A bill on the screen: the lines of its paper, in the words of its paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from openhix.billing import words
from openhix.billing.models import Bill
from openhix.correspondence.labels import labels
from openhix.eligibility.words import day


@dataclass(frozen=True)
class Line:
    """A label and an amount in cents. `looks`: part is a heading without an amount, item belongs to one, total stands
    out."""

    label: str
    cents: int | None
    looks: str = ""


class BillPage:
    """A bill as it was sent, in the language in which it was sent."""

    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.data: dict[str, Any] = bill.content
        self.words = {name: str(text) for name, text in labels("bill", self.language).items()}
        with override(self.language):
            self.month = words.month(bill.month)
            self.due_on = day(bill.due_on)
            self.dated = day(bill.dated)
            self.lines = list(self._lines())

    @property
    def language(self) -> str:
        return str(self.data["language"])

    @property
    def title(self) -> str:
        return self.words["title"].format(month=self.month)

    @property
    def start(self) -> str:
        """That paying it starts coverage, where it does."""
        if not self.data["is_first"]:
            return ""
        return self.words["start" if self.bill.kind == "health" else "start_dental"]

    @property
    def this_is_for(self) -> str:
        return self.words[f"this_is_for_{self.bill.kind}"].format(month=self.month)

    def _lines(self) -> Iterator[Line]:
        data, said = self.data, self.words
        yield Line(said["premium"], data["premium"])
        yield Line(said["credit"], -data["credit"])
        if data["subsidy"] is not None:
            yield Line(said["subsidy"], -data["subsidy"])
        yield Line(said["price"], data["price"], "total")
        yield Line(said["last_balance"], data["last_balance"])
        yield Line(self._payments_title(), None, "part")
        paid = [(said["payment"].format(on=_day(each["on"])), -each["cents"]) for each in data["payments"]]
        yield from self._items(paid)
        yield Line(said["due_from_last"], data["due_from_last"], "total")
        yield Line(said["fees"], None, "part")
        yield from self._items([(each["label"], each["cents"]) for each in data["fees"]])
        yield Line(said["adjustments"], None, "part")
        yield from self._items([(each["label"], each["cents"]) for each in data["adjustments"]])
        yield Line(said["adjusted"], data["adjusted"], "total")
        yield Line(said["owed"].format(day=_day(data["due_on"])), data["owed"], "total")
        if data["credit_left"]:
            yield Line(said["credit_left"], data["credit_left"])

    def _payments_title(self) -> str:
        to = _day(self.data["payments_to"])
        if self.data["payments_from"] is None:
            return self.words["payments_to"].format(to=to)
        return self.words["payments"].format(**{"from": _day(self.data["payments_from"]), "to": to})

    def _items(self, items: list[tuple[str, int]]) -> list[Line]:
        return [Line(label, cents, "item") for label, cents in items] or [Line(self.words["none"], 0, "item")]


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso))
