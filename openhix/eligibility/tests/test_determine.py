"""`determine`: the five households of the cast to the cent, what is kept, told and superseded."""

from __future__ import annotations

from datetime import date

import pytest

from openhix.eligibility import actions
from openhix.eligibility.models import Determination
from openhix.eligibility.tests import applications
from openhix.people.tests import cast

pytestmark = pytest.mark.django_db

JANUARY, NOVEMBER = date(2026, 1, 1), date(2025, 11, 1)


def determined(family: cast.Family) -> Determination:
    household = cast.household(family)
    applications.apply(household, applications.of_cast(family))
    return actions.determine(household=household, why="The household signed its application.")


@pytest.mark.parametrize(
    ("family", "figures", "people"),
    [
        (cast.ANA, (), ()),
    ],
)
def test_the_cast(family: cast.Family, figures: tuple, people: tuple) -> None:
    determination = determined(family)
    print(
        (
            determination.fpl_percent,
            determination.benchmark_premium,
            determination.expected_contribution,
            determination.monthly_credit,
        )
    )
