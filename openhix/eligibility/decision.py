"""One household's answer: what the rules found, and where they leave a person to the staff. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from openhix.application.answers import Answers, PersonAnswers
from openhix.eligibility import queries, telling
from openhix.eligibility.mapping import SHARED_FACTS, Mapped, facts_of
from openhix.eligibility.rules import limits
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.cost_sharing import Variant
from openhix.eligibility.rules.limits import Found, Limit
from openhix.eligibility.rules.people import PERSON
from openhix.eligibility.rules.program import Also, Program
from openhix.eligibility.settled import NotShown, why_not
from openhix.kernel.facts import Facts
from openhix.kernel.story import Told
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf

NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True)
class PersonAnswer:
    """One person. Without a program the person does not apply, or `undecided` says why there is none yet.

    `contribution` is monthly cents in the lowest-cost ConnectorCare plan; `also` what stands beside the program;
    `federal_variant` the variant of a plan that this person can have alone, `silver_variant` the one that income alone
    gives in a silver plan; `tax_household` the number of the person's own.
    """

    key: str
    applying: bool
    tax_household: int
    program: Program | None = None
    also: Also = Also.NOTHING
    plan_type: PlanType = PlanType.NONE
    contribution: int | None = None
    federal_variant: Variant | None = None
    silver_variant: Variant | None = None
    undecided: tuple[Limit, ...] = ()
    unproven: bool = False
    story: Told | None = None


@dataclass(frozen=True)
class TaxHouseholdAnswer:
    """The figures of one tax household on which somebody's answer rests. Monthly cents and hundredths of a percent."""

    number: int
    fpl_percent: int | None
    benchmark_premium: int | None = None
    expected_contribution: int | None = None
    monthly_credit: int | None = None


@dataclass(frozen=True)
class Decision:
    """The whole household; tax households stand in the order of who files them."""

    people: tuple[PersonAnswer, ...]
    given: dict[str, Any]
    tax_households: tuple[TaxHouseholdAnswer, ...] = ()


def decide(
    answers: Answers,
    *,
    law: Law,
    shelf: Shelf,
    on_word: Mapping[str, frozenset[str]] = NOTHING,
    elsewhere: frozenset[str] = frozenset(),
    not_shown: Sequence[NotShown] = (),
) -> Decision:
    """`on_word`: by person, the facts that are still to be proved. `elsewhere`: who may be on another application too.
    `not_shown`: what the answers do not have as it was told, for the stories to begin with.

    Raises geography.NotFound and ValueError for answers that no complete application holds.
    """
    mapped = facts_of(answers)
    shared = {fact for key in mapped.keys for fact in on_word.get(key, frozenset())} & SHARED_FACTS
    facts = queries.determine(households=mapped.households, law=law, shelf=shelf, unproven=shared)
    found = _found(facts, mapped)
    undecided = limits.undecided(limits.Household(answers, law, elsewhere), found)
    stories = telling.spoken(facts, len(mapped.keys))
    people = [
        _answer(facts, row, answers.person(key), undecided.get(key, ()), _begun(stories[row], why_not(key, not_shown)))
        for key, row in mapped.rows.items()
    ]
    figures = _figures(facts, people, found) if answers.seeks_help else ()
    return Decision(people=_marked(people, on_word), given=mapped.given(), tax_households=figures)


def _found(facts: Facts, mapped: Mapped) -> dict[str, Found]:
    number = facts.population.groups[PERSON]
    return {
        key: Found(
            program=Program(int(facts["program"].values[row])),
            tax_household=int(number[row]),
            shares_credit=bool(facts["may_have_credit"].values[row]),
            credit_known=facts["monthly_credit"].is_known(int(number[row])),
            affordable_offer=int(facts["affordable_offer"].values[number[row]]),
        )
        for key, row in mapped.rows.items()
    }


def _begun(story: Told, because: tuple[Told, ...]) -> Told:
    return replace(story, because=(*because, *story.because))


def _answer(facts: Facts, row: int, person: PersonAnswers, undecided: tuple[Limit, ...], story: Told) -> PersonAnswer:
    number = int(facts.population.groups[PERSON][row])
    if undecided or not person.applying:
        return PersonAnswer(person.key, person.applying, number, undecided=undecided)
    contribution = facts["contribution"]
    return PersonAnswer(
        key=person.key,
        applying=True,
        tax_household=number,
        program=Program(int(facts["program"].values[row])),
        also=Also(int(facts["also"].values[row])),
        plan_type=PlanType(int(facts["plan_type"].values[row])),
        contribution=int(contribution.values[row]) if contribution.is_known(row) else None,
        federal_variant=Variant(int(facts["federal_variant"].values[row])),
        silver_variant=Variant(int(facts["silver_variant"].values[row])),
        unproven=story.unproven,
        story=story,
    )


def _marked(people: Sequence[PersonAnswer], on_word: Mapping[str, frozenset[str]]) -> tuple[PersonAnswer, ...]:
    """What is still to be proved of someone marks that person's answer.

    That the household lives in the state is proved by one for all (45 CFR 155.305(a)(3)).
    """
    residence = any("place" in facts for facts in on_word.values())
    return tuple(
        replace(each, unproven=each.unproven or (each.applying and (residence or bool(on_word.get(each.key)))))
        for each in people
    )


def _figures(
    facts: Facts, people: Sequence[PersonAnswer], found: Mapping[str, Found]
) -> tuple[TaxHouseholdAnswer, ...]:
    """The figures that someone's decided answer rests on: the percentage of who files, and those of the credit."""
    decided = [each for each in people if each.program]
    sharing = {each.tax_household for each in decided if found[each.key].shares_credit}
    files = facts["files_return"].values
    return tuple(
        TaxHouseholdAnswer(
            number,
            _figure(facts, "fpl_percent", number),
            *(_figure(facts, name, number) if number in sharing else None for name in OF_THE_CREDIT),
        )
        for number in sorted({each.tax_household for each in decided})
        if files[number]
    )


OF_THE_CREDIT = ("benchmark_premium", "expected_contribution", "monthly_credit")


def _figure(facts: Facts, name: str, number: int) -> int | None:
    column = facts[name]
    return int(column.values[number]) if column.is_known(number) else None
