"""Who is who in a file of households: claims, marriages and parents, told by person_id or left to the roles.

What is not told is what the roles say: a joint filer is married to the one who files and has no other spouse; a
dependent is claimed on the only tax return there is, as a child of those who file it, unless `relationship` says
`other` or somebody of the household has `parents` filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from openhix.eligibility.households import FILES, positions, tax_returns, with_step_parents
from openhix.eligibility.rules.people import NOBODY, OUTSIDE, TaxRole
from openhix.kernel.codes import Code
from openhix.kernel.facts import Array, Bools, Ints

CLAIMED_OUTSIDE = "outside"


class Relationship(Code):
    """To the person who files: of a dependent who claims, else the only one who is `self` or files."""

    SELF = 1
    SPOUSE = 2
    CHILD = 3
    OTHER = 4


class Cells(NamedTuple):
    """A value for each row of a file, and which of them were said."""

    values: Array
    known: Bools


class Fault(NamedTuple):
    """What cannot be: on which rows, in which column, and why; `reason` may take the cell as it was written."""

    rows: Bools
    column: str
    reason: str | Callable[[str], str]


class Relatives:
    """Positions for each row of `table`, whose households ascend from 0, none left out; NOBODY where there is no such
    person. `found` grows by faults of single cells; `faults` has those of households that are otherwise in order."""

    def __init__(self, table: pl.DataFrame, tax_role: Ints, relationship: Cells):
        self.table, self.role, self.relationship = table, tax_role, relationship
        self.household = table["household"].to_numpy()
        self.position = positions(self.household)
        self.first_row = np.arange(len(self.position)) - self.position
        self.found: list[Fault] = []
        self.anchor = self._anchor()
        self.spouse = self._spouses(self._named("spouse", table["spouse"]))
        self.claimed_by = self._claims()
        self.returns = tax_returns(self.household, self.role, self.claimed_by, self.spouse)
        self.first_parent, self.second_parent = self._parents()

    def _named(self, column: str, ids: pl.Series) -> Ints:
        """The position of each person_id in its household; a fault where there is none, or where it is one's own."""
        asked = ids.is_not_null().to_numpy()
        position = np.full(len(asked), NOBODY)
        if not asked.any():
            return position
        people = self.table.select("household", "person_id", position=pl.Series(self.position)).unique(
            ["household", "person_id"], keep="first"
        )
        named = self.table.select("household", person_id=ids).with_row_index("at").filter(asked)
        looked_up = named.join(people, on=["household", "person_id"], how="left").sort("at")["position"]
        position[asked] = looked_up.fill_null(NOBODY).to_numpy()
        self._fault(
            asked & (position == NOBODY),
            column,
            lambda cell: f"{cell} is not the person_id of anyone in this household.",
        )
        self._fault(position == self.position, column, "Nobody is named here on his own row.")
        return np.where(position == self.position, NOBODY, position)

    def _fault(self, rows: Bools, column: str, reason: str | Callable[[str], str]) -> None:
        if rows.any():
            self.found.append(Fault(rows, column, reason))

    def _number(self, where: Bools) -> Ints:
        """For each row, of how many people of its household this holds."""
        return np.bincount(self.household[np.flatnonzero(where)], minlength=self._households)[self.household]

    def _only(self, where: Bools) -> Ints:
        """For each row the position of the household's only person of whom this holds, or NOBODY."""
        position = np.full(self._households, NOBODY)
        rows = np.flatnonzero(where)
        position[self.household[rows]] = self.position[rows]
        return np.where(self._number(where) == 1, position[self.household], NOBODY)

    @property
    def _households(self) -> int:
        return int(self.household[-1]) + 1 if len(self.household) else 0

    def _says(self, relationship: Relationship) -> Bools:
        return self.relationship.known & (self.relationship.values == relationship)

    def _anchor(self) -> Ints:
        """Whom `relationship` speaks of; a relationship that the role rules out is a fault."""
        filer, self_told = self._only(self.role == TaxRole.FILER), self._only(self._says(Relationship.SELF))
        anchor = np.where(self_told != NOBODY, self_told, filer)
        stated = self.relationship.values
        fits = np.select(
            [self.role == TaxRole.DEPENDENT, self.role == TaxRole.JOINT_FILER, anchor == self.position],
            [stated >= Relationship.CHILD, stated == Relationship.SPOUSE, stated == Relationship.SELF],
            default=True,
        )
        self._fault(
            self.relationship.known & (self.role != 0) & ~fits,
            "relationship",
            lambda cell: (
                f"{cell} does not go with the tax_role: filer is self, joint_filer spouse, dependent child or other."
            ),
        )
        return anchor

    def _row(self, position: Ints) -> Ints:
        """The row of a position that is somebody's; of any other, a row that means nothing."""
        return self.first_row + np.maximum(position, 0)

    def _spouses(self, told: Ints) -> Ints:
        spouse = self._both_ways(told)
        alone = spouse == NOBODY
        is_joint = self.role == TaxRole.JOINT_FILER
        files_jointly = self._only((self.role == TaxRole.FILER) & alone)
        is_spouse = self._says(Relationship.SPOUSE) & (self.anchor != self.position) & alone[self._row(self.anchor)]
        implied = np.where(is_joint, files_jointly, np.where(is_spouse, self.anchor, NOBODY))
        return self._both_ways(np.where(alone, implied, spouse))

    def _both_ways(self, told: Ints) -> Ints:
        """Where one of two names the other, the other one names the first."""
        spouse = told.copy()
        who = np.flatnonzero(told >= 0)
        of = self.first_row[who] + told[who]
        unsaid = spouse[of] == NOBODY
        spouse[of[unsaid]] = self.position[who[unsaid]]
        return spouse

    def _claims(self) -> Ints:
        cell = self.table["claimed_by"]
        told = self._told_claims(cell) if cell.is_not_null().any() else np.full(len(cell), NOBODY)
        on_only_return = (self.role == TaxRole.DEPENDENT) & cell.is_null().to_numpy()
        return np.where(on_only_return, self._only(self._begins_return), told)

    def _told_claims(self, cell: pl.Series) -> Ints:
        is_outside = (cell.str.to_lowercase() == CLAIMED_OUTSIDE).fill_null(False).to_numpy()
        called_so = (self.table["person_id"].str.to_lowercase() == CLAIMED_OUTSIDE).fill_null(False)
        reason = f"In the column claimed_by {CLAIMED_OUTSIDE} is someone else: give this person another id."
        self._fault(called_so.to_numpy(), "person_id", reason)
        is_two = cell.str.contains(";", literal=True).fill_null(False).to_numpy()
        self._fault(is_two, "claimed_by", "A dependent is claimed once: name one person.")
        told = self._named("claimed_by", cell.set(pl.Series(is_outside | is_two), None))
        return np.where(is_outside, OUTSIDE, told)

    @property
    def _begins_return(self) -> Bools:
        return (self.role == TaxRole.FILER) | (self.role == TaxRole.SEPARATE_FILER)

    def _parents(self) -> tuple[Ints, Ints]:
        first, second, is_told = self._told_parents(self.table["parents"])
        claimed_here = (self.role == TaxRole.DEPENDENT) & (self.claimed_by >= 0)
        child_by_role = claimed_here & ~self.relationship.known & (self._number(is_told) == 0)
        of = np.where(claimed_here, self.position[self.returns], self.anchor)
        of = np.where(of == self.position, NOBODY, of)
        is_child = ~is_told & (self._says(Relationship.CHILD) | child_by_role)
        first = np.where(is_child, of, first)
        return first, with_step_parents(self.household, self.spouse, first, second)

    def _told_parents(self, cell: pl.Series) -> tuple[Ints, Ints, Bools]:
        """The first one, the second one, and of whom parents are told."""
        if not cell.is_not_null().any():
            nobody = np.full(len(cell), NOBODY)
            return nobody, nobody, np.zeros(len(cell), dtype=np.bool_)
        named = cell.str.extract_all(r"[^;\s](?:[^;]*[^;\s])?")
        number = named.list.len().fill_null(0).to_numpy()
        self._fault(number > 2, "parents", "Name two parents at most.")
        first, second = (named.list.get(at, null_on_oob=True) for at in (0, 1))
        self._fault((first == second).fill_null(False).to_numpy(), "parents", "One parent is named twice.")
        return self._named("parents", first), self._named("parents", second), number > 0

    def columns(self) -> dict[str, Cells]:
        """The facts of people that are positions."""
        said = np.ones(len(self.position), dtype=np.bool_)
        facts = {
            "claimed_by": self.claimed_by,
            "spouse": self.spouse,
            "first_parent": self.first_parent,
            "second_parent": self.second_parent,
        }
        return {name: Cells(values, said) for name, values in facts.items()}

    def faults(self) -> Iterator[Fault]:
        """What cannot be of people that each make sense; a household is asked on only while nothing was found."""
        yield from self._without_filer()
        yield from self._unmarried()
        yield from self._unclaimed()
        yield from self._unborn()

    def _without_filer(self) -> Iterator[Fault]:
        joint = self.role == TaxRole.JOINT_FILER
        left = (self.role == TaxRole.DEPENDENT) & (self.claimed_by == NOBODY)
        joint_without = joint & (self._number(self.role == TaxRole.FILER) == 0)
        claimed_without = left & (self._number(self._begins_return) == 0)
        nobody = self._number(joint_without | claimed_without) > 0
        yield Fault(nobody & (self.position == 0), "tax_role", "Nobody in this household is the filer.")
        crowded = self._number(joint) > self._number(self.role == TaxRole.FILER)
        reason = "More people of this household file jointly than there are filers to file with."
        yield Fault(crowded & (self.position == 0), "tax_role", reason)

    def _unmarried(self) -> Iterator[Fault]:
        joint, married = self.role == TaxRole.JOINT_FILER, self.spouse >= 0
        spouse = self._row(self.spouse)
        taken = np.bincount(spouse[married], minlength=len(spouse))
        yield Fault(
            married & ((self.spouse[spouse] != self.position) | (taken[spouse] > 1)),
            "spouse",
            "This person's spouse is married to someone else of this household.",
        )
        reason = "Say with whom this person files jointly: write the person_id of the filer here."
        yield Fault(joint & ~married, "spouse", reason)
        reason = "A joint_filer files with a spouse who is the filer of their tax return."
        yield Fault(joint & married & (self.role[spouse] != TaxRole.FILER), "spouse", reason)
        reason = "Say in the column spouse to whom this person is married."
        yield Fault(self._says(Relationship.SPOUSE) & ~married, "relationship", reason)

    def _unclaimed(self) -> Iterator[Fault]:
        dependent, claimed = self.role == TaxRole.DEPENDENT, self.claimed_by >= 0
        reason = "There are several tax returns here: write who claims this person, a person_id or outside."
        yield Fault(dependent & (self.claimed_by == NOBODY), "claimed_by", reason)
        reason = "Only a dependent is claimed: leave this blank, or make the tax_role dependent."
        yield Fault(~dependent & (self.claimed_by != NOBODY), "claimed_by", reason)
        claimant = self._row(self.claimed_by)
        yield Fault(
            claimed & (self.role[claimant] == TaxRole.DEPENDENT),
            "claimed_by",
            lambda cell: f"{cell} is a dependent too, and a dependent claims nobody.",
        )
        yield Fault(
            claimed & ~np.isin(self.role[claimant], FILES),
            "claimed_by",
            lambda cell: f"{cell} files no tax return, so claims nobody.",
        )
        reason = "A spouse is never a dependent of the other spouse."
        yield Fault(claimed & (self.claimed_by == self.spouse), "claimed_by", reason)

    def _unborn(self) -> Iterator[Fault]:
        of_nobody = (self.first_parent == NOBODY) & self.table["parents"].is_null().to_numpy()
        reason = "Say in the column parents whose child this is."
        yield Fault(self._says(Relationship.CHILD) & of_nobody, "relationship", reason)
        both = (self.first_parent == self.spouse) | (self.second_parent == self.spouse)
        yield Fault(both & (self.spouse >= 0), "parents", "A spouse is named as a parent.")
        circle = [self._is_parent_of_own_parent(each) for each in (self.first_parent, self.second_parent)]
        yield Fault(circle[0] | circle[1], "parents", "Two people of this household are each other's parents.")

    def _is_parent_of_own_parent(self, parent: Ints) -> Bools:
        row = self._row(parent)
        is_child = (self.first_parent[row] == self.position) | (self.second_parent[row] == self.position)
        return (parent >= 0) & is_child
