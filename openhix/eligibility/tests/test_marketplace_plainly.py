"""The rules of the marketplace beside the same law written down a second time, for households of every kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.cost_sharing import Variant
from openhix.eligibility.rules.people import NOBODY, OUTSIDE, PERSON, TAX_HOUSEHOLD, Immigration, OtherCoverage, TaxRole
from openhix.eligibility.rules.program import BUYS_A_PLAN, MASSHEALTH, Also, Program
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.homes import (
    INCOMES,
    MONTHS,
    ONE_RETURN,
    PLACES,
    SHELVES,
    Home,
    Somebody,
    any_home,
    determine,
)
from openhix.eligibility.tests.plain_marketplace import Person, Return
from openhix.kernel.facts import Facts
from openhix.law.tables import Law
from openhix.plans.shelf import NO_SILVER_RATE

STATUSES = (Immigration.CITIZEN, Immigration.CITIZEN, Immigration.LAWFULLY_PRESENT, Immigration.OTHER)
FILERS = (TaxRole.FILER, TaxRole.JOINT_FILER, TaxRole.SEPARATE_FILER)


@st.composite
def at_the_edges(draw: st.DrawFn) -> Home:
    """One return, with offers about as dear as is affordable, incomes about where help begins and ends, statuses."""
    home = draw(ONE_RETURN)
    first, more = draw(st.sampled_from([(15_060, 5_380), (15_650, 5_500)]))
    percent = draw(st.sampled_from([0, 60, 100, 133, 150, 175, 200, 225, 250, 275, 300, 350, 400, 500]))
    income = max((first + more * (len(home.people) - 1)) * percent + draw(st.integers(-1, 1)), 0)
    offers = [income * share // 120_000 + step for share in (902, 996) for step in (0, 1)]
    told = st.fixed_dictionaries(
        {"immigration": st.sampled_from(STATUSES)},
        optional={
            "employer_offer": st.sampled_from(offers),
            "employer_family_offer": st.sampled_from(offers),
            "tribal_member": st.just(1),
            "applying": st.integers(0, 1),
        },
    )
    people = [replace(each, annual_income=0, facts=draw(told)) for each in home.people]
    return replace(home, people=(replace(people[0], annual_income=income), *people[1:]))


HOMES = st.lists(st.one_of(at_the_edges(), at_the_edges(), any_home()), min_size=1, max_size=6)


def plainly(facts: Facts, homes: list[Home], month: date, silver: str) -> list[tuple[Return, list[int]]]:
    """Each tax household in the plain reading, with the rows of its people."""
    population = facts.population
    household = population.groups[TAX_HOUSEHOLD]
    found = []
    for number in range(population.sizes[TAX_HOUSEHOLD]):
        rows = [row for row, each in enumerate(population.groups[PERSON]) if each == number]
        home = homes[household[number]]
        positions = [int(facts["position"].values[row]) for row in rows]
        masshealth = [bool(facts["has_masshealth"].values[row]) for row in rows]
        parents = [[int(facts[name].values[row]) for name in ("first_parent", "second_parent")] for row in rows]
        people = tuple(
            _person(home.people[position], positions, parents[at], masshealth[at])
            for at, position in enumerate(positions)
        )
        tax_return = Return(
            year=month.year,
            size=int(facts["tax_household_size"].values[number]),
            income=int(facts["household_income"].values[number]),
            people=people,
            prices=_prices(home, month, silver),
        )
        found.append((tax_return, rows))
    return found


def _person(told: Somebody, positions: list[int], parents: list[int], masshealth: bool) -> Person:
    def said(name: str, blank: int) -> Any:
        return told.facts.get(name, blank)

    return Person(
        age=told.age,
        files=told.tax_role in FILERS,
        files_separately=told.tax_role == TaxRole.SEPARATE_FILER,
        claimed_from_outside=told.claimed_by == OUTSIDE,
        married=told.spouse != NOBODY,
        spouse_here=told.spouse in positions,
        parents_here=tuple(at for at, position in enumerate(positions) if position in parents),
        applying=bool(said("applying", 1)),
        immigration=Immigration(said("immigration", Immigration.CITIZEN)).code,
        resident=bool(said("resident", 1)),
        incarcerated=bool(said("incarcerated", 0)),
        tribal=bool(said("tribal_member", 0)),
        offer=told.facts.get("employer_offer"),
        family_offer=told.facts.get("employer_family_offer"),
        covered=said("other_coverage", OtherCoverage.NONE) != OtherCoverage.NONE,
        excused=bool(said("separate_return_excused", 0)),
        masshealth=masshealth,
    )


def _prices(home: Home, month: date, silver: str) -> list[list[int | None]]:
    law = Law(month)
    shelf = words.silver_shelf(law, silver) if silver else words.published(law.plan_year)
    of_area = shelf.silver_premiums[PLACES[home.place].rating_area - 1].T.tolist()
    is_open = shelf.silver_open[home.place].tolist()
    rates = [plan for plan, sold in zip(of_area, is_open, strict=True) if sold]
    return [[None if price == NO_SILVER_RATE else price for price in plan] for plan in rates]


@given(HOMES, st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_the_same_by_a_plain_reading_of_the_law(homes: list[Home], month: date, silver: str) -> None:
    facts = determine(homes, month, silver)
    for number, (tax_return, rows) in enumerate(plainly(facts, homes, month, silver)):
        credit = facts["monthly_credit"]
        assert (int(credit.values[number]) if credit.is_known(number) else None) == tax_return.credit
        for at, row in enumerate(rows):
            assert bool(facts["may_buy_plan"].values[row]) == tax_return.people[at].may_buy
            assert bool(facts["may_have_credit"].values[row]) == tax_return.has_credit(at)
            assert PlanType(int(facts["plan_type"].values[row])).code == tax_return.plan_type(at)
            assert Variant(int(facts["federal_variant"].values[row])).code == tax_return.variant(at)
            contribution = facts["contribution"]
            assert contribution.is_known(row) == (tax_return.plan_type(at) != "NONE")
            if contribution.is_known(row):
                assert contribution.values[row] == tax_return.law.types[tax_return.plan_type(at)][1] * 100


@given(HOMES, st.sampled_from(MONTHS), st.sampled_from(SHELVES))
@settings(deadline=None)
def test_nobody_is_in_programs_that_exclude_each_other(homes: list[Home], month: date, silver: str) -> None:
    facts = determine(homes, month, silver)
    credits = facts.population.up(facts["monthly_credit"].values, PERSON, TAX_HOUSEHOLD)
    for row, program in enumerate(Program(int(each)) for each in facts["program"].values):
        is_applying, may_buy, has_masshealth, may_have_credit = (
            bool(facts[name].values[row]) for name in ("applying", "may_buy_plan", "has_masshealth", "may_have_credit")
        )
        has_plan_type = facts["plan_type"].values[row] != PlanType.NONE
        assert (program in MASSHEALTH) == (is_applying and has_masshealth)
        assert not (may_have_credit and (has_masshealth or not may_buy))
        assert (program == Program.CONNECTORCARE) == has_plan_type <= may_have_credit
        assert program != Program.CREDIT_ONLY or (may_have_credit and credits[row] > 0)
        assert (program in BUYS_A_PLAN) == (may_buy and not has_masshealth)
        also = Also(int(facts["also"].values[row])).code.split("+")
        assert program.code not in also
        assert is_applying or (program, also) == (Program.NONE, ["nothing"])


@given(at_the_edges(), st.lists(INCOMES, min_size=2, max_size=8), st.sampled_from(MONTHS))
@settings(deadline=None)
def test_more_income_never_means_more_credit_whatever_jobs_offer(home: Home, incomes: list[int], month: date) -> None:
    """Offers become affordable with more income, and take people out of the coverage family."""
    first, *others = home.people
    homes = [replace(home, people=(replace(first, annual_income=income), *others)) for income in sorted(incomes)]
    nobody = np.zeros(sum(len(each.people) for each in homes), dtype=np.bool_)
    facts = determine(homes, month, has_masshealth=nobody)
    column = facts["monthly_credit"]
    credits = [int(credit) for row, credit in enumerate(column.values) if column.is_known(row)]
    assert credits == sorted(credits, reverse=True)
    assert facts["yearly_credit"].values.tolist() == [12 * int(credit) for credit in column.values]
