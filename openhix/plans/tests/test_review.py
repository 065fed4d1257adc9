"""What staff are told of a shelf that is possible but hardly meant."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from openhix.plans import review, shelf
from openhix.plans.tests import small

PLATINUM = "31779MA9010001"
SILVER = "31779MA9040001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "shelf")


def told(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, text in review.findings(shelf.read(folder)):
        found.setdefault(kind, []).append(text)
    return found


def keep(folder: Path, file: str, *, unless: tuple[int, str]) -> None:
    """Drop the rows that have this text in this column."""
    column, text = unless
    small.change(
        folder / file, lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[column] != text])
    )


def test_there_is_nothing_to_say_of_the_shipped_shelf() -> None:
    assert review.findings(shelf.shipped(2026)) == []


def test_counties_with_too_few_connectorcare_carriers_and_places_with_too_few_silver_plans(folder: Path) -> None:
    found = told(folder)
    assert len(found["connectorcare_carriers"]) == 14
    assert "Suffolk County has 1 to 1 ConnectorCare carriers; 4 to 8 are expected" in found["connectorcare_carriers"]
    assert "Dukes County has 0 to 0 ConnectorCare carriers; 4 to 8 are expected" in found["connectorcare_carriers"]
    assert "Nantucket (02554, 02564, 02584)" in found["too_few_silver"][0]
    assert "no_dental" not in found
    assert "benchmark" not in found  # without a second silver plan there is none to compare


def test_a_shelf_without_dental_plans_says_where(folder: Path) -> None:
    for file, column in (("MAPlans20260101.csv", 6), ("MARates20260101.csv", 0), ("MABenefits20260101.csv", 0)):
        ids = {row[column] for row in small.rows_of(folder / file) if row[column].startswith("18076")}
        for id in ids:
            keep(folder, file, unless=(column, id))
    (folder / "openhix.csv").unlink()
    assert "Barnstable (02532, 02534, 02536, 02537, 02540, ...)" in told(folder)["no_dental"][0]


def test_a_plan_without_prices_for_some_ages(folder: Path) -> None:
    small.change(
        folder / "MARates20260101.csv",
        lambda rows: rows.__setitem__(
            slice(None), [row for row in rows if row[0] != PLATINUM or row[2] not in ("40", "64 and over")]
        ),
    )
    name = "Standard Platinum: UHC Navigate Platinum"
    assert told(folder)["unpriced_ages"] == [f"{name} ({PLATINUM}) has no price at 2 ages, from 40 to 64"]


def test_a_plan_above_the_federal_maximum(folder: Path) -> None:
    row = next(at for at, cells in enumerate(small.rows_of(folder / "openhix.csv"), 1) if cells[0] == PLATINUM)
    small.set_cell(folder, "openhix.csv", row, "FAMILY MOOP", "$21,200.00")
    assert "out_of_pocket_maximum" not in told(folder)
    small.set_cell(folder, "openhix.csv", row, "FAMILY MOOP", "$21,200.01")
    assert "$10,600.00 for one, $21,200.00 for a family" in told(folder)["out_of_pocket_maximum"][0]


def test_a_benchmark_other_than_the_published_one(folder: Path) -> None:
    """The platinum plan becomes a second silver one, so that there is a second-lowest."""
    row = next(at for at, cells in enumerate(small.rows_of(folder / "MAPlans20260101.csv"), 1) if cells[6] == PLATINUM)
    small.set_cell(folder, "MAPlans20260101.csv", row, "METAL LEVEL", "Silver")
    price = shelf.shipped(2026).premiums[shelf.shipped(2026).position(PLATINUM), 4, 0]
    assert (
        f"Rating Area 5: the benchmark at child age is ${price / 100:.2f}; $266.00 was published"
        in told(folder)["benchmark"]
    )


def test_a_carrier_without_a_name(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_text(file.read_text("utf-8-sig").replace("31779", "99999"), encoding="utf-8")
    assert told(folder)["nameless_carrier"] == ["Issuer 99999 has no name in our table of carriers"]


def openhix(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "openhix.site.cli", *arguments], capture_output=True, text=True)


def test_the_command_counts_by_market_tier_and_carrier() -> None:
    shown = openhix("plans", "shelf", "--year", "2026")
    assert shown.returncode == 0, shown.stderr
    assert "Individual health plans: 48" in shown.stdout
    assert "Individual dental plans: 12, and 2 new" in shown.stdout
    assert "illustrative" in shown.stdout
    data = json.loads(openhix("plans", "shelf", "--json").stdout)
    market = data["markets"]["individual"]
    assert data["illustrative"] is True
    assert market["health"]["plans"] == sum(market["health"]["tiers"].values()) == 48
    assert market["health"]["carriers"]["Tufts Health Direct"]["plans"] == 8
    assert (market["dental"]["plans"], market["dental"]["said"]) == (14, "12, and 2 new")
    assert market["dental"]["tiers"] == {"family_plus": 2, "family_high": 3, "family_low": 4, "pediatric": 5}
    assert data["connectorcare_carriers"]["Dukes"] == {"fewest": 4, "most": 4}
    assert data["findings"] == []


def test_the_command_says_what_is_wrong(folder: Path) -> None:
    small.set_cell(folder, "MARates20260101.csv", 9, "INDIVIDUAL RATE", "free")
    for arguments, says in (
        (("--shelf", str(folder)), "MARates20260101.csv, row 9, INDIVIDUAL RATE: 'free' is not an amount"),
        (("--year", "2025"), "no plans of 2025 come with the program"),
        (("--year", "abc"), "'abc' is not a valid integer"),
    ):
        shown = openhix("plans", "shelf", *arguments)
        assert shown.returncode != 0
        assert says in shown.stderr
        assert "Traceback" not in shown.stderr
    small.write(folder)
    assert "say --year 2026" in openhix("plans", "shelf", "--year", "2025", "--shelf", str(folder)).stderr
