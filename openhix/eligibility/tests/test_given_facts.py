"""Columns of a household file that are named after facts: what is given wins, and what makes no sense is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from openhix.eligibility import queries
from openhix.eligibility.files import tables
from openhix.eligibility.files.reading import RANGES, RANGES_OF_FACTS, fact_columns
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.household_files import ANA, BEN, HEADER, Ask, Done, lines
from openhix.kernel.story import YES_NO


def given_facts(ask: Ask, **cells: str) -> Done:
    return ask(lines(",".join([ANA, *cells.values()]), header=",".join([HEADER, *cells])))


def test_a_column_named_after_a_fact_gives_that_fact(ask: Ask) -> None:
    done = given_facts(ask, benchmark_premium="$1000.00", fpl_percent="225.14%", seeks_help="Yes")
    (row,) = done.answers
    assert (row["benchmark_premium"], row["fpl_percent"], row["applicable_percentage"]) == ("1000.00", "225.14", "7.53")
    assert given_facts(ask, masshealth="standard").answers[0]["program"] == "masshealth_standard"
    assert given_facts(ask, household_plan_type="2b").answers[0]["plan_type"] == "2B"
    assert given_facts(ask, age="17").answers[0]["program"] == "connectorcare"
    assert given_facts(ask, benchmark_premium="").answers == ask(lines(ANA)).answers


@pytest.mark.parametrize(
    ("fact", "cell", "reason"),
    [
        ("benchmark_premium", "cheap", "is not an amount"),
        ("benchmark_premium", "-1", "is not an amount"),
        ("fpl_percent", "400.001", "is not a percentage"),
        ("fpl_percent", "400,5", "is not a percentage"),
        ("fpl_percent", "100000.01", "is out of range: 0.00 to 100000.00"),
        ("applicable_percentage", "100.01", "is out of range: 0.00 to 100.00"),
        ("poverty_guideline", "0", r"is out of range: \$0.01 to \$1,000,000.00"),
        ("masshealth_guideline", "0", "is out of range"),
        ("rated_age", "65", "is out of range: 0 to 64"),
        ("age", "121", "is out of range: 0 to 120"),
        ("tax_household_size", "0", "is out of range: 1 to 50"),
        ("pregnant", "10", "is out of range: 0 to 9"),
        ("pregnant", "yes", "is not a whole number"),
        ("pregnant", "1.5", "is not a whole number"),
        ("seeks_help", "maybe", "is not one of yes, no"),
        ("masshealth", "gold", "is not one of none, standard"),
        ("plan_type", "4A", "is not one of none, 1, 2a"),
    ],
)
def test_a_given_fact_that_makes_no_sense_is_refused(ask: Ask, fact: str, cell: str, reason: str) -> None:
    with_fact = ",".join(f'"{each}"' for each in (*ANA.split(","), cell))
    done = ask(lines(with_fact, BEN + ",", header=f"{HEADER},{fact}"))
    assert done.computed == ["2 ben"]
    ((row, column, said),) = done.errors
    assert (row, column) == (2, fact)
    assert re.search(reason, said)


def test_a_fact_of_the_household_stands_once_or_on_each_row_but_never_with_two_values(ask: Ask) -> None:
    header = HEADER + ",benchmark_premium"
    kid = "1,kid,2015-01-01,,dependent,0"
    for first, second in (("500", ""), ("", "500"), ("500", "$500.00")):
        done = ask(lines(f"{ANA},{first}", f"{kid},{second}", header=header))
        assert done.errors == []
        assert [row["benchmark_premium"] for row in done.answers] == ["500.00", "500.00"]
    differing = ask(lines(ANA + ",500", kid + ",500.01", header=header))
    assert differing.answers == []
    assert differing.errors == [
        (2, "household_id", "Left out: another row of this household was refused."),
        (3, "benchmark_premium", "'500.01' differs from an earlier row of this tax return."),
    ]
    bad = ask(lines(ANA + ",", kid + ",cheap", header=header))
    assert bad.reasons() == [(2, "household_id"), (3, "benchmark_premium")]


def test_a_person_has_a_fact_of_his_own(ask: Ask) -> None:
    done = ask(lines(ANA + ",", "1,kid,2015-01-01,,dependent,0,no", header=HEADER + ",has_masshealth"))
    assert done.errors == []
    assert done.answers[1]["benchmark_premium"] == "759.39"  # 493.39 and the child's 266


def test_the_manual_names_every_column_of_what_people_tell() -> None:
    rulebook = queries.rulebook()
    told = [*tables.REQUIRED, *tables.OPTIONAL, *(name for name in fact_columns(rulebook) if name in rulebook.inputs)]
    manual = (Path(__file__).parents[3] / "docs" / "household-files.md").read_text(encoding="utf-8")
    assert [name for name in told if f"`{name}`" not in manual] == []


def test_every_fact_can_be_a_column_and_blank(ask: Ask) -> None:
    blanks = dict.fromkeys(fact_columns(queries.rulebook()), "")
    assert given_facts(ask, **blanks).answers == ask(lines(ANA)).answers


@pytest.mark.filterwarnings("error")
def test_every_fact_can_be_given_to_the_ends_of_its_range(ask: Ask) -> None:
    """One household for each fact and value, the richest and a poor one: all can be computed, and nothing overflows."""
    facts = fact_columns(queries.rulebook())
    rows: list[str] = []
    for name, fact in facts.items():
        if fact.unit in RANGES:
            ends = RANGES_OF_FACTS.get(name, RANGES[fact.unit])
            values = [words.written(end, fact.unit).replace(",", "") for end in ends]
        else:
            values = ["yes", "no"] if fact.unit == YES_NO else [each.code for each in fact.unit]
        for value in values:
            for income in ("10000000000", "16000"):
                cells = [value if column == name else "" for column in facts]
                rows.append(f"{len(rows)},ana,1985-06-30,02118,filer,{income},{','.join(cells)}")
    done = ask(lines(*rows, header=f"{HEADER},{','.join(facts)}"))
    assert done.errors == []
    assert len(done.answers) == len(rows) > 4 * len(facts) - 1
    assert not [row for row in done.answers for cell in row.values() if cell.startswith("-")]


@pytest.mark.parametrize(
    ("column", "cell", "column_of_answer", "answer"),
    [
        ("monthly_income", "1000", "masshealth_fpl", "76.68"),  # twelve times 1,000 of 15,650
        ("monthly_income", "0", "program", "masshealth_careplus"),
        ("monthly_income", "", "program", "connectorcare"),
    ],
)
def test_what_a_person_tells_beside_the_year(
    ask: Ask, column: str, cell: str, column_of_answer: str, answer: str
) -> None:
    (row,) = ask(lines(f"1,ana,1985-06-30,02118,filer,62600,{cell}", header=f"{HEADER},{column}")).answers
    assert row[column_of_answer] == answer


@pytest.mark.parametrize("cell", ["yes", "YES", "true", "True", "1"])
def test_yes_is_written_in_many_ways_and_so_is_no(ask: Ask, cell: str) -> None:
    def told(said: str) -> list[str]:
        return given_facts(ask, seeks_help=said).column("program")

    no = {"yes": "no", "YES": "No", "true": "false", "True": "FALSE", "1": "0"}[cell]
    assert told(cell) == told("") == ["connectorcare"]
    assert told(no) == ["unsubsidized"]


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("monthly_income", "lots", "'lots' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("unearned_income", "-1", "'-1' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("applying", "perhaps", "'perhaps' is not one of yes, no, true, false, 1, 0, y, n."),
        (
            "immigration",
            "alien",
            "'alien' is not one of citizen, qualified, qualified_barred, lawfully_present, prucol, other.",
        ),
        ("resident", "2", "'2' is not one of yes, no, true, false, 1, 0, y, n."),
        ("incarcerated", "t", "'t' is not one of yes, no, true, false, 1, 0, y, n."),
        ("disabled", "non", "'non' is not one of yes, no, true, false, 1, 0, y, n."),
        ("former_foster_care", "x", "'x' is not one of yes, no, true, false, 1, 0, y, n."),
        ("tribal_member", "-", "'-' is not one of yes, no, true, false, 1, 0, y, n."),
        ("employer_offer", "300 a month", "'300 a month' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("employer_family_offer", "none", "'none' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("other_coverage", "aetna", "'aetna' is not one of none, medicare, tricare, va, other."),
        ("separate_return_excused", "maybe", "'maybe' is not one of yes, no, true, false, 1, 0, y, n."),
    ],
)
def test_what_a_person_tells_is_refused_where_it_says_nothing(ask: Ask, column: str, cell: str, reason: str) -> None:
    done = given_facts(ask, **{column: cell})
    assert (done.computed, done.errors) == ([], [(2, column, reason)])
