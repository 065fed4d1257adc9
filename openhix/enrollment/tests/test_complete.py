"""Completing: what is paid for becomes coverage, what it replaces ends the day before, and nobody is covered twice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import letters, queries, telling
from openhix.enrollment.models import Coverage, Step
from openhix.enrollment.tests.walks import (
    FEBRUARY,
    JANUARY,
    NEXT_YEAR,
    choose,
    covered,
    determined,
    pay,
    persons,
    plans,
    statuses,
)
from openhix.history.models import Event
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

DECEMBER = date(2025, 12, 1)


def test_paid_in_time_is_covered_from_the_first_day_to_the_end_of_the_year() -> None:
    evans = determined(cast.EVANS)
    (policy,) = choose(evans, (plans(evans, persons(evans))[0], persons(evans)), key="k")
    assert pay(evans) == [policy]
    assert covered(evans) == [("Edith", policy.pk, JANUARY, NEXT_YEAR), ("Earl", policy.pk, JANUARY, NEXT_YEAR)]
    assert letters_of(evans)[0].kind == "enrollment.covered"
    event = Event.objects.get(kind="enrollment.completed")
    assert (event.subject_id, event.payload) == (evans.pk, {"policy": policy.pk})


def test_a_second_payment_completes_nothing_more() -> None:
    evans = determined(cast.EVANS)
    choose(evans, (plans(evans, persons(evans))[0], persons(evans)), key="k")
    pay(evans)
    assert pay(evans) == []
    assert Step.objects.filter(what=Step.What.COMPLETE).count() == 1
    assert letters_of(evans).filter(kind="enrollment.covered").count() == 1


def test_money_on_the_last_day_counts_and_on_the_next_it_does_not() -> None:
    bruno = determined(cast.BRUNO)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="k")
    assert pay(bruno, on=date(2025, 12, 24)) == []
    assert len(pay(bruno, on=date(2025, 12, 23))) == 1


def test_all_plans_of_a_choice_are_completed_together() -> None:
    evans = determined(cast.EVANS)
    edith, earl = persons(evans)
    one, two = choose(evans, (plans(evans, [edith])[0], [edith]), (plans(evans, [earl])[1], [earl]), key="k")
    assert set(pay(evans)) == {one, two}
    assert covered(evans) == [("Edith", one.pk, JANUARY, NEXT_YEAR), ("Earl", two.pk, JANUARY, NEXT_YEAR)]


def test_a_paid_plan_stands_until_the_next_one_is_paid_and_then_never_begins() -> None:
    bruno = determined(cast.BRUNO)
    first, other = plans(bruno, persons(bruno))[:2]
    (old,) = choose(bruno, (first, persons(bruno)), key="one")
    pay(bruno)
    (new,) = choose(bruno, (other, persons(bruno)), key="two")
    assert covered(bruno) == [("Bruno", old.pk, JANUARY, NEXT_YEAR)]
    letter = letters_of(bruno).filter(kind="enrollment.choice").order_by("-pk")[0]
    assert queries.plan_of(old).name in str(letter.content)
    pay(bruno)
    assert covered(bruno) == [("Bruno", new.pk, JANUARY, NEXT_YEAR)]
    assert statuses(bruno) == ["withdrawn", "complete"]


def test_a_plan_in_force_ends_the_day_before_the_next_one_begins(on_day: OnDay) -> None:
    bruno = determined(cast.BRUNO)
    first, other = plans(bruno, persons(bruno))[:2]
    (old,) = choose(bruno, (first, persons(bruno)), key="one")
    pay(bruno)
    on_day(date(2026, 1, 10))
    (new,) = choose(bruno, (other, persons(bruno)), key="two")
    pay(bruno, on=date(2026, 1, 12))
    assert covered(bruno) == [("Bruno", old.pk, JANUARY, FEBRUARY), ("Bruno", new.pk, FEBRUARY, NEXT_YEAR)]
    ended = queries.standing(old)
    assert (ended.status, ended.ends) == ("ended", FEBRUARY)
    assert telling.status(ended, date(2026, 1, 12)) == "Covered until January 31, 2026, then it ends"
    assert telling.status(ended, date(2026, 2, 1)) == "Ended on January 31, 2026"
    assert telling.status(queries.standing(new), date(2026, 1, 12)) == "Covered from February 1, 2026"


def test_the_database_refuses_two_health_coverages_on_one_day() -> None:
    bruno = determined(cast.BRUNO)
    (policy,) = choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="one")
    pay(bruno)
    second = Coverage(
        policy=policy, person=persons(bruno)[0], kind="health", days=DateRange(date(2026, 12, 31), date(2027, 2, 1))
    )
    with pytest.raises(IntegrityError, match="one_health_coverage_a_day"), transaction.atomic():
        second.save()
    second.kind = "dental"
    second.save()
    with pytest.raises(IntegrityError, match="one_dental_coverage_a_day"), transaction.atomic():
        Coverage.objects.create(policy=policy, person=second.person, kind="dental", days=second.days)


def test_an_exception_in_the_middle_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bruno = determined(cast.BRUNO)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="one")
    events = Event.objects.count()

    def power_cut(**_named: object) -> None:
        raise OSError("power cut")

    monkeypatch.setattr(letters, "covered", power_cut)
    with pytest.raises(OSError, match="power cut"):
        pay(bruno)
    assert (covered(bruno), statuses(bruno), Event.objects.count()) == ([], ["waiting"], events)
