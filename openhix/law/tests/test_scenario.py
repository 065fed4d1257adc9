"""Scenarios change the tables that they name and no other, and two laws live side by side."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from openhix.law import reading
from openhix.law import scenario as scenarios
from openhix.law.tables import CURRENT_LAW, Law, MissingLaw, UnknownScenario
from openhix.law.tests.test_tables import FIGURES

JANUARY = date(2026, 1, 1)

every_scenario = pytest.mark.parametrize("name", scenarios.scenarios())


def test_the_law_as_it_is_stands_first_and_changes_nothing() -> None:
    assert scenarios.scenarios() == ("current-law", "enhanced-500", "federal-2027")
    assert scenarios.find(CURRENT_LAW).is_current_law
    assert Law(JANUARY).scenario.name == CURRENT_LAW
    for figure in ("edges", "applicable_percentage", "credit_window", "connectorcare", "employer_affordability"):
        assert getattr(Law(JANUARY, CURRENT_LAW), figure) == getattr(Law(JANUARY), figure)


@every_scenario
def test_says_what_it_is_where_it_comes_from_and_what_is_made_up(name: str) -> None:
    found = scenarios.find(name)
    assert all(len(text) > 3 for text in (found.title, found.says, found.source, found.illustrative))
    assert found.is_current_law == (name == CURRENT_LAW)


@every_scenario
def test_changes_figures_that_the_table_has_in_the_same_words(name: str) -> None:
    """A misspelled key would be passed over, and the law's figure stand in silence."""
    for table, years in scenarios.find(name).changes.items():
        for year, figures in years.items():
            day = date(int(year), 1, 1)
            law = reading.table(table)
            known = law.on(day) if law.periods else law.for_year(int(year))
            assert set(figures) <= set(known), table
            assert figures != {key: known[key] for key in figures}, f"{table} changes nothing"


@every_scenario
@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_can_be_read(name: str, figure: str) -> None:
    assert getattr(Law(date(2026, 12, 1), name), figure)


def test_two_laws_live_side_by_side() -> None:
    now, enhanced, coming = Law(JANUARY), Law(JANUARY, "enhanced-500"), Law(JANUARY, "federal-2027")
    assert [law.credit_window.maximum for law in (now, enhanced, coming)] == [40_000, 50_000, 40_000]
    assert [law.poverty_guideline.year for law in (now, enhanced, coming)] == [2025, 2025, 2026]
    assert [law.employer_affordability for law in (now, enhanced, coming)] == [996, 996, 1022]
    assert [law.masshealth for law in (enhanced, coming)] == [now.masshealth] * 2
    assert coming.lawful_presence.may_buy == now.lawful_presence.may_buy
    assert now.lawful_presence.credit - coming.lawful_presence.credit == {"lawfully_present"}
    assert [each.code for each in enhanced.connectorcare.plan_types][-1] == "3D"
    assert enhanced.connectorcare.cost_sharing("high") == now.connectorcare.cost_sharing("high")
    assert 50_000 in enhanced.edges and 50_000 not in now.edges


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_read_from_the_tables_of_its_own_law(figure: str) -> None:
    """A figure that went to the shipped tables of itself would answer as the law does in any scenario."""
    law = Law(JANUARY)
    empty = {name: reading.Table(name, "", "", "plan_year", "", {}, ()) for name in reading.names()}
    law.tables = reading.Tables(empty)
    with pytest.raises(MissingLaw):
        getattr(law, figure)


def test_a_changed_year_leaves_the_others_alone() -> None:
    window = reading.table("federal/credit_window").changed({"2026": {"maximum": "500"}})
    assert [window.for_year(2026)[key] for key in ("minimum", "maximum")] == ["100", "500"]
    assert window.for_year(2025)["maximum"] == "none"
    dated = reading.table("federal/lawful_presence").changed({"2026": {"credit": ["citizen"]}})
    assert dated.on(date(2026, 1, 1))["credit"] == dated.on(date(2026, 12, 31))["credit"] == ["citizen"]
    assert len(dated.on(date(2025, 12, 31))["credit"]) == 4
    guideline = reading.table("massachusetts/masshealth_poverty_guideline").changed({"2026": {"source": "a test"}})
    assert [guideline.on(date(2026, month, 1))["guideline"] for month in (2, 3)] == ["2025", "2026"]
    assert [guideline.on(date(2026, month, 1))["source"] for month in (2, 3)] == ["a test"] * 2
    with pytest.raises(MissingLaw, match="no figures for plan year 2027"):
        reading.table("federal/credit_window").changed({"2027": {"maximum": "500"}})


def test_a_scenario_that_is_none_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownScenario, match="no scenario 'enhanced'; there are current-law, enhanced-500, federal"):
        Law(JANUARY, "enhanced")


def test_a_year_that_the_scenario_is_not_about_is_refused() -> None:
    with pytest.raises(
        MissingLaw, match=r"law/scenarios/enhanced-500.yaml says nothing of plan year 2025: it has 2026"
    ):
        Law(date(2025, 1, 1), "enhanced-500")


def test_a_scenario_that_changes_no_table_of_law_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.yaml").write_text(
        "{title: t, says: s, source: s, illustrative: i, plan_years: [], tables: {a/b: {}}}"
    )
    monkeypatch.setattr(scenarios, "FOLDER", tmp_path)
    scenarios.scenarios.cache_clear()
    try:
        with pytest.raises(
            UnknownScenario, match=r"odd\.yaml changes a/b, which is no table; the tables are federal/appl"
        ):
            scenarios.find("odd")
    finally:
        scenarios.scenarios.cache_clear()
