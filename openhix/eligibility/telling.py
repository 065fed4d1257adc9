"""The story of each person as it is told: only facts that have a sentence, each said once, nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from openhix.eligibility.rules.people import PERSON
from openhix.kernel.facts import Facts
from openhix.kernel.story import WORDS, Figure, Key, Storyteller, Told
from openhix.law.tables import Scenario


@dataclass(frozen=True)
class Reason:
    """A sentence in the reader's language, the law that it follows, and the reasons behind it."""

    sentence: str
    cites: str
    unproven: bool
    because: tuple[Reason, ...]

    @classmethod
    def of(cls, told: Told, translate: Callable[[str], str]) -> Reason:
        """A story made by `spoken`, or one that was kept, in the reader's language."""
        because = tuple(cls.of(each, translate) for each in told.because)
        return cls(told.sentence(translate), told.cites, told.unproven, because)


def why(facts: Facts, person: int) -> Told:
    """Why a person has the program that the rules found. A scenario is named before all else."""
    return _by_scenario(Storyteller(facts).tell("program", person), facts)


def _by_scenario(story: Told, facts: Facts) -> Told:
    scenario: Scenario = facts.shared["law"].scenario
    if scenario.is_current_law:
        return story
    figure = Figure(scenario.title, WORDS)
    says = "This is not the law as it is. It follows a scenario: {scenario}."  # for staff, who read English
    law, figures = f"scenario {scenario.name}", {"scenario": figure}
    named = Told("scenario", story.entity, story.row, figure, says, figures, law, True, False, False, ())
    return replace(story, because=(named, *story.because))


def spoken(facts: Facts, people: int) -> list[Told]:
    """Why each person has the program that the rules found, in the order of the people; nothing silent is left."""
    teller = Storyteller(facts)
    persons = {name for name, rule in facts.rulebook.rules.items() if rule.entity is PERSON}

    def reasons(name: str, row: int, person: int, said: set[Key]) -> Iterator[Told]:
        if (name, row) in said or (name in persons and row != person):
            return
        said.add((name, row))
        because = tuple(each for reason in teller.because(name, row) for each in reasons(*reason, person, said))
        if teller.says(name, row):
            yield teller.told(name, row, because)
        else:
            yield from because

    def whole(person: int) -> Told:
        """The program, and behind it what stands beside."""
        said: set[Key] = set()
        told = next(reasons("program", person, person, said))
        return replace(told, because=(*told.because, *reasons("also", person, person, said)))

    return [_by_scenario(whole(person), facts) for person in range(people)]


def stories(facts: Facts, people: int, translate: Callable[[str], str]) -> list[Reason]:
    """The same in the reader's language."""
    return [Reason.of(each, translate) for each in spoken(facts, people)]
