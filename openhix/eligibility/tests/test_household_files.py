"""Files of households, good and bad: what is accepted is computed, what is refused is named, nothing else happens."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openhix.eligibility.files import asking, batch, tables
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.household_files import ANA, BEN, FAMILY, HEADER, Ask, lines
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


def test_a_day_that_no_calendar_has_is_refused(ask: Ask) -> None:
    days = pl.Series([5_000, -(2**31), 2**31 - 1], dtype=pl.Int32).cast(pl.Date)
    typed = pl.DataFrame({"household_id": [1, 2, 3], "person_id": 1, "birth_date": days, "zip": "02118"})
    done = ask(typed.with_columns(tax_role=pl.lit("filer"), annual_income=pl.lit(5)))
    assert done.reasons() == [(3, "birth_date"), (4, "birth_date")]


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
    ("name", "content", "reason"),
    [
        ("empty", "", "the file is empty"),
        ("blank", "\n\n\n", "the file is empty"),
        (
            "a missing column",
            "household_id,person_id\n1,1\n",
            "add the column birth_date, zip, tax_role",
        ),
        ("semicolons", lines(ANA).replace(",", ";"), "put commas between the cells: the first line has semicolons"),
        ("tabs", lines(ANA).replace(",", "\t"), "put commas between the cells: the first line has tabs"),
        ("an unknown column", lines(ANA + ",3", header=HEADER + ",wealth"), "the column 'wealth' is neither"),
        ("a fact of pairs", lines(ANA + ",yes", header=HEADER + ",counts"), "the column 'counts' is neither"),
        ("the place itself", lines(ANA + ",5", header=HEADER + ",rating_area"), "the column 'rating_area' is neither"),
        ("two of a column", lines(ANA + ",02118", header=HEADER + ",zip"), "two columns are called 'zip'"),
        ("our own column", lines("9," + ANA, header="row in the file," + HEADER), "the column 'row in the file'"),
        ("not UTF-8", lines(ANA, BEN).encode() + b"3,jos\xe9,1985-06-30,02118,filer,1\n", r"UTF-8 \(line 4 is not\)"),
        ("UTF-16", lines(ANA).encode("utf-16"), r"UTF-8 \(line 1 is not\)"),
        ("a quotation mark left open", lines(ANA, '"2,ben,1960-01-01,02601,filer,1', ANA), "stray quotation mark"),
        ("text after a quotation mark", lines('"1"x,ana,1985-06-30,02118,filer,1'), "quotation mark up to line 2"),
        ("a cell without end", lines(f'"{"x" * 200_000}",ana,1985-06-30,02118,filer,1'), "up to line 2"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(
    ask: Ask, tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    with pytest.raises(tables.FileRefused, match=reason):
        ask(content)
    assert not (tmp_path / "results.csv").exists(), "nothing half done"


def test_no_file_no_parquet_and_no_overwriting(tmp_path: Path) -> None:
    def determine(source: Path, results: Path) -> None:
        batch.determine_file(
            source=source,
            results=results,
            errors=tmp_path / "errors.csv",
            law=Law(date(2026, 1, 1)),
            shelf=words.published(2026),
            as_of=date(2025, 11, 15),
        )

    with pytest.raises(tables.FileRefused, match="no such file"):
        determine(tmp_path / "none.csv", tmp_path / "results.csv")
    fake = tmp_path / "fake.parquet"
    fake.write_text(FAMILY)
    with pytest.raises(tables.FileRefused, match="not a Parquet file"):
        determine(fake, tmp_path / "results.csv")
    nested = tmp_path / "nested.parquet"
    one = {name: ["1"] for name in tables.REQUIRED}
    pl.DataFrame({**one, "annual_income": [b"\xff\xfe"]}).write_parquet(nested)
    with pytest.raises(tables.FileRefused, match="not a Parquet file"):
        determine(nested, tmp_path / "results.csv")
    good = tmp_path / "good.csv"
    good.write_text(FAMILY)
    with pytest.raises(tables.FileRefused, match="would overwrite"):
        determine(good, good)
    with pytest.raises(tables.FileRefused, match="is not a file"):
        determine(good, tmp_path)
    with pytest.raises(tables.FileRefused, match="is not a file"):
        determine(good, Path("/dev/null"))
    (tmp_path / "link.csv").symlink_to(tmp_path / "linked.csv")
    determine(good, tmp_path / "link.csv")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "linked.csv").read_text().startswith("household_id")
    assert good.read_text() == FAMILY


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


def test_another_programs_parquet_is_read_by_its_own_names_and_numbers(ask: Ask) -> None:
    told = {"Birth Date": [date(1985, 6, 30)] * 2, "ZIP": [2118] * 2, "Annual Income": [60_000, -5_000]}
    people = {"Household ID": [1] * 2, "Person ID": [1, 2], "Tax Role": ["filer", "joint_filer"]}
    done = ask(pl.DataFrame(people | told))
    assert (done.errors, done.column("fpl_percent")) == ([], ["260.05"] * 2)


@pytest.mark.parametrize("content", [HEADER, pl.DataFrame(schema=dict.fromkeys(HEADER.split(","), pl.String))])
def test_a_header_alone_is_a_file_of_nobody(ask: Ask, content: str | pl.DataFrame) -> None:
    done = ask(content)
    assert (done.outcome.households, done.answers, done.errors) == (0, [], [])


def test_quotation_marks_commas_newlines_and_other_scripts_come_back_as_they_were(ask: Ask) -> None:
    name = 'José "Pepe", 李\nfrom 1b'
    quoted = name.replace('"', '""')
    done = ask(lines(f'"{quoted}","a,b",1985-06-30,02118,filer,60000', "x,y,1985-06-30,02118,filer,bad"))
    assert [(row["household_id"], row["person_id"]) for row in done.answers] == [(name, "a,b")]
    assert done.reasons() == [(3, "annual_income")]


COLUMNS = HEADER.split(",")


@pytest.mark.parametrize(
    ("column", "cell", "reason"),
    [
        ("household_id", "", "Fill this in."),
        ("person_id", "", "Fill this in."),
        ("birth_date", "", "Fill this in."),
        ("tax_role", "", "Fill this in."),
        ("annual_income", "", "Fill this in."),
        ("zip", "", "'' is not a ZIP code: write five digits, such as 02118."),
        ("birth_date", "1985-02-30", "'1985-02-30' is not a date written as 1985-06-30."),
        ("birth_date", "06/30/1985", "'06/30/1985' is not a date written as 1985-06-30."),
        ("birth_date", "1985-6-30", "'1985-6-30' is not a date written as 1985-06-30."),
        ("birth_date", "٢٠٢٠-01-01", "'٢٠٢٠-01-01' is not a date written as 1985-06-30."),
        ("birth_date", "2025-11-16", "This date of birth is after 2025-11-15, the day on which it is asked."),
        ("birth_date", "9999-12-31", "This date of birth is after 2025-11-15, the day on which it is asked."),
        ("birth_date", "1805-01-01", "This date of birth is over 120 years ago."),
        ("annual_income", "abc", "'abc' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "(5)", "'(5)' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "--5", "'--5' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "1e9", "'1e9' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "1.234", "'1.234' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "NaN", "'NaN' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "６０", "'６０' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "=1+1", "'=1+1' is not an amount in dollars, such as 60000 or 1,234.56."),
        ("annual_income", "1,23", "'1,23' is not an amount in dollars, such as 60000 or 1,234.56."),
        (
            "annual_income",
            "10000000000.01",
            "'10000000000.01' is out of range: −$10,000,000,000.00 to $10,000,000,000.00 can be computed with.",
        ),
        (
            "annual_income",
            "999,999,999,999,999",
            "'999,999,999,999,999' is out of range: −$10,000,000,000.00 to $10,000,000,000.00 can be computed with.",
        ),
        (
            "annual_income",
            "9" * 30,
            f"'{'9' * 30}' is not an amount in dollars, such as 60000 or 1,234.56.",
        ),
        ("tax_role", "boss", "'boss' is not one of filer, joint_filer, dependent, separate_filer, not_filing."),
        ("tax_role", "dependent", "Nobody in this household is the filer."),
        ("zip", "abc", "'abc' is not a ZIP code: write five digits, such as 02118."),
        ("zip", "118", "'118' is not a ZIP code: write five digits, such as 02118."),
        ("zip", "2999", "ZIP code 02999 is not in Massachusetts, where home ZIP codes begin with 010 to 027."),
        ("zip", "90210", "ZIP code 90210 is not in Massachusetts, where home ZIP codes begin with 010 to 027."),
        ("zip", "01002", "ZIP code 01002 lies in more than one county: say which of Franklin, Hampshire."),
        ("household_id", "=cmd|1", "A spreadsheet would take this for a formula: begin the id with another sign."),
        ("person_id", "@SUM", "A spreadsheet would take this for a formula: begin the id with another sign."),
        ("household_id", "a\x00b", "This holds a character that cannot be seen: retype it."),
        ("person_id", "\x1b[31m", "This holds a character that cannot be seen: retype it."),
        ("household_id", "x" * 201, "This is longer than 200 characters."),
    ],
)
def test_a_bad_cell_is_refused_and_the_rest_computed(ask: Ask, column: str, cell: str, reason: str) -> None:
    bad = [f'"{cell}"' if name == column else good for name, good in zip(COLUMNS, ANA.split(","), strict=True)]
    done = ask(lines(BEN, ",".join(bad)))
    assert done.computed == ["2 ben"]
    assert done.errors == [(3, column, reason)]
    assert (done.outcome.households, done.outcome.people, done.outcome.rejected) == (1, 1, 1)


def test_a_cell_that_is_far_too_long_is_not_repeated(ask: Ask) -> None:
    done = ask(lines(f"1,ana,1985-06-30,{'0' * 5000},filer,{'9' * 5000}"))
    assert {(2, "zip"), (2, "annual_income")} == set(done.reasons())
    assert all(len(reason) < 120 for _row, _column, reason in done.errors)


@pytest.mark.parametrize(
    ("zip_code", "county", "taken"),
    [
        ("01002", "Hampshire", True),
        ("01002", "hampshire county", True),
        ("01002", "25015", True),
        ("01002", "", False),
        ("01002", "Suffolk", False),
        ("02118", "", True),
        ("02118", "Suffolk", True),
        ("02118", "Norfolk", False),
    ],
)
def test_a_zip_in_two_counties_needs_the_county(ask: Ask, zip_code: str, county: str, taken: bool) -> None:
    done = ask(lines(f"1,ana,1985-06-30,{zip_code},filer,60000,{county}", header=HEADER + ",county"))
    assert (done.computed == ["1 ana"]) == taken
    assert taken or done.reasons() == [(2, "zip")]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        (["1,x,1985-06-30,02118,filer,5,7", BEN], [(2, "")]),
        (["1,x,1985-06-30,02118,filer", BEN], [(2, "")]),
        (["1,x,1985-06-30,02118,filer", "1,y,1985-06-30,02118,filer,5,7", BEN], [(2, ""), (3, "")]),
        (["1,x,1985-06-30,02118,filer,5", "1,y,2015-06-30,,dependent", BEN], [(2, "household_id"), (3, "")]),
        (["1,x,1985-06-30,02118,filer", "1,y,2015-06-30,,dependent,0", BEN], [(2, ""), (3, "household_id")]),
        (["x", BEN], [(2, "")]),
    ],
)
def test_a_ragged_row_takes_its_whole_household_out(ask: Ask, rows: list[str], errors: list[tuple[int, str]]) -> None:
    done = ask(lines(*rows))
    assert done.computed == ["2 ben"]
    assert done.reasons() == errors


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([ANA, ANA], [(2, "person_id"), (3, "person_id")]),
        ([ANA, "1,a,1985-06-30,,joint_filer,0", "1,b,1985-06-30,,joint_filer,0"], [(2, "tax_role")]),
        (["1,eva,1985-06-30,02118,joint_filer,60000"], [(2, "tax_role")]),
        ([ANA, "1,kid,2015-13-01,02118,dependent,0"], [(2, "household_id"), (3, "birth_date")]),
        ([ANA, "1,kid,2015-01-01,02601,dependent,0"], [(2, "household_id"), (3, "zip")]),
    ],
)
def test_a_household_that_does_not_hold_together_is_left_out_whole(
    ask: Ask, rows: list[str], errors: list[tuple[int, str]]
) -> None:
    done = ask(lines(*rows, BEN))
    assert done.computed == ["2 ben"]
    assert done.reasons()[: len(errors)] == errors


@pytest.mark.parametrize(
    ("people", "taken"), [(20, True), (50, True), (51, False)], ids=["20 people", "50 people", "51 people"]
)
def test_large_households(ask: Ask, people: int, taken: bool) -> None:
    children = [f"1,kid{n},2015-01-01,,dependent,0" for n in range(people - 1)]
    done = ask(lines(ANA, *children, BEN))
    assert len(done.answers) == (people + 1 if taken else 1)
    assert taken or done.errors[0] == (2, "tax_role", "More than 50 people stand in this household.")


def test_a_birth_after_the_day_of_asking_is_told_against_that_day(ask: Ask) -> None:
    born = lines(ANA, "1,baby,2025-12-24,,dependent,0")
    assert ask(born, as_of="2025-12-24").errors == []
    assert ask(born, as_of="2025-12-23").reasons() == [(2, "household_id"), (3, "birth_date")]


def test_errors_of_an_earlier_run_do_not_stay(ask: Ask, tmp_path: Path) -> None:
    ask(lines("1,ana,x,02118,filer,60000"))
    assert (tmp_path / "results.errors.csv").exists()
    ask(lines(ANA))
    assert not (tmp_path / "results.errors.csv").exists()


def test_2025_is_determined_by_its_own_law(ask: Ask) -> None:
    (row,) = ask(lines(ANA), month="2025-02", as_of="2025-01-01").answers
    assert (row["fpl_percent"], row["applicable_percentage"], row["plan_type"]) == ("398.41", "8.46", "3C")
