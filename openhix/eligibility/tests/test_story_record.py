"""A story that was kept is told again, in any language, exactly as it was told when it was made."""

from __future__ import annotations

import json
from datetime import date
from enum import EnumMeta

from openhix.eligibility import decision, telling
from openhix.eligibility.rules.connectorcare import PlanType
from openhix.eligibility.telling import Reason
from openhix.eligibility.tests.applications import answers, person
from openhix.kernel.story import CENTS, DATE, HUNDREDTHS, YES_NO, Figure, Told
from openhix.law.tables import Law
from openhix.plans.shelf import shipped


def told() -> Told:
    made = decision.decide(
        answers(person("p1", date(1985, 2, 28), dollars=22_500)), law=Law(date(2026, 1, 1)), shelf=shipped(2026)
    )
    assert made.people[0].story is not None
    return made.people[0].story


def test_what_was_kept_as_json_is_told_again_in_every_language() -> None:
    story = told()
    kept = Told.from_record(json.loads(json.dumps(story.as_record())))
    for translate in (str, lambda sentence: f"¡{sentence}!"):
        assert Reason.of(kept, translate) == Reason.of(story, translate)
    assert kept.as_record() == story.as_record()


def test_a_kept_story_holds_no_value_that_needs_the_rules_of_its_day() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(plain(each) for each in value.values())
        if isinstance(value, list):
            return all(plain(each) for each in value)
        return type(value) in (str, int, bool, type(None)) and not isinstance(type(value), EnumMeta)

    assert plain(told().as_record())


def test_each_kind_of_figure_comes_back_with_its_words() -> None:
    for figure, words in (
        (Figure(421_95, CENTS), "$421.95"),
        (Figure(143_77, HUNDREDTHS), "143.77%"),
        (Figure(True, YES_NO), "yes"),
        (Figure(date(1985, 2, 28), DATE), "1985-02-28"),
        (Figure(PlanType.TYPE_2A, PlanType), "ConnectorCare Plan Type 2A"),
    ):
        assert Figure.from_record(json.loads(json.dumps(figure.as_record()))).text() == figure.text() == words


def test_a_story_speaks_of_nobody_else() -> None:
    people = answers(
        person("p1", date(1985, 2, 28), dollars=60_000),
        person("p2", date(1986, 2, 28), "spouse"),
        person("p3", date(2018, 2, 28), "child"),
    )
    made = decision.decide(people, law=Law(date(2026, 1, 1)), shelf=shipped(2026))
    for row, each in enumerate(made.people):
        assert each.story is not None
        assert {fact.row for fact in each.story.walk() if fact.entity == "person"} == {row}
    assert telling.Reason.of(made.people[2].story, str).because  # type: ignore[arg-type]
