"""Households, plans and answers as the case tables write them, turned into the engine's columns and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from openhix.eligibility import queries
from openhix.eligibility.households import Households
from openhix.eligibility.rules.people import PAIR, PERSON, Relationship, TaxRole
from openhix.kernel import cents, percent, periods
from openhix.kernel.codes import Code
from openhix.kernel.facts import Array, Column, Facts, Ints
from openhix.kernel.story import CENTS, HUNDREDTHS, YES_NO
from openhix.law.tables import Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import NO_SILVER_RATE, Shelf, published_benchmark

# Words that say where and when rather than a fact.
SETTING = ("month", "zip", "county", "people", "silver")
ROLES = {
    "filer": (TaxRole.FILER, Relationship.SELF),
    "spouse": (TaxRole.JOINT_FILER, Relationship.SPOUSE),
    "child": (TaxRole.DEPENDENT, Relationship.CHILD),
    "other": (TaxRole.DEPENDENT, Relationship.OTHER),
}
_PERSON = re.compile(
    r"(?P<role>filer|spouse|child|other) (?:born (?P<born>\d{4}-\d{2}-\d{2})|(?P<age>\d+))"
    r"(?: \$(?P<income>[\d,.]+))?(?: expecting (?P<expecting>\d))?"
)
_SILVER = re.compile(
    r"\$(?P<price>[\d,.]+)(?: (?P<closed>closed))?(?: but (?:\$(?P<other>[\d,.]+)|none) at (?P<age>\d+))?"
)


def determine(words: Mapping[str, str]) -> Facts:
    """The engine's run for one household in words; whatever is no setting is the name of a fact that is given."""
    law = Law(periods.parse_month(words["month"]))
    place = Geography.shipped(law.plan_year).find(words["zip"], words.get("county"))
    facts: dict[str, Array | Column] = dict(people(words["people"]))
    facts["place"], facts["rating_area"] = np.array([place.index]), np.array([place.rating_area])
    for name, text in words.items():
        if name not in SETTING:
            facts[name] = given(name, text, people=len(facts["tax_role"]))
    shelf = silver_shelf(law, words["silver"]) if "silver" in words else published(law.plan_year)
    return queries.determine(
        households=Households(np.zeros(len(facts["tax_role"]), dtype=np.int64), facts), law=law, shelf=shelf
    )


def people(words: str) -> dict[str, Array]:
    """`filer 40 $60,000; child 6; other born 1950-03-01; child 17 expecting 1`: an income not told is none."""
    found = [_PERSON.fullmatch(each.strip()) for each in words.split(";")]
    rows = [each.groupdict() for each in found if each is not None]
    assert len(rows) == len(found), f"{words!r} is not a household in words"
    facts = {
        "tax_role": _ints(ROLES[row["role"]][0] for row in rows),
        "relationship": _ints(ROLES[row["role"]][1] for row in rows),
        "annual_income": _ints(cents.parse(row["income"] or "0") for row in rows),
        "expecting": _ints(int(row["expecting"] or 0) for row in rows),
    }
    if all(row["born"] for row in rows):
        return {**facts, "birth_date": np.array([row["born"] for row in rows], dtype="datetime64[D]")}
    assert all(row["age"] for row in rows), f"{words!r}: say the age of everyone, or the date of birth"
    return {**facts, "age": _ints(int(row["age"]) for row in rows)}


def given(name: str, text: str, *, people: int) -> Column:
    """The given values of a fact: one, or one for each person, blank for those of whom nothing is given."""
    fact = queries.rulebook().fact(name)
    parts = [each.strip() for each in text.split(";")]
    assert len(parts) == (people if fact.entity == PERSON else 1), f"{name}: {text!r} has the wrong number of answers"
    values = [value(part, fact.unit) if part else 0 for part in parts]
    dtype = np.bool_ if fact.unit == YES_NO else np.int64
    return Column(np.array(values, dtype=dtype), np.array([bool(part) for part in parts]))


def value(text: str, unit: object) -> int:
    """The engine's integer for one cell, of the fact's unit."""
    if unit == CENTS:
        return cents.parse(text)
    if unit == HUNDREDTHS:
        return percent.parse(text)
    if unit == YES_NO:
        return {"yes": 1, "no": 0}[text]
    if isinstance(unit, type) and issubclass(unit, Code):
        return int({each.code.lower(): each for each in unit}[text.lower()])
    return int(text)


def written(number: int, unit: object) -> str:
    """One value as the case tables write it."""
    if unit == CENTS:
        return cents.dollars(number)
    if unit == HUNDREDTHS:
        return percent.text(number) + "%"
    if unit == YES_NO:
        return "yes" if number else "no"
    if isinstance(unit, type) and issubclass(unit, Code):
        return {int(each): each.code for each in unit}[number]
    return str(number)


def answer(facts: Facts, name: str) -> str:
    """A fact as a cell: `a`, `a; b` for people, `a b; c d` for pairs (whom the first looks at, then the second)."""
    fact, (values, known) = facts.rulebook.fact(name), facts[name]
    cells = [written(int(each), fact.unit) if known is None or known[row] else "-" for row, each in enumerate(values)]
    if fact.entity != PAIR:
        return "; ".join(cells)
    people = len(facts["tax_role"].values)
    return "; ".join(" ".join(cells[at : at + people]) for at in range(0, len(cells), people))


def expected(name: str, text: str) -> str:
    """An expected cell in the form in which the engine's answer is written: `$60,000` is `$60,000.00`."""
    unit = queries.rulebook().fact(name).unit
    return "; ".join(
        " ".join(each if each == "-" else written(value(each, unit), unit) for each in part.split())
        for part in text.split(";")
    )


@cache
def published(year: int) -> Shelf:
    """The published benchmark of a year, as a shelf."""
    return published_benchmark(Law(date(year, 1, 1)))


def silver_shelf(law: Law, words: str) -> Shelf:
    """Silver plans by their price for each person: `$300; $310 closed; $320 but $150 at 6; $290 but none at 40`."""
    found = [_SILVER.fullmatch(each.strip()) for each in words.split(";")] if words != "none" else []
    assert None not in found, f"{words!r} are not silver plans in words"
    plans = [each.groupdict() for each in found if each is not None]
    shelf = published(law.plan_year)
    areas, ages, _one = shelf.silver_premiums.shape
    premiums = np.zeros((areas, ages, len(plans)), dtype=np.int64)
    for at, plan in enumerate(plans):
        premiums[:, :, at] = cents.parse(plan["price"])
        if plan["age"] is not None:
            premiums[:, int(plan["age"]), at] = cents.parse(plan["other"]) if plan["other"] else NO_SILVER_RATE
    is_open = np.array([plan["closed"] is None for plan in plans], dtype=np.bool_)
    return replace(
        shelf,
        silver=np.arange(len(plans)),
        silver_premiums=premiums,
        silver_open=np.tile(is_open, (len(shelf.silver_open), 1)),
    )


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter((int(each) for each in values), dtype=np.int64)
