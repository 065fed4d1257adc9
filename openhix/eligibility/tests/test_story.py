"""Every sentence of the rules can be said, and is said in some case; saying it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

import pytest

from openhix.eligibility import queries, telling
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.test_cases import CASES
from openhix.kernel.facts import Facts, Rule
from openhix.kernel.story import Storyteller, Told

RULES = queries.rulebook().rules
A_FAMILY = {"month": "2026-01", "zip": "02118", "people": "filer 40 $60,000; spouse 38; child 6"}


def sentences(rule: Rule) -> Iterator[str]:
    if isinstance(rule.says, Mapping):
        yield from rule.says.values()
    elif rule.says:
        yield rule.says


def every_fact(facts: Facts) -> Iterator[Told]:
    """Every rule's fact of every row, by one teller."""
    teller = Storyteller(facts)
    for name, rule in RULES.items():
        for row in range(facts.population.sizes[rule.entity]):
            yield teller.tell(name, row)


@pytest.mark.parametrize("name", RULES)
def test_a_sentence_speaks_of_its_own_fact_and_what_that_rests_on(name: str) -> None:
    rule, book = RULES[name], queries.rulebook()
    for sentence in sentences(rule):
        for _text, wanted, _spec, _conversion in Formatter().parse(sentence):
            if wanted is not None:
                assert wanted in {name, *rule.parameters}
                assert book.fact(wanted).entity.part_of != rule.entity, f"{wanted} is many to {name}"


@pytest.mark.parametrize("name", RULES)
def test_the_reasons_of_an_outcome_are_among_what_the_rule_needs(name: str) -> None:
    rule = RULES[name]
    for outcome, reasons in rule.because.items():
        assert set(reasons) <= set(rule.parameters)
        assert not isinstance(rule.unit, type) or isinstance(outcome, rule.unit)


def test_every_sentence_is_said_in_some_case_and_saying_it_changes_nothing() -> None:
    unsaid = {(name, sentence) for name, rule in RULES.items() for sentence in sentences(rule)}
    for case in {tuple(case.given.items()): case for case in CASES}.values():
        facts = words.determine(case.given)
        for told in every_fact(facts):
            sentence = told.sentence()
            assert "{" not in sentence
            if told.figure is not None and not told.given:
                unsaid.discard((told.name, told.says))
        assert {name: words.answer(facts, name) for name in case.expected} == {
            name: words.expected(name, text) for name, text in case.expected.items()
        }
    assert not unsaid


def test_the_story_of_a_family() -> None:
    story = Storyteller(words.determine(A_FAMILY)).tell("program", 0)
    facts = [(told.name, told.row) for told in story.walk()]
    assert len(facts) == len(set(facts)), "no fact is told twice"
    said = [told.sentence() for told in story.walk() if told.says]
    assert said[-1] == "This person may qualify for ConnectorCare: ConnectorCare Plan Type 3A."
    for sentence in (
        "At 225.14% of the poverty level this person cannot have MassHealth: "
        "the limit for this age and situation is 138.00%.",
        "The federal poverty level for a tax household of 3 is $26,650.00 a year.",
        "With income at 225.14% of the poverty level, you are expected to pay 7.53% of it for the benchmark plan.",
        "7.53% of $60,000.00, by the month, is $376.50.",
        "Your tax credit is the benchmark of $978.28 less $376.50: $601.78 a month. "
        "If that is less than zero, it is zero.",
    ):
        assert sentence in said


def test_a_reason_stands_before_what_it_explains() -> None:
    names = [told.name for told in Storyteller(words.determine(A_FAMILY)).tell("program", 0).walk()]
    for reason, answer in (
        ("poverty_guideline", "fpl_percent"),
        ("benchmark_premium", "monthly_credit"),
        ("monthly_credit", "program"),
    ):
        assert names.index(reason) < names.index(answer)


def test_an_unproven_income_marks_all_that_follows_from_it() -> None:
    facts = words.determine(A_FAMILY)
    on_trust = Facts(facts.rulebook, facts.population, facts.given, facts.shared, unproven=["annual_income"])
    marks = {told.name: told.unproven for told in Storyteller(on_trust).tell("program", 0).walk()}
    assert marks["annual_income"] and marks["fpl_percent"] and marks["monthly_credit"] and marks["program"]
    assert not marks["tax_household_size"] and not marks["standard_limit"]
    assert not any(told.unproven for told in Storyteller(facts).tell("program", 0).walk())


def test_the_story_names_the_scenario_where_it_is_not_the_law() -> None:
    law, scenario = (words.determine({**A_FAMILY, "scenario": name}) for name in ("current-law", "enhanced-500"))
    sentence = (
        "This is not the law as it is. It follows a scenario: "
        "Enhanced credits in 2026, up to 500% of the poverty level."
    )
    for person, told in enumerate(telling.spoken(scenario, 3)):
        assert told.because[0].sentence() == sentence
        assert telling.why(scenario, person).reasons()[0].sentence() == sentence
        assert Told.from_record(told.as_record()).because[0] == told.because[0]
    assert not any(each.name == "scenario" for told in telling.spoken(law, 3) for each in told.walk())
