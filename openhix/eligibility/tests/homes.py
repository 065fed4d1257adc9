"""Households of all kinds for property tests: drawn by Hypothesis, put in another order, determined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from hypothesis import strategies as st

from openhix.eligibility import queries
from openhix.eligibility.households import FILES, Households
from openhix.eligibility.rules.people import NOBODY, OUTSIDE, PERSON, TAX_HOUSEHOLD, Immigration, OtherCoverage, TaxRole
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.people_in_words import typed
from openhix.kernel.facts import Array, Column, Facts
from openhix.law.tables import Law
from openhix.plans.geography import Geography

PLACES = Geography.shipped(2026).places
MONTHS = (date(2025, 1, 1), date(2025, 3, 1), date(2026, 2, 1), date(2026, 3, 1))
SHELVES = ("", "$300; $310; $320 but $150 at 6", "$250 but none at 40; $400; $500 closed", "$200", "none")
WHOLE_DOLLARS = st.integers(0, 200_000).map(lambda dollars: dollars * 100)
EDGES = st.builds(
    lambda guideline, percent, step: max(guideline * percent + step, 0),
    st.sampled_from([15_060, 15_650, 15_960, 20_440, 21_150, 21_640, 26_650, 32_150, 33_000]),
    st.sampled_from([100, 133, 138, 150, 155, 200, 205, 250, 300, 305, 400, 500]),
    st.integers(-1, 1),
)
INCOMES = st.one_of(WHOLE_DOLLARS, EDGES, st.integers(0, 10**12))
THRESHOLDS = st.sampled_from([0, 0, 1, 135_000, 135_001, 1_575_000, 1_575_001, 1_610_000, 1_610_001, 3_000_000])
KIN = ("claimed_by", "spouse", "first_parent", "second_parent")


@dataclass(frozen=True)
class Somebody:
    """One person; who is whose by place among `Home.people`. `facts`: what else is told of this one."""

    tax_role: TaxRole
    age: int
    annual_income: int = 0
    expecting: int = 0
    claimed_by: int = NOBODY
    spouse: int = NOBODY
    first_parent: int = NOBODY
    second_parent: int = NOBODY
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Home:
    """One household: its people and the position of its place."""

    people: tuple[Somebody, ...]
    place: int

    def reordered(self, order: Sequence[int]) -> Home:
        """The same household told in another order: `order` names the people by their places."""
        now_at = {NOBODY: NOBODY, OUTSIDE: OUTSIDE, **{before: at for at, before in enumerate(order)}}
        moved = (self.people[before] for before in order)
        people = (
            replace(
                each,
                claimed_by=now_at[each.claimed_by],
                spouse=now_at[each.spouse],
                first_parent=now_at[each.first_parent],
                second_parent=now_at[each.second_parent],
            )
            for each in moved
        )
        return Home(tuple(people), self.place)


def _on_one_return(filer: Somebody, spouses: list[Somebody], others: list[tuple[Somebody, bool]], place: int) -> Home:
    spouse = 1 if spouses else NOBODY
    family = [replace(filer, spouse=spouse), *(replace(each, spouse=0) for each in spouses)]
    for each, is_child in others:
        first, second = (0, spouse) if is_child else (NOBODY, NOBODY)
        family.append(replace(each, claimed_by=0, first_parent=first, second_parent=second))
    return Home(tuple(family), place)


FILERS = st.builds(Somebody, st.just(TaxRole.FILER), st.integers(18, 90), INCOMES, st.integers(0, 2))
SPOUSES = st.builds(Somebody, st.just(TaxRole.JOINT_FILER), st.integers(18, 90), WHOLE_DOLLARS)
DEPENDENTS = st.builds(
    Somebody, st.just(TaxRole.DEPENDENT), st.integers(0, 70), THRESHOLDS, st.sampled_from([0, 0, 0, 1])
)
PLACE = st.integers(0, len(PLACES) - 1)
# One tax return, of which everyone is a part; the one who files comes first.
ONE_RETURN = st.builds(
    _on_one_return,
    FILERS,
    st.lists(SPOUSES, max_size=1),
    st.lists(st.tuples(DEPENDENTS, st.sampled_from([True, True, False])), max_size=6),
    PLACE,
)
TOLD = st.fixed_dictionaries(
    {},
    optional={
        "monthly_income": st.integers(0, 1_000_000),
        "unearned_income": THRESHOLDS,
        "applying": st.integers(0, 1),
        "immigration": st.sampled_from([int(each) for each in Immigration]),
        "resident": st.integers(0, 1),
        "incarcerated": st.integers(0, 1),
        "disabled": st.integers(0, 1),
        "former_foster_care": st.integers(0, 1),
        "tribal_member": st.integers(0, 1),
        "employer_offer": st.integers(0, 100_000),
        "employer_family_offer": st.integers(0, 300_000),
        "other_coverage": st.sampled_from([int(each) for each in OtherCoverage]),
        "separate_return_excused": st.integers(0, 1),
    },
)
_APART = (TaxRole.SEPARATE_FILER, TaxRole.FILER, TaxRole.NOT_FILING, TaxRole.DEPENDENT)


@st.composite
def any_home(draw: st.DrawFn, most: int = 6) -> Home:
    """Several returns, spouses together and apart, people on none, claims from outside, three generations."""
    ages = draw(st.lists(st.one_of(st.integers(16, 80), st.integers(0, 20)), min_size=1, max_size=most))
    spouse = _couples(draw, ages)
    roles = [draw(st.sampled_from(_APART[1:] if each == NOBODY else _APART)) for each in spouse]
    for at, other in enumerate(spouse):
        if other > at and draw(st.booleans()):
            roles[at], roles[other] = TaxRole.FILER, TaxRole.JOINT_FILER
    people = []
    for at, role in enumerate(roles):
        first_of_couple = at if spouse[at] == NOBODY else min(at, spouse[at])
        earlier = [each for each in range(first_of_couple) if spouse[each] < first_of_couple]  # no circle of parents
        parents = draw(st.permutations(earlier))[: draw(st.integers(0, 2))]
        who_files = [each for each, files in enumerate(roles) if files in FILES and each != spouse[at]]
        claimants = [each for each in who_files if each in parents] * 3 + [*who_files, OUTSIDE]
        first, second = (*parents, NOBODY, NOBODY)[:2]
        people.append(
            Somebody(
                tax_role=role,
                age=ages[at],
                annual_income=draw(st.one_of(INCOMES, THRESHOLDS)),
                expecting=draw(st.sampled_from([0, 0, 0, 1, 2])),
                claimed_by=draw(st.sampled_from(claimants)) if role == TaxRole.DEPENDENT else NOBODY,
                spouse=spouse[at],
                first_parent=first,
                second_parent=second,
                facts=draw(TOLD),
            )
        )
    return Home(tuple(people), draw(PLACE)).reordered(draw(st.permutations(range(len(people)))))


def _couples(draw: st.DrawFn, ages: Sequence[int]) -> list[int]:
    """The spouse of each, among those of 16 and over."""
    spouse = [NOBODY] * len(ages)
    for at, age in enumerate(ages):
        free = [other for other in range(at + 1, len(ages)) if ages[other] >= 16 and spouse[other] == NOBODY]
        if age >= 16 and spouse[at] == NOBODY and free and draw(st.booleans()):
            spouse[at] = draw(st.sampled_from(free))
            spouse[spouse[at]] = at
    return spouse


def determine(homes: Sequence[Home], month: date, silver: str = "", **facts: Array | Column) -> Facts:
    """`facts` have a row for each household or tax household."""
    law = Law(month)
    people = [each for home in homes for each in home.people]
    told: dict[str, Array | Column] = {
        name: np.array([int(getattr(each, name)) for each in people], dtype=np.int64)
        for name in ("tax_role", "age", "annual_income", "expecting", *KIN)
    }
    for name in {name for each in people for name in each.facts}:
        known = np.array([name in each.facts for each in people])
        told[name] = Column(typed(name, [each.facts.get(name, 0) for each in people]), known)
    places: dict[str, Array | Column] = {
        "place": np.array([home.place for home in homes]),
        "rating_area": np.array([PLACES[home.place].rating_area for home in homes]),
    }
    household = np.repeat(np.arange(len(homes)), [len(home.people) for home in homes])
    households = Households.arranged(household, told, {**places, **facts})
    shelf = words.silver_shelf(law, silver) if silver else words.published(law.plan_year)
    return queries.determine(households=households, law=law, shelf=shelf)


def told_to(facts: Facts, name: str) -> list[int | None]:
    """A fact as each person has it, in the order in which people were told; a tax household's as its people have it."""
    entity, (values, known) = facts.rulebook.fact(name).entity, facts[name]
    population = facts.population
    values = population.up(values, PERSON, entity)
    known_rows = np.ones(len(values), dtype=np.bool_) if known is None else population.up(known, PERSON, entity)
    household = population.groups[TAX_HOUSEHOLD][population.groups[PERSON]]
    order = np.lexsort((facts["position"].values, household))
    return [int(values[row]) if known_rows[row] else None for row in order]
