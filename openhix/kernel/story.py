"""Why: the tree of facts behind an answer, each with its citation and sentence, told from the kept values.

Telling computes nothing that the answer did not need, so it changes nothing. Sentences are marked with `_` where
they are written and translated when shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

from openhix.kernel import cents, percent
from openhix.kernel.facts import Facts, Input, Rule

CENTS, HUNDREDTHS, COUNT, YES_NO, DATE = "cents", "hundredths", "count", "yes_no", "date"
WORDS = "words"  # of a record: a marked phrase that stands for the value of an enumeration

Key = tuple[str, int]  # a fact and one row of its entity


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
        self._said: set[Key] = set()
        self._figures: dict[Key, Figure | None] = {}
        self._because: dict[Key, tuple[Key, ...]] = {}
        self._words_alone: dict[Key, bool] = {}

    def tell(self, name: str, row: int) -> Told:
        """The story of a fact of one row of its entity."""
        if (name, row) in self._said:
            return self.told(name, row, (), again=True)
        self._said.add((name, row))
        return self.told(name, row, tuple(self.tell(*reason) for reason in self.because(name, row)))

    def told(self, name: str, row: int, because: tuple[Told, ...], *, again: bool = False) -> Told:
        """One fact with its sentence, above the reasons that a story gives for it."""
        fact, figure, says = self.facts.rulebook.fact(name), self._figure(name, row), self.says(name, row)
        given = self._is_given(name, row)
        if given or isinstance(fact, Input):
            cites, figures = "", {name: figure} if figure is not None else {}
        else:
            cites, figures = fact.cites, self._figures_of(fact, row, says)
        unproven = self._rests_on_a_word(name, row)
        return Told(name, fact.entity.name, row, figure, says, figures, cites, given, unproven, again, because)

    def says(self, name: str, row: int) -> str:
        """The marked sentence; empty where the fact has none or is not known."""
        fact, figure = self.facts.rulebook.fact(name), self._figure(name, row)
        if not fact.says or figure is None or (isinstance(fact, Rule) and self._is_given(name, row)):
            return ""
        return fact.says.get(figure.value, "") if isinstance(fact.says, Mapping) else fact.says

    def because(self, name: str, row: int) -> tuple[Key, ...]:
        """The facts, and the rows of them, that this one rests on."""
        key = (name, row)
        if key not in self._because:
            self._because[key] = tuple(self._reasons(name, row))
        return self._because[key]

    def _reasons(self, name: str, row: int) -> Iterator[Key]:
        fact = self.facts.rulebook.fact(name)
        if isinstance(fact, Input) or self._is_given(name, row):
            return
        parameters = self.facts.rulebook.reasons[name]
        if fact.because and (figure := self._figure(name, row)) is not None:
            parameters = fact.because.get(figure.value, parameters)
        for parameter in parameters:
            yield from self._where(fact, parameter, row)

    def _is_given(self, name: str, row: int) -> bool:
        return name in self.facts.given and self.facts.given[name].is_known(row)

    def _rests_on_a_word(self, name: str, row: int) -> bool:
        if not self.facts.unproven:
            return False
        key = (name, row)
        if key not in self._words_alone:
            self._words_alone[key] = self._is_word_alone(name, row)
        return self._words_alone[key]

    def _is_word_alone(self, name: str, row: int) -> bool:
        if self._is_given(name, row) or isinstance(self.facts.rulebook.fact(name), Input):
            return name in self.facts.unproven
        return any(self._rests_on_a_word(*reason) for reason in self.because(name, row))

    def _figure(self, name: str, row: int) -> Figure | None:
        key = (name, row)
        if key not in self._figures:
            self._figures[key] = self._read(name, row)
        return self._figures[key]

    def _read(self, name: str, row: int) -> Figure | None:
        column = self.facts[name]
        if not column.is_known(row):
            return None
        unit = self.facts.rulebook.fact(name).unit
        value = column.values[row]
        return Figure(unit(int(value)) if isinstance(unit, type) else value.item(), unit)

    def _where(self, rule: Rule, parameter: str, row: int) -> list[tuple[str, int]]:
        """The fact and the rows of it that a parameter of a rule means for one row of the rule."""
        population = self.facts.population
        name = self.facts.rulebook.source(parameter)
        entity = self.facts.rulebook.fact(name).entity
        if entity is rule.entity:
            return [(name, row)]
        if entity.is_within(rule.entity):
            starts = population.starts_under(entity, rule.entity)
            end = starts[row + 1] if row + 1 < len(starts) else population.sizes[entity]
            return [(name, each) for each in range(int(starts[row]), int(end))]
        here, at = rule.entity, row
        if parameter.startswith("their_") and here.part_of is not None and population.counted is not None:
            here, at = here.part_of, int(population.counted[row])
        while here is not entity and here.part_of is not None:
            here, at = here.part_of, int(population.groups[here][at])
        return [(name, at)]

    def _figures_of(self, rule: Rule, row: int, says: str) -> dict[str, Figure]:
        """What the placeholders of a sentence stand for: the rule's own fact and its parameters."""
        figures = {}
        for wanted in _placeholders(says):
            name, at = (rule.name, row) if wanted == rule.name else self._where(rule, wanted, row)[0]
            figure = self._figure(name, at)
            if figure is not None:
                figures[wanted] = figure
        return figures


@cache
def _placeholders(says: str) -> tuple[str, ...]:
    return tuple(wanted for _text, wanted, _spec, _conversion in Formatter().parse(says) if wanted is not None)
