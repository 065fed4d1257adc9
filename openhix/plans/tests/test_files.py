"""Reading a shelf's files: an operator's own, and whatever may be wrong in them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openhix.plans import files, shelf
from openhix.plans.files import SHIPPED
from openhix.plans.geography import Geography
from openhix.plans.shelf import NO_RATE, ShelfRefused
from openhix.plans.tests import small
from openhix.plans.tests.small import Rows

PLANS, RATES, AREAS = "MAPlans20260101.csv", "MARates20260101.csv", "MAServiceAreas20260101.csv"
BENEFITS, OURS = "MABenefits20260101.csv", "openhix.csv"
COLUMNS = {
    PLANS: files.PLANS,
    RATES: files.RATES,
    AREAS: files.SERVICE_AREAS,
    BENEFITS: files.BENEFITS,
    OURS: files.OURS,
}
PLATINUM, DENTAL = "31779MA9010001", "18076MA9090001"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small.write(tmp_path / "shelf")


def refusals(folder: Path) -> list[str]:
    with pytest.raises(ShelfRefused) as refused:
        shelf.read(folder)
    return [str(refusal) for refusal in refused.value.refusals]


def test_the_small_shelf_is_good(folder: Path) -> None:
    assert len(shelf.read(folder).plans) == 8


cells_of_the_shelf = st.sampled_from(sorted((file, column) for file, columns in COLUMNS.items() for column in columns))
bad_everywhere = st.sampled_from(["x" * 501, "\x07", "Blue\x00Cross", "a\nb"])
# Columns of free text, of lists and of optional words take more than these.
free = {"CSR VARIATION TYPE", "PLAN MARKETING NAME", "PLAN TYPE", "BenefitName", "LimitQty", "LimitUnit", "Explanation"}
bad_where_something_is_expected = st.sampled_from(
    ["abc", "-5", "$-1.00", "12,34", "日本", "1e3", "=1+1", "<script>", "٣"]
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells_of_the_shelf, st.data())
def test_one_corrupt_cell_is_found_by_file_row_and_column(
    tmp_path_factory: pytest.TempPathFactory, cell: tuple[str, str], data: st.DataObject
) -> None:
    file, column = cell
    folder = small.write(tmp_path_factory.mktemp("corrupt"))
    row = data.draw(st.integers(2, len(small.rows_of(folder / file))), label="row")
    may_be_any_text = column in free or column.startswith(("Copay", "Coins"))
    bad = data.draw(
        bad_everywhere if may_be_any_text else bad_everywhere | bad_where_something_is_expected, label="bad"
    )
    small.set_cell(folder, file, row, column, bad)
    with pytest.raises(ShelfRefused) as refused:
        shelf.read(folder)
    assert (file, row, column) in {refusal[:3] for refusal in refused.value.refusals}
    assert len(str(refused.value)) < 100 * 400
    shutil.rmtree(folder)


@pytest.mark.parametrize(
    ("file", "row", "column", "text", "reason"),
    [
        (RATES, 5, "INDIVIDUAL RATE", "$0.00", "above $0 and up to $10,000.00"),
        (RATES, 5, "INDIVIDUAL RATE", "", "nothing is not an amount"),
        (RATES, 5, "INDIVIDUAL RATE", "Not Applicable", "'Not Applicable' is not an amount"),
        (RATES, 5, "INDIVIDUAL RATE", "$10,000.01", "above $0 and up to $10,000.00"),
        (RATES, 5, "INDIVIDUAL RATE", "-$12.00", "is not an amount such as $1,234.56"),
        (RATES, 5, "AGE", "65", "'65' is not an age band"),
        (RATES, 5, "AGE", "0-20", "'0-20' is not an age band"),
        (RATES, 5, "RATING AREA ID", "Rating Area 8", "Rating Area 1 to Rating Area 7 is expected"),
        (RATES, 5, "PLAN ID", "31779MA9990001", "31779MA9990001 is not among the plans"),
        (RATES, 5, "AGE", "0-14", "a second price: the first is in row 2"),
        (PLANS, 3, "BUSINESS YEAR", "2025", "2025 stands here, and 2026 above"),
        (PLANS, 2, "STATE CODE", "NH", "'NH' stands here, and one of MA is expected"),
        (PLANS, 2, "SERVICE AREA ID", "MAS009", "is not among the service areas"),
        (PLANS, 2, "METAL LEVEL", "Gold", "Gold is not for a dental plan"),
        (PLANS, 2, "ISSUER ID", "31779", "31779 is not the issuer of 18076MA9090001"),
        (PLANS, 2, "PLAN ID", "31779MA9010001-01", "is not a variant of 18076MA9090001"),
        (PLANS, 2, "PLAN MARKETING NAME", "", "0 characters stand here"),
        (PLANS, 2, "PLAN MARKETING NAME", "x" * 201, "201 characters stand here"),
        (PLANS, 2, "TEHB INN TIER 1 INDIVIDUAL MOOP", "", "nor Not Applicable"),
        (AREAS, 3, "COUNTY", "Providence", "'Providence' is not a county of Massachusetts"),
        (AREAS, 3, "COUNTY", "", "a county is needed"),
        (AREAS, 3, "COUNTY", "25005", "the same as row"),
        (BENEFITS, 2, "StandardComponentId", "31779MA9990001", "is not among the plans"),
        (BENEFITS, 3, "BenefitName", "Dental Check-Up for Children", "stands here a second time"),
        (OURS, 2, "TIER", "copper", "'copper' stands here, and one of platinum"),
        (OURS, 2, "PREMIUM BASIS", "guessed", "`published <year>` or `illustrative` is expected"),
        (OURS, 2, "STANDARD COMPONENT ID", "31779MA9990001", "is not among the plans"),
    ],
)
def test_what_is_said_of_a_wrong_cell(folder: Path, file: str, row: int, column: str, text: str, reason: str) -> None:
    if text == "25005":
        row = next(at for at, cells in enumerate(small.rows_of(folder / AREAS), 1) if cells[3] == "25009")
    small.set_cell(folder, file, row, column, text)
    told = refusals(folder)
    assert any(line.startswith(f"{file}, row {row}, {column}: ") and reason in line for line in told), told


def drop(column: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        position = rows[0].index(column)
        for row in rows:
            del row[position]

    return change


@pytest.mark.parametrize(
    ("file", "change", "reason"),
    [
        (PLANS, drop("METAL LEVEL"), f"{PLANS}, row 1, METAL LEVEL: the column is missing"),
        (RATES, drop("AGE"), f"{RATES}, row 1, AGE: the column is missing"),
        (RATES, lambda rows: rows[6].append("more"), f"{RATES}, row 7: 5 cells in a table of 4 columns"),
        (RATES, lambda rows: rows[6].pop(), f"{RATES}, row 7: 3 cells in a table of 4 columns"),
        (RATES, lambda rows: rows.__delitem__(slice(1, None)), f"{RATES}: the file has no rows"),
        (AREAS, lambda rows: rows.append(rows[1]), "the same as row 2"),
        (PLANS, lambda rows: rows.append(rows[1]), "PLAN ID: the same plan as row 2"),
    ],
)
def test_what_is_said_of_a_wrong_table(folder: Path, file: str, change: Callable[[Rows], object], reason: str) -> None:
    small.change(folder / file, change)
    assert any(reason in line for line in refusals(folder))


@pytest.mark.parametrize("file", [PLANS, RATES, AREAS, BENEFITS])
def test_a_missing_file_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    assert any(line.startswith(file[:-12]) and "there is no such file" in line for line in refusals(folder))


def test_two_files_of_a_kind_are_one_too_many(folder: Path) -> None:
    shutil.copy(folder / PLANS, folder / "MAPlans20260601.csv")
    assert "MAPlans20260101.csv, MAPlans20260601.csv" in refusals(folder)[0]


def test_a_file_that_cannot_be_read_is_told(folder: Path) -> None:
    (folder / PLANS).unlink()
    (folder / PLANS).mkdir()
    assert refusals(folder)[0] == f"{PLANS}: the file cannot be read: Is a directory"


def test_a_file_in_another_encoding_is_told_with_its_row(folder: Path) -> None:
    text = (folder / PLANS).read_text("utf-8-sig").replace("Altus Dental Low", "Altus Dentál Low")
    (folder / PLANS).write_text(text, encoding="latin-1")
    assert refusals(folder) == [f"{PLANS}, row 4: the file is not in UTF-8: save it as CSV UTF-8"]


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b'a,"b\n', b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_refused(folder: Path, content: bytes) -> None:
    (folder / RATES).write_bytes(content)
    assert any(line.startswith(RATES) for line in refusals(folder))


def test_a_plan_without_a_price_where_it_is_sold_is_refused(folder: Path) -> None:
    small.change(
        folder / RATES,
        lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[:2] != [PLATINUM, "Rating Area 3"]]),
    )
    assert refusals(folder) == [
        f"{PLANS}, row 6, STANDARD COMPONENT ID: {PLATINUM} is sold in Rating Area 3 and has no rate there"
    ]


def test_a_plan_without_benefits_is_refused(folder: Path) -> None:
    small.change(
        folder / BENEFITS, lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[0] != DENTAL])
    )
    assert refusals(folder) == [f"{PLANS}, row 2, STANDARD COMPONENT ID: {DENTAL} has no row in {BENEFITS}"]


def test_a_year_without_law_names_the_table(folder: Path) -> None:
    small.change(folder / PLANS, lambda rows: [row.__setitem__(0, "2031") for row in rows[1:]])
    assert "law/massachusetts/rating_areas.yaml has no figures for plan year 2031" in refusals(folder)[0]


def test_everything_that_is_wrong_is_told_at_once_and_the_message_stays_readable(folder: Path) -> None:
    small.change(folder / RATES, lambda rows: [row.__setitem__(3, "free") for row in rows[1:]])
    small.set_cell(folder, PLANS, 2, "METAL LEVEL", "Copper")
    with pytest.raises(ShelfRefused) as refused:
        shelf.read(folder)
    assert len(refused.value.refusals) == len(small.rows_of(folder / RATES))
    assert str(refused.value).endswith("more")
    assert len(str(refused.value).splitlines()) == 102


def test_tiers_and_connectorcare_are_told_by_names_where_our_own_file_is_missing(tmp_path: Path) -> None:
    """Real files of a year have no `openhix.csv`: what can be told from them is the same, and is not illustrative."""
    folder = tmp_path / "real"
    shutil.copytree(SHIPPED, folder, ignore=shutil.ignore_patterns(OURS))
    real, ours = shelf.read(folder), shelf.shipped(2026)
    assert [(plan.id, plan.tier, plan.connectorcare) for plan in real.plans] == [
        (plan.id, plan.tier, plan.connectorcare) for plan in ours.plans
    ]
    assert {plan.premium_basis for plan in real.plans} == {"published 2026"}
    assert {plan.deductible.family for plan in real.plans} == {None}
    assert np.array_equal(real.premiums, ours.premiums)


def test_a_carrier_that_we_do_not_know_goes_by_its_number(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_text(file.read_text("utf-8-sig").replace("31779", "99999"), encoding="utf-8")
    assert {plan.carrier.name for plan in shelf.read(folder).plans} == {"99999", "Altus Dental"}


def test_a_part_of_a_county_is_told_by_its_zips(folder: Path) -> None:
    row = next(at for at, cells in enumerate(small.rows_of(folder / AREAS), 1) if cells[3] == "25001")
    small.set_cell(folder, AREAS, row, "PARTIAL COUNTY", "Yes")
    assert "ZIP CODE: a part of a county is told by its ZIP codes" in refusals(folder)[0]
    small.set_cell(folder, AREAS, row, "ZIP CODE", "02601, 02118")
    assert "ZIP CODE: 02118 is not a ZIP code of this county" in refusals(folder)[0]
    small.set_cell(folder, AREAS, row, "ZIP CODE", "02601, 02632")
    here = Geography.shipped()
    read = shelf.read(folder)
    sold = read.open_at[read.position(PLATINUM)]
    in_barnstable = {place.zip for place in here.places if place.county == "Barnstable" and sold[place.index]}
    assert in_barnstable == {"02601", "02632"}


def test_only_what_the_exchange_sells_to_individuals_is_offered(folder: Path) -> None:
    """Off-exchange plans and variants are left out with their prices; small-group plans are kept apart."""
    row = next(at for at, cells in enumerate(small.rows_of(folder / PLANS), 1) if cells[6] == PLATINUM)
    small.set_cell(folder, PLANS, row, "QHP NONQHP TYPE ID", "Off the Exchange")
    small.set_cell(folder, PLANS, row + 1, "MARKET COVERAGE", "SHOP (Small Group)")
    silver = next(cells for cells in small.rows_of(folder / PLANS) if cells[10] == "Silver")
    variants = [[*silver[:7], f"{silver[6]}-{variant}", *silver[8:]] for variant in ("00", "04", "06")]
    small.change(folder / PLANS, lambda rows: rows.extend(variants))
    read = shelf.read(folder)
    assert len(read.plans) == 7
    assert PLATINUM not in {plan.id for plan in read.plans}
    boston = Geography.shipped().find("02118")
    assert len(read.open_to(boston)) == 6
    assert len(read.open_to(boston, market="small_group")) == 1


def test_a_missing_age_is_no_price_and_not_a_price_of_zero(folder: Path) -> None:
    small.change(
        folder / RATES,
        lambda rows: rows.__setitem__(slice(None), [row for row in rows if row[0] != PLATINUM or row[2] != "40"]),
    )
    read = shelf.read(folder)
    prices = read.premiums[read.position(PLATINUM)]
    assert (prices[:, 40] == NO_RATE).all()
    assert (prices[:, [39, 41]] > 0).all()
