"""What is wrong with a file of households is named by row, column and reason; the rest is computed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from openhix.eligibility.files import batch, tables
from openhix.eligibility.tests import households_in_words as words
from openhix.eligibility.tests.household_files import ANA, BEN, FAMILY, HEADER, Ask, lines
from openhix.law.tables import Law

COLUMNS = HEADER.split(",")


def test_a_day_that_no_calendar_has_is_refused(ask: Ask) -> None:
    days = pl.Series([5_000, -(2**31), 2**31 - 1], dtype=pl.Int32).cast(pl.Date)
    typed = pl.DataFrame({"household_id": [1, 2, 3], "person_id": 1, "birth_date": days, "zip": "02118"})
    done = ask(typed.with_columns(tax_role=pl.lit("filer"), annual_income=pl.lit(5)))
    assert done.reasons() == [(3, "birth_date"), (4, "birth_date")]


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
