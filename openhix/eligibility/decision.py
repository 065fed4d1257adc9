"""One household's answer: what the rules found, and where they leave a person to the staff. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from openhix.application.answers import Answers
from openhix.eligibility import queries, telling
from openhix.eligibility.mapping import SHARED_FACTS, Mapped, facts_of
from openhix.eligibility.rules import limits
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.rules.credit import Window
from openhix.eligibility.rules.limits import Found, Limit
from openhix.eligibility.rules.program import Program
from openhix.kernel.facts import Facts
from openhix.kernel.story import Told
from openhix.law.tables import Law
from openhix.plans.shelf import Shelf

NOTHING: Mapping[str, frozenset[str]] = MappingProxyType({})


@dataclass(frozen=True)
class PersonAnswer:
    """One person. Without a program the person does not apply, or `undecided` says why there is none yet.

    `contribution` is monthly cents in the lowest-cost ConnectorCare plan.
    """

    key: str
    applying: bool
    program: Program | None = None
    plan_type: PlanType = PlanType.NONE
    contribution: int | None = None
    undecided: tuple[Limit, ...] = ()
    unproven: bool = False
    story: Told | None = None


@dataclass(frozen=True)
class Decision:
    """The whole household. Monthly cents and hundredths of a percent; None where a figure does not apply."""

    people: tuple[PersonAnswer, ...]
    given: dict[str, Any]
    fpl_percent: int | None = None
    benchmark_premium: int | None = None
    expected_contribution: int | None = None
    monthly_credit: int | None = None


def decide(
    answers: Answers,
    *,
    law: Law,
    shelf: Shelf,
    on_word: Mapping[str, frozenset[str]] = NOTHING,
    elsewhere: frozenset[str] = frozenset(),
) -> Decision:
    """`on_word`: by person, the facts that are still to be proved. `elsewhere`: who may be on another application too.

    Raises geography.NotFound and ValueError for answers that no complete application holds.
    """
    household = limits.Household.of(answers, law, elsewhere)
    mapped = facts_of(household)
    if mapped is None:
        undecided = limits.undecided(household, {})
        return Decision(people=_people(answers, undecided, {}, on_word), given={"people": [], "facts": {}})
    shared = {fact for key in mapped.keys for fact in on_word.get(key, frozenset())} & SHARED_FACTS
    facts = queries.determine(households=mapped.households, law=law, shelf=shelf, unproven=shared)
    found = _found(facts, mapped)
    undecided = limits.undecided(household, found)
    decided = {key for key, reasons in undecided.items() if not reasons}
    answered = {
        key: _answer(facts, row, key, story)
        for row, (key, story) in enumerate(zip(mapped.keys, telling.spoken(facts, len(mapped.keys)), strict=True))
        if key in decided
    }
    decision = Decision(people=_people(answers, undecided, answered, on_word), given=mapped.given())
    return _with_figures(decision, facts, found, answers)


def _found(facts: Facts, mapped: Mapped) -> dict[str, Found]:
    window = Window(int(facts["credit_window"].values[0]))
    credit_known = facts["monthly_credit"].is_known(0)
    programs = facts["program"].values
    return {key: Found(Program(int(programs[row])), window, credit_known) for row, key in enumerate(mapped.keys)}


def _answer(facts: Facts, row: int, key: str, story: Told) -> PersonAnswer:
    contribution = facts["contribution"]
    return PersonAnswer(
        key=key,
        applying=True,
        program=Program(int(facts["program"].values[row])),
        plan_type=PlanType(int(facts["plan_type"].values[row])),
        contribution=int(contribution.values[row]) if contribution.is_known(row) else None,
        unproven=story.unproven,
        story=story,
    )


def _people(
    answers: Answers,
    undecided: Mapping[str, tuple[Limit, ...]],
    answered: Mapping[str, PersonAnswer],
    on_word: Mapping[str, frozenset[str]],
) -> tuple[PersonAnswer, ...]:
    """Everyone on the application in its order; what is still to be proved of someone marks that person's answer.

    That the household lives in the state is proved by one for all (45 CFR 155.305(a)(3)).
    """
    residence = any("place" in facts for facts in on_word.values())
    people = []
    for person in answers.people:
        reasons = undecided.get(person.key, ())
        here = answered.get(person.key) or PersonAnswer(person.key, person.applying, undecided=reasons)
        own = person.applying and (residence or bool(on_word.get(person.key)))
        people.append(replace(here, unproven=here.unproven or own))
    return tuple(people)


def _with_figures(decision: Decision, facts: Facts, found: Mapping[str, Found], answers: Answers) -> Decision:
    """The figures that someone's decided answer rests on: the percentage, and those of the credit."""
    if not answers.seeks_help or not any(each.program for each in decision.people):
        return decision
    decision = replace(decision, fpl_percent=_figure(facts, "fpl_percent"))
    if not any(each.program and limits.shares_credit(found[each.key]) for each in decision.people):
        return decision
    return replace(
        decision,
        benchmark_premium=_figure(facts, "benchmark_premium"),
        expected_contribution=_figure(facts, "expected_contribution"),
        monthly_credit=_figure(facts, "monthly_credit"),
    )


def _figure(facts: Facts, name: str) -> int | None:
    column = facts[name]
    return int(column.values[0]) if column.is_known(0) else None
