"""One household as the public API is asked about it: in the columns of a household file, answered with its reasons.

It is read by the reader of those files, so that a household is accepted, refused and answered here exactly as there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from openhix.eligibility import queries, telling
from openhix.eligibility.files import batch
from openhix.eligibility.files.reading import MOST_PEOPLE, Reading, fact_columns
from openhix.eligibility.files.relatives import Relationship
from openhix.eligibility.files.tables import ROW, Rejected
from openhix.eligibility.rules.people import Immigration, OtherCoverage, TaxRole
from openhix.eligibility.rules.program import Program
from openhix.kernel.codes import Code
from openhix.kernel.story import CENTS, HUNDREDTHS, Told
from openhix.law.tables import CURRENT_LAW, Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import Shelf

OF_HOUSEHOLD = ("zip", "county", "seeks_help")


def _written(value: object) -> object:
    """A number as a file would have it, exactly as it was sent."""
    return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value


def _said(value: object) -> object:
    """Yes or no as a file would have it."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


# Any text, which the reader of files takes or refuses; a number, or yes and no, where a cell may hold one.
Cell = str | None
Number = Annotated[Cell, BeforeValidator(_written)]
Answer = Annotated[Cell, BeforeValidator(_said)]


def _told_as(*schemas: Mapping[str, Any], blank: bool = True) -> WithJsonSchema:
    """What the API's document says that a cell takes."""
    none = [{"type": "null"}] if blank else []
    return WithJsonSchema({"anyOf": [*schemas, *none]})


def _one_of(codes: type[Code]) -> dict[str, Any]:
    return {"type": "string", "enum": [each.code.lower() for each in codes]}


TEXT = {"type": "string", "maxLength": 200}
WRITTEN = {"type": "string", "examples": ["60000", "1,234.56"]}
NUMBERS = {"type": "number", "minimum": 0}, WRITTEN
Words = Annotated[Cell, _told_as(TEXT)]
Id = Annotated[Cell, _told_as(TEXT, blank=False)]
Day = Annotated[Cell, _told_as({"type": "string", "format": "date", "examples": ["1985-06-30"]}, blank=False)]
Role = Annotated[Cell, _told_as(_one_of(TaxRole), blank=False)]
Dollars = Annotated[Number, _told_as(*NUMBERS)]
GainOrLoss = Annotated[Number, _told_as({"type": "number"}, WRITTEN, blank=False)]
YesNo = Annotated[
    Answer,
    _told_as({"type": "boolean"}, {"type": "string", "enum": ["yes", "no", "true", "false", "1", "0", "y", "n"]}),
]
Count = Annotated[Number, _told_as({"type": "integer", "minimum": 0, "maximum": 9}, {"type": "string"})]
Given = Annotated[
    Cell, BeforeValidator(_written), BeforeValidator(_said), _told_as({"type": ["number", "boolean", "string"]})
]


class PersonAsked(BaseModel):
    """One row of a household file. What is left out, and null, is a blank cell."""

    model_config = ConfigDict(extra="forbid")

    person_id: Id = Field(description="Tells the people of the household apart.")
    birth_date: Day
    tax_role: Role
    annual_income: GainOrLoss = Field(description="Dollars a year; below zero for a loss.")
    claimed_by: Words = Field(None, description="Of a dependent: the person_id of who claims, or outside.")
    spouse: Words = Field(None, description="The person_id of the husband or wife in this household.")
    parents: list[str] | None = Field(None, description="The person_id of one or two parents in this household.")
    relationship: Annotated[Cell, _told_as(_one_of(Relationship))] = Field(None, description="To the one who files.")
    pregnant: Count = Field(None, description="How many children are expected.")
    monthly_income: Dollars = Field(None, description="Dollars in the month of coverage; else a twelfth of the year.")
    unearned_income: Dollars = Field(
        None, description="Dollars of the annual income that are neither from work nor Social Security."
    )
    social_security: Dollars = Field(
        None, description="Dollars of the annual income that are benefits of Social Security."
    )
    applying: YesNo = Field(None, description="Asks for coverage; others count for size and income. Yes when left out.")
    immigration: Annotated[Cell, _told_as(_one_of(Immigration))] = Field(None, description="citizen when left out.")
    resident: YesNo = Field(None, description="Lives in Massachusetts. Yes when left out.")
    incarcerated: YesNo = None
    disabled: YesNo = None
    former_foster_care: YesNo = None
    tribal_member: YesNo = None
    employer_offer: Dollars = Field(
        None, description="Dollars a month of the employee's share for the cheapest plan that qualifies, alone."
    )
    employer_family_offer: Dollars = Field(None, description="The same for the family.")
    other_coverage: Annotated[Cell, _told_as(_one_of(OtherCoverage))] = Field(None, description="none when left out.")
    separate_return_excused: YesNo = Field(
        None, description="Files apart from a spouse for abuse or abandonment, or as head of household."
    )
    caretaker: YesNo = Field(None, description="Takes care of a young relative of whom no parent lives here.")
    hardship_exempt: YesNo = Field(None, description="Has an exemption that opens catastrophic plans from 30 on.")
    given: dict[str, Given] = Field(
        {}, description="Facts of the rules by name, such as benchmark_premium: what is given wins over the rule."
    )


class HouseholdAsked(BaseModel):
    """People who apply and live together."""

    model_config = ConfigDict(extra="forbid")

    zip: Id = Field(description="Of the home.", examples=["02118"])
    county: Words = Field(None, description="By name or FIPS code, where a ZIP code lies in two.")
    seeks_help: YesNo = Field(None, description="Asks for help paying. Yes when left out.")
    people: Annotated[list[PersonAsked], Field(min_length=1, max_length=MOST_PEOPLE)]


EXAMPLE: dict[str, Any] = {
    "coverage_month": "2026-01",
    "language": "es",
    "household": {
        "zip": "02118",
        "people": [
            {"person_id": "ana", "birth_date": "1985-06-30", "tax_role": "filer", "annual_income": 60000},
            {"person_id": "bia", "birth_date": "2019-05-05", "tax_role": "dependent", "annual_income": 0},
        ],
    },
}


class DeterminationAsked(BaseModel):
    """A household, and for when it is asked."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE]})

    coverage_month: str = Field(max_length=20, description="The first month of coverage.", examples=["2026-01"])
    household: HouseholdAsked
    scenario: str = Field(CURRENT_LAW, max_length=60, description="Another law than it is, by its name.")
    language: Literal["en", "es", "pt"] = Field("en", description="Of the story.")


class Reason(BaseModel):
    """A fact, the sentence that tells it, the law that it follows, and the facts that it rests on."""

    fact: str
    value: str | None
    says: str
    law: str
    given: bool = Field(description="Taken as given, not worked out.")
    unproven: bool
    because: list[Reason]


class PersonAnswer(BaseModel):
    """One person in the columns of openhix determine. Money is whole cents; null where a figure does not apply."""

    person_id: str
    program: str = Field(json_schema_extra={"enum": [each.code for each in Program]})
    also: list[str]
    plan_type: str | None
    magi_household_size: int
    masshealth_fpl: str | None = Field(description="Percent of the poverty level, with two decimals.")
    tax_household_size: int
    fpl_percent: str | None = Field(description="Percent of the poverty level, with two decimals.")
    applicable_percentage: str | None = Field(description="Percent of income, with two decimals.")
    benchmark_premium_cents: int | None = Field(description="A month.")
    expected_contribution_cents: int | None = Field(description="A month.")
    monthly_credit_cents: int | None = Field(description="A month, of the whole tax household.")
    contribution_cents: int | None = Field(description="A month in the lowest-cost ConnectorCare plan.")
    story: Reason = Field(description="Why this person has this program.")


class Determination(BaseModel):
    """One answer for each person, in the order in which they were told."""

    coverage_month: str
    scenario: str
    language: str
    prices: Literal["the plans on sale", "the published benchmark"] = Field(
        description="What the benchmark premium rests on."
    )
    illustrative: bool = Field(description="Whether premiums behind these figures are made up, and not published.")
    people: list[PersonAnswer]


@dataclass(frozen=True)
class Fault:
    """What was not taken: a JSON pointer into what was asked, and what to do."""

    pointer: str
    reason: str


class NotTaken(ValueError):
    """Something in the household cannot be; nothing was determined."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


def answers(
    household: HouseholdAsked, *, law: Law, shelf: Shelf, translate: Callable[[str], str] = str
) -> list[PersonAnswer]:
    """Raises NotTaken; MissingLaw."""
    reading = Reading(
        _table(household),
        [],
        queries.rulebook(),
        Geography.shipped(law.plan_year),
        law.coverage_month,
    )
    if reading.rejected:
        raise NotTaken(*map(_fault, reading.rejected))
    households, people = reading.households()
    facts = queries.determine(households=households, law=law, shelf=shelf)
    told = telling.spoken(facts, len(people))
    rows = zip(batch.answers(facts, people).to_dicts(), told, strict=True)
    ordered = sorted(rows, key=lambda each: each[0][ROW])
    return [_answer(row, story, translate) for row, story in ordered]


def _table(household: HouseholdAsked) -> pl.DataFrame:
    """The household as a file of one: each cell as text, null where blank, its people numbered from 0."""
    rows: list[dict[str, str | None]] = []
    for number, person in enumerate(household.people):
        cells = person.model_dump(exclude={"given"})
        cells["parents"] = ";".join(person.parents or ())
        of_household = {name: getattr(household, name) if number == 0 else None for name in OF_HOUSEHOLD}
        rows.append({"household_id": "1", **of_household, **cells, **_given(number, person)})
    columns = dict.fromkeys((name for row in rows for name in row), pl.String)
    table = pl.DataFrame([{name: row.get(name) for name in columns} for row in rows], schema=columns)
    table = table.with_columns(pl.all().str.strip_chars().replace("", None))
    return table.with_row_index(ROW).with_columns(pl.col(ROW).cast(pl.Int64))


def _given(number: int, person: PersonAsked) -> dict[str, str | None]:
    """Raises NotTaken."""
    may_be_given = fact_columns(queries.rulebook()).keys() - PersonAsked.model_fields.keys() - set(OF_HOUSEHOLD)
    unknown = [name for name in person.given if name not in may_be_given]
    if unknown:
        reason = f"{unknown[0][:60]!r} is not the name of a fact; rename it or take it out."
        raise NotTaken(Fault(f"#/household/people/{number}/given", reason))
    return person.given


def _fault(rejected: Rejected) -> Fault:
    if rejected.column in OF_HOUSEHOLD:
        return Fault(f"#/household/{rejected.column}", rejected.reason)
    place = rejected.column if rejected.column in PersonAsked.model_fields else f"given/{rejected.column}"
    return Fault(f"#/household/people/{rejected.row}/{place}", rejected.reason)


def _answer(row: Mapping[str, Any], story: Told, translate: Callable[[str], str]) -> PersonAnswer:
    figures: dict[str, Any] = {}
    for name in batch.ANSWERS:
        unit, value = queries.rulebook().fact(name).unit, row[name]
        if unit == CENTS:
            figures[f"{name}_cents"] = None if value is None else int(value * 100)
        else:
            figures[name] = str(value) if unit == HUNDREDTHS and value is not None else value
    also = figures.pop("also")
    return PersonAnswer(
        person_id=row["person_id"],
        also=also.split(";") if also else [],
        story=Reason.model_validate(story.as_data(translate)),
        **figures,
    )
