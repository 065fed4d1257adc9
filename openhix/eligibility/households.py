"""People as columns: the shape in which one household or a million are determined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from openhix.eligibility.rules.people import HOUSEHOLD, NOBODY, PAIR, PERSON, TAX_HOUSEHOLD, TaxRole
from openhix.kernel.facts import Array, Bools, Column, Ints, Population, group_starts

FILES = (TaxRole.FILER, TaxRole.JOINT_FILER, TaxRole.SEPARATE_FILER)
Facts = Mapping[str, Array | Column]


@dataclass(frozen=True)
class Households:
    """Columns of facts, one row per person, tax household or household, as each fact wants.

    `household` and `tax_household` hold for each person the row of theirs: ascending from 0, none left out. `facts`
    are the given columns by fact name, inputs and anything else that is known already. `given_as` is the row in which
    each person was told: people stand with those of their tax return, whatever the order in which they were given.
    """

    household: Ints
    tax_household: Ints
    given_as: Ints
    facts: Facts = field(default_factory=dict)

    @classmethod
    def arranged(cls, household: Ints, people: Facts, others: Facts) -> Households:
        """From people in any order within their household (`household` ascending from 0, none left out).

        `people` holds a row a person: at least tax_role, claimed_by, spouse, first_parent and second_parent, for a
        dependent and for joint filers as `tax_returns` wants them. `others` hold a row for each household or tax
        household; the tax households of one household stand in the order of who files them.
        """
        returns = tax_returns(household, *(_values(people[name]) for name in ("tax_role", "claimed_by", "spouse")))
        order = np.argsort(returns, kind="stable")
        second_parent = with_step_parents(household, *(_values(people[name]) for name in KIN))
        told = {"position": positions(household), **people, "second_parent": second_parent}
        facts = {name: _taken(column, order) for name, column in told.items()}
        facts.update({name: _values(facts[name]).astype(np.int16) for name in POSITIONS})
        return cls(
            household=household[order],
            tax_household=_numbered(returns[order]),
            given_as=order,
            facts={**facts, **others},
        )

    def population(self) -> Population:
        """The rows of every entity; the pairs are all ordered pairs of people of one household."""
        people = len(self.household)
        sizes = np.bincount(self.household)
        first = np.cumsum(sizes) - sizes
        seen_by_each = sizes[self.household]
        looks = np.repeat(np.arange(people), seen_by_each)
        before_each = np.cumsum(seen_by_each) - seen_by_each
        counted = np.arange(len(looks)) + (first[self.household] - before_each)[looks]
        household_of_return = self.household[group_starts(self.tax_household)]
        return Population(
            sizes={HOUSEHOLD: len(sizes), TAX_HOUSEHOLD: len(household_of_return), PERSON: people, PAIR: len(looks)},
            groups={TAX_HOUSEHOLD: household_of_return, PERSON: self.tax_household, PAIR: looks},
            counted=counted,
        )

    def __len__(self) -> int:
        return int(self.household[-1]) + 1 if len(self.household) else 0


KIN = ("spouse", "first_parent", "second_parent")
POSITIONS = ("position", "claimed_by", *KIN)  # pairs look at them most: narrow columns take less time


def positions(household: Ints) -> Ints:
    """The place of each person in the household, from 0."""
    return np.arange(len(household)) - group_starts(household)[household]


def one_return(household: Ints, tax_role: Ints, is_child: Bools) -> dict[str, Ints]:
    """Who is who where only roles are told: the one who files claims all dependents, and a joint filer is the spouse.

    `is_child`: the dependents who are children of those who file jointly; the others are no kin. Of several people of
    one role the first is meant.
    """
    position = positions(household)
    filer, joint = (_first(household, position, tax_role == role) for role in (TaxRole.FILER, TaxRole.JOINT_FILER))
    nobody = np.full(len(household), NOBODY)
    is_filer, is_joint = (tax_role == TaxRole.FILER) & (position == filer), (tax_role == TaxRole.JOINT_FILER)
    spouse = np.where(is_filer, joint, np.where(is_joint & (position == joint), filer, nobody))
    return {
        "claimed_by": np.where(tax_role == TaxRole.DEPENDENT, filer, nobody),
        "spouse": spouse,
        "first_parent": np.where(is_child, filer, nobody),
        "second_parent": np.where(is_child, joint, nobody),
    }


def tax_returns(household: Ints, tax_role: Ints, claimed_by: Ints, spouse: Ints) -> Ints:
    """For each person the row of who files the return that the person is on; of those on none, their own row.

    A joint filer is on the spouse's return, a dependent on the claimant's (26 CFR 1.36B-1(d)).
    """
    rows = np.arange(len(household))
    first = rows - positions(household)
    is_claimed = (tax_role == TaxRole.DEPENDENT) & (claimed_by >= 0)
    joins = (tax_role == TaxRole.JOINT_FILER) & (spouse >= 0)
    head = np.where(is_claimed, first + claimed_by, np.where(joins, first + spouse, rows))
    return np.asarray(head[head])  # claimed by a joint filer: the return is the spouse's


def with_step_parents(household: Ints, spouse: Ints, first_parent: Ints, second_parent: Ints) -> Ints:
    """The second parent, who is the spouse of the first where nobody else is (42 CFR 435.603(b): a step-parent)."""
    first_row = np.arange(len(household)) - positions(household)
    of_parent = np.where(first_parent >= 0, spouse[first_row + np.maximum(first_parent, 0)], NOBODY)
    return np.where(second_parent == NOBODY, of_parent, second_parent)


def less_losses(household: Ints, tax_role: Ints, spouse: Ints, income: Ints) -> Ints:
    """Cents of each person, none below zero: on a joint return the loss of one lowers the other's income.

    26 CFR 1.36B-1(e)(1): incomes are those of the return. With 60,000 dollars of one and a loss of 5,000 of the other
    it has 55,000. Any other loss lowers nobody's income.
    """
    rows = np.arange(len(household))
    joint = np.flatnonzero((tax_role == TaxRole.JOINT_FILER) & (spouse >= 0))
    partner = (rows - positions(household) + spouse)[joint]
    of_partner = np.zeros_like(income)
    of_partner[joint], of_partner[partner] = income[partner], income[joint]
    return np.maximum(np.maximum(income, 0) + np.minimum(of_partner, 0), 0)


def _first(household: Ints, position: Ints, where: Bools) -> Ints:
    """For each person the position of the household's first one of whom this holds, or NOBODY."""
    found = np.full(int(household[-1]) + 1 if len(household) else 0, NOBODY)
    found[household[where][::-1]] = position[where][::-1]
    return np.asarray(found[household])


def _numbered(ascending: Ints) -> Ints:
    return np.cumsum(np.diff(ascending, prepend=-1) != 0) - 1


def _values(column: Array | Column) -> Array:
    return column.values if isinstance(column, Column) else column


def _taken(column: Array | Column, rows: Ints) -> Array | Column:
    if not isinstance(column, Column):
        return np.asarray(column[rows])
    return Column(column.values[rows], None if column.known is None else column.known[rows])
