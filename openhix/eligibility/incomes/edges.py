"""What a household would have with another income: the same rules over many incomes at once, and where help changes.

Pure. One household becomes as many as there are incomes; what those of a tax return earn who are not claimed on it
moves in proportion, and all else stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from openhix.eligibility import queries
from openhix.eligibility.households import Households
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.people import PERSON, TAX_HOUSEHOLD, TaxRole
from openhix.eligibility.rules.program import Program
from openhix.kernel import percent
from openhix.kernel.facts import Array, Column, Facts, Ints

UP_TO = 600 * 100  # hundredths of a percent of the poverty level
STEPS = 120
FINER = 200  # points by which the stretch that holds an edge is divided
PARTS = 1_000_000  # by which a share of the income is told


@dataclass(frozen=True)
class Person:
    """What one person of the return has. `row`: the place among the people of the facts that were asked about."""

    row: int
    program: Program
    plan_type: PlanType


@dataclass(frozen=True)
class Point:
    """One yearly income; monthly cents. None: nobody needs coverage (`benchmark`), nobody has a plan type."""

    income: int
    people: tuple[Person, ...]
    credit: int
    benchmark: int | None
    contribution: int | None

    @property
    def after_credit(self) -> int | None:
        """What the benchmark plan costs a month after the credit."""
        return None if self.benchmark is None else max(self.benchmark - self.credit, 0)

    @property
    def least(self) -> int | None:
        """The lowest-cost ConnectorCare plan for everyone who has a plan type, or the benchmark after the credit where
        that is less: where many people would each owe a contribution."""
        both = [each for each in (self.contribution, self.after_credit) if each is not None]
        return min(both) if both else None


@dataclass(frozen=True)
class Band:
    """From `first` up to and with `last` everybody has the same program and plan type. `last` None: and above."""

    first: Point
    last: Point
    is_open: bool


@dataclass(frozen=True)
class Edge:
    """The last income on one side, and the next cent on the other."""

    before: Point
    after: Point

    @property
    def jump(self) -> int:
        """How much more a month the next cent costs; 0 where there is nothing to compare."""
        if self.before.least is None or self.after.least is None:
            return 0
        return self.after.least - self.before.least


@dataclass(frozen=True)
class Incomes:
    """A tax return over incomes from the least that it can have to `top` (yearly cents, whole household's)."""

    own: int
    top: int
    points: tuple[Point, ...]
    bands: tuple[Band, ...]
    at: Callable[[int], Point]

    @property
    def edges(self) -> tuple[Edge, ...]:
        return tuple(Edge(one.last, other.first) for one, other in pairwise(self.bands))

    @property
    def cliff(self) -> Edge | None:
        """Where one cent more costs the most, if it costs more anywhere: above all where it ends the help and an offer
        from a job takes its place, at a price that is not one of ours."""
        for edge in self.edges:
            if edge.before.contribution is not None and edge.after.least is None:
                return edge
        steepest = max(self.edges, key=lambda edge: edge.jump, default=None)
        return steepest if steepest is not None and steepest.jump > 0 else None


def over_incomes(facts: Facts, tax_household: int = 0) -> Incomes:
    """One household's tax return over incomes. `facts` are those of its determination; of a month no income is kept:
    an income that is moved is the same every month."""
    mover = _Mover(facts, tax_household)
    guideline = int(facts["poverty_guideline"].values[tax_household])
    last = max(guideline * UP_TO // percent.WHOLE, mover.fixed + STEPS)
    of_law = [guideline * edge // percent.WHOLE for edge in facts.shared["law"].edges]
    grid = np.array([*np.linspace(mover.fixed, last, STEPS + 1), *of_law, *(each + 1 for each in of_law)])
    points = _with_edges(mover.points(np.unique(np.clip(grid.astype(np.int64), mover.fixed, last))), mover.points)
    ends = [at for at in range(len(points) - 1) if points[at].people != points[at + 1].people]
    bands = tuple(
        Band(points[first], points[last], is_open=last == len(points) - 1)
        for first, last in zip([0, *(end + 1 for end in ends)], [*ends, len(points) - 1], strict=True)
    )
    own = int(facts["household_income"].values[tax_household])
    return Incomes(own, points[-1].income, tuple(points), bands, mover.at)


def _with_edges(points: list[Point], ask: Callable[[Ints], list[Point]]) -> list[Point]:
    """With more points wherever the answer changes, until the two sides of every edge are one cent apart."""
    while True:
        wide = [
            (one.income, other.income)
            for one, other in pairwise(points)
            if one.people != other.people and other.income - one.income > 1
        ]
        if not wide:
            return points
        between = [np.linspace(low, high, min(FINER, high - low) + 1, dtype=np.int64)[1:-1] for low, high in wide]
        points = sorted([*points, *ask(np.concatenate(between))], key=lambda point: point.income)


class _Mover:
    """Asks the rules about one tax return of a household with other incomes."""

    def __init__(self, facts: Facts, tax_household: int):
        self.facts, self.tax_household = facts, tax_household
        population = facts.population
        self.sizes = population.sizes
        returns = population.groups[PERSON]
        roles, incomes = facts["tax_role"].values, facts["annual_income"].values
        self.rows = np.flatnonzero(returns == tax_household)
        self.earners = self.rows[roles[self.rows] != TaxRole.DEPENDENT]
        earned = [int(incomes[row]) for row in self.earners]
        total = sum(earned)
        self.shares = [each * PARTS // total for each in earned] if total else [0 for _ in earned]
        self.fixed = int(facts["household_income"].values[tax_household]) - total

    def at(self, income: int) -> Point:
        """The answer at one yearly income; at least what those who are claimed bring in."""
        return self.points(np.array([max(income, self.fixed)], dtype=np.int64))[0]

    def points(self, incomes: Ints) -> list[Point]:
        """The answer at each yearly income of the household, ascending or not."""
        facts = queries.determine(
            households=self._copies(incomes), law=self.facts.shared["law"], shelf=self.facts.shared["shelf"]
        )
        count, people = len(incomes), self.sizes[PERSON]
        person = {
            name: facts[name].values.reshape(count, people)[:, self.rows].tolist() for name in ("program", "plan_type")
        }
        owed = facts["contribution"]
        owed_each = np.where(owed.known_rows, owed.values, 0).reshape(count, people)[:, self.rows].sum(axis=1)
        has_type = owed.known_rows.reshape(count, people)[:, self.rows].sum(axis=1) > 0
        credit, benchmark = (self._of_return(facts[name], count) for name in ("monthly_credit", "benchmark_premium"))
        return [
            Point(
                income=int(income),
                people=tuple(
                    Person(int(row), Program(program), PlanType(plan_type))
                    for row, program, plan_type in zip(
                        self.rows, person["program"][at], person["plan_type"][at], strict=True
                    )
                ),
                credit=credit[at] or 0,
                benchmark=benchmark[at],
                contribution=int(owed_each[at]) if has_type[at] else None,
            )
            for at, income in enumerate(incomes)
        ]

    def _of_return(self, column: Column, count: int) -> list[int | None]:
        rows = np.arange(count) * self.sizes[TAX_HOUSEHOLD] + self.tax_household
        pairs = zip(column.values[rows].tolist(), column.known_rows[rows].tolist(), strict=True)
        return [value if known else None for value, known in pairs]

    def _copies(self, incomes: Ints) -> Households:
        count, people = len(incomes), self.sizes[PERSON]
        given: dict[str, Array | Column] = {}
        for name, column in self.facts.given.items():
            known = None if column.known is None else np.tile(column.known, count)
            given[name] = Column(np.tile(column.values, count), known)
        given["annual_income"] = self._moved(incomes)
        if "monthly_income" in given:
            given["monthly_income"] = self._without_month(given["monthly_income"], count)
        del given["return_number"]
        steps = np.repeat(np.arange(count), people)
        returns = np.tile(self.facts.population.groups[PERSON], count) + steps * self.sizes[TAX_HOUSEHOLD]
        return Households(household=steps, tax_household=returns, given_as=np.arange(count * people), facts=given)

    def _moved(self, incomes: Ints) -> Ints:
        """Yearly income of each person: to the first of those who earn goes what the shares leave over."""
        moved = np.tile(self.facts["annual_income"].values, (len(incomes), 1))
        total = incomes - self.fixed
        for row, share in list(zip(self.earners, self.shares, strict=True))[1:]:
            moved[:, row] = total * share // PARTS
        moved[:, self.earners[0]] = total - moved[:, self.earners[1:]].sum(axis=1)
        return moved.reshape(-1)

    def _without_month(self, column: Array | Column, count: int) -> Column:
        values, known = column if isinstance(column, Column) else (column, None)
        kept = np.ones(len(values), dtype=np.bool_) if known is None else known.copy()
        kept.reshape(count, -1)[:, self.earners] = False
        return Column(values, kept)
