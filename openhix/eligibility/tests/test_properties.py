"""What holds for every household, whatever its people and income."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility import queries
from openhix.eligibility.households import Households, one_return
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.masshealth import Coverage
from openhix.eligibility.rules.people import PERSON, TaxRole
from openhix.eligibility.rules.program import MASSHEALTH, Program
from openhix.eligibility.tests import households_in_words as words
from openhix.kernel.facts import Array, Column, Facts
from openhix.law.tables import Law
from openhix.plans.geography import Geography

PLACES = Geography.shipped(2026).places
MONTHS = (date(2025, 1, 1), date(2025, 3, 1), date(2026, 2, 1), date(2026, 3, 1))
SHELVES = ("", "$300; $310; $320 but $150 at 6", "$250 but none at 40; $400; $500 closed", "$200", "none")
ANSWERS = [name for name, rule in queries.rulebook().rules.items() if rule.entity == PERSON] + [
    name for name, rule in queries.rulebook().rules.items() if rule.entity.name == "tax household"
]
WHOLE_DOLLARS = st.integers(0, 200_000).map(lambda dollars: dollars * 100)
EDGES = st.builds(
    lambda guideline, percent, step: max(guideline * percent + step, 0),
    st.sampled_from([15_060, 15_650, 15_960, 20_440, 21_150, 21_640, 26_650, 32_150, 33_000]),
    st.sampled_from([100, 133, 138, 150, 155, 200, 205, 250, 300, 305, 400, 500]),
    st.integers(-1, 1),
)
INCOMES = st.one_of(WHOLE_DOLLARS, EDGES, st.integers(0, 10**12))


@dataclass(frozen=True)
class Somebody:
    tax_role: TaxRole
    age: int
    annual_income: int = 0
    expecting: int = 0
    is_child: bool = False


@dataclass(frozen=True)
class Home:
    """One household: its people and the position of its place."""

    people: tuple[Somebody, ...]
    place: int


FILERS = st.builds(Somebody, st.just(TaxRole.FILER), st.integers(18, 90), INCOMES, st.integers(0, 2))
SPOUSES = st.builds(Somebody, st.just(TaxRole.JOINT_FILER), st.integers(18, 90), WHOLE_DOLLARS)
DEPENDENTS = st.builds(
    Somebody,
    st.just(TaxRole.DEPENDENT),
    st.integers(0, 70),
    st.sampled_from([0, 0, 1, 1_575_000, 1_575_001, 1_610_000, 1_610_001, 3_000_000]),
    st.sampled_from([0, 0, 0, 1]),
    st.sampled_from([True, True, False]),
)
HOMES = st.builds(
    lambda filer, spouse, others, place: Home((filer, *spouse, *others), place),
    FILERS,
    st.lists(SPOUSES, max_size=1),
    st.lists(DEPENDENTS, max_size=6),
    st.integers(0, len(PLACES) - 1),
)


def determine(homes: Sequence[Home], month: date, silver: str = "", **facts: Array | Column) -> Facts:
    law = Law(month)
    people = [each for home in homes for each in home.people]
    columns: dict[str, Array | Column] = {
        name: np.array([int(getattr(each, name)) for each in people], dtype=np.int64)
        for name in ("tax_role", "age", "annual_income", "expecting")
    }
    places: dict[str, Array | Column] = {
        "place": np.array([home.place for home in homes]),
        "rating_area": np.array([PLACES[home.place].rating_area for home in homes]),
    }
    household = np.repeat(np.arange(len(homes)), [len(home.people) for home in homes])
    is_child = np.array([each.is_child for each in people], dtype=np.bool_)
    kin = one_return(household, np.asarray(columns["tax_role"]), is_child)
    households = Households.arranged(household, {**kin, **columns}, {**places, **facts})
    shelf = words.silver_shelf(law, silver) if silver else words.published(law.plan_year)
    return queries.determine(households=households, law=law, shelf=shelf)


def rows(facts: Facts, name: str) -> list[int | None]:
    column = facts[name]
    return [int(value) if column.is_known(row) else None for row, value in enumerate(column.values)]


def nobody_has_masshealth(homes: Sequence[Home]) -> Array:
    return np.zeros(sum(len(home.people) for home in homes), dtype=np.bool_)


@given(HOMES, st.lists(INCOMES, min_size=2, max_size=8), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_more_income_never_means_more_credit(home: Home, incomes: list[int], month: date, silver: str) -> None:
    filer, *others = home.people
    homes = [Home((Somebody(TaxRole.FILER, filer.age, income), *others), home.place) for income in sorted(incomes)]
    facts = determine(homes, month, silver, has_masshealth=nobody_has_masshealth(homes))
    credits = [credit for credit in rows(facts, "monthly_credit") if credit is not None]
    assert credits == sorted(credits, reverse=True)


@given(HOMES, st.lists(INCOMES, min_size=2, max_size=8), st.sampled_from(MONTHS))
@settings(deadline=None)
def test_more_income_never_means_fuller_masshealth(home: Home, incomes: list[int], month: date) -> None:
    fullness: dict[int, int] = {Coverage.STANDARD: 2, Coverage.CAREPLUS: 2, Coverage.FAMILY_ASSISTANCE: 1}
    filer, *others = home.people
    homes = [
        Home((Somebody(TaxRole.FILER, filer.age, income, filer.expecting), *others), home.place)
        for income in sorted(incomes)
    ]
    found = determine(homes, month)["masshealth"].values.reshape(len(homes), len(home.people))
    for person in found.T:
        ranks = [fullness.get(int(each), 0) for each in person]
        assert ranks == sorted(ranks, reverse=True)


@given(HOMES, st.randoms(use_true_random=False), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_the_order_of_people_does_not_matter(home: Home, chance: Random, month: date, silver: str) -> None:
    order = list(range(len(home.people)))
    chance.shuffle(order)
    facts = determine([home], month, silver)
    shuffled = determine([Home(tuple(home.people[at] for at in order), home.place)], month, silver)
    for name in ANSWERS:
        if name == "is_rated":  # of twins, either may be the one who is charged for
            continue
        before, after = rows(facts, name), rows(shuffled, name)
        assert after == ([before[at] for at in order] if len(before) == len(order) > 1 else before), name


@given(st.lists(HOMES, min_size=1, max_size=5), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_a_household_has_the_same_answers_alone_and_among_others(homes: list[Home], month: date, silver: str) -> None:
    together = determine(homes, month, silver)
    alone = [determine([home], month, silver) for home in homes]
    for name in ANSWERS:
        assert rows(together, name) == [value for facts in alone for value in rows(facts, name)], name


@given(st.lists(HOMES, min_size=1, max_size=5), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
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


@given(st.lists(HOMES, min_size=1, max_size=5), st.sampled_from(MONTHS), st.sampled_from(SHELVES))
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


@given(st.lists(HOMES, min_size=1, max_size=5), st.sampled_from(MONTHS))
@settings(deadline=None)
def test_who_asks_for_no_help_gets_none(homes: list[Home], month: date) -> None:
    facts = determine(homes, month, seeks_help=np.zeros(len(homes), dtype=np.bool_))
    assert set(rows(facts, "program")) == {int(Program.UNSUBSIDIZED)}
    assert set(rows(facts, "monthly_credit")) == {None}
