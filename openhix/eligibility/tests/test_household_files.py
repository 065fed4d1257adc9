"""The answers that a file of households gets: which columns, in what order, by what law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openhix.eligibility.files import asking, batch
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.household_files import ANA, FAMILY, HEADER, Ask, lines
from openhix.law.tables import Law


def test_what_stands_beside_the_program_is_listed(ask: Ask) -> None:
    header = f"{HEADER},immigration,applying"
    done = ask(
        lines(
            "1,child,2012-06-30,02118,not_filing,0,other,yes",
            "2,adult,1985-06-30,02118,filer,20000,lawfully_present,yes",
            "3,wealthy,1985-06-30,02118,filer,200000,,yes",
            "4,another,1985-06-30,02118,filer,20000,,no",
            header=header,
        )
    )
    assert done.errors == []
    assert done.column("program") == ["cmsp", "connectorcare", "unsubsidized", "none"]
    assert done.column("also") == ["masshealth_limited;hsn_full", "masshealth_limited;hsn_full", "", ""]


def test_a_family_has_its_answers(ask: Ask) -> None:
    done = ask(FAMILY)
    assert done.errors == []
    assert done.answers[0] == {
        "household_id": "7",
        "person_id": "mother",
        "program": "connectorcare",
        "also": "hsn_partial",
        "plan_type": "3A",
        "magi_household_size": "3",
        "masshealth_fpl": "225.14",
        "tax_household_size": "3",
        "fpl_percent": "225.14",
        "applicable_percentage": "7.53",
        "benchmark_premium": "978.28",  # 493.39 at 40 and 484.89 at 38, from $266 at 0-20
        "expected_contribution": "376.50",
        "monthly_credit": "601.78",
        "contribution": "103.00",
    }
    assert done.answers[2] == {
        **done.answers[0],
        "person_id": "child",
        "program": "masshealth_family_assistance",
        "also": "",
        "plan_type": "",
        "contribution": "",
    }


def test_the_answers_are_those_of_the_same_household_in_words(ask: Ask) -> None:
    row = ask(FAMILY).answers[1]
    facts = words.determine({"month": "2026-01", "zip": "02118", "people": "filer 40 $60,000; spouse 38; child 6"})
    assert row["monthly_credit"] == words.answer(facts, "monthly_credit").removeprefix("$")
    assert row["program"] == words.answer(facts, "program").split("; ")[1]


def test_answers_can_be_written_as_parquet(tmp_path: Path) -> None:
    source, results = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_text(FAMILY)
    law = Law(date(2026, 1, 1))
    batch.determine_file(
        source=source,
        results=results,
        errors=tmp_path / "errors.csv",
        law=law,
        shelf=words.published(2026),
        as_of=date(2025, 11, 15),
    )
    table = pl.read_parquet(results)
    assert table["monthly_credit"].dtype == pl.Decimal(20, 2)
    assert table["contribution"].to_list()[2] is None


def test_answers_stand_in_the_order_of_the_file(ask: Ask) -> None:
    done = ask(
        lines(
            "b,2,2010-01-01,,dependent,0",
            "a,1,1985-06-30,02118,filer,50000",
            "b,1,1985-06-30,02601,filer,50000",
            "a,2,1987-06-30,,joint_filer,0",
        )
    )
    assert done.computed == ["b 2", "a 1", "b 1", "a 2"]
    assert [row["magi_household_size"] for row in done.answers] == ["2", "2", "2", "2"]
    assert done.answers[0]["program"] == "masshealth_family_assistance"


def test_chunks_change_nothing(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    text = lines(*(f"{n},{n},1985-06-30,02118,filer,{n * 1000}" for n in range(1, 40)), "5,x,2015-01-01,,dependent,0")
    whole = ask(text).answers
    monkeypatch.setattr(asking, "CHUNK", 7)
    assert ask(text).answers == whole


@pytest.mark.parametrize(
    ("people", "percent"),
    [
        (["filer,60000", "joint_filer,-5000"], "260.05"),
        (["filer,-5000", "joint_filer,60000"], "260.05"),
        (["filer,-5000", "joint_filer,-1"], "0.00"),
        (["filer,60000", "dependent,-5000"], "283.69"),
        (["filer,-$5,000.00"], "0.00"),
    ],
)
def test_a_loss_lowers_the_income_of_a_joint_return_and_no_other(ask: Ask, people: list[str], percent: str) -> None:
    """26 CFR 1.36B-1(e)(1): $55,000 of $21,150 for two are 260.05%."""
    told = [f"1,p{at},1985-06-30,02118,{each}" for at, each in enumerate(people)]
    quoted = [each.replace("-$5,000.00", '"-$5,000.00"') for each in told]
    assert ask(lines(*quoted)).column("fpl_percent") == [percent] * len(people)


@pytest.mark.parametrize("content", [HEADER, pl.DataFrame(schema=dict.fromkeys(HEADER.split(","), pl.String))])
def test_a_header_alone_is_a_file_of_nobody(ask: Ask, content: str | pl.DataFrame) -> None:
    done = ask(content)
    assert (done.outcome.households, done.answers, done.errors) == (0, [], [])


def test_2025_is_determined_by_its_own_law(ask: Ask) -> None:
    (row,) = ask(lines(ANA), month="2025-02", as_of="2025-01-01").answers
    assert (row["fpl_percent"], row["applicable_percentage"], row["plan_type"]) == ("398.41", "8.46", "3C")
