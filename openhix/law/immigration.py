"""Which immigration statuses let a person buy a plan, and have a tax credit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from openhix.law.reading import SHIPPED, Tables


@dataclass(frozen=True)
class LawfulPresence:
    """Statuses by the names of MassHealth's groups (130 CMR 504.003): citizen, qualified, qualified_barred, ..."""

    may_buy: frozenset[str]
    credit: frozenset[str]

    @classmethod
    def on(cls, day: date, tables: Tables = SHIPPED) -> LawfulPresence:
        figures = tables.table("federal/lawful_presence").on(day)
        return cls(may_buy=frozenset(figures["may_buy"]), credit=frozenset(figures["credit"]))
