"""MassHealth for one person, written down a second time: a list of groups, read from the top. Plain and slow.

It shares no code and no figures with the rules, so that what both say is not the slip of one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

FULLEST_FIRST = ("standard", "commonhealth", "careplus", "family_assistance")


@dataclass(frozen=True)
class Resident:
    """Someone who lives here, asks for help and is not in jail. Percentages of the poverty level are exact.

    `percent` is that of the MAGI household, `percent_disabled` of the disabled adult household, `percent_return` of the
    tax return for the year.
    """

    age: int
    immigration: str
    percent: Fraction
    percent_disabled: Fraction
    percent_return: Fraction
    expecting: bool = False
    is_parent: bool = False
    disabled: bool = False
    foster: bool = False
    other_coverage: str = "none"
    affordable_offer: bool = False

    @property
    def full(self) -> bool:
        return self.immigration in ("citizen", "qualified")

    @property
    def lawful(self) -> bool:
        return self.full or self.immigration in ("qualified_barred", "lawfully_present")

    @property
    def prucol(self) -> bool:
        return self.immigration == "prucol"

    @property
    def uninsured(self) -> bool:
        return self.other_coverage == "none"


class Group(NamedTuple):
    """A coverage type, its limit in whole percents (None: none), who is meant, and by which household."""

    coverage: str
    limit: int | None
    meant: Callable[[Resident], bool]
    disabled_household: bool = False


GROUPS = (
    Group("standard", None, lambda p: p.foster and 18 <= p.age < (26 if p.full else 21 if p.lawful else 0)),
    Group("standard", 200, lambda p: p.expecting),
    Group("standard", 200, lambda p: p.age == 0 and p.lawful),
    Group("standard", 150, lambda p: 1 <= p.age <= 18 and p.lawful),
    Group("standard", 150, lambda p: p.age in (19, 20) and p.lawful),
    Group("standard", 133, lambda p: p.is_parent and p.full),
    Group("standard", 133, lambda p: p.disabled and 19 <= p.age <= 64 and p.full, True),
    Group("commonhealth", None, lambda p: p.disabled and 19 <= p.age <= 64 and p.full),
    Group("commonhealth", None, lambda p: p.disabled and p.age <= 18 and (p.lawful or p.prucol)),
    Group("commonhealth", 150, lambda p: p.disabled and p.age in (19, 20) and p.prucol),
    Group("careplus", 133, lambda p: 21 <= p.age <= 64 and p.full and p.other_coverage != "medicare"),
    Group("family_assistance", 300, lambda p: p.age <= 18 and (p.lawful or p.prucol) and p.uninsured),
    Group("family_assistance", 200, lambda p: p.age == 0 and p.prucol),
    Group("family_assistance", 150, lambda p: 1 <= p.age <= 20 and p.prucol),
    Group(
        "family_assistance",
        300,
        lambda p: 19 <= p.age <= 64 and p.prucol and p.uninsured and not p.affordable_offer,
    ),
    Group(
        "family_assistance", 100, lambda p: p.disabled and p.age <= 64 and not p.full and (p.lawful or p.prucol), True
    ),
    Group("limited", 200, lambda p: p.age == 0 and not p.lawful),
    Group("limited", 150, lambda p: 1 <= p.age <= 20 and not p.lawful),
    Group("limited", 133, lambda p: 21 <= p.age <= 64 and not p.full),
    Group("limited", 133, lambda p: 21 <= p.age <= 64 and not p.full and p.disabled, True),
)


def open_types(person: Resident) -> set[str]:
    """The coverage types whose test the person meets by MassHealth's own count."""
    groups = [each for each in GROUPS if each.meant(person)]
    highest = max((each.limit for each in groups if each.limit), default=0)
    with_points = {each.coverage for each in groups if each.limit == highest}
    return {
        each.coverage
        for each in groups
        if each.limit is None
        or (person.percent_disabled if each.disabled_household else person.percent)
        <= each.limit + (5 if each.coverage in with_points else 0)
    }


def masshealth(person: Resident) -> str:
    """The fullest coverage type, `other_rules` from 65, or `none`."""
    types = open_types(person)
    if not types & set(FULLEST_FIRST) and person.percent_return < 100:
        types = {each.coverage for each in GROUPS if each.meant(person)}
    found = next((each for each in FULLEST_FIRST if each in types), None)
    return found or ("other_rules" if person.age >= 65 else "none")


def has_limited(person: Resident) -> bool:
    if masshealth(person) in ("standard", "careplus"):
        return False
    if not open_types(person) & set(FULLEST_FIRST) and person.percent_return < 100:
        return any(each.coverage == "limited" and each.meant(person) for each in GROUPS)
    return "limited" in open_types(person)


def has_security_plan(person: Resident) -> bool:
    return person.age <= 18 and person.uninsured and masshealth(person) not in FULLEST_FIRST


def safety_net(person: Resident) -> str:
    if masshealth(person) in FULLEST_FIRST or person.percent > 300:
        return "none"
    return "full" if person.percent <= 150 else "partial"
