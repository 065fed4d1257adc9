"""The engine: order, columns and what is known of them, given facts, groups and pairs, rulebooks that do not fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from openhix.kernel.facts import Column, Entity, FactError, Facts, Input, Ints, Population, Rule, Rulebook, rule
from openhix.kernel.tests.a_rulebook import BOOK, HOUSE, TOWN, column, module, population, run, told


def test_rules_run_in_the_order_in_which_they_need_each_other() -> None:
    facts = run((2, 1), tax=column(1_000, 3_000, 9_000))
    assert told(facts["left"]) == [3_000, 1_000, 0]


def test_each_rule_runs_once_and_only_when_it_is_needed() -> None:
    runs: list[str] = []

    def counting(name: str, *needs: str) -> Rule:
        def function(*_needed: Ints) -> Ints:
            runs.append(name)
            return np.zeros(1, dtype=np.int64)

        return Rule(name, TOWN, function, needs, "1 CFR 1")

    rules = {"a": counting("a"), "b": counting("b", "a"), "c": counting("c", "a", "b"), "d": counting("d", "c")}
    facts = Facts(Rulebook([module(rules)], shared=()), population(1), {}, {})
    for _ in range(2):
        facts["c"]
    assert runs == ["a", "b", "c"]


def test_a_group_sees_its_members_and_the_members_their_group() -> None:
    facts = run((2, 3, 1), tax=column(1, 2, 3, 4, 5, 6))
    assert told(facts["town_tax"]) == [3, 12, 6]
    assert told(facts["left"]) == [2, 1, 9, 8, 7, 0]


def test_pairs_see_both_sides_within_their_group() -> None:
    facts = run((3, 2), tax=column(10, 30, 20, 5, 5))
    assert told(facts["richer"]) == [0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]
    assert told(facts["richer_neighbors"]) == [2, 0, 1, 0, 0]
    assert told(facts["envies"]) == [1, 0, 1, 0, 0]


def test_members_are_seen_however_many_steps_down() -> None:
    facts = run((3, 1, 2), tax=column(10, 30, 20, 7, 5, 6))
    assert told(facts["envious_looks"]) == [3, 0, 1]
    assert told(run((2, 1), tax=column(10, None, 7))["envious_looks"]) == [None, 0]


def test_a_pair_sees_what_the_other_side_is_part_of() -> None:
    facts = run((2, 1), tax=column(10, 30, 7))
    assert told(facts["rest_of_their_town"]) == [30, 10, 30, 10, 0]


def test_what_is_not_known_of_one_row_is_not_known_of_what_rests_on_it() -> None:
    facts = run((2, 1), tax=column(1_000, None, 9_000))
    assert told(facts["town_tax"]) == [None, 9_000]
    assert told(facts["left"]) == [None, None, 0]
    assert told(facts["size"]) == [None, 1]


def test_an_input_that_nobody_told_is_unknown_not_zero() -> None:
    facts = run((2,))
    assert told(facts["tax"]) == [None, None]
    assert told(facts["town_tax"]) == [None]


def test_what_is_not_known_of_one_side_is_not_known_of_the_pair() -> None:
    assert told(run((2,), tax=column(10, None))["richer"]) == [0, None, None, None]


def test_a_rule_may_know_its_answer_for_some_rows_only() -> None:
    facts = run((3,), tax=column(1_000, 2_000, None))
    assert told(facts["rebate"]) == [None, 200, None]
    assert told(run((3,), tax=column(999, 1_000, None))["gift"]) == [500, None, None]


def test_a_rule_may_do_without_a_fact_that_it_may_lack() -> None:
    assert told(run((3,), tax=column(1_000, 2_000, None))["bill"]) == [1_000, 1_800, None]


def test_a_given_fact_wins_over_its_rule() -> None:
    facts = run((2, 1), tax=column(1_000, 3_000, 9_000), town_tax=column(7, 8))
    assert told(facts["left"]) == [7 - 1_000, 7 - 3_000, 8 - 9_000]


def test_a_given_fact_wins_row_by_row() -> None:
    facts = run((1, 1), tax=column(1_000, 9_000), town_tax=column(None, 8))
    assert told(facts["town_tax"]) == [1_000, 8]


def test_a_given_row_is_known_where_its_rule_does_not_know() -> None:
    facts = run((2,), tax=column(None, None), rebate=column(50, None))
    assert told(facts["rebate"]) == [50, None]


def test_the_rule_of_a_fact_that_is_given_whole_does_not_run() -> None:
    facts = run((1,), town_tax=column(7), tax=column(1))
    facts["left"]
    assert told(facts["town_tax"]) == [7]
    assert told(run((1,), threshold=column(3), town_tax=column(4))["size"]) == [1]


def test_a_rule_can_ask_what_was_given() -> None:
    told_to_us = run((2,), tax=column(500, 500), number=column(3, None))
    assert told(told_to_us["bill_with_surcharge"]) == [600, 500]
    assert told(run((2,), tax=column(500, 500))["bill_with_surcharge"]) == [500, 500]
    assert told(run((2,), tax=column(500, 500), number=np.array([3, 4]))["bill_with_surcharge"]) == [600, 600]


def test_a_shared_value_reaches_the_rule_whole() -> None:
    for law, expected in ((99, 1), (100, 0)):
        assert told(Facts(BOOK, population(1), {"tax": column(100)}, {"law": law})["size"]) == [expected]


def test_one_group_alone_or_among_others_has_the_same_facts() -> None:
    taxes = [[1_000, 3_000], [9_000], [10, 20, 30]]
    together = run((2, 1, 3), tax=column(*(each for town in taxes for each in town)))
    apart = [run((len(town),), tax=column(*town)) for town in taxes]
    for name in ("town_tax", "left", "richer_neighbors", "size", "bill"):
        assert told(together[name]) == [value for facts in apart for value in told(facts[name])]


def test_a_question_that_nobody_can_answer_is_refused() -> None:
    with pytest.raises(FactError, match="'wealth'"):
        run((1,))["wealth"]


def test_giving_a_fact_that_is_none_is_refused() -> None:
    with pytest.raises(FactError, match="'wealth'"):
        run((1,), wealth=column(1))


def broken(*rules: Rule, **inputs: Input) -> Rulebook:
    return Rulebook([module({**{each.name: each for each in rules}, **inputs})], shared=("law",))


def a_rule(name: str, *needs: str, entity: Entity = TOWN) -> Rule:
    return Rule(name, entity, lambda *given: np.zeros(1, dtype=np.int64), needs, "1 CFR 1")


def test_rules_that_go_round_in_a_circle_are_refused_and_named() -> None:
    with pytest.raises(FactError, match="a -> b -> c -> a"):
        broken(a_rule("a", "b"), a_rule("b", "c"), a_rule("c", "a"))


def test_a_rule_that_needs_itself_is_refused() -> None:
    with pytest.raises(FactError, match="a -> a"):
        broken(a_rule("a", "a"))


def test_what_was_given_for_a_fact_makes_no_circle() -> None:
    book = broken(a_rule("a", "given_b"), a_rule("b", "a"))
    assert book.needs(book.rules["a"]) == ["b"]


def test_a_rule_that_needs_what_nothing_establishes_is_refused() -> None:
    with pytest.raises(FactError, match="'wealth'"):
        broken(a_rule("a", "wealth"))


def test_a_shared_value_needs_no_rule() -> None:
    assert broken(a_rule("a", "law")).needs(broken(a_rule("a", "law")).rules["a"]) == []


def test_a_fact_of_another_family_of_entities_is_refused() -> None:
    elsewhere = Entity("elsewhere")
    book = broken(a_rule("a", "b"), a_rule("b", entity=elsewhere))
    with pytest.raises(FactError, match="town is not part of elsewhere"):
        Facts(book, Population({TOWN: 1, elsewhere: 1}, {}), {}, {})["a"]


def test_a_look_at_others_needs_pairs() -> None:
    without = population(2)
    without.counted = None
    with pytest.raises(FactError, match="no pairs"):
        Facts(BOOK, without, {"tax": column(1, 2)}, {"law": 0})["richer"]


def test_the_decorator_keeps_the_law_and_the_name() -> None:
    @rule(HOUSE, cites="211 CMR 66.07", says="{x}", may_lack=["y"])
    def x(y: Column, law: Any) -> Ints:
        return y.values

    assert (x.name, x.entity, x.cites, x.parameters, x.may_lack) == (
        "x",
        HOUSE,
        "211 CMR 66.07",
        ("y", "law"),
        frozenset({"y"}),
    )
    assert np.array_equal(np.asarray(x(Column(np.array([3])), None)), [3])
