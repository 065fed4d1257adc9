"""An answer that gives time to choose by itself: new ConnectorCare, another plan type, the credit alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from conftest import OnDay
from openhix.application.answers import Answers
from openhix.correspondence.queries import letters_of
from openhix.eligibility.models import Determination
from openhix.eligibility.tests import applications
from openhix.enrollment import actions
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.tests.walks import answer, choose, determined, pay, persons, plans
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]
MARCH_12 = date(2026, 3, 12)


def earning(dollars: int) -> Answers:
    bruno = cast.BRUNO.members[0]
    return applications.of_cast(replace(cast.BRUNO, members=(replace(bruno, income=dollars),)))


def opened(household: Household, determination: Determination) -> list[str]:
    found = actions.open_by_determination(household=household, determination=determination)
    return [each.event for each in found]


def test_who_newly_qualifies_for_connectorcare_may_choose(on_day: OnDay) -> None:
    on_day(MARCH_12)
    bruno = determined(cast.BRUNO)
    determination = Determination.objects.get()
    assert opened(bruno, determination) == ["newly_connectorcare"]
    special = SpecialEnrollment.objects.get()
    assert (special.opens, special.ends, special.proof) == (MARCH_12, date(2026, 5, 11), None)
    assert letters_of(bruno)[0].kind == "enrollment.special_opened"
    assert opened(bruno, determination) == []


def test_an_answer_that_changes_nothing_opens_nothing(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    on_day(MARCH_12)
    assert opened(bruno, answer(bruno, earning(43_000))) == []


def test_another_plan_type_opens_it(on_day: OnDay) -> None:
    """$43,000 is type 3B, $30,000 type 2B."""
    bruno = determined(cast.BRUNO)
    on_day(MARCH_12)
    assert opened(bruno, answer(bruno, earning(30_000))) == ["plan_type_change"]


def test_from_no_help_to_connectorcare(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO, earning(90_000))
    on_day(MARCH_12)
    assert opened(bruno, answer(bruno, earning(43_000))) == ["newly_connectorcare"]


def test_from_connectorcare_to_no_help_opens_nothing(on_day: OnDay) -> None:
    """956 CMR 12.10(1)(d) is about the credit; who had a plan and loses the credit has time by federal law."""
    bruno = determined(cast.BRUNO)
    on_day(MARCH_12)
    assert opened(bruno, answer(bruno, earning(90_000))) == []


def test_who_is_in_a_plan_and_loses_the_credit_may_choose(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="k")
    pay(bruno)
    on_day(MARCH_12)
    assert opened(bruno, answer(bruno, earning(90_000))) == ["credit_gained_or_lost"]


def test_from_masshealth_to_a_plan_it_counts_from_the_end_of_masshealth(on_day: OnDay) -> None:
    """130 CMR 502.006(D): on March 16 it is the end of April."""
    bruno = determined(cast.BRUNO, earning(15_000))
    on_day(date(2026, 3, 16))
    assert opened(bruno, answer(bruno, earning(90_000))) == ["loss_of_masshealth"]
    special = SpecialEnrollment.objects.get()
    assert (special.event_day, special.ends) == (date(2026, 4, 30), date(2026, 6, 29))


def test_in_open_enrollment_it_is_written_down_only_where_it_goes_on_longer(on_day: OnDay) -> None:
    on_day(date(2025, 11, 24))
    bruno = determined(cast.BRUNO)
    assert opened(bruno, Determination.objects.get()) == []
    on_day(date(2025, 11, 25))
    other = determined(cast.namesakes(cast.BRUNO, "later@example.com"))
    assert opened(other, Determination.objects.get(household=other)) == ["newly_connectorcare"]
