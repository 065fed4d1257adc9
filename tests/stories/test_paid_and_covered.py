"""Told of other exchanges: a check was cashed and there was no coverage.

Here one and the same moment books a full first payment and begins the coverage; money that comes too late or is too
little stays the household's, is told to it, and pays for what it chooses next.
"""

from __future__ import annotations

from datetime import date, time

import pytest

from openhix.billing import queries as books
from openhix.billing.models import Transfer
from openhix.people.tests import cast
from tests.stories.town import DECEMBER_22, DECEMBER_23, DECEMBER_24, FEBRUARY, JANUARY, NEW_YEAR, Town, stand_at


def test_whoever_has_paid_is_covered(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses()
    assert (bruno.covered(), bruno.bill().owed) == ([], policy.price)
    bruno.pays()
    assert bruno.covered() == [("Bruno", JANUARY, NEW_YEAR)]
    assert bruno.balance() == 0
    assert bruno.letters()[-1] == "enrollment.covered"


def test_also_when_no_job_has_been_done_since_the_choice(town: Town) -> None:
    """The queue stands still: what is due is found by the payment itself."""
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses(wait=False)
    assert books.latest_bill(bruno.household, "health") is None
    bruno.pays(policy.price)
    assert bruno.covered() == [("Bruno", JANUARY, NEW_YEAR)]
    assert books.latest_bill(bruno.household, "health") is None  # nothing is asked for that is paid


def test_every_member_of_every_policy_of_the_choice(town: Town) -> None:
    """Two adults in ConnectorCare pay one bill; their child has MassHealth, and no plan."""
    diallo = town.family(cast.DIALLO)
    diallo.applies()
    diallo.chooses()
    diallo.pays()
    assert diallo.covered() == [("Aïssatou", JANUARY, NEW_YEAR), ("Moussa", JANUARY, NEW_YEAR)]


def test_a_payment_in_parts_covers_with_the_last_cent(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses()
    bruno.pays(policy.price - 1)
    assert (bruno.covered(), bruno.owes()) == ([], 1)
    stand_at(DECEMBER_22)
    bruno.pays(1)
    assert bruno.covered() == [("Bruno", JANUARY, NEW_YEAR)]


@pytest.mark.parametrize(
    ("day", "moment", "is_in_time"),
    [
        (DECEMBER_23, time(23, 59), True),
        (DECEMBER_23, time(23, 59, 59, 999_999), True),
        (DECEMBER_24, time(0, 0), False),
    ],
)
def test_the_last_minute_of_the_23rd(town: Town, day: date, moment: time, is_in_time: bool) -> None:
    """23:59 in Massachusetts is the 24th in Greenwich, where the database keeps its time."""
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    bruno.chooses()
    stand_at(day, moment)
    paid = bruno.pays()
    assert Transfer.objects.get(payment=paid).counts_on == day
    assert bool(bruno.covered()) is is_in_time
    town.night(DECEMBER_24)
    assert bruno.statuses() == (["complete"] if is_in_time else ["withdrawn"])
    assert bool(bruno.covered()) is is_in_time


def test_too_late_it_is_still_theirs_and_pays_for_february(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses()
    stand_at(DECEMBER_24, time(0, 0))
    bruno.pays()
    town.night(DECEMBER_24)
    assert (bruno.covered(), bruno.balance()) == ([], policy.price)
    assert "February 1, 2026" in bruno.letter("enrollment.choice_ended")
    bruno.chooses()
    assert bruno.covered() == [("Bruno", FEBRUARY, NEW_YEAR)]
    assert bruno.balance() == 0
