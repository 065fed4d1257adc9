"""From the text of a household file to columns of facts: every cell understood or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from openhix.eligibility.households import Households
from openhix.eligibility.rules.people import PAIR, TAX_HOUSEHOLD, Relationship, TaxRole
from openhix.eligibility.tables import LONGEST_CELL, ROW, Rejected
from openhix.kernel.codes import Code
from openhix.kernel.facts import Array, Column, Rulebook
from openhix.kernel.story import CENTS, COUNT, DATE, HUNDREDTHS, YES_NO
from openhix.plans.geography import Geography, NotFound, Place

OLDEST_DAYS = 121 * 366
MOST_PEOPLE = 50
# Facts that the file gives under other columns, or that are no one's to give.
NOT_COLUMNS = frozenset({"place", "position", "birth_date", "tax_role", "annual_income", "relationship", "expecting"})
OF_HOUSEHOLD = ("zip", "county")

_CELLS = {
    CENTS: (r"^\$? ?(\d{1,3}(,\d{3})+|\d{1,10})(\.\d{1,2})?$", "an amount in dollars, such as 60000 or 1,234.56"),
    HUNDREDTHS: (r"^\d{1,7}(\.\d{1,2})?%?$", "a percentage with at most two decimals, such as 9.96"),
    COUNT: (r"^\d{1,3}$", "a whole number"),
    DATE: (r"^\d{4}-\d{2}-\d{2}$", "a date written as 1985-06-30"),
}
_YES_NO = {"yes": 1, "no": 0, "true": 1, "false": 0, "1": 1, "0": 0}


def fact_columns(rulebook: Rulebook) -> dict[str, Any]:
    """The facts that may stand as columns of a household file, by name."""
    facts = {**rulebook.inputs, **rulebook.rules}
    return {name: fact for name, fact in facts.items() if fact.entity != PAIR and name not in NOT_COLUMNS}


class Reading:
    """One file on its way to Households. `rejected` grows; `columns` holds a value for each row of `table`."""

    def __init__(self, table: pl.DataFrame, rulebook: Rulebook, geography: Geography, as_of: date):
        self.rejected: list[Rejected] = []
        self.columns: dict[str, Column] = {}
        self.facts = {name: fact for name, fact in fact_columns(rulebook).items() if name in table.columns}
        self.table = self._together(table)
        self._spread()
        self._read_people(as_of)
        self._read_places(geography)
        for name, fact in self.facts.items():
            self.columns[name] = self._cells(name, fact.unit)
        self._check_structure()

    def households(self) -> tuple[Households, pl.DataFrame]:
        """The households without a fault, and household_id and person_id of their people in the same order."""
        faulty_rows = [each.row for each in self.rejected]
        faulty = self.table.select(pl.col(ROW).is_in(faulty_rows).any().over("household")).to_series()
        named = self.table[ROW].is_in(faulty_rows)
        for row in self.table.filter(faulty & ~named)[ROW]:
            self.rejected.append(Rejected(row, "household_id", "Left out: another row of this household was refused."))
        keep = (~faulty).to_numpy()
        household = self.table["household"].to_numpy()[keep]
        first = np.flatnonzero(np.diff(household, prepend=-1))
        row_of_household = np.cumsum(np.diff(household, prepend=-1) > 0) - 1
        facts: dict[str, Array | Column] = {}
        for name, column in self.columns.items():
            values, known = column.values[keep], None if column.known is None else column.known[keep]
            if self._of_household(name):
                values, known = values[first], None if known is None else known[first]
            facts[name] = Column(values, None if known is None or known.all() else known)
        return Households(row_of_household, facts), self.table.filter(~faulty).select(ROW, "household_id", "person_id")

    def _reject(self, bad: pl.Series | pl.Expr, column: str, reason: str | Callable[[str], str]) -> None:
        for row, cell in self.table.filter(bad).select(ROW, column).iter_rows():
            said = reason if isinstance(reason, str) else reason(repr(cell[:40]) if cell else "A blank")
            self.rejected.append(Rejected(row, column, said))

    def _of_household(self, name: str) -> bool:
        if name in self.facts:
            return bool(self.facts[name].entity == TAX_HOUSEHOLD)
        return name in ("zip", "county", "place", "rating_area")

    def _together(self, table: pl.DataFrame) -> pl.DataFrame:
        """The people of each household together, otherwise in the order of the file."""
        key = pl.coalesce("household_id", pl.concat_str(pl.lit("\0"), pl.col(ROW).cast(pl.String)))
        self.table = table.with_columns(key.cast(pl.Categorical).to_physical().cast(pl.Int64).alias("household")).sort(
            "household", maintain_order=True
        )
        for column in ("household_id", "person_id"):
            self._reject(pl.col(column).is_null(), column, "Fill this in.")
        for column in table.columns:
            if column != ROW:
                too_long = pl.col(column).str.len_chars() > LONGEST_CELL
                self._reject(too_long, column, f"This is longer than {LONGEST_CELL} characters.")
        twice = pl.struct("household", "person_id").is_duplicated() & pl.col("person_id").is_not_null()
        self._reject(twice, "person_id", lambda cell: f"{cell} stands twice in this household.")
        return self.table

    def _spread(self) -> None:
        """A fact of the household may stand once or on each of its rows, never with two values."""
        for name in self.table.columns:
            if not self._of_household(name):
                continue
            first = pl.col(name).drop_nulls().first().over("household")
            differs = (pl.col(name) != first).fill_null(False)
            self._reject(differs, name, lambda cell: f"{cell} differs from an earlier row of this household.")
            self.table = self.table.with_columns(first.alias(name))

    def _read_people(self, as_of: date) -> None:
        columns = self.columns
        for name, unit in (("birth_date", DATE), ("annual_income", CENTS), ("tax_role", TaxRole)):
            self._reject(pl.col(name).is_null(), name, "Fill this in.")
            columns[name] = self._cells(name, unit)
        born = columns["birth_date"]
        told = pl.Series(born.known)
        unborn = told & pl.Series(born.values > np.datetime64(as_of))
        self._reject(unborn, "birth_date", f"This date of birth is after {as_of}.")
        too_old = told & pl.Series(born.values < np.datetime64(as_of) - np.timedelta64(OLDEST_DAYS, "D"))
        self._reject(too_old, "birth_date", "This date of birth is over 120 years ago.")
        columns["expecting"] = Column(self._cells("pregnant", COUNT).values)  # blank: no child is expected
        role = columns["tax_role"].values
        stated = self._cells("relationship", Relationship)
        assumed = np.where(role == TaxRole.DEPENDENT, int(Relationship.CHILD), role)
        columns["relationship"] = Column(
            assumed if stated.known is None else np.where(stated.known, stated.values, assumed)
        )

    def _read_places(self, geography: Geography) -> None:
        county = pl.col("county") if "county" in self.table.columns else pl.lit(None, dtype=pl.String).alias("county")
        asked = self.table.select("zip", county)
        found: dict[tuple[str | None, str | None], Place | NotFound] = {}
        for zip_code, county_name in asked.unique().iter_rows():
            try:
                found[zip_code, county_name] = geography.find(zip_code or "", county_name)
            except NotFound as error:
                found[zip_code, county_name] = error
        places = [found[key] for key in asked.iter_rows()]
        known = np.fromiter((isinstance(each, Place) for each in places), dtype=np.bool_, count=len(places))
        firsts = self.table.select(pl.col("household").is_first_distinct()).to_series()
        for row, place in zip(self.table[ROW].filter(firsts), _only(places, firsts), strict=True):
            if isinstance(place, NotFound):
                self.rejected.append(Rejected(row, "zip", str(place)))
        for name, attribute in (("place", "index"), ("rating_area", "rating_area")):
            values = [getattr(each, attribute, 0) for each in places]
            self.columns[name] = Column(np.asarray(values, dtype=np.int64), known)

    def _check_structure(self) -> None:
        role = pl.Series(self.columns["tax_role"].values)
        households = (
            self.table.select(ROW, "household")
            .with_columns(role.alias("role"))
            .group_by("household", maintain_order=True)
            .agg(
                pl.col(ROW).first(),
                filers=(pl.col("role") == int(TaxRole.FILER)).sum(),
                joint=(pl.col("role") == int(TaxRole.JOINT_FILER)).sum(),
                people=pl.len(),
            )
        )
        for fault, reason in (
            (pl.col("filers") == 0, "Nobody in this household is the filer."),
            (pl.col("filers") > 1, "More than one person of this household is the filer."),
            (pl.col("joint") > 1, "More than one person of this household files jointly with the filer."),
            (pl.col("people") > MOST_PEOPLE, f"A household may have {MOST_PEOPLE} people."),
        ):
            self.rejected += [Rejected(row, "tax_role", reason) for row in households.filter(fault)[ROW]]

    def _cells(self, name: str, unit: Any) -> Column:
        """A column of text as values in the unit's integers; what does not fit is refused and counts as unknown."""
        if name not in self.table.columns:
            size = len(self.table)
            return Column(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_))
        cell = pl.col(name)
        if isinstance(unit, type) and issubclass(unit, Code):
            return self._choice(name, {each.code.lower(): int(each) for each in unit})
        if unit == YES_NO:
            column = self._choice(name, _YES_NO)
            return Column(column.values.astype(np.bool_), column.known)
        pattern, wanted = _CELLS[unit]
        fits = cell.str.contains(pattern)
        if unit == DATE:
            value = cell.str.to_date("%Y-%m-%d", strict=False)
            values = self.table.select(pl.when(fits).then(value)).to_series()
            self._reject(
                pl.Series(values.is_null()) & self.table[name].is_not_null(), name, lambda c: f"{c} is not {wanted}."
            )
            return Column(
                values.fill_null(date(1900, 1, 1)).to_numpy().astype("datetime64[D]"), values.is_not_null().to_numpy()
            )
        self._reject(~fits, name, lambda c: f"{c} is not {wanted}.")
        plain = cell.str.replace_all(r"[$, %]", "")
        if unit in (CENTS, HUNDREDTHS):
            whole, part = plain.str.extract(r"^(\d+)"), plain.str.extract(r"\.(\d+)$").fill_null("")
            plain = whole + part.str.pad_end(2, "0")
        value = pl.when(fits).then(plain).cast(pl.Int64, strict=False)
        values = self.table.select(value.alias("value")).to_series()
        return Column(values.fill_null(0).to_numpy(), values.is_not_null().to_numpy())

    def _choice(self, name: str, choices: dict[str, int]) -> Column:
        lowered = pl.col(name).str.to_lowercase()
        values = self.table.select(lowered.replace_strict(choices, default=None, return_dtype=pl.Int64)).to_series()
        bad = values.is_null() & self.table[name].is_not_null()
        self._reject(bad, name, lambda cell: f"{cell} is not one of {', '.join(choices)}.")
        return Column(values.fill_null(0).to_numpy(), values.is_not_null().to_numpy())


def _only(items: list[Any], mask: pl.Series) -> list[Any]:
    return [item for item, chosen in zip(items, mask, strict=True) if chosen]
