"""The estimate of the CMS Marketplace API: what its callers send, as facts for the rules, and the answers in its shape.

Requests have the fields of CMS's specification; whatever else is sent, and what bears on no answer in Massachusetts
(tobacco, gender, use of care, a current plan), is not looked at. Sources: see openhix/plans/cms.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, WithJsonSchema

from openhix.eligibility import queries
from openhix.eligibility.files.reading import MOST_PEOPLE, OLDEST_YEARS
from openhix.eligibility.households import Households, one_return
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.cost_sharing import Variant
from openhix.eligibility.rules.credit import CreditHelp
from openhix.eligibility.rules.people import OtherCoverage, TaxRole
from openhix.eligibility.rules.program import MASSHEALTH, Also, Program
from openhix.kernel import cents
from openhix.kernel.facts import Bools, Column, Facts, Ints
from openhix.kernel.periods import age_on
from openhix.law.tables import Law
from openhix.plans.cms import Kind, Refused
from openhix.plans.geography import Place
from openhix.plans.shelf import Shelf

Relationship = Literal[
    "Self",
    "Spouse",
    "Child",
    "Stepson or Stepdaughter",
    "Foster Child",
    "Ward",
    "Brother or Sister",
    "Grandson or Granddaughter",
    "Nephew or Niece",
    "Ex-Spouse",
    "Life Partner",
    "Collateral Dependent",
    "Sponsored Dependent",
    "Other Relative",
    "Other Relationship",
]
OWN_CHILDREN = ("Child", "Stepson or Stepdaughter")  # 42 CFR 435.603(b): natural, adoptive and step, of those who file

Csr = Literal[
    "Exchange variant (no CSR)",
    "73% AV Level Silver Plan CSR",
    "87% AV Level Silver Plan CSR",
    "94% AV Level Silver Plan CSR",
]
NO_CSR: Csr = "Exchange variant (no CSR)"
CSR: dict[Variant, Csr] = {
    Variant.SILVER_73: "73% AV Level Silver Plan CSR",
    Variant.SILVER_87: "87% AV Level Silver Plan CSR",
    Variant.SILVER_94: "94% AV Level Silver Plan CSR",
}


def _amount(value: object) -> object:
    """A number of JSON alone: not its text, not yes or no."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("must be a number")
    return value


def _day(value: object) -> object:
    """A day as text alone: not seconds since 1970, not a week."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise ValueError("must be a date such as 2026-01-31")
    return value


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Day = Annotated[date, BeforeValidator(_day)]
MOST = cents.LARGEST // 100  # dollars
Dollars = Annotated[
    Decimal,
    BeforeValidator(_amount),
    Field(ge=0, le=MOST),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": MOST}),
]


class EstimatePerson(BaseModel):
    """One person; the age wins where both are given."""

    age: Annotated[StrictInt, Field(ge=0, le=OLDEST_YEARS)] | None = Field(None, examples=[40])
    dob: Day | None = None
    relationship: Relationship | None = Field(
        None, description="Left out: the first is Self, the second of a married couple Spouse, the others Child."
    )
    aptc_eligible: StrictBool = Field(True, description="No: this person can have no credit, whatever the income.")
    has_mec: StrictBool = Field(False, description="Has other coverage that counts.")
    is_parent: StrictBool = Field(False, description="Takes care of a child under 19, also of one not told of here.")
    is_pregnant: StrictBool = False
    pregnant_with: Annotated[StrictInt, Field(ge=0, le=9)] = Field(0, description="How many children are expected.")
    does_not_cohabitate: StrictBool = Field(False, description="Everyone must live together: only no can be answered.")

    @property
    def expecting(self) -> int:
        return self.pregnant_with or int(self.is_pregnant)


class EstimateHousehold(BaseModel):
    """The people of one tax return."""

    income: Dollars = Field(description="Of the whole household, dollars a year.", examples=[60000])
    people: Annotated[list[EstimatePerson], Field(min_length=1, max_length=MOST_PEOPLE)]
    has_married_couple: StrictBool = False
    effective_date: Day | None = Field(None, description="Coverage starts with its month.", examples=["2026-01-01"])


class EstimatePlace(BaseModel):
    """Where the household lives."""

    countyfips: str = Field(examples=["25025"])
    state: str = Field(description="MA; no other is served.", examples=["MA"])
    zipcode: str = Field(examples=["02118"])


EXAMPLE: dict[str, Any] = {
    "household": {
        "income": 60000,
        "people": [{"age": 40, "relationship": "Self"}, {"age": 6, "relationship": "Child"}],
    },
    "place": {"countyfips": "25025", "state": "MA", "zipcode": "02118"},
    "year": 2026,
}


class EstimateAsked(BaseModel):
    """A tax household, where it lives, and for when it is asked."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    household: EstimateHousehold
    place: EstimatePlace
    market: Literal["Individual", "SHOP", "Any"] = Field("Individual", description="SHOP is not served.")
    year: Annotated[StrictInt, Field(ge=2014, le=2100)] | None = Field(
        None, description="The plan year; this year's when left out.", examples=[2026]
    )


class Massachusetts(BaseModel):
    """What the federal API has no place for."""

    program: str = Field(
        description="The fullest program for this person.",
        json_schema_extra={"enum": [each.code for each in Program]},
    )
    also: list[str] = Field(description="What there is beside it: masshealth_limited, cmsp, hsn_full, hsn_partial.")
    masshealth_type: str | None = Field(description="standard, commonhealth, careplus or family_assistance.")
    connectorcare_plan_type: str | None = Field(description="Such as 2B; null without ConnectorCare.")
    contribution: float | None = Field(description="Dollars a month in the lowest-cost ConnectorCare plan.")
    illustrative: bool = Field(description="Whether premiums behind these figures are made up, and not published.")


class Eligibility(BaseModel):
    """One person's answer."""

    aptc: float = Field(
        description="Dollars a month of tax credit: the household's, said again for each person whom it can help; not "
        "to be added up."
    )
    csr: Csr
    hardship_exemption: bool = Field(description="Always false: exemptions are granted by certificate.")
    is_medicaid_chip: bool = Field(description="May have full MassHealth, and so no credit and no CSR.")
    massachusetts: Massachusetts


class Estimates(BaseModel):
    """One answer for each person of the household, in the order in which they were told."""

    estimates: list[Eligibility]


def estimates(*, asked: EstimateHousehold, place: Place, law: Law, shelf: Shelf) -> Estimates:
    """Raises Refused; MissingLaw."""
    facts, given_as = _determined(asked, place, law, shelf)
    if np.any(facts["credit_help"].values == CreditHelp.NO_BENCHMARK):
        raise Refused(
            Kind.TOO_FEW_PLANS, f"Too few silver plans are sold in ZIP code {place.zip} to work out a credit."
        )
    rows = np.argsort(given_as)  # in the order in which people were told
    return Estimates(estimates=[_answer(facts, int(row), shelf.illustrative) for row in rows])


def _determined(asked: EstimateHousehold, place: Place, law: Law, shelf: Shelf) -> tuple[Facts, Ints]:
    people, roles = asked.people, _roles(asked)
    together, ages = np.zeros(len(people), dtype=np.int64), _ages(people, law.coverage_month)
    income = int((asked.income * 100).quantize(Decimal(1), ROUND_HALF_UP))
    is_child = (roles == TaxRole.DEPENDENT) & np.array([_is_own_child(each) for each in people])
    households = Households.arranged(
        together,
        {
            **one_return(together, roles, is_child=is_child),
            "tax_role": roles,
            "age": ages,
            "expecting": np.array([each.expecting for each in people]),
            "annual_income": np.where(roles == TaxRole.FILER, income, 0),
            "other_coverage": np.array(
                [int(OtherCoverage.OTHER if each.has_mec else OtherCoverage.NONE) for each in people]
            ),
            "is_parent": _given(True, [each.is_parent for each in people]),
            "in_coverage_family": _given(False, [not each.aptc_eligible for each in people]),
        },
        {"place": np.array([place.index]), "rating_area": np.array([place.rating_area])},
    )
    return queries.determine(households=households, law=law, shelf=shelf), households.given_as


def _given(value: bool, where: Sequence[bool]) -> Column:
    """A fact that is given of some people; the rules find it of the others."""
    known: Bools = np.array(where, dtype=np.bool_)
    return Column(np.full(len(known), value), known)


def _roles(asked: EstimateHousehold) -> Ints:
    """Who files, with whom; all others are dependents. Raises Refused."""
    said = [each.relationship for each in asked.people]
    for at, each in enumerate(asked.people):
        if each.does_not_cohabitate:
            raise _refused(f"people: ({at}: (does_not_cohabitate: only people who live together can be estimated.))")
    for only in ("Self", "Spouse"):
        if said.count(only) > 1:
            raise _refused(f"people: ({said.index(only, said.index(only) + 1)}: (relationship: a second {only}.))")
    filer = said.index("Self") if "Self" in said else _first_unsaid(said)
    said[filer] = "Self"
    if asked.has_married_couple and "Spouse" not in said:
        said[_first_unsaid(said)] = "Spouse"
    role = {"Self": TaxRole.FILER, "Spouse": TaxRole.JOINT_FILER}
    return np.array([int(role.get(each or "", TaxRole.DEPENDENT)) for each in said], dtype=np.int64)


def _first_unsaid(said: Sequence[str | None]) -> int:
    if None not in said:
        raise _refused("people: (relationship: say who is Self, and who is the Spouse of a married couple.)")
    return said.index(None)


def _is_own_child(person: EstimatePerson) -> bool:
    return person.relationship is None or person.relationship in OWN_CHILDREN


def _ages(people: Sequence[EstimatePerson], on: date) -> Ints:
    """Completed years on the first day of coverage. Raises Refused."""
    return np.array([_age(at, each, on) for at, each in enumerate(people)], dtype=np.int64)


def _age(at: int, person: EstimatePerson, on: date) -> int:
    if person.age is not None:
        return person.age
    if person.dob is None:
        raise _refused(f"people: ({at}: (age: say the age or the date of birth.))")
    age = age_on(person.dob, on)
    if not 0 <= age <= OLDEST_YEARS:
        raise _refused(f"people: ({at}: (dob: nobody who was born then is covered on {on}.))")
    return age


def _refused(what: str) -> Refused:
    return Refused(Kind.INVALID, f"household: ({what})")


def _answer(facts: Facts, row: int, illustrative: bool) -> Eligibility:
    """One person of the one tax household."""
    program = Program(int(facts["program"].values[row]))
    plan_type = PlanType(int(facts["plan_type"].values[row]))
    also = Also(int(facts["also"].values[row]))
    contribution, has_masshealth = facts["contribution"], program in MASSHEALTH
    has_credit = facts["credit_help"].values[row] == CreditHelp.SOME
    variant = Variant(int(facts["federal_variant"].values[row]))
    return Eligibility(
        aptc=_dollars(facts["monthly_credit"].values[0]) if has_credit else 0.0,
        csr=CSR.get(variant, NO_CSR),
        hardship_exemption=False,
        is_medicaid_chip=has_masshealth,
        massachusetts=Massachusetts(
            program=program.code,
            also=[] if also is Also.NOTHING else also.code.split("+"),
            masshealth_type=program.code.removeprefix("masshealth_") if has_masshealth else None,
            connectorcare_plan_type=None if plan_type is PlanType.NONE else plan_type.code,
            contribution=_dollars(contribution.values[row]) if contribution.is_known(row) else None,
            illustrative=illustrative,
        ),
    )


def _dollars(amount: int) -> float:
    """JSON has one kind of number; nothing is computed with it any more."""
    return int(amount) / 100
