"""Why: the tree of facts behind an answer, each with its citation and sentence, told from the kept values.

Telling computes nothing that the answer did not need, so it changes nothing. Sentences are marked with `_` where
they are written and translated when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from string import Formatter
from typing import Any

from openhix.kernel import cents, percent
from openhix.kernel.facts import Facts, Input, Rule

CENTS, HUNDREDTHS, COUNT, YES_NO, DATE = "cents", "hundredths", "count", "yes_no", "date"
WORDS = "words"  # of a record: a marked phrase that stands for the value of an enumeration


def _(sentence: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return sentence


@dataclass(frozen=True)
class Figure:
    """One value with its unit: cents, hundredths of a percent, a count, yes or no, a date, or an enumeration."""

    value: Any
    unit: Any

    def text(self, translate: Callable[[str], str] = str) -> str:
        if self.unit == CENTS:
            return cents.dollars(int(self.value))
        if self.unit == HUNDREDTHS:
            return percent.text(int(self.value)) + "%"
        if self.unit == YES_NO:
            return translate(_("yes")) if self.value else translate(_("no"))
        if self.unit == WORDS:
            return translate(self.value)
        label = getattr(self.value, "label", None)
        return translate(label) if label is not None else str(self.value)

    def as_record(self) -> list[Any]:
        """Unit and value as they are kept: an enumeration by its words, a date as text, all else as it is."""
        label = getattr(self.value, "label", None)
        if label is not None:
            return [WORDS, str(label)]
        if self.unit in (CENTS, HUNDREDTHS, COUNT, YES_NO):
            return [self.unit, int(self.value)]
        return [self.unit, str(self.value)]

    @classmethod
    def from_record(cls, record: list[Any]) -> Figure:
        unit, value = record
        return cls(value, unit)


@dataclass(frozen=True)
class Told:
    """One fact of one row, as it is told. `given`: taken as given, not worked out. `unproven`: rests on a word alone.

    A fact that was told earlier in the same story stands again with `again` set and without its reasons.
    """

    name: str
    entity: str
    row: int
    figure: Figure | None
    says: str
    figures: dict[str, Figure]
    cites: str
    given: bool
    unproven: bool
    again: bool
    because: tuple[Told, ...]

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the reader's language, with its figures; empty where the rule has none."""
        if not self.says:
            return ""
        return translate(self.says).format_map({name: each.text(translate) for name, each in self.figures.items()})

    def reasons(self) -> tuple[Told, ...]:
        """The reasons that have a sentence and were not told before; a silent one passes on its own."""
        spoken: list[Told] = []
        for reason in self.because:
            if reason.says and not reason.again:
                spoken.append(reason)
            elif not reason.says:
                spoken.extend(reason.reasons())
        return tuple(spoken)

    def walk(self) -> Iterator[Told]:
        """Every fact once, reasons first: the order in which one would explain it aloud."""
        for reason in self.because:
            yield from reason.walk()
        if not self.again:
            yield self

    def as_data(self, translate: Callable[[str], str] = str) -> dict[str, Any]:
        """The tree in plain values, for JSON."""
        return {
            "fact": self.name,
            "value": None if self.figure is None else self.figure.text(translate),
            "says": self.sentence(translate),
            "law": self.cites,
            "given": self.given,
            "unproven": self.unproven,
            "because": [reason.as_data(translate) for reason in self.because if not reason.again],
        }

    def as_record(self) -> dict[str, Any]:
        """The tree as it is kept: sentences as they are marked, with their figures, to be told in any language later.

        A record says what was said when it was made, whatever has become of the rules and enumerations since.
        """
        return {
            "fact": self.name,
            "entity": self.entity,
            "row": self.row,
            "figure": None if self.figure is None else self.figure.as_record(),
            "says": self.says,
            "figures": {name: figure.as_record() for name, figure in self.figures.items()},
            "law": self.cites,
            "given": self.given,
            "unproven": self.unproven,
            "again": self.again,
            "because": [reason.as_record() for reason in self.because],
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Told:
        """What `as_record` wrote. Raises KeyError for anything else."""
        return cls(
            name=record["fact"],
            entity=record["entity"],
            row=record["row"],
            figure=None if record["figure"] is None else Figure.from_record(record["figure"]),
            says=record["says"],
            figures={name: Figure.from_record(figure) for name, figure in record["figures"].items()},
            cites=record["law"],
            given=record["given"],
            unproven=record["unproven"],
            again=record["again"],
            because=tuple(cls.from_record(reason) for reason in record["because"]),
        )


class Storyteller:
    """Tells facts of one run; within one teller each fact is told in full once."""

    def __init__(self, facts: Facts):
        self.facts = facts
        self._told: dict[tuple[str, int], Told] = {}
        self._again: dict[tuple[str, int], Told] = {}

    def tell(self, name: str, row: int) -> Told:
        """The story of a fact of one row of its entity."""
        key = (name, row)
        if key not in self._told:
            self._told[key] = self._tell(name, row)
            return self._told[key]
        if key not in self._again:
            self._again[key] = replace(self._told[key], again=True, because=())
        return self._again[key]

    def _tell(self, name: str, row: int) -> Told:
        facts = self.facts
        fact = facts.rulebook.fact(name)
        given = name in facts.given and facts.given[name].is_known(row)
        figure, at = self._figure(name, row), fact.entity.name
        if given or isinstance(fact, Input):
            says = fact.says if isinstance(fact, Input) else ""
            unproven = name in facts.unproven
            figures = {name: figure} if figure is not None else {}
            return Told(name, at, row, figure, str(says) if figure else "", figures, "", given, unproven, False, ())
        because = tuple(
            self.tell(reason, each)
            for parameter in self._reasons(fact, figure)
            for reason, each in self._where(fact, parameter, row)
        )
        says = _for_outcome(fact.says, figure) if isinstance(fact.says, Mapping) else fact.says
        figures = self._figures(fact, row, says)
        unproven = any(reason.unproven for reason in because)
        return Told(name, at, row, figure, says if figure else "", figures, fact.cites, False, unproven, False, because)

    def _figure(self, name: str, row: int) -> Figure | None:
        column = self.facts[name]
        if not column.is_known(row):
            return None
        unit = self.facts.rulebook.fact(name).unit
        value = column.values[row]
        return Figure(unit(int(value)) if isinstance(unit, type) else value.item(), unit)

    def _reasons(self, rule: Rule, figure: Figure | None) -> tuple[str, ...]:
        if figure is not None and figure.value in rule.because:
            return rule.because[figure.value]
        return tuple(
            each for each in rule.parameters if each not in self.facts.shared and not each.startswith("given_")
        )

    def _where(self, rule: Rule, parameter: str, row: int) -> list[tuple[str, int]]:
        """The fact and the rows of it that a parameter of a rule means for one row of the rule."""
        population = self.facts.population
        name = self.facts.rulebook.source(rule, parameter)
        entity = self.facts.rulebook.fact(name).entity
        if entity.is_within(rule.entity):
            starts = population.starts_under(entity, rule.entity)
            end = starts[row + 1] if row + 1 < len(starts) else population.sizes[entity]
            return [(name, each) for each in range(int(starts[row]), int(end))]
        here, at = rule.entity, row
        if parameter.startswith("their_") and here.part_of is not None and population.counted is not None:
            here, at = here.part_of, int(population.counted[row])
        while here != entity and here.part_of is not None:
            here, at = here.part_of, int(population.groups[here][at])
        return [(name, at)]

    def _figures(self, rule: Rule, row: int, says: str) -> dict[str, Figure]:
        """What the placeholders of a sentence stand for: the rule's own fact and its parameters."""
        figures = {}
        for _text, wanted, _spec, _conversion in Formatter().parse(says):
            if wanted is None:
                continue
            name, at = (rule.name, row) if wanted == rule.name else self._where(rule, wanted, row)[0]
            figure = self._figure(name, at)
            if figure is not None:
                figures[wanted] = figure
        return figures


def _for_outcome(says: Mapping[Any, str], figure: Figure | None) -> str:
    return says.get(figure.value, "") if figure is not None else ""
