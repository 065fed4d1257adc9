"""A household over incomes: every edge to the cent, as the rules have it when asked about that one income."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from openhix.eligibility.incomes.edges import Incomes, over_incomes
from openhix.eligibility.incomes.picture import WIDTH, Picture
from openhix.eligibility.rules.program import Program
from openhix.eligibility.tests import households_in_words as words
from openhix.kernel.facts import Facts

SINGLE = "filer 40 $60,000"
FAMILY = "filer 40 $60,000; spouse 38; child 6"


def facts_of(people: str, month: str = "2026-01", scenario: str = "current-law") -> Facts:
    return words.determine({"month": month, "zip": "02118", "people": people, "scenario": scenario})


def over(people: str, month: str = "2026-01", scenario: str = "current-law") -> Incomes:
    return over_incomes(facts_of(people, month, scenario))


def edges(incomes: Incomes) -> list[tuple[object, ...]]:
    """Of the first person: up to which income, which program and plan type, and what comes next."""
    return [
        (edge.before.income, *(f"{each.people[0].program.code} {each.people[0].plan_type.code}" for each in sides))
        for edge in incomes.edges
        for sides in [(edge.before, edge.after)]
    ]


def test_one_person_meets_every_edge_of_the_law() -> None:
    assert edges(over(SINGLE)) == [
        (21_597_00, "masshealth_careplus NONE", "connectorcare 2A"),
        (23_475_00, "connectorcare 2A", "connectorcare 2B"),
        (31_300_00, "connectorcare 2B", "connectorcare 3A"),
        (39_125_00, "connectorcare 3A", "connectorcare 3B"),
        (46_950_00, "connectorcare 3B", "connectorcare 3C"),
        (62_600_00, "connectorcare 3C", "unsubsidized NONE"),
    ]


def test_the_cliff_is_where_one_cent_more_costs_the_most() -> None:
    cliff = over(SINGLE).cliff
    assert cliff is not None
    assert (cliff.before.income, cliff.after.income) == (62_600_00, 62_600_01)
    assert (cliff.before.least, cliff.before.contribution) == (235_00, 235_00)
    assert (cliff.after.least, cliff.after.credit, cliff.after.contribution) == (cliff.after.benchmark, 0, None)


def test_where_an_offer_from_a_job_becomes_affordable_help_ends_at_a_price_that_is_not_ours() -> None:
    """$250 a month is 9.96% of a little more than $30,120.48 a year: one cent more, and it is affordable."""
    incomes = over("filer 40 $42,000 offer $250")
    cliff = incomes.cliff
    assert cliff is not None
    assert (cliff.before.income, cliff.before.least, cliff.after.least) == (30_120_48, 53_00, None)
    assert cliff.after.people[0].program is Program.UNSUBSIDIZED


def test_a_scenario_and_a_year_have_edges_of_their_own() -> None:
    assert [edge.before.income for edge in over(SINGLE, scenario="enhanced-500").edges][-2:] == [62_600_00, 78_250_00]
    last = over("filer 60 $60,000", month="2025-01").edges[-1]
    assert (last.before.income, last.after.people[0].program) == (75_300_00, Program.CREDIT_ONLY)


@pytest.mark.parametrize(
    "people",
    [
        SINGLE,
        FAMILY,
        "filer 66 $30,000",
        "filer 40 $0; child 0; child 3",
        "filer 40 $30,001; spouse 38 $20,002; child 17 $3,000",
        "filer 40 $30,000; spouse 38 $20,000; child 17 $19,000",
        "filer 30 $40,000 lawful; child 2",
        "filer 40 $50,000 month $1,000; child 9",
        "nonfiler 30 $20,000",
        "separate 40 $40,000; separate 38 $30,000",
    ],
)
def test_both_sides_of_every_edge_are_what_the_rules_say_of_that_income(people: str) -> None:
    facts = facts_of(people)
    incomes = over_incomes(facts)
    assert incomes.edges
    for edge in incomes.edges:
        assert edge.after.income - edge.before.income == 1
        assert edge.before.people != edge.after.people
        for side in (edge.before, edge.after):
            assert incomes.at(side.income) == side
    for one, other in pairwise(incomes.bands):
        assert one.last.income + 1 == other.first.income


@pytest.mark.parametrize("people", [SINGLE, FAMILY, "filer 40 $30,001; spouse 38 $20,002; child 17 $19,000"])
def test_at_its_own_income_the_household_has_its_own_answer(people: str) -> None:
    facts = facts_of(people)
    incomes = over_incomes(facts)
    here = incomes.at(incomes.own)
    assert incomes.own == int(facts["household_income"].values[0])
    assert [each.program for each in here.people] == facts["program"].values.tolist()
    assert [each.plan_type for each in here.people] == facts["plan_type"].values.tolist()
    assert here.credit == int(facts["monthly_credit"].values[0])
    assert here.benchmark == int(facts["benchmark_premium"].values[0])


def test_what_a_dependent_earns_stays_and_is_the_least_there_is() -> None:
    incomes = over("filer 40 $30,000; child 17 $19,000")
    assert (incomes.own, incomes.points[0].income) == (49_000_00, 19_000_00)
    assert over("filer 40 $30,000; child 17 $3,000").points[0].income == 0


def test_the_other_return_of_a_household_can_be_asked_about() -> None:
    facts = facts_of("filer 40 $40,000; nonfiler 30 $20,000")
    first, second = (over_incomes(facts, number) for number in (0, 1))
    assert [each.row for each in first.points[0].people] == [0]
    assert [each.row for each in second.points[0].people] == [1]
    assert (first.own, second.own) == (40_000_00, 20_000_00)


def numbers(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


def test_the_picture_stays_inside_itself_and_jumps_at_the_cliff() -> None:
    picture = Picture(facts_of(FAMILY), ["Ann", "Bob", "Cleo"])
    for path in (picture.least, picture.after_credit):
        assert all(picture.left <= x <= WIDTH and picture.top <= y <= picture.bottom for x, y in numbers(path))
    low, high = picture.cliff_ends
    assert low > high
    assert f"M{picture.cliff_at} {high}" in picture.least, "the line is lifted there, and goes on above"
    assert [strip.name for strip in picture.strips] == ["Ann", "Bob", "Cleo"]
    for strip in picture.strips:
        ends = [round(each.at + each.width, 1) for each in strip.segments]
        assert [each.at for each in strip.segments[1:]] == pytest.approx(ends[:-1], abs=0.3)


def test_the_picture_names_every_edge_in_its_rows_and_marks_its_own() -> None:
    picture = Picture(facts_of(FAMILY), ["Ann", "Bob", "Cleo"], moved=110_000_00)
    assert [row.last.income for row in picture.rows[:-1]] == [edge.before.income for edge in picture.incomes.edges]
    assert [row.first.income <= 60_000_00 <= row.last.income for row in picture.rows].index(True) == [
        row.is_own for row in picture.rows
    ].index(True)
    assert [(each.names, each.program) for each in picture.rows[-1].has] == [("Ann, Bob, Cleo", Program.UNSUBSIDIZED)]
    assert [each.program for each in picture.moved_has] == [Program.UNSUBSIDIZED]
    assert picture.cliff_ends_help


def test_who_does_not_apply_has_no_strip_and_an_income_beyond_the_picture_no_mark() -> None:
    picture = Picture(facts_of("filer 40 $900,000; spouse 38"), ["Ann", "Bob"], applying=[1])
    assert [strip.name for strip in picture.strips] == ["Bob"]
    assert picture.own_at is None
    assert not any(row.is_own for row in picture.rows[:-1])
