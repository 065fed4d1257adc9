"""The story of each person as a page tells it: only facts that have a sentence, each said once, nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openhix.eligibility.rules.people import PERSON
from openhix.kernel.facts import Facts
from openhix.kernel.story import Storyteller, Told


@dataclass(frozen=True)
class Reason:
    """A sentence in the reader's language, the law that it follows, and the reasons behind it."""

    sentence: str
    cites: str
    unproven: bool
    because: tuple[Reason, ...]


def stories(facts: Facts, people: int, translate: Callable[[str], str]) -> list[Reason]:
    """Why each person has the program that the estimate gives, in the order of the people."""
    teller = Storyteller(facts)
    told = [teller.tell("program", person) for person in range(people)]
    full: dict[tuple[str, int], Told] = {}
    for each in told:
        full.update({(fact.name, fact.row): fact for fact in each.walk()})
    persons = {name for name, rule in facts.rulebook.rules.items() if rule.entity == PERSON}

    def reasons(fact: Told, person: int, said: set[tuple[str, int]]) -> Iterator[Reason]:
        key = (fact.name, fact.row)
        if key in said or (fact.name in persons and fact.row != person):
            return
        said.add(key)
        complete = full.get(key, fact)
        because = tuple(each for reason in complete.because for each in reasons(reason, person, said))
        if complete.says:
            yield Reason(complete.sentence(translate), complete.cites, complete.unproven, because)
        else:
            yield from because

    return [next(reasons(each, person, set())) for person, each in enumerate(told)]
