"""After open enrollment: a lost job, a child, a move, an income that falls. Each gives time to choose a plan, and the
plan covers from the day that the law says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from openhix.application.answers import Answers
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.tests import walks
from openhix.enrollment.tests.events import child
from openhix.people import queries as people
from openhix.people.models import Account
from openhix.people.tests import cast
from openhix.verification import actions as verification
from openhix.verification import queries as proofs
from openhix.verification.models import Proof
from openhix.verification.tests.households import PDF
from tests.stories.test_twelve_households import page_in
from tests.stories.town import JANUARY, NEW_YEAR, Town, Walker, stand_at

MARCH_10, MARCH_12 = date(2026, 3, 10), date(2026, 3, 12)
APRIL, JULY = date(2026, 4, 1), date(2026, 7, 1)


def covered_since_january(town: Town, family: cast.Family) -> Walker:
    walker = town.family(family)
    walker.applies()
    walker.chooses()
    walker.pays()
    stand_at(MARCH_12)
    return walker


def the_proof(walker: Walker) -> Proof:
    [proof] = proofs.standing(walker.household)
    return proof


def lost_a_job(town: Town) -> Walker:
    """The Evanses apply in March, have coverage from a job until the end of the month, and choose in time."""
    stand_at(MARCH_12)
    evans = town.family(cast.EVANS)
    evans.applies()
    with pytest.raises(EnrollmentClosed):
        evans.chooses()
    evans.tells("loss_of_coverage", date(2026, 3, 31))
    evans.chooses()
    evans.pays()
    assert evans.covered() == [("Edith", APRIL, NEW_YEAR), ("Earl", APRIL, NEW_YEAR)]
    return evans


def test_a_lost_job_is_followed_by_coverage_without_a_gap_and_a_paper_proves_it(town: Town) -> None:
    evans = lost_a_job(town)
    proof = the_proof(evans)
    [account] = people.accounts_of(evans.household)
    paper = verification.send_paper(proof=proof, name="letter.pdf", file=PDF, account=account)
    staff = Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)
    verification.accept(proof=proof, account=staff, up_to=paper)
    town.drain()
    town.night(proof.due_on + timedelta(days=1))
    assert evans.covered() == [("Edith", APRIL, NEW_YEAR), ("Earl", APRIL, NEW_YEAR)]
    assert "enrollment.special_ended" not in evans.letters()


def test_a_lost_job_that_nobody_proves_counts_for_ninety_days(town: Town) -> None:
    evans = lost_a_job(town)
    last = the_proof(evans).due_on
    assert last == date(2026, 6, 10)
    town.night(last)
    assert evans.covered()[0] == ("Edith", APRIL, NEW_YEAR)
    town.night(last + timedelta(days=1))
    assert evans.covered() == [("Edith", APRIL, JULY), ("Earl", APRIL, JULY)]
    assert evans.statuses() == ["ended"]
    assert "the last day in this plan is June 30, 2026" in evans.letter("enrollment.special_ended")
    assert "Health plans can be chosen during open enrollment." in page_in("en", evans.household)
    with pytest.raises(EnrollmentClosed):
        evans.chooses()


def test_time_that_is_not_used_passes(town: Town) -> None:
    stand_at(MARCH_12)
    evans = town.family(cast.EVANS)
    evans.applies()
    told = evans.tells("loss_of_coverage", date(2026, 3, 31))
    stand_at(told.ends)
    assert evans.first_day() == JULY
    stand_at(told.ends + timedelta(days=1))
    with pytest.raises(EnrollmentClosed):
        evans.first_day()


def test_a_child_is_covered_from_the_day_on_which_it_came(town: Town) -> None:
    """Adopted on March 10 and told two days later: nobody is a day without coverage, or covered twice."""
    evans = covered_since_january(town, cast.EVANS)
    told = evans.answers()
    told.people.append(child("p3"))
    evans.applies(told)
    evans.tells("new_child", MARCH_10)
    assert evans.first_day() == MARCH_10
    family = evans.buyers()
    assert [each.first_name for each in family] == ["Edith", "Earl", "Nia"]
    policy = evans.chooses(who=family)
    evans.pays()
    assert policy.starts == MARCH_10
    for day in (MARCH_10, date(2026, 3, 31), date(2026, 12, 31)):
        assert evans.plans(day) == dict.fromkeys(["Edith", "Earl", "Nia"], evans.plans(day)["Nia"])
    assert set(evans.plans(MARCH_10 - timedelta(days=1))) == {"Edith", "Earl"}


def moved(answers: Answers) -> Answers:
    answers.home.street, answers.home.city, answers.home.zip = "5 Main Street", "Worcester", "01604"
    return answers


def test_a_move_changes_the_plan_from_the_next_month(town: Town) -> None:
    evans = covered_since_january(town, cast.EVANS)
    evans.applies(moved(evans.answers()))
    evans.tells("move", MARCH_10)
    policy = evans.chooses(nth=3)
    evans.pays()
    assert policy.starts == APRIL
    march, april = evans.plans(date(2026, 3, 31)), evans.plans(APRIL)
    assert set(march) == set(april) == {"Edith", "Earl"}
    assert set(april.values()) == {policy.pk}
    assert not set(march.values()) & set(april.values())


def test_an_income_that_falls_gives_a_connectorcare_member_time_to_change(town: Town) -> None:
    """From type 3B to 2B: the plan goes on for less from April; until May another one can be chosen, without proof."""
    bruno = covered_since_january(town, cast.BRUNO)
    before = bruno.standings()[0].policy
    told = bruno.answers()
    told.people[0].incomes[0].cents = 30_000_00
    bruno.applies(told)
    special = SpecialEnrollment.objects.get()
    assert (special.event, special.arose, special.ends) == ("plan_type_change", "determined", date(2026, 5, 11))
    assert special.proof is None
    goes_on = bruno.standings()[0].policy
    assert (before.plan_type, goes_on.plan_type, goes_on.starts) == ("3B", "2B", APRIL)
    assert goes_on.price < before.price
    assert "until May 11, 2026" in bruno.letter("enrollment.special_opened")
    other = bruno.chooses(nth=1)
    bruno.pays()
    assert other.plan_id != goes_on.plan_id and other.starts == APRIL
    assert bruno.plans(APRIL) == {"Bruno": other.pk}
    assert bruno.covered()[0][1] == JANUARY


def test_a_new_answer_in_open_enrollment_opens_nothing_of_its_own(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    assert not SpecialEnrollment.objects.exists()
    assert bruno.letters() == ["eligibility.result"]


def test_what_happened_delivered_twice_takes_effect_once(town: Town) -> None:
    from procrastinate.contrib.django import app

    from openhix.history.models import Effect

    evans = lost_a_job(town)
    town.night(the_proof(evans).due_on + timedelta(days=1))
    before = evans.letters(), evans.history(), evans.covered()
    for effect in Effect.objects.all():
        app.tasks[effect.reaction].defer(event=effect.event_id)
    town.drain()
    assert (evans.letters(), evans.history(), evans.covered()) == before


def test_who_had_a_plan_before_connectorcare_was_open_is_told_to_look_at_it(town: Town) -> None:
    """At full price since January, in March with half the income: the plan goes on, and is not ConnectorCare."""
    evans = covered_since_january(town, cast.EVANS)
    told = evans.answers()
    for each in told.people:
        for income in each.incomes:
            income.cents //= 2
    evans.applies(told)
    says = "you can change to one until May 11, 2026. The plan that you have is not one of them."
    assert says in page_in("en", evans.household)
    priced = [each for each in walks.plans(evans.household, evans.buyers(), "health", APRIL) if each.price]
    policy = evans.chooses(nth=[each.is_connectorcare for each in priced].index(True))
    evans.pays()
    assert policy.plan_type == "3A" and says not in page_in("en", evans.household)
