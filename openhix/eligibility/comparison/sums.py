"""Two laws over the same households: who gains, who loses, and what it costs. Pure; nothing in it is about a person.

What is kept are sums of people who are alike: of one rating area, with the same program and plan type before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import polars as pl

from openhix.eligibility import queries
from openhix.eligibility.households import Households
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import HOUSEHOLD, PERSON, TAX_HOUSEHOLD
from openhix.eligibility.rules.program import Program
from openhix.kernel.codes import Code
from openhix.kernel.facts import Facts, Ints
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf

GAINS, SAME, LOSES = 1, 0, -1
KEYS = ("area", "program_before", "type_before", "program_after", "type_after", "change")
SUMS = ("people", "credit_before", "credit_after", "contribution_before", "contribution_after")


@dataclass(frozen=True)
class Comparison:
    """What changes from one law to another. `cells`: a row for each combination of KEYS, with SUMS in monthly cents.

    The credit of a tax return stands with the first of its people whom it can help. `area` is the rating area, 1 to
    7; programs and plan types are codes, of files; `change` is GAINS, SAME or LOSES.
    """

    before: str
    after: str
    month: str
    households: int
    cells: pl.DataFrame

    def people(self, change: int | None = None) -> int:
        """How many people there are, or how many of them gain, lose or stay."""
        cells = self.cells if change is None else self.cells.filter(pl.col("change") == change)
        return int(cells["people"].sum())

    def total(self, name: str) -> int:
        """One of SUMS, over all."""
        return int(self.cells[name].sum())

    def by(self, key: str) -> pl.DataFrame:
        """By `area`, `program` or `type`: people and money before and after, and who of those before gains or loses."""
        of_before, of_after = (key, key) if key == "area" else (f"{key}_before", f"{key}_after")
        before = self.cells.group_by(pl.col(of_before).alias(key)).agg(
            pl.col("people").sum().alias("people_before"),
            *(
                pl.col("people").filter(pl.col("change") == change).sum().alias(name)
                for name, change in (("gain", GAINS), ("same", SAME), ("lose", LOSES))
            ),
            pl.col("credit_before", "contribution_before").sum(),
        )
        after = self.cells.group_by(pl.col(of_after).alias(key)).agg(
            pl.col("people").sum().alias("people_after"), pl.col("credit_after", "contribution_after").sum()
        )
        joined = before.join(after, on=key, how="full", coalesce=True).fill_null(0)
        order = ("people_before", "people_after", "gain", "same", "lose")
        money = ("credit_before", "credit_after", "contribution_before", "contribution_after")
        return _ordered(joined.select(key, *order, *money), key)

    def moves(self) -> pl.DataFrame:
        """From which program to which, and how many people."""
        ways = self.cells.group_by("program_before", "program_after").agg(pl.col("people").sum())
        return _ordered(_ordered(ways, "program_after"), "program_before")

    def plus(self, other: Comparison) -> Comparison:
        """This and the same of more households."""
        return replace(self, households=self.households + other.households, cells=_summed([self.cells, other.cells]))

    def as_data(self) -> dict[str, Any]:
        return {
            "before": self.before,
            "after": self.after,
            "month": self.month,
            "households": self.households,
            "cells": self.cells.rows(),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Comparison:
        """What `as_data` wrote, in JSON or not."""
        cells = pl.DataFrame(data["cells"], schema=_SCHEMA, orient="row")
        return cls(data["before"], data["after"], data["month"], data["households"], cells)


_SCHEMA: dict[str, Any] = {
    **{key: pl.Int64 if key in ("area", "change") else pl.String for key in KEYS},
    **dict.fromkeys(SUMS, pl.Int64),
}


NOBODY = pl.DataFrame(schema=_SCHEMA)


def compare(parts: Iterable[Households], *, before: Law, after: Law, shelf: Shelf) -> Comparison:
    """Both laws over the same households, a part at a time."""
    found, households = [NOBODY], 0
    for part in parts:
        found.append(cells(part, before=before, after=after, shelf=shelf))
        households += len(part)
    return compared(found, before=before, after=after, households=households)


def compared(found: Sequence[pl.DataFrame], *, before: Law, after: Law, households: int) -> Comparison:
    """The `cells` of some parts together."""
    month = f"{before.coverage_month:%Y-%m}"
    return Comparison(before.scenario.name, after.scenario.name, month, households, _summed(found))


def _summed(found: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return pl.concat(found).group_by(KEYS).agg(pl.col(SUMS).sum()).sort(KEYS)


def cells(households: Households, *, before: Law, after: Law, shelf: Shelf) -> pl.DataFrame:
    """The people of some households who apply, summed as `Comparison.cells` are."""
    laws = {"before": before, "after": after}
    both = {name: queries.determine(households=households, law=law, shelf=shelf) for name, law in laws.items()}
    told = both["before"]
    area = told.population.up(told["rating_area"].values, PERSON, HOUSEHOLD)
    columns: dict[str, Any] = {"area": area, "change": _change(told, both["after"])}
    for name, facts in both.items():
        columns[f"program_{name}"] = _codes(facts["program"].values, Program)
        columns[f"type_{name}"] = _codes(facts["plan_type"].values, PlanType)
        columns[f"credit_{name}"] = _credit(facts)
        columns[f"contribution_{name}"] = _owed(facts)
    people = pl.DataFrame(columns).filter(pl.Series(told["applying"].values != 0))
    sums = people.group_by(KEYS).agg(pl.len().cast(pl.Int64).alias("people"), pl.col(SUMS[1:]).sum())
    return sums.select(pl.col(name).cast(kind) for name, kind in _SCHEMA.items())


def _change(before: Facts, after: Facts) -> Ints:
    """A fuller program is a gain; in the same one, a lower contribution, or with a credit alone a higher credit.

    Programs are ordered from the fullest to none. In ConnectorCare another credit with the same contribution changes
    who pays, not what the member pays: the same.
    """
    programs = [facts["program"].values for facts in (before, after)]
    owed = [_owed(facts) for facts in (before, after)]
    credits = [facts.population.up(_known(facts, "monthly_credit"), PERSON, TAX_HOUSEHOLD) for facts in (before, after)]
    fuller = np.sign(programs[0] - programs[1])
    cheaper = np.sign(owed[0] - owed[1]) * (programs[0] == Program.CONNECTORCARE)
    richer = np.sign(credits[1] - credits[0]) * (programs[0] == Program.CREDIT_ONLY)
    return np.where(fuller != 0, fuller, cheaper + richer).astype(np.int64)


def _owed(facts: Facts) -> Ints:
    return _known(facts, "contribution")


def _credit(facts: Facts) -> Ints:
    """Each return's credit with the first of its people whom it can help; 0 with the others."""
    returns = facts.population.groups[PERSON]
    helped = np.flatnonzero(facts["may_have_credit"].values)
    first = helped[np.unique(returns[helped], return_index=True)[1]]
    credit = np.zeros(len(returns), dtype=np.int64)
    credit[first] = _known(facts, "monthly_credit")[returns[first]]
    return credit


def _known(facts: Facts, name: str) -> Ints:
    column = facts[name]
    return np.where(column.known_rows, column.values, 0).astype(np.int64)


def _codes(values: Ints, codes: type[Code]) -> pl.Series:
    return pl.Series(values.astype(np.int64)).replace_strict(
        {int(each): each.code for each in codes}, return_dtype=pl.String
    )


def _ordered(table: pl.DataFrame, key: str) -> pl.DataFrame:
    """In the order in which the law has them: programs from the fullest, plan types from the lowest income."""
    if key == "area":
        return table.sort(key)
    codes: type[Code] = PlanType if key.startswith("type") else Program
    place = {each.code: int(each) for each in codes}
    return table.sort(pl.col(key).replace_strict(place, return_dtype=pl.Int64), maintain_order=True)
