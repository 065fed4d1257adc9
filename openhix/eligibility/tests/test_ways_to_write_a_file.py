"""A household has the same answers whichever program wrote its file: CSV or Parquet, numbers or text, and its names."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from openhix.eligibility.tests.household_files import ANA, FAMILY, HEADER, Ask, lines


def test_a_parquet_file_gives_the_same_answers(ask: Ask) -> None:
    typed = pl.DataFrame(
        {
            "household_id": [7, 7, 7],
            "person_id": ["mother", "father", "child"],
            "birth_date": [date(1985, 6, 30), date(1987, 2, 1), date(2019, 5, 5)],
            "zip": ["02118", None, None],
            "tax_role": pl.Series(["filer", "joint_filer", "dependent"], dtype=pl.Categorical),
            "annual_income": [60000.0, 0.0, 0.0],
            "pregnant": [0, None, None],
        }
    )
    assert ask(typed).answers == ask(FAMILY).answers


def test_a_parquet_file_may_hold_days_with_an_hour_and_whole_numbers_with_a_fraction(ask: Ask) -> None:
    typed = pl.DataFrame(
        {
            "household_id": ["a", "a"],
            "person_id": [1.0, 2.0],
            "birth_date": pl.Series([date(1985, 6, 30), date(2019, 5, 5)], dtype=pl.Date).cast(pl.Datetime),
            "zip": ["02118", None],
            "tax_role": ["filer", "dependent"],
            "annual_income": [30000.0, 0.0],
            "pregnant": [1.0, None],
        }
    )
    plain = lines("a,1,1985-06-30,02118,filer,30000,1", "a,2,2019-05-05,,dependent,0,", header=f"{HEADER},pregnant")
    assert ask(typed).answers == ask(plain).answers
    in_the_morning = ask(typed.with_columns(pl.col("birth_date") + pl.duration(hours=7)))
    assert in_the_morning.reasons() == [(2, "birth_date"), (3, "birth_date")]


def test_cells_of_a_parquet_file_are_taken_and_refused_as_their_text_is(ask: Ask) -> None:
    typed = pl.DataFrame(
        {
            "household_id": [1, 2, 3, 4],
            "person_id": [-1, 1, 1, 1],
            "birth_date": [date(1985, 6, 30), date(2030, 1, 1), date(1985, 6, 30), date(1985, 6, 30)],
            "zip": [21180, 21180, 21180, 21180],
            "tax_role": ["filer"] * 4,
            "annual_income": [60_000, 5, 10**11, 5],
            "pregnant": pl.Series([0, 1, 2, 12], dtype=pl.UInt8),
            "disabled": [True, None, False, True],
        }
    )
    as_text = typed.select(pl.all().cast(pl.String))
    assert ask(typed).errors == ask(as_text).errors
    assert {(2, "zip"), (3, "birth_date"), (4, "annual_income"), (5, "pregnant")} <= set(ask(typed).reasons())
    right = typed.with_columns(zip=pl.lit("02118"), person_id=pl.lit(1))
    assert ask(right).answers == ask(right.select(pl.all().cast(pl.String))).answers != []


@pytest.mark.parametrize("kind", [pl.Int8, pl.UInt8, pl.Int32, pl.UInt64, pl.Int64, pl.Int128, pl.Boolean])
def test_numbers_of_every_kind_mean_what_their_text_means(ask: Ask, kind: type[pl.DataType]) -> None:
    told: dict[type[pl.DataType], list[int | None]] = {
        pl.UInt8: [0, 1, 2, 9, 200, None],
        pl.UInt64: [0, 1, 2, 9, 2**63, 2**64 - 1],
        pl.Int64: [0, 1, -1, 10**10, 10**10 + 1, (2**63 - 1) // 100, (2**63 - 1) // 100 + 1, 2**63 - 1, -(2**63)],
        pl.Int128: [0, 1, -1, 10**17, 2**63, 2**100, -(2**100)],
        pl.Boolean: [True, False, None],
    }
    numbers = pl.Series(told.get(kind, [0, 1, 2, 9, 99, -1, None]), dtype=kind)
    typed = pl.DataFrame({"household_id": range(len(numbers)), "person_id": 1, "zip": "02118", "tax_role": "filer"})
    typed = typed.with_columns(birth_date=pl.lit(date(1985, 6, 30)), annual_income=pl.lit(5))
    for column in ("annual_income", "benchmark_premium", "applicable_percentage", "pregnant", "disabled", "tax_role"):
        asked = typed.with_columns(numbers.alias(column))
        of_numbers, of_text = ask(asked), ask(asked.select(pl.all().cast(pl.String)))
        assert (of_numbers.answers, of_numbers.errors) == (of_text.answers, of_text.errors), column
        assert len(of_text.answers) + len(of_text.errors) == len(numbers)


@pytest.mark.parametrize(
    "content",
    [
        lines(ANA),
        lines(ANA).removesuffix("\n"),
        lines(ANA).replace("\n", "\r\n"),
        lines(ANA).replace("\n", "\r"),
        "\ufeff" + lines(ANA),
        lines(ANA + "\n\n\n"),
        "\n".join([HEADER, "", ANA, ",,,,,", ""]),
        lines(ANA, header=HEADER.replace(",", " , ")),
        lines(" 1 , ana,1985-06-30 ,02118,filer,  60000  "),
        lines('"1","ana","1985-06-30","02118","filer","$60,000.00"'),
        lines("1,ana,1985-06-30,02118-1234,FILER,$60000"),
        lines(ANA, header=HEADER.upper()),
        lines(ANA, header=HEADER.replace("_", " ").title()),
        lines("1,ana,1985-06-30 00:00:00,2118,filer,60000"),
        lines("1,ana,1985-06-30T00:00:00.000,2118.0,filer,60000"),
        lines(ANA + ",0.0,Y,n", header=HEADER + ",pregnant,applying,disabled"),
        lines(ANA, "  ", ",,", ",,,,,,,"),
        lines(ANA + ",,,", header=HEADER + ",relationship,pregnant,county"),
        lines(ANA + ",self,0,Suffolk", header=HEADER + ",relationship,pregnant,county"),
    ],
)
def test_the_same_household_however_the_file_is_written(ask: Ask, content: str) -> None:
    done = ask(content)
    assert done.errors == []
    assert done.answers == ask(lines(ANA)).answers


def test_another_programs_parquet_is_read_by_its_own_names_and_numbers(ask: Ask) -> None:
    told = {"Birth Date": [date(1985, 6, 30)] * 2, "ZIP": [2118] * 2, "Annual Income": [60_000, -5_000]}
    people = {"Household ID": [1] * 2, "Person ID": [1, 2], "Tax Role": ["filer", "joint_filer"]}
    done = ask(pl.DataFrame(people | told))
    assert (done.errors, done.column("fpl_percent")) == ([], ["260.05"] * 2)


def test_quotation_marks_commas_newlines_and_other_scripts_come_back_as_they_were(ask: Ask) -> None:
    name = 'José "Pepe", 李\nfrom 1b'
    quoted = name.replace('"', '""')
    done = ask(lines(f'"{quoted}","a,b",1985-06-30,02118,filer,60000', "x,y,1985-06-30,02118,filer,bad"))
    assert [(row["household_id"], row["person_id"]) for row in done.answers] == [(name, "a,b")]
    assert done.reasons() == [(3, "annual_income")]
