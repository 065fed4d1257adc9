"""What holds for every household, whatever its people and income."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility import queries
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.masshealth import Coverage
from openhix.eligibility.rules.people import PAIR, PERSON
from openhix.eligibility.rules.program import MASSHEALTH, Program
from openhix.eligibility.tests.homes import INCOMES, MONTHS, ONE_RETURN, SHELVES, Home, any_home, determine, told_to
from openhix.kernel.facts import Array, Facts

ANSWERS = [name for name, rule in queries.rulebook().rules.items() if rule.entity != PAIR]
HOMES = st.one_of(ONE_RETURN, any_home())
BETWEEN_TWINS = ("child_seniority", "is_rated")  # either may be the one who is charged for


def rows(facts: Facts, name: str) -> list[int | None]:
    column = facts[name]
    return [int(value) if column.is_known(row) else None for row, value in enumerate(column.values)]


def earning(home: Home, annual_income: int) -> Home:
    """The same household with this income of the first person."""
    first, *others = home.people
    return replace(home, people=(replace(first, annual_income=annual_income), *others))


def nobody_has_masshealth(homes: Sequence[Home]) -> Array:
    return np.zeros(sum(len(home.people) for home in homes), dtype=np.bool_)


@given(ONE_RETURN, st.lists(INCOMES, min_size=2, max_size=8), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_more_income_never_means_more_credit(home: Home, incomes: list[int], month: date, silver: str) -> None:
    homes = [earning(home, income) for income in sorted(incomes)]
    facts = determine(homes, month, silver, has_masshealth=nobody_has_masshealth(homes))
    credits = [credit for credit in rows(facts, "monthly_credit") if credit is not None]
    assert credits == sorted(credits, reverse=True)


@given(ONE_RETURN, st.lists(INCOMES, min_size=2, max_size=8), st.sampled_from(MONTHS))
@settings(deadline=None)
def test_more_income_never_means_fuller_masshealth(home: Home, incomes: list[int], month: date) -> None:
    fullness: dict[int, int] = {Coverage.STANDARD: 2, Coverage.CAREPLUS: 2, Coverage.FAMILY_ASSISTANCE: 1}
    homes = [earning(home, income) for income in sorted(incomes)]
    found = determine(homes, month)["masshealth"].values.reshape(len(homes), len(home.people))
    for person in found.T:
        ranks = [fullness.get(int(each), 0) for each in person]
        assert ranks == sorted(ranks, reverse=True)


@given(HOMES, st.randoms(use_true_random=False), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_the_order_of_people_does_not_matter(home: Home, chance: Random, month: date, silver: str) -> None:
    order = list(range(len(home.people)))
    chance.shuffle(order)
    facts, shuffled = determine([home], month, silver), determine([home.reordered(order)], month, silver)
    for name in ANSWERS:
        if name in BETWEEN_TWINS:
            continue
        before = told_to(facts, name)
        assert told_to(shuffled, name) == [before[at] for at in order], name


@given(st.lists(HOMES, min_size=1, max_size=5), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_a_household_has_the_same_answers_alone_and_among_others(homes: list[Home], month: date, silver: str) -> None:
    together = determine(homes, month, silver)
    alone = [determine([home], month, silver) for home in homes]
    for name in ANSWERS:
        assert told_to(together, name) == [value for facts in alone for value in told_to(facts, name)], name


@given(st.lists(ONE_RETURN, min_size=1, max_size=5), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_the_credit_is_between_nothing_and_the_benchmark(homes: list[Home], month: date, silver: str) -> None:
    facts = determine(homes, month, silver)
    for credit, benchmark, contribution in zip(
        rows(facts, "monthly_credit"),
        rows(facts, "benchmark_premium"),
        rows(facts, "expected_contribution"),
        strict=True,
    ):
        assert (credit is None) == (benchmark is None or contribution is None)
        if credit is not None and benchmark is not None:
            assert 0 <= credit <= benchmark


@given(st.lists(ONE_RETURN, min_size=1, max_size=5), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_everyone_is_in_one_program_and_what_goes_with_it(homes: list[Home], month: date, silver: str) -> None:
    facts = determine(homes, month, silver)
    household = facts.population.groups[PERSON]
    credit = [rows(facts, "monthly_credit")[at] for at in household]
    for program, coverage, plan_type, has, contribution, helped in zip(
        rows(facts, "program"),
        rows(facts, "masshealth"),
        rows(facts, "plan_type"),
        rows(facts, "has_masshealth"),
        rows(facts, "contribution"),
        credit,
        strict=True,
    ):
        assert bool(has) == (program in MASSHEALTH)
        assert bool(has) == (coverage in (Coverage.STANDARD, Coverage.CAREPLUS, Coverage.FAMILY_ASSISTANCE))
        assert (program == Program.CONNECTORCARE) == (plan_type != PlanType.NONE) == (contribution is not None)
        assert program != Program.CREDIT_ONLY or helped
        assert program != Program.UNSUBSIDIZED or not helped


@given(st.lists(ONE_RETURN, min_size=1, max_size=5), st.sampled_from(MONTHS))
@settings(deadline=None)
def test_who_asks_for_no_help_gets_none(homes: list[Home], month: date) -> None:
    facts = determine(homes, month, seeks_help=np.zeros(len(homes), dtype=np.bool_))
    assert set(rows(facts, "program")) == {int(Program.UNSUBSIDIZED)}
    assert set(rows(facts, "monthly_credit")) == {None}
