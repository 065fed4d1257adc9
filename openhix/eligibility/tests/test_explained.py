"""`--explain`: the story of one household of a file, which changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from openhix.eligibility.tests.household_files import BEN, FAMILY
from openhix.site.cli import main


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "households.csv"
    path.write_text(f"{FAMILY}{BEN}\n9,bad,1985-06-30,99999,filer,1\n")
    return path


def openhix(*words: object) -> Result:
    return CliRunner().invoke(main, ["determine", *map(str, words), "--coverage-month", "2026-01"])


def test_a_fact_of_the_tax_return_is_told_once_with_its_reasons_and_law(file: Path) -> None:
    done = openhix(file, "--explain", "monthly_credit", "--household", "7")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[1] == "monthly_credit of household 7, mother, father, child:"
    assert lines[2].startswith("  monthly_credit: $601.78; Your tax credit is the benchmark of $978.28 less $376.50")
    assert lines[2].endswith("[26 CFR 1.36B-3(d)]")
    assert any(line.startswith("    expected_contribution: $376.50; 7.53% of $60,000.00") for line in lines)
    assert sum(line.startswith("  monthly_credit:") for line in lines) == 1


def test_a_fact_of_people_is_told_of_each_in_the_order_of_the_file(file: Path) -> None:
    done = openhix(file, "--explain", "program", "--household", "7", "--json")
    stories = json.loads(done.stdout)["explained"]["stories"]
    assert [story["people"] for story in stories] == [["mother"], ["father"], ["child"]]
    assert [story["value"] for story in stories] == ["ConnectorCare", "ConnectorCare", "MassHealth Family Assistance"]
    assert stories[0]["because"][0]["law"] == "130 CMR 505.001(A)"


def test_explaining_changes_nothing(file: Path, tmp_path: Path) -> None:
    plain, told = tmp_path / "plain.csv", tmp_path / "told.csv"
    assert openhix(file, plain).exit_code == 3
    done = openhix(file, told, "--explain", "program", "--household", "7")
    assert (done.exit_code, "program of household 7" in done.stdout) == (3, True)
    assert told.read_bytes() == plain.read_bytes()
    before = sorted(tmp_path.iterdir())
    openhix(file, "--explain", "program", "--household", "2")
    assert sorted(tmp_path.iterdir()) == before


def test_a_household_that_is_left_out_has_its_reasons_for_a_story(file: Path) -> None:
    done = openhix(file, "--explain", "program", "--household", "9")
    assert done.exit_code == 3
    assert "row 6, zip: ZIP code 99999 is not in Massachusetts" in done.stderr


@pytest.mark.parametrize(
    ("words", "code", "reason"),
    [
        (("--explain", "program", "--household", "none"), 1, "no row has the household_id 'none'"),
        (("--explain", "wealth", "--household", "7"), 1, "establishes 'wealth'"),
        (("--explain", "programm", "--household", "7"), 1, "establishes 'programm': do you mean program?"),
        (("--explain", "counts", "--household", "7"), 1, "'counts' is a fact of two people"),
        (("--explain", "program"), 2, "--explain FACT and --household ID go together"),
        ((), 2, "Name a file for the results"),
    ],
)
def test_what_cannot_be_told_is_refused(file: Path, words: tuple[str, ...], code: int, reason: str) -> None:
    done = openhix(file, *words)
    assert (done.exit_code, reason in done.stderr) == (code, True)
