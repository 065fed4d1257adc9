"""One person on the applications of two households: one answer, staff look at the other, and nobody learns anything."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override

from openhix.application.answers import Answers, EmployerOffer
from openhix.correspondence.models import Letter
from openhix.correspondence.queries import letters_of
from openhix.eligibility import actions, queries
from openhix.eligibility.models import Determination, Distinct
from openhix.eligibility.tests import applications
from openhix.history.models import Event
from openhix.history.queries import events_about
from openhix.people import actions as people
from openhix.people import queries as known
from openhix.people.models import Household, Person
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

ELSEWHERE = "ana.again@example.com"
ANA_AGAIN = replace(cast.ANA, email=ELSEWHERE)
WHY = "told"


def answered(family: cast.Family, told: Answers | None = None) -> Determination:
    household = people.open_household(account=cast.account(family))
    return again(household, told or applications.of_cast(family))


def again(household: Household, told: Answers) -> Determination:
    applications.apply(household, told)
    return actions.determine(household=household, why=WHY)


def without_number(family: cast.Family) -> cast.Family:
    return replace(family, members=tuple(replace(each, ssn=None) for each in family.members))


Found = list[tuple[str, list[str]]]  # of each person: the program, and why there is none


def found(determination: Determination) -> Found:
    return [(each.program, each.undecided) for each in queries.findings(determination)]


def person_of(determination: Determination) -> Person:
    return known.people_of(determination.household)[0]


def traces(household: Household) -> tuple[int, int]:
    """How much has happened to a household, and been written to it."""
    return len(events_about("household", household.pk)), letters_of(household).count()


DECIDED: Found = [("connectorcare", [])]
WAITS: Found = [("", ["identity"])]


def test_the_second_waits_and_the_first_keeps_what_it_has() -> None:
    first = answered(cast.ANA)
    before = traces(first.household)
    second = answered(ANA_AGAIN)
    assert (found(first), found(second)) == (DECIDED, WAITS)
    assert queries.current(first.household) == first
    assert traces(first.household) == before
    assert found(actions.determine(household=first.household, why=WHY)) == DECIDED
    assert [each.person for each in queries.undecided()] == [person_of(second)]
    assert queries.elsewhere([person_of(second)]) == {person_of(second).pk: [person_of(first)]}


@pytest.mark.parametrize("first", [cast.ANA, without_number(cast.ANA)], ids=["number", "none"])
@pytest.mark.parametrize("second", [ANA_AGAIN, without_number(ANA_AGAIN)], ids=["number", "none"])
def test_where_one_has_no_number_the_name_and_the_birth_date_decide(first: cast.Family, second: cast.Family) -> None:
    [member] = second.members
    written = replace(second, members=(replace(member, first_name="ÁNA ", last_name="almeida"),))
    assert found(answered(first)) == DECIDED
    assert found(answered(written)) == WAITS


@pytest.mark.parametrize(
    "other",
    [
        cast.namesakes(cast.ANA, ELSEWHERE),  # two numbers, so two people
        replace(without_number(ANA_AGAIN), members=(replace(cast.ANA.members[0], ssn=None, last_name="Alves"),)),
        replace(ANA_AGAIN, members=(replace(cast.ANA.members[0], ssn=None, birth_date=date(1985, 2, 27)),)),
    ],
    ids=["another number", "another name", "another birth date"],
)
def test_who_is_somebody_else_is_answered(other: cast.Family) -> None:
    answered(cast.ANA)
    assert found(answered(other)) == DECIDED


def test_what_the_applicant_reads_is_the_same_by_number_and_by_name_and_names_nobody() -> None:
    answered(cast.ANA)
    said = []
    for nth, family in enumerate((ANA_AGAIN, without_number(ANA_AGAIN))):
        made = answered(replace(family, email=f"{nth}@example.com"))
        [finding] = queries.findings(made)
        with override("en"):
            said.append([limit.label for limit in finding.limits])
        letter = str(Letter.objects.get(household=made.household, kind="eligibility.result").content["blocks"])
        assert "ana@example.com" not in letter
    assert said[0] == said[1]


def test_who_was_never_answered_or_does_not_apply_keeps_nobody_waiting() -> None:
    applications.apply(people.open_household(account=cast.account(cast.ANA)), applications.of_cast(cast.ANA))
    assert found(answered(ANA_AGAIN)) == DECIDED  # the first is signed, but not answered yet
    told = applications.of_cast(cast.DIALLO)
    told.people[1].applying = False
    answered(cast.DIALLO, told)
    moussa = replace(cast.DIALLO.members[1], relationship="self", income=30_000)
    assert found(answered(replace(cast.BRUNO, members=(moussa,)))) == [("connectorcare", [])]


def test_once_taken_off_the_first_application_the_person_is_answered_on_the_second() -> None:
    first = answered(cast.DIALLO)
    moussa = replace(cast.BRUNO, members=(replace(cast.DIALLO.members[1], relationship="self", income=30_000),))
    second = answered(moussa)
    assert found(second) == WAITS
    told = applications.of_cast(cast.DIALLO)
    told.people = [told.people[0], told.people[2]]
    again(first.household, told)
    assert found(actions.determine(household=second.household, why=WHY)) == DECIDED


def test_an_answer_that_was_given_once_counts_while_staff_look_at_the_next() -> None:
    """With a plan in force, and now undecided for something else, the person is still the first household's."""
    first = answered(cast.ANA)
    told = applications.of_cast(cast.ANA)
    told.people[0].employer_offer = EmployerOffer()  # at a price that is not known
    assert found(again(first.household, told)) == [("", ["employer_offer"])]
    assert found(answered(ANA_AGAIN)) == WAITS


def test_without_help_too_and_the_rest_of_the_household_is_answered() -> None:
    answered(cast.ANA)
    ana = replace(cast.ANA.members[0], relationship="spouse")
    told = applications.of_cast(replace(cast.CARLA, members=(cast.CARLA.members[0], ana)))
    told.seeks_help = False
    assert found(answered(cast.CARLA, told)) == [("unsubsidized", []), ("", ["identity"])]


def test_staff_tell_them_apart_and_the_person_is_answered() -> None:
    first, second = answered(cast.ANA), answered(ANA_AGAIN)
    staff = cast.account(cast.BRUNO)
    made = actions.tell_apart(household=second.household, key="p1", others=[person_of(first).pk], account=staff)
    assert (found(made), made.supersedes) == (DECIDED, second)
    row = Event.objects.get(kind="eligibility.told_apart")
    assert (row.subject_id, row.who) == (second.household_id, f"account {staff.pk}")
    assert row.payload == {"person": person_of(second).pk, "other": person_of(first).pk}
    assert found(actions.determine(household=first.household, why=WHY)) == DECIDED
    with pytest.raises(actions.NotElsewhere):
        actions.tell_apart(household=second.household, key="p1", others=[person_of(first).pk], account=staff)
    assert Distinct.objects.count() == 1


def test_only_who_is_taken_for_the_same_is_told_apart() -> None:
    first, second, stranger = answered(cast.ANA), answered(ANA_AGAIN), answered(cast.CARLA)
    staff = cast.account(cast.BRUNO)
    for key, others in (("p1", []), ("p9", [person_of(first)]), ("p1", [person_of(first), person_of(stranger)])):
        with pytest.raises(actions.NotElsewhere):
            actions.tell_apart(household=second.household, key=key, others=[each.pk for each in others], account=staff)
    assert not Distinct.objects.exists()


def test_a_third_is_not_told_apart_with_the_second() -> None:
    first, second = answered(cast.ANA), answered(ANA_AGAIN)
    actions.tell_apart(
        household=second.household, key="p1", others=[person_of(first).pk], account=cast.account(cast.BRUNO)
    )
    third = answered(replace(cast.ANA, email="third@example.com"))
    assert found(third) == WAITS
    assert queries.elsewhere([person_of(third)])[person_of(third).pk] == [person_of(first), person_of(second)]


def test_a_list_of_them_takes_a_fixed_number_of_queries(
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    answered(cast.DIALLO)
    other = answered(replace(cast.DIALLO, email="diallo.again@example.com"))
    persons = known.people_of(other.household)
    for some in (persons[:1], persons):
        with django_assert_num_queries(3):
            queries.elsewhere(some)
