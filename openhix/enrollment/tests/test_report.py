"""A household tells what happened: it may choose, is asked for proof, and is told no with the reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from conftest import OnDay
from openhix.application import queries as applications
from openhix.correspondence.queries import letters_of
from openhix.enrollment import actions, labels, queries
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.rules.periods import NotOpened
from openhix.enrollment.tests.events import MARCH_10, staff, tell
from openhix.enrollment.tests.walks import answer, choose, determined, pay, persons, plans
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.verification import queries as verification

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


@pytest.fixture
def evans(on_day: OnDay) -> Household:
    """They applied in open enrollment and chose nothing; now it is March."""
    household = determined(cast.EVANS)
    on_day(date(2026, 3, 12))
    return household


def refused(report: Callable[[], SpecialEnrollment]) -> str:
    before = SpecialEnrollment.objects.count()
    with pytest.raises(NotOpened) as caught:
        report()
    assert SpecialEnrollment.objects.count() == before
    assert caught.value.reason in labels.NOT_OPENED
    return caught.value.reason


def test_a_loss_of_coverage_gives_sixty_days_and_asks_for_proof(evans: Household) -> None:
    told = tell(evans)
    assert (told.opens, told.ends) == (date(2026, 1, 9), date(2026, 5, 9))
    (proof,) = verification.owed(evans, date(2026, 3, 12))
    assert told.proof == proof
    assert (proof.claim, proof.due_on) == ("qualifying_event", date(2026, 6, 10))
    kinds = [letter.kind for letter in letters_of(evans)[:2]]
    assert kinds == ["enrollment.special_opened", "verification.proofs_needed"]
    letter = letters_of(evans)[0]
    assert letter.subject == "You can choose a health plan until May 9, 2026"
    assert "From April 1, 2026, if the first payment is here by March 23, 2026" in str(letter.content)
    assert "by June 10, 2026" in str(letter.content)


def test_history_says_who_told_it_and_nothing_of_what_happened(evans: Household) -> None:
    told = tell(evans, "domestic_abuse")
    event = Event.objects.get(kind="enrollment.special_opened")
    assert event.who.startswith("account ")
    assert event.payload == {"special": told.pk, "person": told.person_id}
    assert event.why == "The household told of a change in its life."
    assert told.proof is None


def test_told_twice_it_is_one(evans: Household) -> None:
    assert tell(evans) == tell(evans)
    assert SpecialEnrollment.objects.count() == 1
    assert letters_of(evans).filter(kind="enrollment.special_opened").count() == 1


def test_two_events_of_one_person_are_shown_by_one_proof_while_it_can_be_sent(evans: Household, on_day: OnDay) -> None:
    first = tell(evans)
    second = tell(evans, "move")
    assert second.proof == first.proof
    assert first.proof is not None
    on_day(first.proof.due_on + timedelta(days=1))
    later = tell(evans, "move", first.proof.due_on)
    assert later.proof is not None
    assert later.proof != first.proof
    assert later.proof.due_on == first.proof.due_on + timedelta(days=91)


def test_without_an_application_there_is_nobody_to_whom_it_happened() -> None:
    assert refused(lambda: tell(cast.household(cast.ANA))) == "not_applied"


def test_too_early_and_too_late(evans: Household) -> None:
    assert refused(lambda: tell(evans, happened=date(2026, 5, 12))) == "too_early"
    assert refused(lambda: tell(evans, happened=date(2026, 1, 10))) == "too_late"
    assert tell(evans, happened=date(2026, 5, 11)).opens == date(2026, 3, 12)


def test_what_our_own_answers_open_is_not_told(evans: Household) -> None:
    for event in ("newly_connectorcare", "exchange_error", "hardship_waiver_approved"):
        assert refused(lambda event=event: tell(evans, event)) == "not_told"  # type: ignore[misc]
    assert refused(lambda: tell(evans, "income_150")) == "not_law"


def test_a_wedding_asks_whether_one_of_the_two_was_covered(evans: Household) -> None:
    assert refused(lambda: tell(evans, "marriage")) == "covered_before"
    assert refused(lambda: tell(evans, "marriage", covered_before=False)) == "covered_before"
    told = tell(evans, "marriage", covered_before=True)
    assert (told.ends, told.covered_before) == (date(2026, 5, 9), True)
    assert tell(evans, "move", covered_before=True).covered_before is None


def test_a_member_of_a_tribe_may_choose_once_a_month(evans: Household, on_day: OnDay) -> None:
    assert refused(lambda: tell(evans, "tribal_member")) == "tribal_member"
    version = applications.latest(evans)
    assert version is not None
    told = applications.answers_of(version)
    told.people[0].tribal_member = True
    told.rights_accepted = True
    answer(evans, told)
    march = tell(evans, "tribal_member", happened=date(2025, 1, 1))
    assert (march.opens, march.ends, march.proof) == (date(2026, 3, 12), date(2026, 3, 31), None)
    on_day(date(2026, 3, 31))
    assert tell(evans, "tribal_member") == march
    on_day(date(2026, 4, 1))
    assert tell(evans, "tribal_member").ends == date(2026, 4, 30)


def test_what_staff_refused_is_not_opened_by_telling_it_again(evans: Household) -> None:
    told = tell(evans)
    actions.refuse(
        household=evans, account=staff(), event=told.event, person=told.person, event_day=MARCH_10, reason="not_so"
    )
    assert refused(lambda: tell(evans)) == "refused"
    assert tell(evans, happened=date(2026, 3, 11)).closed_at is None


def test_in_open_enrollment_too_it_is_written_down(on_day: OnDay) -> None:
    """Its time goes on after open enrollment, and a child may be covered from the day of its birth."""
    bruno = determined(cast.BRUNO)
    choose(bruno, (plans(bruno, persons(bruno))[0], persons(bruno)), key="k")
    pay(bruno)
    on_day(date(2026, 1, 12))
    tell(bruno, "new_child", date(2026, 1, 5))
    starts = [each.starts for each in queries.openings(bruno, "health", date(2026, 1, 12), 2026)]
    assert starts == [date(2026, 1, 5), date(2026, 2, 1), date(2026, 3, 1), date(2026, 4, 1)]
    assert queries.openings(bruno, "health", date(2026, 1, 12), 2026)[1].special is None
