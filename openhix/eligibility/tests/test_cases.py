"""The case tables beside the rules, run through the engine; and no rule without a law and a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from openhix.eligibility import queries, rules
from openhix.eligibility.tests import households_in_words as words
from openhix.kernel.tests.case_tables import CITATION, Case, read

RULES = Path(rules.__file__).parent
OTHERS = {"limits"}  # plain functions, with tests of their own
CASES = [
    case
    for path in sorted(RULES.glob("*.cases.md"))
    if path.name.removesuffix(".cases.md") not in OTHERS
    for case in read(path)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case(case: Case) -> None:
    facts = words.determine(case.given)
    told = {name: words.answer(facts, name) for name in case.expected}
    assert told == {name: words.expected(name, text) for name, text in case.expected.items()}


@pytest.mark.parametrize("name", queries.rulebook().rules)
def test_every_rule_names_its_law_and_has_a_case(name: str) -> None:
    rule = queries.rulebook().rules[name]
    home = rule.function.__module__.rpartition(".")[2]
    assert CITATION.search(rule.cites)
    assert any(name in case.expected and case.file == home for case in CASES), f"add a case to {home}.cases.md"
