"""The case table of prices, and what holds for every premium, credit and contribution."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openhix.kernel import cents
from openhix.kernel.tests.case_tables import CITATION, Case, read
from openhix.law.tables import FamilyRating
from openhix.shopping.rules import pricing

CASES = read(Path(pricing.__file__).with_suffix(".cases.md"))
RULES = {
    name: function
    for name, function in vars(pricing).items()
    if inspect.isfunction(function) and function.__module__ == pricing.__name__ and not name.startswith("_")
}
MONEY = st.integers(0, 1_000_000)


def number(text: str) -> int:
    return cents.parse(text) if text.startswith("$") else int(text)


def argument(annotation: str, text: str) -> Any:
    if annotation == "FamilyRating":
        return FamilyRating.for_year(int(text))
    numbers = [number(each.strip()) for each in text.split(";")]
    return np.array(numbers, dtype=np.int64) if annotation == "Ints" else numbers[0]


def answer(rule: Callable[..., Any], given: dict[str, str]) -> str:
    parameters = inspect.signature(rule).parameters
    assert given.keys() == parameters.keys()
    found = np.atleast_1d(rule(*(argument(each.annotation, given[name]) for name, each in parameters.items())))
    if found.dtype == np.bool_:
        return "; ".join("yes" if each else "no" for each in found)
    return "; ".join(cents.dollars(int(each)) for each in found)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    told = {name: answer(RULES[name], dict(case.given)) for name in case.expected}
    assert told == case.expected


@pytest.mark.parametrize("name", RULES)
def test_every_rule_names_its_law_and_has_a_case(name: str) -> None:
    assert CITATION.search(RULES[name].__doc__ or "")
    assert any(name in case.expected for case in CASES), f"add a case that expects {name}"


@given(st.lists(st.integers(0, 90), min_size=1, max_size=12))
def test_everyone_from_21_and_the_three_oldest_children_count(ages: list[int]) -> None:
    counted = pricing.rated(np.array(ages), FamilyRating.for_year(2026))
    children = sorted((age for age in ages if age < 21), reverse=True)
    assert sorted(np.array(ages)[counted], reverse=True) == sorted(
        [age for age in ages if age >= 21] + children[:3], reverse=True
    )


@given(st.lists(MONEY, min_size=1, max_size=8), MONEY, MONEY, st.integers(1, 8))
def test_premium_is_credit_subsidy_and_price_and_none_is_negative(
    premiums: list[int], credit: int, minimum: int, people: int
) -> None:
    premium = np.array(premiums)
    applied = pricing.credit_applied(premium, credit)
    contribution = pricing.contribution_of_plan(minimum, premium)
    price = pricing.connectorcare_price(premium, applied, contribution, people)
    subsidy = premium - applied - price
    assert (applied >= 0).all() and (applied <= credit).all()
    assert (price >= 0).all() and (price <= premium - applied).all()
    assert (subsidy >= 0).all()
    assert contribution.min() == minimum


@given(MONEY, MONEY, MONEY, MONEY, st.integers(1, 8))
def test_more_credit_never_means_a_higher_price(premium: int, less: int, more: int, owed: int, people: int) -> None:
    plan = np.array([premium, premium])
    credit = pricing.credit_applied(plan, min(less, more)), pricing.credit_applied(plan, max(less, more))
    prices = [int(pricing.connectorcare_price(plan, each, np.array([owed, owed]), people)[0]) for each in credit]
    assert prices[1] <= prices[0]
