"""From the text of a household file to columns of facts: every cell understood or refused with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

import numpy as np
import polars as pl
import polars.selectors as cs

from openhix.eligibility.files.relatives import Cells, Fault, Relationship, Relatives
from openhix.eligibility.files.tables import LONGEST_CELL, OPTIONAL, ROW, Rejected, as_text
from openhix.eligibility.households import Households, less_losses
from openhix.eligibility.rules.people import HOUSEHOLD, PAIR, PERSON, TAX_HOUSEHOLD, TaxRole
from openhix.kernel import cents, percent
from openhix.kernel.codes import Code
from openhix.kernel.facts import Array, Column, Entity, Rulebook, group_starts
from openhix.kernel.story import CENTS, COUNT, DATE, HUNDREDTHS, YES_NO
from openhix.plans.geography import Geography, NotFound, Place

OLDEST_YEARS = 120
MOST_PEOPLE = 50
# Facts that the file gives under other columns, or that are no one's to give.
NOT_COLUMNS = frozenset(
    {
        *("place", "rating_area", "return_number", "position", "spouse", "claimed_by", "first_parent", "second_parent"),
        *("birth_date", "tax_role", "annual_income", "expecting"),
    }
)
TEXT_OF_HOUSEHOLD = ("zip", "county")
NAMES = {
    "household_id",
    "person_id",
    "zip",
    "county",
    "claimed_by",
    "spouse",
    "parents",
}  # text, whatever it looks like
AS_GIVEN = "as given"
GAIN_OR_LOSS = "cents, below zero for a loss"

_AMOUNT = r"\$? ?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]{1,2})?$"
_DOLLARS = "an amount in dollars, such as 60000 or 1,234.56"
_CELLS = {
    CENTS: (rf"^{_AMOUNT}", _DOLLARS),
    GAIN_OR_LOSS: (rf"^-?{_AMOUNT}", _DOLLARS),
    HUNDREDTHS: (r"^[0-9]+(\.[0-9]{1,2})?%?$", "a percentage with at most two decimals, such as 9.96"),
    COUNT: (r"^[0-9]+$", "a whole number"),
    DATE: (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "a date written as 1985-06-30"),
}
_NO_MORE = {DATE: r"[ T]00:00(:00(\.0+)?)?$", COUNT: r"\.0+$", YES_NO: r"\.0$"}  # what other programs put after it
_YES_NO = {"yes": 1, "no": 0, "true": 1, "false": 0, "1": 1, "0": 0, "y": 1, "n": 0}
_WITHOUT_ZERO = r"^([0-9]{4})(\.0)?$"  # a ZIP code of Massachusetts that a spreadsheet took for a number
# The least and the most that a cell may say, in the integers of its unit: what is computed from it stays exact.
RANGES = {
    CENTS: (0, cents.LARGEST),
    GAIN_OR_LOSS: (-cents.LARGEST, cents.LARGEST),
    HUNDREDTHS: (0, 1_000 * percent.WHOLE),
    COUNT: (0, 99),
}
_GUIDELINE = (1, 100_000_000)
RANGES_OF_FACTS = {
    "pregnant": (0, 9),
    "age": (0, OLDEST_YEARS),
    "rated_age": (0, 64),
    "tax_household_size": (1, MOST_PEOPLE),
    "magi_household_size": (1, 2 * MOST_PEOPLE),
    "disabled_adult_size": (1, 2 * MOST_PEOPLE),
    "applicable_percentage": (0, percent.WHOLE),
    "poverty_guideline": _GUIDELINE,
    "compared_guideline": _GUIDELINE,
    "masshealth_guideline": _GUIDELINE,
    "disabled_adult_guideline": _GUIDELINE,
    "monthly_income": (0, cents.LARGEST // 12),
}
_UNSHOWN = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
_FORMULA = r"^[=+@-]"


def fact_columns(rulebook: Rulebook) -> dict[str, Any]:
    """The facts that may stand as columns of a household file, by name."""
    facts: dict[str, Any] = {**rulebook.inputs, **rulebook.rules}
    return {name: fact for name, fact in facts.items() if fact.entity != PAIR and name not in NOT_COLUMNS}


class Reading:
    """One file on its way to Households. `rejected` grows; `columns` holds a value for each row of `table`."""

    def __init__(
        self,
        table: pl.DataFrame,
        rejected: Sequence[Rejected],
        rulebook: Rulebook,
        geography: Geography,
        as_of: date,
    ):
        self.rejected = list(rejected)
        self.columns: dict[str, Cells] = {}
        self.facts: dict[str, Any] = {
            name: fact for name, fact in fact_columns(rulebook).items() if name in table.columns
        }
        told = table.rechunk()  # each question to a table in several pieces would copy all of it
        self.table = _together(told.with_columns(as_text(told.select(NAMES & set(told.columns)))))
        self._cells_once: dict[str, pl.DataFrame] = {}
        self._check_text()
        self._read_people(as_of)
        self._read_places(geography)
        self.relatives = self._read_relatives()
        for name, fact in self.facts.items():
            self.columns[name] = self._cells(name, fact.unit)
        self._check_structure()

    def households(self) -> tuple[Households, pl.DataFrame]:
        """The households without a fault, and household_id and person_id of their people in the same order."""
        faulty = self._faulty()
        named = [each.row for each in self.rejected]
        for row in self.table.filter(faulty & ~self.table[ROW].is_in(named))[ROW]:
            self.rejected.append(Rejected(row, "household_id", "Left out: another row of this household was refused."))
        table = self.table.filter(~faulty) if faulty.any() else self.table
        keep = (~faulty).to_numpy() if faulty.any() else slice(None)
        columns = {name: _column(each, keep) for name, each in self.columns.items()}
        household = np.cumsum(np.diff(table["household"].to_numpy(), prepend=-1) > 0) - 1
        people = {name: each for name, each in columns.items() if self._entity(name) == PERSON}
        arranged = Households.arranged(household, people, {})
        first = {
            HOUSEHOLD: group_starts(arranged.household),
            TAX_HOUSEHOLD: group_starts(arranged.tax_household),
        }
        others = {
            name: Column(each.values[rows], None if each.known is None else each.known[rows])
            for name, each in columns.items()
            if name not in people
            for rows in [arranged.given_as[first[self._entity(name)]]]
        }
        households = replace(arranged, facts={**arranged.facts, **others})
        return households, table.select(ROW, "household_id", "person_id")[arranged.given_as]

    def _faulty(self) -> pl.Series:
        """Which rows belong to a household that has a fault, be it on another row."""
        if not self.rejected:
            return pl.repeat(False, self.table.height, eager=True)
        rows = pl.col(ROW).is_in([each.row for each in self.rejected])
        lost = pl.col("household_id").is_in([each.household_id for each in self.rejected if each.household_id])
        return self.table.select((rows | lost.fill_null(False)).any().over("household")).to_series()

    def _reject(self, bad: pl.Series | pl.Expr, column: str, reason: str | Callable[[str], str]) -> None:
        """`bad`: the rows, or what is bad of a cell of this column alone."""
        found = self._distinct(column).select(bad).to_series() if isinstance(bad, pl.Expr) else bad
        if not found.any():
            return
        cells = as_text(self.table.select(ROW, column))
        for row, cell in cells.filter(bad).iter_rows():
            said = reason if isinstance(reason, str) else reason(repr((cell or "")[:40]))
            self.rejected.append(Rejected(row, column, said))

    def _distinct(self, column: str) -> pl.DataFrame:
        """The cells of a column, each once, as text and AS_GIVEN: most columns say few things many times."""
        found = self._cells_once.get(column)
        if found is None:
            once = self.table.select(pl.col(column).unique())
            found = self._cells_once[column] = as_text(once).with_columns(once[column].alias(AS_GIVEN))
        return found

    def _entity(self, name: str) -> Entity:
        if name in self.facts:
            return cast(Entity, self.facts[name].entity)
        return HOUSEHOLD if name in ("place", "rating_area") else PERSON

    def _check_text(self) -> None:
        for column in self.table.select(cs.string()).columns:
            cell = pl.col(column)
            too_long = cell.str.len_chars() > LONGEST_CELL
            self._reject(too_long, column, f"This is longer than {LONGEST_CELL} characters.")
            self._reject(cell.str.contains(_UNSHOWN), column, "This holds a character that cannot be seen: retype it.")
        for column in ("household_id", "person_id"):
            self._reject(pl.col(column).is_null(), column, "Fill this in.")
            formula = pl.col(column).str.contains(_FORMULA)
            self._reject(
                formula, column, "A spreadsheet would take this for a formula: begin the id with another sign."
            )
        people = self.table.select("household", "person_id")
        hashes = people.select(pl.col("household").hash() ^ pl.col("person_id").hash()).to_series()
        if hashes.n_unique() < len(hashes):  # only then somebody may stand there twice
            twice = people.is_duplicated() & people["person_id"].is_not_null()
            self._reject(twice, "person_id", lambda cell: f"{cell} stands twice in this household.")

    def _spread(self, name: str, values: pl.Series) -> pl.Series:
        """What is said of the household or tax return: once or on each of its rows, never with two values."""
        group, called = "household", "household"
        if self._entity(name) == TAX_HOUSEHOLD:
            group, called = "return", "tax return"
        row_of, rows = self.table[group].to_numpy(), np.arange(len(values))
        said = rows[values.is_not_null().to_numpy()]
        first = np.empty_like(rows)
        first[row_of] = rows  # where nobody says it, a row that does not
        first[row_of[said[::-1]]] = said[::-1]
        spread = values.gather(first[row_of])
        differs = (values != spread).fill_null(False)
        self._reject(differs, name, lambda cell: f"{cell} differs from an earlier row of this {called}.")
        return spread

    def _read_people(self, as_of: date) -> None:
        columns = self.columns
        for name, unit in (("birth_date", DATE), ("annual_income", GAIN_OR_LOSS), ("tax_role", TaxRole)):
            self._reject(pl.col(name).is_null(), name, "Fill this in.")
            columns[name] = self._cells(name, unit)
        born, today = columns["birth_date"], np.datetime64(as_of)
        self._reject(
            pl.Series(born.known & (born.values > today)),
            "birth_date",
            f"This date of birth is after {as_of}, the day on which it is asked.",
        )
        too_old = born.known & (born.values < today - np.timedelta64(OLDEST_YEARS * 366, "D"))
        self._reject(pl.Series(too_old), "birth_date", f"This date of birth is over {OLDEST_YEARS} years ago.")
        children = self._cells("pregnant", COUNT).values  # blank: none is expected
        columns["expecting"] = Cells(children, np.ones(len(children), dtype=np.bool_))

    def _read_relatives(self) -> Relatives:
        relatives = Relatives(self.table, self.columns["tax_role"].values, self._cells("relationship", Relationship))
        for fault in relatives.found:
            self._reject(pl.Series(fault.rows), fault.column, fault.reason)
        self.columns.update(relatives.columns())
        income, role = self.columns["annual_income"], self.columns["tax_role"].values
        earned = less_losses(relatives.household, role, relatives.spouse, income.values)
        self.columns["annual_income"] = Cells(earned, income.known)
        self.table = self.table.with_columns(pl.Series("return", relatives.returns))
        return relatives

    def _read_places(self, geography: Geography) -> None:
        self.table = self.table.with_columns(pl.col("zip").str.replace(_WITHOUT_ZERO, "0$1"))
        household = self.table["household"].to_numpy()
        begins = group_starts(household)
        told = pl.DataFrame({name: self._spread(name, self.table[name]) for name in TEXT_OF_HOUSEHOLD})[begins]
        asked = told.unique(maintain_order=True)
        found = [_find(geography, *key) for key in asked.iter_rows()]
        which = told.join(asked.with_row_index("at"), on=TEXT_OF_HOUSEHOLD, nulls_equal=True, maintain_order="left")
        at = which["at"].to_numpy()
        known = np.array([isinstance(each, Place) for each in found], dtype=np.bool_)[at]
        for name, attribute in (("place", "index"), ("rating_area", "rating_area")):
            values = np.array([getattr(each, attribute, 0) for each in found], dtype=np.int64)[at]
            self.columns[name] = Cells(values[household], known[household])
        if known.all():
            return
        has_zip, is_faulty = told["zip"].is_not_null().to_numpy(), self._faulty().to_numpy()[begins]
        for nth in np.flatnonzero(~known & (has_zip | ~is_faulty)):
            self.rejected.append(Rejected(self.table[ROW][int(begins[nth])], "zip", str(found[at[nth]])))

    def _check_structure(self) -> None:
        """Who is who; asked last, of households without another fault: a misspelled filer is one fault, not two."""
        number = np.bincount(self.relatives.household)[self.relatives.household]
        too_many = (number > MOST_PEOPLE) & (self.relatives.position == 0)
        crowd = Fault(too_many, "tax_role", f"More than {MOST_PEOPLE} people stand in this household.")
        for fault in (crowd, *self.relatives.faults()):
            if fault.rows.any():
                self._reject(pl.Series(fault.rows) & ~self._faulty(), fault.column, fault.reason)

    def _cells(self, name: str, unit: Any) -> Cells:
        """A column as values in the unit's integers; what does not fit is refused and counts as unknown."""
        cell, (meaning, wanted) = pl.col(name), _meaning(pl.col(name), unit)
        number = _number(cell, self.table.schema[name], unit)
        if number is not None:
            values = self.table.select(number).to_series()
        else:
            said = self._distinct(name).select(AS_GIVEN, meaning.alias("value")).drop_nulls(AS_GIVEN)
            values = self.table[name].replace_strict(said[AS_GIVEN], said["value"], default=None, return_dtype=pl.Int64)
        self._reject(values.is_null() & self.table[name].is_not_null(), name, lambda cell: f"{cell} is not {wanted}.")
        if unit in RANGES:
            least, most = RANGES_OF_FACTS.get(name, RANGES[unit])
            outside = (~values.is_between(least, most)).fill_null(False)
            range_of = f"is out of range: {_written(least, unit)} to {_written(most, unit)} can be computed with"
            self._reject(outside, name, lambda cell: f"{cell} {range_of}.")
            values = values.clip(least, most)
        if self._entity(name) != PERSON:
            values = self._spread(name, values)
        dtype = {DATE: "datetime64[D]", YES_NO: "bool"}.get(unit, "int64")
        return Cells(values.fill_null(0).to_numpy().astype(dtype), values.is_not_null().to_numpy())


def _column(cells: Cells, rows: Array | slice) -> Column:
    values, known = cells.values[rows], cells.known[rows]
    return Column(values, None if known.all() else known)


def _together(table: pl.DataFrame) -> pl.DataFrame:
    """The people of each household one after the other, else in the order of the file, with every optional column."""
    blank = [pl.lit(None, dtype=pl.String).alias(name) for name in OPTIONAL if name not in table.columns]
    told, ids = table.with_columns(blank), table["household_id"]
    begins = _begins(ids)
    if begins.sum() > ids.n_unique() + max(ids.null_count() - 1, 0):
        first = pl.col(ROW).first().over("household_id")
        told = told.sort(pl.when(pl.col("household_id").is_null()).then(ROW).otherwise(first), maintain_order=True)
        begins = _begins(told["household_id"])
    return told.with_columns(begins.cast(pl.Int64).cum_sum().alias("household") - 1)


def _begins(ids: pl.Series) -> pl.Series:
    """Where another household begins; a row without an id is one of its own."""
    return (ids != ids.shift()).fill_null(True)


def _number(cell: pl.Expr, dtype: pl.DataType, unit: Any) -> pl.Expr | None:
    """What a cell that is a number, a day, yes or no means, read as its text would be; None: ask the text."""
    if unit == DATE and dtype == pl.Date:
        return cell.cast(pl.Int64)  # days since 1970
    if unit == YES_NO and (dtype == pl.Boolean or dtype.is_integer()):
        least, most, times = 0, 1, 1
    elif unit in (COUNT, CENTS, GAIN_OR_LOSS, HUNDREDTHS) and dtype.is_integer():
        times = 1 if unit == COUNT else 100
        most = np.iinfo(np.int64).max // times
        least = -most if unit == GAIN_OR_LOSS else 0
    else:
        return None
    number = cell.cast(pl.Int64, strict=False)
    return pl.when(number.is_between(least, most)).then(number * times)


def _meaning(cell: pl.Expr, unit: Any) -> tuple[pl.Expr, str]:
    """A cell as an integer (null where it does not say one), and what it should have been."""
    cell = cell.str.replace(_NO_MORE[unit], "") if unit in _NO_MORE else cell
    if unit == YES_NO or (isinstance(unit, type) and issubclass(unit, Code)):
        choices = _YES_NO if unit == YES_NO else {each.code.lower(): int(each) for each in unit}
        value = cell.str.to_lowercase().replace_strict(choices, default=None, return_dtype=pl.Int64)
        return value, f"one of {', '.join(choices)}"
    pattern, wanted = _CELLS[unit]
    if unit == DATE:
        value = cell.str.to_date("%Y-%m-%d", strict=False).cast(pl.Int64)  # days since 1970
    elif unit == COUNT:
        value = cell.cast(pl.Int64, strict=False)
    else:
        plain = cell.str.replace_all(r"[$, %]", "")
        hundredths = plain.str.extract(r"\.([0-9]+)$").fill_null("").str.pad_end(2, "0")
        value = (plain.str.extract(r"^(-?[0-9]+)") + hundredths).cast(pl.Int64, strict=False)
    return pl.when(cell.str.contains(pattern)).then(value), wanted


def _written(number: int, unit: Any) -> str:
    if unit in (CENTS, GAIN_OR_LOSS):
        return cents.dollars(number)
    return percent.text(number) if unit == HUNDREDTHS else str(number)


def _find(geography: Geography, zip_code: str | None, county: str | None) -> Place | NotFound:
    try:
        return geography.find(zip_code or "", county)
    except NotFound as error:
        return error
