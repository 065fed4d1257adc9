"""A member of a tribe walks from the answer to coverage, and earns more than the law's 300 percent afterwards."""

from __future__ import annotations

from openhix.application.answers import Answers, Income, IncomeSource, Period
from openhix.people.tests import cast
from tests.stories.town import DECEMBER_22, JANUARY, NEW_YEAR, Town
from tests.stories.twelve import member_of_a_tribe


def earning(dollars: int) -> Answers:
    told = member_of_a_tribe()
    told.people[0].incomes = [Income(IncomeSource.JOB, dollars * 100, Period.YEAR)]
    return told


def test_care_at_no_cost_stays_until_the_income_is_too_high(town: Town) -> None:
    """$46,950 is 300% of $15,650, the last dollar with which care costs nothing anywhere."""
    june = town.family(cast.ANA)
    june.applies(earning(46_950))
    june.chooses()
    june.pays()
    town.night(DECEMBER_22)
    june.applies(earning(46_950))
    [standing] = june.standings()
    assert (standing.policy.variant, june.covered()) == ("zero", [("June", JANUARY, NEW_YEAR)])
    assert "you pay nothing for care that the plan covers" in june.letter("enrollment.covered")
    june.applies(earning(46_951))
    now = june.standings()[0]
    assert now.policy.variant == "limited"
    assert june.covered() == [("June", JANUARY, NEW_YEAR)]
    assert "at Indian health providers, or to which they refer you" in june.letter("enrollment.changed")
