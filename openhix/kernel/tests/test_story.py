"""The story: what is told of one row, in which words, and that telling changes nothing."""

from __future__ import annotations

import numpy as np

from openhix.kernel.facts import Facts
from openhix.kernel.story import CENTS, COUNT, DATE, HUNDREDTHS, YES_NO, Figure, Storyteller, Told
from openhix.kernel.tests.a_rulebook import BOOK, Size, column, population, run, told


def names(story: Told) -> list[str]:
    return [each.name for each in story.walk()]


def test_a_fact_is_told_with_its_reasons_law_and_figures() -> None:
    story = Storyteller(run((2, 1), tax=column(1_000, 3_000, 9_000))).tell("left", 1)
    assert story.sentence() == "Of $40.00 this house has $10.00 left over $30.00."
    assert story.cites == "1 CFR 2"
    assert [(reason.name, reason.row) for reason in story.because] == [("town_tax", 0), ("tax", 1)]
    assert [(reason.name, reason.row) for reason in story.because[0].because] == [("tax", 0), ("tax", 1)]


def test_reasons_come_first_and_each_fact_is_told_once() -> None:
    story = Storyteller(run((2,), tax=column(1_000, 3_000))).tell("left", 1)
    assert [(each.name, each.row) for each in story.walk()] == [("tax", 0), ("tax", 1), ("town_tax", 0), ("left", 1)]
    again = story.because[1]
    assert (again.name, again.again, again.because) == ("tax", True, ())
    assert again.sentence() == "The tax is $30.00."


def test_a_second_story_of_one_teller_points_back_to_the_first() -> None:
    teller = Storyteller(run((2,), tax=column(1_000, 3_000)))
    assert names(teller.tell("left", 0)) == ["tax", "tax", "town_tax", "left"]
    assert names(teller.tell("left", 1)) == ["left"]
    assert names(teller.tell("left", 0)) == []
    assert teller.tell("left", 0).because == ()


def test_explaining_changes_nothing() -> None:
    given = {"tax": column(1_000, None, 9_000), "rebate": column(None, 5, None)}
    asked, explained = run((2, 1), **given), run((2, 1), **given)
    for town in range(2):
        Storyteller(explained).tell("size", town)
    for house in range(3):
        Storyteller(explained).tell("bill", house)
    for name in ("size", "bill", "left", "richer_neighbors"):
        assert told(explained[name]) == told(asked[name])


def test_reasons_are_found_however_many_steps_up_or_down() -> None:
    teller = Storyteller(run((2, 1), tax=column(1_000, 3_000, 9_000)))
    assert [(each.name, each.row) for each in teller.tell("envious_looks", 0).because] == [
        ("richer", 0), ("richer", 1), ("richer", 2), ("richer", 3),
    ]  # fmt: skip
    looks_at_the_second = teller.tell("rest_of_their_town", 1)
    assert [(each.name, each.row) for each in looks_at_the_second.because] == [("town_tax", 0), ("tax", 1)]


def test_an_outcome_has_its_own_sentence_and_its_own_reasons() -> None:
    small = Storyteller(run((1,), tax=column(5_000))).tell("size", 0)
    large = Storyteller(run((1,), tax=column(5_001))).tell("size", 0)
    assert (small.sentence(), small.because) == ("It is a small town.", ())
    assert large.sentence() == "At $50.01 it is a large town, over $50.00."
    assert [reason.name for reason in large.because] == ["town_tax", "threshold"]


def test_an_enumeration_is_told_in_its_words_and_translated() -> None:
    story = Storyteller(run((1,), tax=column(1))).tell("size", 0)
    words = {"It is {size}.": "Es {size}.", "a small town": "un pueblo"}
    assert story.sentence(lambda sentence: words.get(sentence, sentence)) == "Es un pueblo."
    assert story.figure == Figure(Size.SMALL, Size)


def test_what_rests_on_a_word_alone_is_unproven_up_to_the_answer() -> None:
    facts = Facts(BOOK, population(1), {"tax": column(1), "number": column(3)}, {"law": 0}, unproven=["number"])
    teller = Storyteller(facts)
    assert not teller.tell("left", 0).unproven
    assert teller.tell("number", 0).unproven
    all_on_trust = Facts(BOOK, population(2), {"tax": column(1, 2)}, {"law": 0}, unproven=["tax"])
    story = Storyteller(all_on_trust).tell("left", 0)
    assert {each.name: each.unproven for each in story.walk()} == {"tax": True, "town_tax": True, "left": True}


def test_a_given_fact_is_told_as_given_without_its_rule() -> None:
    facts = run((1, 1), tax=column(1, 2), town_tax=column(None, 7))
    computed, given = (Storyteller(facts).tell("town_tax", town) for town in range(2))
    assert (computed.given, computed.cites, computed.sentence()) == (False, "1 CFR 1", "Together the town pays $0.01.")
    assert (given.given, given.cites, given.sentence(), given.because) == (True, "", "", ())
    assert given.figure == Figure(7, CENTS)


def test_what_is_not_known_has_no_figure_and_no_sentence() -> None:
    story = Storyteller(run((2,), tax=column(1, None))).tell("left", 0)
    assert (story.figure, story.sentence()) == (None, "")


def test_the_tree_in_plain_values() -> None:
    data = Storyteller(run((1,), tax=column(1))).tell("left", 0).as_data()
    assert data["fact"] == "left"
    assert (data["value"], data["law"], data["given"], data["unproven"]) == ("$0.00", "1 CFR 2", False, False)
    assert [reason["fact"] for reason in data["because"]] == ["town_tax"]  # the tax itself was told on the way there


def test_figures_are_told_by_their_unit() -> None:
    figures = [
        (Figure(123_456, CENTS), "$1,234.56"),
        (Figure(40_001, HUNDREDTHS), "400.01%"),
        (Figure(3, COUNT), "3"),
        (Figure(True, YES_NO), "yes"),
        (Figure(False, YES_NO), "no"),
        (Figure(np.datetime64("1985-06-30").item(), DATE), "1985-06-30"),
        (Figure(Size.LARGE, Size), "a large town"),
    ]
    assert [figure.text() for figure, _expected in figures] == [expected for _figure, expected in figures]
    assert Figure(True, YES_NO).text({"yes": "sí"}.__getitem__) == "sí"
