"""Told of other exchanges: a new start date was agreed and never took effect.

Here a start date is not a note that somebody has to carry out: the policy, its bill, its letters and the coverage all
say the one day that the rules give, and the payment puts it in force.
"""

from __future__ import annotations

from datetime import date

import pytest

from openhix.people.tests import cast
from tests.stories.town import DECEMBER_23, DECEMBER_24, FEBRUARY, JANUARY, MARCH, NEW_YEAR, Town, Walker, stand_at

ENGLISH = {JANUARY: "January 1, 2026", FEBRUARY: "February 1, 2026", MARCH: "March 1, 2026"}


def assert_all_say(walker: Walker, starts: date) -> None:
    """The waiting policy, its bill, its letter; then, paid for, the coverage and the letter that tells of it."""
    assert walker.bill().policy.starts == walker.bill().month == starts
    assert walker.bill().content["month"] == starts.isoformat()
    assert ENGLISH[starts] in walker.letter("enrollment.choice")
    walker.pays()
    assert walker.covered() == [("Edith", starts, NEW_YEAR), ("Earl", starts, NEW_YEAR)]
    assert ENGLISH[starts] in walker.letter("enrollment.covered")


@pytest.mark.parametrize(
    ("day", "starts"),
    [
        (date(2025, 11, 15), JANUARY),
        (DECEMBER_23, JANUARY),
        (DECEMBER_24, FEBRUARY),
        (date(2025, 12, 31), FEBRUARY),
        (date(2026, 1, 1), FEBRUARY),
        (date(2026, 1, 23), FEBRUARY),
    ],
)
def test_every_day_of_open_enrollment_has_one_start_date(town: Town, day: date, starts: date) -> None:
    evans = town.family(cast.EVANS)
    stand_at(day)
    evans.applies()
    evans.chooses()
    assert_all_say(evans, starts)


def test_the_next_month_that_the_letter_offers_is_the_one_that_they_get(town: Town) -> None:
    """January is missed; the letter names February; chosen and paid for, it is February."""
    evans = town.family(cast.EVANS)
    evans.applies()
    evans.chooses()
    town.night(DECEMBER_24)
    assert "You can be covered from February 1, 2026" in evans.letter("enrollment.choice_ended")
    evans.chooses()
    assert_all_say(evans, FEBRUARY)
    for day in (date(2026, 1, 24), FEBRUARY, date(2026, 2, 24)):
        town.night(day)
    assert evans.covered() == [("Edith", FEBRUARY, NEW_YEAR), ("Earl", FEBRUARY, NEW_YEAR)]


def test_choosing_again_after_the_23rd_moves_the_start_of_what_waits(town: Town) -> None:
    """What was chosen for January ends, whether the night has come before the new choice or not."""
    evans = town.family(cast.EVANS)
    evans.applies()
    evans.chooses()
    stand_at(DECEMBER_24)
    evans.chooses(1)
    town.night(DECEMBER_24)
    assert evans.statuses() == ["withdrawn", "waiting"]
    assert_all_say(evans, FEBRUARY)


@pytest.mark.parametrize(
    ("day", "starts"), [(date(2026, 3, 23), date(2026, 4, 1)), (date(2026, 3, 24), date(2026, 5, 1))]
)
def test_a_dental_plan_at_any_time_of_the_year(town: Town, day: date, starts: date) -> None:
    evans = town.family(cast.EVANS)
    evans.applies()
    stand_at(day)
    policy = evans.chooses(kind="dental")
    evans.pays(kind="dental")
    assert policy.starts == starts
    assert evans.covered("dental") == [("Edith", starts, NEW_YEAR), ("Earl", starts, NEW_YEAR)]
