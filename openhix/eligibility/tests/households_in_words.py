"""Households, plans and answers as the case tables write them, turned into the engine's columns and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

import numpy as np

from openhix.eligibility import queries
from openhix.eligibility.households import Households
from openhix.eligibility.rules.people import HOUSEHOLD, PAIR, PERSON, TAX_HOUSEHOLD
from openhix.eligibility.tests import people_in_words
from openhix.kernel import cents, percent, periods
from openhix.kernel.codes import Code
from openhix.kernel.facts import Array, Column, Facts
from openhix.kernel.story import CENTS, HUNDREDTHS, YES_NO
from openhix.law.tables import CURRENT_LAW, Law
from openhix.plans.geography import Geography
from openhix.plans.shelf import NO_SILVER_RATE, Shelf, published_benchmark

# Words that say where and when rather than a fact.
SETTING = ("month", "scenario", "zip", "county", "people", "silver")
_SILVER = re.compile(
    r"\$(?P<price>[\d,.]+)(?: (?P<closed>closed))?(?: but (?:\$(?P<other>[\d,.]+)|none) at (?P<age>\d+))?"
)


def determine(words: Mapping[str, str]) -> Facts:
    """The engine's run for one household in words; whatever is no setting is the name of a fact that is given."""
    law = Law(periods.parse_month(words["month"]), words.get("scenario", CURRENT_LAW))
    place = Geography.shipped(law.plan_year).find(words["zip"], words.get("county"))
    told = people_in_words.columns(words["people"])
    others: dict[str, Array | Column] = {
        "place": np.array([place.index]),
        "rating_area": np.array([place.rating_area]),
    }
    for name, text in words.items():
        if name not in SETTING:
            of_people = queries.rulebook().fact(name).entity == PERSON
            (told if of_people else others)[name] = given(name, text, people=len(told["tax_role"]))
    households = Households.arranged(np.zeros(len(told["tax_role"]), dtype=np.int64), told, others)
    shelf = silver_shelf(law, words["silver"]) if "silver" in words else published(law.plan_year)
    return queries.determine(households=households, law=law, shelf=shelf)


def given(name: str, text: str, *, people: int) -> Column:
    """The given values of a fact, blank where nothing is given: one for each person, or each tax household, or one."""
    fact = queries.rulebook().fact(name)
    parts = [each.strip() for each in text.split(";")]
    fits = {PERSON: len(parts) == people, TAX_HOUSEHOLD: len(parts) <= people, HOUSEHOLD: len(parts) == 1}
    assert fits[fact.entity], f"{name}: {text!r} has the wrong number of answers"
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
    """A fact as a cell: `a`, `a; b` for people and tax households, `a b; c d` for pairs (whom the first looks at, then
    the second). People stand in the order in which they were told, tax households in that of who files them."""
    fact, (values, known) = facts.rulebook.fact(name), facts[name]
    cells = [written(int(each), fact.unit) if known is None or known[row] else "-" for row, each in enumerate(values)]
    told = np.argsort(facts["position"].values)
    if fact.entity == PERSON:
        return "; ".join(cells[row] for row in told)
    if fact.entity != PAIR:
        return "; ".join(cells)
    return "; ".join(" ".join(cells[me * len(told) + them] for them in told) for me in told)


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
