"""The picture of a household over incomes: where its lines, edges and strips stand. Pure.

Units are those of the picture: WIDTH across, so that on a phone they are nearly pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from openhix.eligibility.incomes.edges import Edge, Point, over_incomes
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.program import MASSHEALTH, Program
from openhix.kernel.facts import Facts
from openhix.kernel.story import _

WIDTH, LEFT, RIGHT, TOP, PLOT = 320, 42, 8, 28, 130
STRIP, GAP = 14, 17  # a person's strip, and the line above it that names the person
LETTER = 4.9  # about the width of a letter
SPARE = 11  # between two edges whose dollars are both written
STEPS_OF_AXIS = (
    5,
    10,
    20,
    25,
    50,
    100,
    200,
    250,
    500,
    1_000,
    2_000,
    2_500,
    5_000,
    10_000,
    20_000,
    25_000,
    50_000,
    100_000,
)

KINDS: dict[Program, tuple[str, str]] = {
    **{each: ("masshealth", _("MassHealth")) for each in MASSHEALTH},
    Program.CONNECTORCARE: ("connectorcare", _("ConnectorCare")),
    Program.CREDIT_ONLY: ("credit", _("Tax credit")),
    Program.UNSUBSIDIZED: ("full", _("Full price")),
}
OTHER = ("other", "")


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and what stands there, in cents."""

    at: float
    amount: int


@dataclass(frozen=True)
class Mark:
    """An edge: its place, the yearly cents up to which the one side goes, and whether there is room to write them."""

    at: float
    income: int
    written: bool


@dataclass(frozen=True)
class Segment:
    """A stretch of a person's strip of one kind; `label` where it fits."""

    at: float
    width: float
    kind: str
    label: str

    @property
    def middle(self) -> float:
        return round(self.at + self.width / 2, 1)


@dataclass(frozen=True)
class Strip:
    name: str
    top: float
    segments: tuple[Segment, ...]

    @property
    def baseline(self) -> float:
        return self.top + STRIP - 4

    @property
    def named_at(self) -> float:
        return self.top - 3


@dataclass(frozen=True)
class Has:
    """Who has the same."""

    names: str
    program: Program
    plan_type: PlanType


@dataclass(frozen=True)
class Row:
    """A band as the table beside the picture has it. `from_first`: it is the lowest; `is_open`: it goes on above."""

    first: Point
    last: Point
    from_first: bool
    is_open: bool
    has: tuple[Has, ...]
    is_own: bool


class Picture:
    """Of one tax household in `facts`, those of one household's determination: the first, unless told.

    `names` by the row of the people in the facts; of those in `applying` (all, unless told) there are strips.

    `moved`: another yearly income, in cents, to be marked and answered.
    """

    def __init__(
        self,
        facts: Facts,
        names: Sequence[str],
        *,
        translate: Callable[[str], str] = str,
        applying: Iterable[int] | None = None,
        moved: int | None = None,
        tax_household: int = 0,
    ):
        incomes = self.incomes = over_incomes(facts, tax_household)
        self.translate = translate
        self.names = names
        self.applying = {each.row for each in incomes.points[0].people} if applying is None else set(applying)
        self.moved = None if moved is None else incomes.at(moved)
        self.own_point = incomes.at(incomes.own)
        self.most = max((each.after_credit or 0 for each in incomes.points), default=0)
        self.width, self.left, self.right, self.top = WIDTH, LEFT, WIDTH - RIGHT, TOP
        self.bottom = TOP + PLOT
        self.strips = tuple(self._strips())
        self.height = self.bottom + 20 + len(self.strips) * (STRIP + GAP) + 2

    def x(self, income: int) -> float:
        start, end = self.incomes.points[0].income, self.incomes.top
        inside = min(max(income, start), end)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (inside - start) / (end - start), 1)

    def y(self, amount: int) -> float:
        return round(self.bottom - PLOT * amount / self.y_ticks[-1].amount, 1)

    @property
    def y_ticks(self) -> list[Tick]:
        step = _step(max(self.most, 100) / 100 / 3)
        count = -(-max(self.most, 100) // (step * 100))
        return [Tick(round(self.bottom - PLOT * each / count, 1), each * step * 100) for each in range(count + 1)]

    @property
    def x_ticks(self) -> list[Tick]:
        start, end = self.incomes.points[0].income // 100, self.incomes.top // 100
        step = _step((end - start) / 4)
        first = -(-start // step) * step
        return [Tick(self.x(each * 100), each * 100) for each in range(first, end + 1, step)]

    @property
    def least(self) -> str:
        """The path of the least that the household would pay."""
        return self._path([(each.income, each.least) for each in self.incomes.points])

    @property
    def after_credit(self) -> str:
        """The path of the benchmark plan after the credit."""
        return self._path([(each.income, each.after_credit) for each in self.incomes.points])

    def _path(self, line: Sequence[tuple[int, int | None]]) -> str:
        """Lifted where there is nothing, and between the two sides of an edge: there it does not slope, it jumps."""
        parts, before = [], None
        for income, amount in line:
            if amount is not None:
                goes_on = before is not None and income - before > 1
                parts.append(f"{'L' if goes_on else 'M'}{self.x(income)} {self.y(amount)}")
            before = None if amount is None else income
        return "".join(parts)

    @property
    def marks(self) -> list[Mark]:
        """Every edge. The cliff is written by itself; of the others those that leave room for one another."""
        cliff, marks = self.incomes.cliff, []
        taken = [self.x(cliff.before.income)] if cliff else []
        for edge in self.incomes.edges:
            at = self.x(edge.before.income)
            is_free = edge != cliff and all(abs(at - other) >= SPARE for other in taken)
            taken += [at] if is_free else []
            marks.append(Mark(at, edge.before.income, is_free))
        return marks

    @property
    def cliff(self) -> Edge | None:
        return self.incomes.cliff

    @property
    def cliff_at(self) -> float:
        assert self.cliff is not None
        return self.x(self.cliff.before.income)

    @property
    def cliff_ends(self) -> tuple[float, float]:
        """Below and above: what it costs on either side."""
        assert self.cliff is not None
        return self.y(self.cliff.before.least or 0), self.y(self.cliff.after.least or 0)

    @property
    def cliff_ends_help(self) -> bool:
        return self.cliff is not None and not self.cliff.after.credit and self.cliff.after.contribution is None

    @property
    def own_at(self) -> float | None:
        """Where the household stands, unless it is beyond the picture."""
        return self.x(self.incomes.own) if self.incomes.own <= self.incomes.top else None

    @property
    def moved_at(self) -> float | None:
        return None if self.moved is None or self.moved.income > self.incomes.top else self.x(self.moved.income)

    @property
    def own_is_late(self) -> bool:
        """Whether its label stands on the left of the line, where there is room."""
        return self.own_at is not None and self.own_at > WIDTH * 0.6

    def _strips(self) -> Iterable[Strip]:
        people = [at for at, each in enumerate(self.incomes.points[0].people) if each.row in self.applying]
        for number, at in enumerate(people):
            top = self.bottom + 20 + GAP + number * (STRIP + GAP)
            name = self.names[self.incomes.points[0].people[at].row]
            yield Strip(name, top, tuple(self._segments(at)))

    def _segments(self, at: int) -> Iterable[Segment]:
        bands = groupby(self.incomes.bands, key=lambda band: KINDS.get(band.first.people[at].program, OTHER))
        for (kind, label), same in bands:
            together = list(same)
            start, end = self.x(together[0].first.income), self.x(together[-1].last.income)
            width = round(max(end - start, 0.5), 1)
            words = self.translate(label) if label else ""
            yield Segment(start, width, kind, words if len(words) * LETTER < width else "")

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                first=band.first,
                last=band.last,
                from_first=number == 0,
                is_open=band.is_open,
                has=self.has(band.first),
                is_own=band.first.income <= self.incomes.own <= band.last.income,
            )
            for number, band in enumerate(self.incomes.bands)
        ]

    def has(self, point: Point) -> tuple[Has, ...]:
        """Who has what, people with the same together."""
        found: dict[tuple[Program, PlanType], list[str]] = {}
        for each in point.people:
            if each.row in self.applying:
                found.setdefault((each.program, each.plan_type), []).append(self.names[each.row])
        return tuple(Has(", ".join(names), *what) for what, names in found.items())

    @property
    def moved_has(self) -> tuple[Has, ...]:
        return () if self.moved is None else self.has(self.moved)


def _step(about: float) -> int:
    """A round number of dollars, at least `about`, or the largest there is."""
    return next((each for each in STEPS_OF_AXIS if each >= about), STEPS_OF_AXIS[-1])
