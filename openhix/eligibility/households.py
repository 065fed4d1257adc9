"""People as columns: the shape in which one household or a million are determined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from openhix.eligibility.rules.people import PAIR, PERSON, TAX_HOUSEHOLD
from openhix.kernel.facts import Array, Column, Ints, Population


@dataclass(frozen=True)
class Households:
    """Columns of facts, one row per person (people of a household together) or per household, as each fact wants.

    `household` holds for each person the row of the household: ascending from 0, none left out. `facts` are the
    given columns by fact name, inputs and anything else that is known already.
    """

    household: Ints
    facts: Mapping[str, Array | Column] = field(default_factory=dict)

    def population(self) -> Population:
        """The rows of every entity; the pairs are all ordered pairs of people of one household."""
        people = len(self.household)
        sizes = np.bincount(self.household)
        first = np.cumsum(sizes) - sizes
        seen_by_each = sizes[self.household]
        looks = np.repeat(np.arange(people), seen_by_each)
        nth = np.arange(len(looks)) - np.repeat(np.cumsum(seen_by_each) - seen_by_each, seen_by_each)
        counted = first[self.household][looks] + nth
        return Population(
            sizes={TAX_HOUSEHOLD: len(sizes), PERSON: people, PAIR: len(looks)},
            groups={PERSON: self.household, PAIR: looks},
            counted=counted,
        )

    def __len__(self) -> int:
        return int(self.household[-1]) + 1 if len(self.household) else 0
