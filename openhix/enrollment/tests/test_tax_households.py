"""Several tax households on one application: each credit helps with its own people's plans alone. 26 CFR 1.36B-3(h)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from openhix.application.answers import Answers, EmployerOffer, TaxRole
from openhix.eligibility import queries as eligibility
from openhix.eligibility.tests.applications import answers, person
from openhix.enrollment import choices, queries
from openhix.enrollment.choices import ALL, Selection
from openhix.enrollment.counter import Counters
from openhix.enrollment.tests.walks import JANUARY, answer, choose, pay, persons, plans
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.shopping.households import ShoppingHousehold

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def sister_and_brother() -> Answers:
    """Each files alone: 383% and 320% of the poverty level."""
    return answers(
        person("p1", date(1965, 1, 1), dollars=60_000),
        person("p2", date(1968, 1, 1), "sibling", 50_000, tax_role=TaxRole.FILER, claimed_by=""),
    )


def told(answers_: Answers) -> Household:
    household = cast.household(cast.EVANS)
    answer(household, answers_)
    return household


@pytest.fixture
def siblings() -> Household:
    return told(sister_and_brother())


def credits(household: Household) -> dict[int, int]:
    made = eligibility.current(household)
    assert made is not None
    return eligibility.credits(made)


def test_they_usually_go_into_plans_of_their_own(siblings: Household) -> None:
    groups = Counters.of(siblings, date(2025, 11, 15)).usual["health"]
    assert groups == [("p1",), ("p2",)]
    assert len(credits(siblings)) == 2 and min(credits(siblings).values()) > 0


def test_each_policy_has_the_credit_of_its_own_people(siblings: Household) -> None:
    one, other = persons(siblings)
    dearest = [plans(siblings, [each])[-1] for each in (one, other)]
    policies = choose(siblings, (dearest[0], [one]), (dearest[1], [other]), key="k")
    assert [each.credit for each in policies] == list(credits(siblings).values())


def test_in_one_policy_no_credit_is_above_its_own_people_s_premium(siblings: Household) -> None:
    shopping = ShoppingHousehold.of(siblings, JANUARY)
    both = Selection(plans(siblings, persons(siblings))[-1].plan.id, tuple(each.pk for each in persons(siblings)))
    [bare] = [choices.offer_of(shopping, "health", both)]
    parts = shopping.parts(bare)
    assert parts == dict(enumerate(bare.premiums))
    [rich] = choices.with_help(shopping, [bare], {0: 10_000_00, 1: 50_00}, ALL)
    assert rich.credit == parts[0] + 50_00


def test_what_one_has_taken_leaves_the_other_s_credit_alone(siblings: Household) -> None:
    one, other = persons(siblings)
    choose(siblings, (plans(siblings, [one])[-1], [one]), key="k")
    pay(siblings)
    shopping = ShoppingHousehold.of(siblings, JANUARY)
    assert choices.free_credit(shopping, queries.complete(siblings, "health")) == {0: 0, 1: credits(siblings)[1]}
    [policy] = choose(siblings, (plans(siblings, [other])[-1], [other]), key="l")
    assert policy.credit == credits(siblings)[1]


def test_the_credit_pays_nothing_for_whom_it_cannot_help() -> None:
    """A husband whose job offers coverage buys beside his wife: her credit is spent on her premium alone."""
    offer = EmployerOffer(self_cents=100_00, for_family=False)
    couple = told(
        answers(
            person("p1", date(1966, 1, 1), dollars=70_000, employer_offer=offer),
            person("p2", date(1990, 1, 1), "spouse"),
        )
    )
    shopping = ShoppingHousehold.of(couple, JANUARY)
    assert [each.program and each.program.code for each in shopping.people] == ["unsubsidized", "connectorcare"]
    people = tuple(each.pk for each in persons(couple))
    bare = choices.open_plans(shopping, "health", people)[0]
    [offered] = choices.with_help(shopping, [bare], {0: 10_000_00}, ALL)
    assert offered.credit == bare.premiums[1]
    assert choices.with_help(shopping, [replace(bare)], {}, ALL)[0].credit == 0
