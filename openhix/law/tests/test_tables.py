"""Every table is whole, says where it comes from, and refuses a year that it does not have."""

import gc
import time
from datetime import date
from itertools import pairwise

import pytest
import yaml

from openhix.law import reading
from openhix.law.tables import Law, MissingLaw

PLAN_YEARS = ("2025", "2026")
FIGURES = (
    "age_curve",
    "applicable_percentage",
    "catastrophic_under",
    "connectorcare",
    "cost_sharing_reductions",
    "credit_window",
    "dependent_coverage_under",
    "edges",
    "employer_affordability",
    "family_rating",
    "filing_threshold",
    "health_safety_net",
    "lawful_presence",
    "masshealth",
    "masshealth_poverty_guideline",
    "medical_security_plan",
    "open_enrollment",
    "out_of_pocket_maximum",
    "poverty_guideline",
    "proofs",
    "published_benchmark",
    "rating_areas",
    "special_enrollment",
)

every_table = pytest.mark.parametrize("name", reading.names())


def entries(name: str) -> dict[str, reading.Figures]:
    """The figures of a table by year or first day."""
    table = reading.table(name)
    return {**table.years, **{period["from"]: period for period in table.periods}}


def test_there_are_tables_of_both_governments() -> None:
    assert {name.partition("/")[0] for name in reading.names()} == {"federal", "massachusetts"}


@every_table
def test_says_what_it_is_and_which_law_it_carries_out(name: str) -> None:
    table = reading.table(name)
    assert table.title and table.unit
    assert any(law in table.cites for law in ("USC", "CFR", "CMR"))
    assert table.asked_by in {"plan_year", "guideline_year", "date"}
    assert bool(table.periods) == (table.asked_by == "date")
    assert bool(table.years) == (table.asked_by != "date")


@every_table
def test_every_year_has_its_source_and_says_how_sure_it_is(name: str) -> None:
    for year, figures in entries(name).items():
        assert len(figures["source"]) > 10, year
        assert figures["status"] in {"sourced", "memory", "assumed"}, year
        assert figures["status"] == "sourced" or figures["doubt"], f"{year}: what is not sure?"


@every_table
def test_has_both_plan_years(name: str) -> None:
    table = reading.table(name)
    if table.asked_by == "plan_year":
        assert tuple(table.years) == PLAN_YEARS
    elif table.asked_by == "guideline_year":
        assert tuple(table.years) == ("2024", "2025", "2026")
    else:
        assert table.periods[0]["from"] <= "2025-01-01"
        assert table.periods[-1]["until"] > "2026-12-01"


@every_table
def test_no_key_is_written_twice(name: str) -> None:
    """YAML keeps the last of two equal keys without a word: a year pasted twice would hide the first."""
    root = yaml.compose((reading.HOME / f"{name}.yaml").read_text(encoding="utf-8"))
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            keys = [key.value for key, _ in node.value]
            assert len(keys) == len(set(keys)), keys
            nodes.extend(value for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            nodes.extend(node.value)


@pytest.mark.parametrize("name", ["massachusetts/masshealth_poverty_guideline", "federal/lawful_presence"])
def test_periods_follow_one_another_without_gap(name: str) -> None:
    periods = reading.table(name).periods
    assert [later["from"] for _, later in pairwise(periods)] == [earlier["until"] for earlier, _ in pairwise(periods)]


@pytest.mark.parametrize("month", [date(2025, 1, 1), date(2025, 12, 1), date(2026, 1, 1), date(2026, 12, 1)])
@pytest.mark.parametrize("figure", FIGURES)
def test_the_law_answers_for_every_month_of_both_years(month: date, figure: str) -> None:
    assert getattr(Law(month), figure)


def test_the_list_of_figures_above_is_complete() -> None:
    assert {name for name in vars(Law) if not name.startswith("_")} == set(FIGURES)


@pytest.mark.parametrize("figure", FIGURES)
@pytest.mark.parametrize("month", [date(2024, 2, 1), date(2027, 3, 1)])
def test_a_year_without_figures_is_an_error(month: date, figure: str) -> None:
    with pytest.raises(MissingLaw, match=r"law/(federal|massachusetts)/\w+\.yaml has no figures for .*: add the"):
        getattr(Law(month), figure)


def test_the_error_names_the_table_and_the_year() -> None:
    with pytest.raises(MissingLaw) as missing:
        _ = Law(date(2027, 1, 1)).applicable_percentage
    assert str(missing.value) == (
        "law/federal/applicable_percentage.yaml has no figures for plan year 2027: add the year to the table"
    )


def test_the_error_names_the_table_and_the_day() -> None:
    with pytest.raises(MissingLaw) as missing:
        _ = Law(date(2027, 3, 1)).masshealth_poverty_guideline
    assert str(missing.value) == (
        "law/massachusetts/masshealth_poverty_guideline.yaml has no figures for 2027-03-01: add the period to the table"
    )


def test_a_coverage_month_is_its_first_day() -> None:
    with pytest.raises(ValueError, match="2026-01-15 is not the first day of a month"):
        Law(date(2026, 1, 15))


def test_edges_are_all_the_places_where_something_changes() -> None:
    of_2026 = (100, 105, 133, 138, 150, 155, 200, 205, 250, 300, 305, 400)
    assert Law(date(2026, 1, 1)).edges == tuple(edge * 100 for edge in of_2026)
    assert Law(date(2025, 1, 1)).edges == tuple(edge * 100 for edge in (*of_2026, 500))


def test_reading_all_of_it_takes_little_time() -> None:
    reading.table.cache_clear()
    law = Law(date(2026, 1, 1))
    gc.freeze()  # what other tests have left in memory is not searched meanwhile
    started = time.process_time()
    for figure in FIGURES:
        getattr(law, figure)
    took = time.process_time() - started
    gc.unfreeze()
    assert took < 0.060
