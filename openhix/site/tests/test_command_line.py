"""`openhix estimate`, `openhix determine` and `openhix plans shelf`, as a person types them. No database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from openhix.site.cli import main

ROOT = Path(__file__).parents[3]
HEADER = "household_id,person_id,birth_date,zip,tax_role,annual_income"
FAMILY = ("estimate", "--zip", "02118", "--ages", "40,38,6", "--income", "60000")


def openhix(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def said(*words: str) -> Any:
    done = openhix(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_an_estimate_has_a_line_for_each_person_the_help_and_five_plans() -> None:
    lines = openhix(*FAMILY).stdout.splitlines()
    assert [" ".join(line.split()) for line in lines[1:4]] == [
        "person 1, 40, files the tax return: ConnectorCare Plan Type 3A, from $103.00 a month",
        "person 2, 38, files jointly as the spouse: ConnectorCare Plan Type 3A, from $103.00 a month",
        "person 3, 6, is claimed as a dependent: MassHealth Family Assistance",
    ]
    assert "Tax credit: $601.78 a month" in lines
    assert sum("premium $" in line for line in lines) == 5


def test_why_tells_the_story_with_the_law() -> None:
    told = openhix(*FAMILY, "--why").stdout
    assert "7.53% of $60,000.00, by the month, is $376.50. [26 USC 36B(b)(2)(B)(ii)]" in told
    assert "Why" not in openhix(*FAMILY).stdout


def test_an_estimate_in_json_says_the_same() -> None:
    answer = said(*FAMILY)
    assert [person["program"] for person in answer["people"]] == ["connectorcare"] * 2 + [
        "masshealth_family_assistance"
    ]
    assert (answer["monthly_credit"], len(answer["plans"]), answer["fpl_percent"]) == (601.78, 5, 225.14)
    assert answer["assumed"]


def test_where_everyone_has_masshealth_nobody_is_expected_to_pay() -> None:
    told = openhix("estimate", "--zip", "02118", "--ages", "30,5", "--income", "27000").stdout
    assert "MassHealth Standard" in told
    assert "expected to pay" not in told


def test_in_2025_there_is_help_and_no_plan() -> None:
    answer = said(*FAMILY, "--coverage-month", "2025-06")
    assert answer["plans"] == []
    assert answer["benchmark_premium"] == 886.34  # 241 x (1.393 + 1.369) / 0.751


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--zip", "10001", "not in Massachusetts"),
        ("--zip", "01002", "Franklin, Hampshire"),
        ("--zip", "０２１１８", "five digits"),
        ("--ages", "", "not a whole number"),
        ("--ages", "121", "0 to 120"),
        ("--ages", ",".join(["40"] * 21), "At most 20"),
        ("--income", "abc", "not an amount"),
        ("--income", "-1", "not an amount"),
        ("--pregnant", "0,0,0,1", "more numbers"),
        ("--coverage-month", "2026-13", "not a month"),
        ("--coverage-month", "2027-01", "no figures for plan year 2027"),
        ("--shelf", "/nowhere", "no such file"),
    ],
)
def test_what_an_estimate_cannot_use_is_refused_with_the_reason(option: str, value: str, reason: str) -> None:
    done = openhix(*FAMILY, option, value)
    assert done.exit_code > 0
    assert reason in done.stderr


def test_a_zip_in_two_counties_is_answered_with_the_county() -> None:
    words = ("estimate", "--zip", "01002", "--ages", "40", "--income", "$30,000.00", "--county", "Hampshire")
    assert said(*words)["county"] == "Hampshire"


def test_determine_computes_good_rows_and_its_exit_code_tells_of_bad_ones(tmp_path: Path) -> None:
    source, results = tmp_path / "households.csv", tmp_path / "results.csv"
    source.write_text(f"{HEADER}\na,1,1985-06-30,02118,filer,30000\nb,1,1985-06-30,99999,filer,30000\n")
    done = openhix("determine", str(source), str(results), "--coverage-month", "2026-01")
    assert done.exit_code == 3
    assert results.read_text().splitlines()[1].startswith("a,1,connectorcare,hsn_partial,2B,")
    errors = tmp_path / "results.errors.csv"
    assert errors.read_text().splitlines()[1].startswith("3,zip,")

    source.write_text(f"{HEADER}\na,1,1985-06-30,02118,filer,30000\n")
    summary = said("determine", str(source), str(results), "--coverage-month", "2026-01")
    assert summary == {
        "households": 1,
        "people": 1,
        "rejected": 0,
        "scenario": "current-law",
        "results": str(results),
        "errors": None,
    }
    assert not errors.exists()


def test_what_the_front_page_says_to_type_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All but the demonstration, which needs the database."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    front = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = [line.split()[1:] for line in front.splitlines() if line.startswith("    .venv/bin/openhix ")]
    assert [words[0] for words in typed] == ["estimate", "determine", "determine", "compare", "plans", "demo"]
    for words in typed[:-1]:
        done = openhix(*words)
        assert done.exit_code == 0, (words, done.output)
    assert "diallo,fatou,masshealth_family_assistance," in (tmp_path / "results.csv").read_text()


def test_who_is_born_before_the_coverage_has_an_answer_unless_it_is_asked_earlier(tmp_path: Path) -> None:
    source, results = tmp_path / "households.csv", str(tmp_path / "results.csv")
    source.write_text(f"{HEADER}\na,1,1985-06-30,02118,filer,30000\na,2,2026-01-01,,dependent,0\n")
    words = ("determine", str(source), results, "--coverage-month", "2026-01")
    assert openhix(*words).exit_code == 0
    refused = openhix(*words, "--as-of", "2025-12-31")
    assert refused.exit_code == 3 and "after 2025-12-31, the day on which it is asked" in refused.stderr


def test_determine_needs_a_month_and_a_file(tmp_path: Path) -> None:
    results = str(tmp_path / "results.csv")
    assert "--coverage-month" in openhix("determine", "households.csv", results).stderr
    missing = openhix("determine", str(tmp_path / "no.csv"), results, "--coverage-month", "2026-01")
    assert (missing.exit_code, "no such file" in missing.stderr) == (1, True)
    assert not Path(results).exists()


def test_a_file_that_is_refused_is_told_apart_from_rows_that_are(tmp_path: Path) -> None:
    source, results = tmp_path / "households.csv", tmp_path / "results.csv"
    source.write_text("household,person\na,1\n")
    refused = openhix("determine", str(source), str(results), "--coverage-month", "2026-01")
    assert (refused.exit_code, results.exists()) == (1, False)
    without_law = openhix("determine", str(source), str(results), "--coverage-month", "2027-01")
    assert (without_law.exit_code, "2027" in without_law.stderr) == (1, True)
    said_so = openhix("determine", "--help").stdout
    assert "3  some rows were left out" in said_so


@pytest.mark.parametrize("port", ["abc", "0", "65536", "4" * 5000, "８０００", "-1", "80.5"])
def test_what_is_no_port_is_refused_with_what_one_is(port: str) -> None:
    for command in ("run", "web"):
        done = CliRunner().invoke(main, [command], env={"PORT": port})
        assert done.exit_code == 2
        assert "is no port. A port is a number from 1 to 65535, such as 8001." in done.stderr


def test_the_shelf_is_counted_by_market_tier_and_carrier() -> None:
    health = said("plans", "shelf", "--year", "2026")["markets"]["individual"]["health"]
    assert (health["plans"], health["tiers"]["catastrophic"], len(health["carriers"])) == (48, 2, 8)
    assert "Individual dental plans: 12, and 2 new" in openhix("plans", "shelf", "--year", "2026").stdout


def test_a_year_without_a_shelf_is_refused() -> None:
    done = openhix("plans", "shelf", "--year", "2025")
    assert (done.exit_code, "no plans of 2025" in done.stderr) == (1, True)


SINGLE = ("estimate", "--zip", "02118", "--ages", "40", "--income", "62600.01")


def test_an_estimate_by_a_scenario_says_so_and_finds_what_the_law_does_not_give() -> None:
    by_law, by_scenario = (
        openhix(*SINGLE, "--why").stdout,
        openhix(*SINGLE, "--why", "--scenario", "enhanced-500").stdout,
    )
    assert "Health Connector plan at full price" in by_law and "scenario" not in by_law
    assert by_scenario.startswith("Not the law as it is: Enhanced credits in 2026, up to 500% of the poverty level.")
    assert "Illustrative: The contribution of plan type 3D" in by_scenario
    assert "ConnectorCare Plan Type 3D, from $275.00 a month" in by_scenario
    assert (
        "It follows a scenario: Enhanced credits in 2026, up to 500% of the poverty level. [scenario enh" in by_scenario
    )
    assert [said(*SINGLE, "--scenario", name)["scenario"] for name in ("current-law", "federal-2027")] == [
        "current-law",
        "federal-2027",
    ]


def test_a_scenario_that_is_none_or_says_nothing_of_the_year_is_refused() -> None:
    refused = openhix(*SINGLE, "--scenario", "enhanced")
    assert (refused.exit_code, "'current-law', 'enhanced-500', 'federal-2027'" in refused.output) == (2, True)
    refused = openhix(*SINGLE, "--scenario", "enhanced-500", "--coverage-month", "2025-03")
    assert (refused.exit_code, "says nothing of plan year 2025: it has 2026" in refused.output) == (1, True)


def test_progress_is_told_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, results = tmp_path / "households.csv", tmp_path / "results.csv"
    source.write_text("\n".join([HEADER, *(f"h{each},p,1985-06-30,02118,filer,{each}" for each in range(40))]))
    words = ("determine", str(source), str(results), "--coverage-month", "2026-01")
    assert openhix(*words).stderr == ""
    monkeypatch.setattr("openhix.site.cli.determine.NOW_AND_THEN", 0.0)
    monkeypatch.setattr("openhix.eligibility.files.parts.PART_ROWS", 10)
    lines = openhix(*words, "--processes", "1").stderr.splitlines()
    assert lines[-1] == "40 households done, 100% of the file"
    assert len(lines) > 2 and all("households done" in line for line in lines)


def test_a_file_is_determined_by_a_scenario(tmp_path: Path) -> None:
    households = tmp_path / "households.csv"
    households.write_text(f"{HEADER}\nh1,p1,1985-05-05,02118,filer,70000\n")
    told = {}
    for name in ("current-law", "enhanced-500"):
        results = tmp_path / f"{name}.csv"
        words = ("determine", str(households), str(results), "--coverage-month", "2026-01", "--scenario", name)
        told[name] = openhix(*words).stdout
        assert said(*words)["scenario"] == name
    assert "by the scenario enhanced-500, not by the law as it is" in told["enhanced-500"]
    assert "scenario" not in told["current-law"]
    assert "unsubsidized" in (tmp_path / "current-law.csv").read_text()
    assert "connectorcare" in (tmp_path / "enhanced-500.csv").read_text()


def test_two_laws_are_compared_over_a_file(tmp_path: Path) -> None:
    households, out = tmp_path / "households.csv", tmp_path / "out"
    rows = ("a,1,1985-06-30,02118,filer,70000", "b,1,1985-06-30,01201,filer,40000", "c,1,1985-06-30,99999,filer,1")
    households.write_text("\n".join((HEADER, *rows[:2])))
    month, before, after = (
        ("--coverage-month", "2026-01"),
        ("--scenario", "current-law"),
        ("--scenario", "enhanced-500"),
    )
    words = ("compare", str(households), *month, *before, *after)
    told = openhix(*words, "--out", str(out)).stdout
    assert "current-law to enhanced-500, 2026-01: 2 people of 2 households" in told
    assert "1 gain, 1 stay as they are, 0 lose" in told
    assert sorted(path.suffix for path in out.iterdir()) == [".csv"] * 5 + [".svg"]
    summary = said(*words)
    assert (summary["gain"], summary["same"], summary["lose"], summary["people"]) == (1, 1, 0, 2)
    assert [row["area"] for row in summary["by_area"]] == [1, 5]
    households.write_text("\n".join((HEADER, *rows)))
    done = openhix(*words)
    assert (done.exit_code, "row 4, zip" in done.stderr) == (3, True)


def test_a_comparison_wants_two_scenarios(tmp_path: Path) -> None:
    done = openhix("compare", str(tmp_path / "none.csv"), "--coverage-month", "2026-01", "--scenario", "current-law")
    assert (done.exit_code, "Give two scenarios" in done.stderr) == (2, True)
