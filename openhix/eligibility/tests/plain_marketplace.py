"""Plans, credit, ConnectorCare and cost sharing of one tax household, written down a second time. Plain and slow.

It shares no code and no figures with the rules, so that what both say is not the slip of one. What MassHealth says of
each person, and the household's size and income, are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

LAWFUL = ("citizen", "qualified", "qualified_barred", "lawfully_present")
TAKES_FULL_MASSHEALTH = ("citizen", "qualified")


@dataclass(frozen=True)
class Year:
    """Dollars a year, percent; `bands`: from, to, first and last share of income; `types`: name, end and dollars."""

    guideline: tuple[int, int]
    bands: Sequence[tuple[int, int, str, str]]
    up_to: int | None
    open_below: bool
    affordable: str
    types: Mapping[str, tuple[int, int]]


YEARS = {
    2025: Year(
        guideline=(15_060, 5_380),
        bands=(
            (0, 150, "0", "0"),
            (150, 200, "0", "2"),
            (200, 250, "2", "4"),
            (250, 300, "4", "6"),
            (300, 400, "6", "8.5"),
            (400, 10**12, "8.5", "8.5"),
        ),
        up_to=None,
        open_below=True,
        affordable="9.02",
        types={
            "1": (100, 0),
            "2A": (150, 0),
            "2B": (200, 51),
            "3A": (250, 99),
            "3B": (300, 147),
            "3C": (400, 226),
            "3D": (500, 264),
        },
    ),
    2026: Year(
        guideline=(15_650, 5_500),
        bands=(
            (0, 133, "2.1", "2.1"),
            (133, 150, "3.14", "4.19"),
            (150, 200, "4.19", "6.6"),
            (200, 250, "6.6", "8.44"),
            (250, 300, "8.44", "9.96"),
            (300, 401, "9.96", "9.96"),
        ),
        up_to=400,
        open_below=False,
        affordable="9.96",
        types={"2A": (150, 0), "2B": (200, 53), "3A": (250, 103), "3B": (300, 152), "3C": (400, 235)},
    ),
}


@dataclass(frozen=True)
class Person:
    """One person of a return. `spouse_here`: the spouse is on it too; `parents_here`: places of parents who are."""

    age: int
    files: bool
    files_separately: bool = False
    claimed_from_outside: bool = False
    married: bool = False
    spouse_here: bool = False
    parents_here: tuple[int, ...] = ()
    applying: bool = True
    immigration: str = "citizen"
    resident: bool = True
    incarcerated: bool = False
    tribal: bool = False
    offer: int | None = None
    family_offer: int | None = None
    covered: bool = False
    excused: bool = False
    masshealth: bool = False

    @property
    def may_buy(self) -> bool:
        return self.applying and self.resident and self.immigration in LAWFUL and not self.incarcerated


@dataclass(frozen=True)
class Return:
    """A tax return, or one person who is on none. `prices`: of each silver plan that is sold there, cents by age."""

    year: int
    size: int
    income: int
    people: tuple[Person, ...]
    prices: Sequence[Sequence[int | None]]

    @property
    def law(self) -> Year:
        return YEARS[self.year]

    @property
    def percent(self) -> Fraction:
        first, more = self.law.guideline
        return Fraction(self.income, first + more * (self.size - 1))

    @property
    def files(self) -> bool:
        filers = [each for each in self.people if each.files]
        if not filers or any(each.claimed_from_outside for each in self.people):
            return False
        together = len(filers) > 1
        return not any(
            not each.excused and (each.files_separately or (each.married and not together)) for each in filers
        )

    @property
    def income_fits(self) -> bool:
        if self.percent < 100:
            refused = (each for each in self.people if each.may_buy and not each.masshealth)
            return self.law.open_below and any(each.immigration not in TAKES_FULL_MASSHEALTH for each in refused)
        return self.law.up_to is None or self.percent <= self.law.up_to

    def offered(self, at: int) -> bool:
        """Whether an affordable offer from a job is open to the person at this place."""
        most = Fraction(self.law.affordable) / 100 * self.income / 12
        person = self.people[at]
        prices = [person.offer]
        for other, each in enumerate(self.people):
            is_spouse = other != at and each.files and person.files and person.spouse_here
            is_parent = other in person.parents_here and each.files and person.age < 26
            prices.append(each.family_offer if is_spouse or is_parent else None)
        return any(price is not None and price <= most for price in prices)

    def in_family(self, at: int) -> bool:
        person = self.people[at]
        return person.may_buy and not person.masshealth and not person.covered and not self.offered(at)

    def has_credit(self, at: int) -> bool:
        return self.files and self.income_fits and self.in_family(at)

    @property
    def benchmark(self) -> int | None:
        ages = [each.age for at, each in enumerate(self.people) if self.in_family(at)]
        children = sorted((age for age in ages if age < 21), reverse=True)
        rated = [age for age in ages if age >= 21] + children[:3]
        sums = []
        for plan in self.prices:
            premiums = [plan[min(age, 64)] for age in rated]
            if rated and None not in premiums:
                sums.append(sum(each for each in premiums if each is not None))
        sums.sort()
        return None if not sums else sums[min(1, len(sums) - 1)]

    @property
    def credit(self) -> int | None:
        if not (self.files and self.income_fits) or self.benchmark is None:
            return None
        return max(self.benchmark - half_up(Fraction(self.income * self.share, 120_000)), 0)

    @property
    def share(self) -> int:
        """Hundredths of a percent of income."""
        for start, end, first, last in self.law.bands:
            if start <= self.percent < end:
                rise = Fraction(last) - Fraction(first)
                return half_up(100 * (Fraction(first) + rise * (self.percent - start) / (end - start)))
        raise AssertionError(self.percent)

    def plan_type(self, at: int) -> str:
        if not self.has_credit(at):
            return "NONE"
        return next((name for name, (end, _dollars) in self.law.types.items() if self.percent <= end), "NONE")

    def variant(self, at: int) -> str:
        """The federal one."""
        person = self.people[at]
        if person.tribal and self.has_credit(at) and self.percent <= 300:
            return "zero"
        if person.tribal and person.may_buy and not person.masshealth:
            return "limited"
        if self.has_credit(at):
            for end, name in ((150, "silver_94"), (200, "silver_87"), (250, "silver_73")):
                if self.percent <= end:
                    return name
        return "standard"


def half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
