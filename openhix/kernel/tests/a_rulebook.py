"""A small rulebook of towns, houses and neighbors, to show the engine with."""

from collections.abc import Mapping
from types import ModuleType

import numpy as np
import numpy.typing as npt

from openhix.kernel.codes import Code
from openhix.kernel.facts import (
    Bools,
    Column,
    Entity,
    Facts,
    Input,
    Ints,
    Members,
    Population,
    Rule,
    Rulebook,
    any_of,
    count_of,
    rule,
    sum_over,
)
from openhix.kernel.story import CENTS, COUNT, YES_NO

TOWN = Entity("town")
HOUSE = Entity("house", part_of=TOWN)
GAZE = Entity("gaze", part_of=HOUSE)  # one house looking at one house of its town


class Size(Code):
    SMALL = 0, "a small town"
    LARGE = 1, "a large town"


name_of_town = Input(TOWN, COUNT)
number = Input(HOUSE, COUNT, "House number {number}.")
tax = Input(HOUSE, CENTS, "The tax is {tax}.")


@rule(TOWN, cites="1 CFR 1", unit=CENTS, says="Together the town pays {town_tax}.")
def town_tax(tax: Members) -> Ints:
    return sum_over(tax)


@rule(HOUSE, cites="1 CFR 2", unit=CENTS, says="Of {town_tax} this house has {left} left over {tax}.")
def left(town_tax: Ints, tax: Ints) -> Ints:
    return town_tax - tax


@rule(GAZE, cites="1 CFR 3", unit=YES_NO)
def richer(their_tax: Ints, my_tax: Ints) -> Bools:
    return their_tax > my_tax


@rule(HOUSE, cites="1 CFR 4", unit=COUNT)
def richer_neighbors(richer: Members) -> Ints:
    return count_of(richer)


@rule(HOUSE, cites="1 CFR 5", unit=YES_NO)
def envies(richer: Members) -> Bools:
    return any_of(richer)


@rule(TOWN, cites="1 CFR 12", unit=COUNT)
def envious_looks(richer: Members) -> Ints:
    """Of all houses of the town together: two steps down."""
    return count_of(richer)


@rule(GAZE, cites="1 CFR 13", unit=CENTS)
def rest_of_their_town(their_town_tax: Ints, their_tax: Ints) -> Ints:
    """What the town of the one who is looked at pays without that house."""
    return their_town_tax - their_tax


@rule(
    TOWN,
    cites="1 CFR 6",
    unit=Size,
    says={Size.SMALL: "It is {size}.", Size.LARGE: "At {town_tax} it is {size}, over {threshold}."},
    because={Size.SMALL: ()},
)
def size(town_tax: Ints, threshold: Ints) -> Ints:
    return np.where(town_tax > threshold, int(Size.LARGE), int(Size.SMALL))


@rule(TOWN, cites="1 CFR 7", unit=CENTS)
def threshold(town_tax: Ints, law: int) -> Ints:
    return np.full(len(town_tax), law)


@rule(HOUSE, cites="1 CFR 8", unit=CENTS)
def rebate(tax: Ints) -> Column:
    """Known for those who pay more than ten dollars."""
    return Column(tax // 10, tax > 1_000)


@rule(HOUSE, cites="1 CFR 9", unit=CENTS, may_lack=("rebate",))
def bill(tax: Ints, rebate: Column) -> Ints:
    return tax - np.where(rebate.known_rows, rebate.values, 0)


@rule(HOUSE, cites="1 CFR 10", unit=CENTS)
def gift(tax: Ints) -> Column:
    """Known for those who pay less than ten dollars."""
    return Column(np.full(len(tax), 500), tax < 1_000)


@rule(HOUSE, cites="1 CFR 11", unit=CENTS)
def bill_with_surcharge(bill: Ints, given_number: Column) -> Ints:
    """Houses whose number was told pay a dollar more."""
    return bill + 100 * given_number.known_rows.astype(np.int64)


def module(things: Mapping[str, object]) -> ModuleType:
    made = ModuleType("rules of a test")
    vars(made).update(things)
    return made


RULES = module({name: each for name, each in globals().items() if isinstance(each, Rule | Input)})
BOOK = Rulebook([RULES], shared=("law",))


def population(*houses: int) -> Population:
    """Towns with so many houses each; every house looks at all of its town, itself too."""
    town = np.repeat(np.arange(len(houses)), houses)
    looking = np.repeat(np.arange(len(town)), np.array(houses)[town])
    seen = np.concatenate([np.flatnonzero(town == town[each]) for each in range(len(town))])
    return Population(
        sizes={TOWN: len(houses), HOUSE: len(town), GAZE: len(looking)},
        groups={HOUSE: town, GAZE: looking},
        counted=seen,
    )


def column(*values: int | None) -> Column:
    """A column whose None rows are not known."""
    known = np.array([each is not None for each in values])
    return Column(np.array([each or 0 for each in values], dtype=np.int64), None if known.all() else known)


def run(houses: tuple[int, ...], **given: Column | npt.NDArray[np.int64]) -> Facts:
    return Facts(BOOK, population(*houses), given, {"law": 5_000})


def told(fact: Column) -> list[int | None]:
    """A fact as a list, None where it is not known."""
    return [int(each) if fact.is_known(row) else None for row, each in enumerate(fact.values)]
