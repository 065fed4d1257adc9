"""Rules are columns of facts: a small engine that asks each rule once and remembers what it said.

A rule is a pure function. Its name is the fact that it establishes, its parameters are the facts it needs, and it
says which law it carries out. Values are NumPy columns, so one household and a million run through the same code.
A column knows which of its rows are known: a missing answer is not a zero.

A rule sees facts from where it stands, however many steps up or down: a person's rule gets a household's fact as
that person's household has it; a household's rule gets its people's facts as `Members`, to be used through
`sum_over`, `any_of`, `count_of`.
A pair (who may count whom) sees people's facts as `my_...` and `their_...`. A parameter `given_x` is what was given
for x, and `law`, `shelf` and the like are values that the whole run shares.

A fact that is given wins over its rule, row by row: what-if, overrides by staff and tests work that way.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import MappingProxyType, ModuleType
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class FactError(LookupError):
    """A rulebook that does not fit together, or a question that cannot be answered."""


class Column(NamedTuple):
    """A fact: one value a row, and which rows are known (None: all of them)."""

    values: Array
    known: Bools | None = None

    @property
    def known_rows(self) -> Bools:
        """`known` written out: yes or no for each row."""
        return np.ones(len(self.values), dtype=np.bool_) if self.known is None else self.known

    def is_known(self, row: int) -> bool:
        return self.known is None or bool(self.known[row])


class Members(NamedTuple):
    """A fact of the many, seen from the one that they belong to: rows in order, and where each group starts."""

    values: Array
    starts: Ints
    known: Bools | None = None


def sum_over(members: Members) -> Ints:
    return np.asarray(np.add.reduceat(members.values, members.starts), dtype=np.int64)


def any_of(members: Members) -> Bools:
    return np.asarray(np.logical_or.reduceat(members.values, members.starts), dtype=np.bool_)


def count_of(members: Members) -> Ints:
    """How many of the group's rows are true; of a column that is not yes or no, how many rows there are."""
    ones = members.values if members.values.dtype == np.bool_ else np.ones(len(members.values), dtype=np.bool_)
    return np.asarray(np.add.reduceat(ones.astype(np.int64), members.starts), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Entity:
    """What a fact is about. `part_of` is the entity that its rows are grouped under, in order.

    An entity is itself alone: to compare and to hash it by its parts would take a fifth of one household's time.
    """

    name: str
    part_of: Entity | None = None

    def is_within(self, other: Entity) -> bool:
        """Whether its rows are grouped under `other`, however many steps below."""
        return self.part_of is not None and (self.part_of == other or self.part_of.is_within(other))


@dataclass(frozen=True)
class Input:
    """A fact that only the household can tell: no rule establishes it."""

    entity: Entity
    unit: Any = None
    says: str = ""
    name: str = ""


@dataclass(frozen=True)
class Rule:
    """A function with its law. `says` is a sentence, or one for each outcome; `because` may name, for an outcome,
    the parameters that decided it (the story follows only those)."""

    name: str
    entity: Entity
    function: Callable[..., Array | Column]
    parameters: tuple[str, ...]
    cites: str
    unit: Any = None
    says: str | Mapping[Any, str] = ""
    because: Mapping[Any, tuple[str, ...]] = field(default_factory=dict)
    may_lack: frozenset[str] = frozenset()

    def __call__(self, *arguments: Any) -> Array | Column:
        return self.function(*arguments)


def rule(
    entity: Entity,
    *,
    cites: str,
    unit: Any = None,
    says: str | Mapping[Any, str] = "",
    because: Mapping[Any, tuple[str, ...]] = MappingProxyType({}),
    may_lack: Iterable[str] = (),
) -> Callable[[Callable[..., Array | Column]], Rule]:
    """Make a function a rule. It runs where all its parameters are known, but those it `may_lack` come as Columns."""

    def make(function: Callable[..., Array | Column]) -> Rule:
        name = getattr(function, "__name__", "")
        parameters = tuple(inspect.signature(function).parameters)
        return Rule(name, entity, function, parameters, cites, unit, says, because, frozenset(may_lack))

    return make


def group_starts(ascending: Array) -> Ints:
    """The first row of each run of equal values."""
    changes = np.flatnonzero(ascending[1:] != ascending[:-1]) + 1
    return np.concatenate([np.zeros(min(len(ascending), 1), dtype=np.int64), changes])


class Population:
    """How many rows each entity has, and how they hang together.

    `groups` says for each row of an entity which row of its `part_of` it belongs to; it must be ascending and leave
    no group empty. `counted` says for each pair which person is looked at (the pair belongs to the one who looks).
    """

    def __init__(self, sizes: Mapping[Entity, int], groups: Mapping[Entity, Ints], counted: Ints | None = None):
        self.sizes = dict(sizes)
        self.groups = dict(groups)
        self.counted = counted
        self.starts = {entity: group_starts(index) for entity, index in self.groups.items()}

    def up(self, values: Array, entity: Entity, to: Entity) -> Array:
        """A column of `to` as the rows of `entity` see it, however many steps below they stand."""
        if entity is to:
            return values
        if entity.part_of is None:
            raise FactError(f"{entity.name} is not part of {to.name}")
        return self.up(values, entity.part_of, to)[self.groups[entity]]

    def starts_under(self, entity: Entity, top: Entity) -> Ints:
        """For each row of `top` the first row of `entity` that stands below it."""
        starts = self.starts[entity]
        if entity.part_of is None or entity.part_of == top:
            return starts
        return starts[self.starts_under(entity.part_of, top)]


class Rulebook:
    """All rules and inputs of some modules, checked to fit together."""

    def __init__(self, modules: Iterable[ModuleType], shared: Iterable[str]):
        self.shared = frozenset(shared)
        self.rules: dict[str, Rule] = {}
        self.inputs: dict[str, Input] = {}
        self._sources: dict[str, str] = {}
        for module in modules:
            for name, thing in vars(module).items():
                if isinstance(thing, Rule):
                    self.rules[thing.name] = thing
                elif isinstance(thing, Input):
                    self.inputs[name] = thing
        self._check()
        self.reasons = {name: self._reasons(each) for name, each in self.rules.items()}

    def _reasons(self, rule: Rule) -> tuple[str, ...]:
        """The parameters that speak of facts which the rules establish or people tell."""
        return tuple(each for each in rule.parameters if each not in self.shared and not each.startswith("given_"))

    def fact(self, name: str) -> Rule | Input:
        found = self.rules.get(name) or self.inputs.get(name)
        if found is None:
            alike = get_close_matches(name, [*self.rules, *self.inputs])
            hint = f": do you mean {' or '.join(alike)}?" if alike else ""
            raise FactError(f"no rule and no input establishes {name!r}{hint}")
        return found

    def source(self, parameter: str) -> str:
        """The fact that a parameter of a rule speaks of."""
        found = self._sources.get(parameter)
        if found is None:
            found = self._sources[parameter] = self._find_source(parameter)
        return found

    def _find_source(self, parameter: str) -> str:
        for prefix in ("given_", "my_", "their_"):
            if parameter.startswith(prefix) and parameter not in self.rules and parameter not in self.inputs:
                return parameter.removeprefix(prefix)
        return parameter

    def needs(self, rule: Rule) -> list[str]:
        return [self.source(each) for each in rule.parameters if each not in self.shared]

    def _check(self) -> None:
        done: set[str] = set()

        def visit(name: str, path: tuple[str, ...]) -> None:
            if name in path:
                raise FactError("rules go round in a circle: " + " -> ".join((*path, name)))
            if name in done or name in self.inputs:
                return
            for parameter in self.fact(name).parameters:  # type: ignore[union-attr]
                if parameter not in self.shared and not parameter.startswith("given_"):
                    visit(self.source(parameter), (*path, name))
            done.add(name)

        for name in self.rules:
            visit(name, ())


class Facts:
    """One run: what was given, and what the rules make of it when asked.

    `given` holds a column (or plain array) for each fact that is known from outside; `shared` the values that rules
    take whole (law, shelf). `unproven` names given facts that rest on a person's word alone.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        population: Population,
        given: Mapping[str, Array | Column],
        shared: Mapping[str, Any],
        unproven: Iterable[str] = (),
    ):
        self.rulebook = rulebook
        self.population = population
        self.shared = dict(shared)
        self.unproven = frozenset(unproven)
        self.given = {name: each if isinstance(each, Column) else Column(each) for name, each in given.items()}
        for name in self.given:
            rulebook.fact(name)
        self._kept: dict[str, Column] = {}
        self._seen: dict[tuple[Entity, str], Column | Members] = {}

    def __getitem__(self, name: str) -> Column:
        kept = self._kept.get(name)
        if kept is None:
            kept = self._kept[name] = self._establish(name)
        return kept

    def _establish(self, name: str) -> Column:
        given = self.given.get(name)
        found = self.rulebook.fact(name)
        if isinstance(found, Input):
            return given if given is not None else self._nothing(found.entity)
        if given is None:
            return self._run(found)
        if given.known is None:
            return given
        computed = self._run(found)
        known = None if computed.known is None else given.known | computed.known
        return Column(np.where(given.known, given.values, computed.values), known)

    def _nothing(self, entity: Entity) -> Column:
        size = self.population.sizes[entity]
        return Column(np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_))

    def _run(self, rule: Rule) -> Column:
        known: Bools | None = None
        arguments: list[Any] = []
        for parameter in rule.parameters:
            if parameter in self.shared:
                arguments.append(self.shared[parameter])
                continue
            seen = self.seen_from(rule, parameter)
            lacking_is_fine = parameter in rule.may_lack or parameter.startswith("given_")
            if lacking_is_fine or isinstance(seen, Members):
                arguments.append(seen)
            else:
                arguments.append(seen.values)
            if seen.known is None or lacking_is_fine:
                continue
            here = np.logical_and.reduceat(seen.known, seen.starts) if isinstance(seen, Members) else seen.known
            known = here if known is None else known & here
        answer = rule.function(*arguments)
        if not isinstance(answer, Column):
            return Column(answer, known)
        if answer.known is None or known is None:
            return Column(answer.values, known if answer.known is None else answer.known)
        return Column(answer.values, answer.known & known)

    def seen_from(self, rule: Rule, parameter: str) -> Column | Members:
        """A fact as a rule's entity sees it: its own, its group's, its members', my or their own."""
        key = (rule.entity, parameter)
        seen = self._seen.get(key)
        if seen is None:
            seen = self._seen[key] = self._look(rule, parameter)
        return seen

    def _look(self, rule: Rule, parameter: str) -> Column | Members:
        name = self.rulebook.source(parameter)
        fact = self.rulebook.fact(name)
        column = self[name] if parameter == name or not parameter.startswith("given_") else self._given_alone(name)
        if fact.entity is rule.entity:
            return column
        if fact.entity.is_within(rule.entity):
            return Members(column.values, self.population.starts_under(fact.entity, rule.entity), column.known)
        looked_at = self._looked_at(rule) if parameter.startswith("their_") else None

        def lift(values: Array) -> Array:
            if looked_at is None:
                return self.population.up(values, rule.entity, fact.entity)
            return self.population.up(values, looked_at, fact.entity)[self.population.counted]

        return Column(lift(column.values), None if column.known is None else lift(column.known))

    def _looked_at(self, rule: Rule) -> Entity:
        """What the other side of a pair is: the same as the side that looks."""
        if self.population.counted is None or rule.entity.part_of is None:
            raise FactError(f"rule {rule.name!r} looks at others, but the population has no pairs")
        return rule.entity.part_of

    def _given_alone(self, name: str) -> Column:
        given = self.given.get(name)
        return self._nothing(self.rulebook.fact(name).entity) if given is None else given
