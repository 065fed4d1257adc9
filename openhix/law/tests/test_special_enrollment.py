"""The events that open a time to enroll: each cited, with its window, and the one that is no longer law."""

from datetime import date, timedelta

import pytest

from openhix.law import reading
from openhix.law.special_enrollment import EnrolleeMay, LifeEvent, Opener, Starts, Who
from openhix.law.tables import Law, MissingLaw

IN_2026 = Law(date(2026, 1, 1)).special_enrollment
TABLE = reading.table("massachusetts/special_enrollment")

every_event = pytest.mark.parametrize("code", IN_2026.events)


@every_event
@pytest.mark.parametrize("year", TABLE.years)
def test_every_event_says_where_it_comes_from_and_how_sure_it_is(year: str, code: str) -> None:
    figures = TABLE.years[year]["events"][code]
    assert any(law in figures["cites"] for law in ("CFR", "CMR"))
    assert len(figures["source"]) > 10
    assert figures["status"] in {"sourced", "memory", "assumed"}
    assert figures["status"] == "sourced" or figures["doubt"]


@every_event
def test_every_event_can_be_opened_by_staff_or_is_no_law(code: str) -> None:
    event = IN_2026.event(code)
    assert Opener.STAFF in event.opened_by or not event.is_active(date(2026, 6, 1))


@every_event
def test_a_first_day_that_is_fitted_to_the_facts_is_for_staff_alone(code: str) -> None:
    event = IN_2026.event(code)
    assert event.starts is not Starts.FITTED or event.opened_by == {Opener.STAFF}


def test_the_window_is_sixty_days_after_the_event_and_sixty_before_a_loss() -> None:
    lost = date(2026, 3, 31)
    assert IN_2026.event("loss_of_coverage").window(lost) == (date(2026, 1, 30), date(2026, 5, 30))
    assert IN_2026.event("marriage").window(lost) == (lost, lost + timedelta(days=60))


def test_a_member_of_a_tribe_has_until_the_end_of_the_month() -> None:
    event = IN_2026.event("tribal_member")
    assert event.window(date(2026, 2, 10)) == (date(2026, 2, 10), date(2026, 2, 28))
    assert event.who is Who.TRIBAL_MEMBER


def test_connectorcare_opens_it_by_itself() -> None:
    for code in ("newly_connectorcare", "plan_type_change", "connectorcare_to_credit"):
        event = IN_2026.event(code)
        assert Opener.DETERMINED in event.opened_by and Opener.TOLD not in event.opened_by
        assert not event.proof


def test_a_new_dependent_is_added_to_the_plan_that_one_has() -> None:
    may = {code: event.enrollee for code, event in IN_2026.events.items() if event.enrollee is not EnrolleeMay.ANY}
    assert may == {"marriage": "same_plan", "new_child": "same_plan", "cost_sharing_gained": "silver"}


def test_low_income_alone_opens_nothing_any_more() -> None:
    """90 FR 27074 ended it; the use in Massachusetts had ended before."""
    for day in (date(2025, 1, 1), date(2026, 12, 31)):
        assert not Law(day.replace(day=1)).special_enrollment.event("income_150").is_active(day)


def test_an_event_may_be_law_for_some_days_only() -> None:
    """Former MassHealth members could enroll until 23 November 2024; the day after the last is excluded."""
    figures = {**TABLE.years["2026"]["events"]["loss_of_masshealth"], "active": "2023-04-01 to 2024-11-24"}
    event = LifeEvent.read("extension", figures)
    days = [date(2023, 3, 31), date(2023, 4, 1), date(2024, 11, 23), date(2024, 11, 24)]
    assert [event.is_active(day) for day in days] == [False, True, True, False]


def test_who_can_enroll_all_year() -> None:
    assert {"masshealth", "health_safety_net", "cmsp", "dental", "tribal_member"} < set(IN_2026.year_round)


def test_an_event_that_is_not_there_is_an_error() -> None:
    with pytest.raises(MissingLaw, match=r"special_enrollment.yaml has no event lottery for plan year 2026: add it"):
        IN_2026.event("lottery")
