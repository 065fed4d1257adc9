"""The bill: a reading of the ledger since the last one, on paper and on the page."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from procrastinate.contrib.django import app

from openhix.billing import actions, paper, queries
from openhix.billing.bill_page import BillPage
from openhix.billing.models import Bill, Transfer
from openhix.billing.tests.payers import at, choose, chosen, due, pay
from openhix.correspondence import actions as letters
from openhix.eligibility.tests import applications
from openhix.enrollment import actions as enrollment
from openhix.enrollment.actions import withdraw_unpaid
from openhix.enrollment.tests import walks
from openhix.history.models import Event
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

HOW_TO_PAY = "http://localhost:8000/how-to-pay/"


def billed(household: Household, kind: str = "health") -> dict[str, Any]:
    """What the last bill says."""
    last = queries.latest_bill(household, kind)
    assert last is not None
    assert last.owed == last.content["owed"]
    return last.content


def test_the_first_bill() -> None:
    carla, policy = chosen(cast.CARLA)
    letters.keep_address(household=carla, lines=["Carla Castillo", "3 Main Street", "Springfield, MA 01103"])
    due(carla)
    bill = Bill.objects.get()
    assert (bill.month, bill.due_on, bill.owed) == (walks.JANUARY, date(2025, 12, 23), policy.price)
    says = bill.content
    assert says["member_id"] == carla.member_id and says["primary_member"] == "Carla Castillo"
    assert says["address"] == ["Carla Castillo", "3 Main Street", "Springfield, MA 01103"]
    assert [says[name] for name in ("premium", "credit", "subsidy", "price")] == [
        policy.premium,
        policy.credit,
        policy.subsidy,
        policy.price,
    ]
    assert [says[name] for name in ("last_balance", "payments", "due_from_last", "adjusted")] == [0, [], 0, 0]
    assert says["is_first"] and says["illustrative"]
    assert says["language"] == "es" and "23 de diciembre de 2025" in says["messages"][0]
    event = Event.objects.get(kind="billing.billed")
    assert event.payload == {"bill": bill.pk}


def test_nothing_new_is_no_new_bill() -> None:
    bruno, _policy = chosen()
    due(bruno)
    due(bruno)
    pay(bruno, 50_00)
    due(bruno)
    assert Bill.objects.count() == 1


def test_a_changed_choice_with_a_part_paid() -> None:
    bruno, first = chosen()
    due(bruno)
    pay(bruno, 50_00)
    second = choose(bruno, nth=3)
    due(bruno)
    says = billed(bruno)
    assert says["price"] == second.price
    assert (says["last_balance"], says["due_from_last"]) == (first.price, first.price - 50_00)
    assert says["payments"] == [{"on": "2025-11-15", "cents": 50_00}]
    assert [each["cents"] for each in says["adjustments"]] == [-first.price]
    assert says["owed"] == second.price - 50_00 == queries.owed(bruno, "health")


def test_two_choices_before_the_first_bill_are_one() -> None:
    bruno, _first = chosen()
    actions.charge(household=bruno, kind="health")
    second = choose(bruno, nth=3)
    due(bruno)
    says = billed(bruno)
    assert (says["price"], says["adjustments"], says["last_balance"]) == (second.price, [], 0)


def test_withdrawn_with_something_else_still_owed_is_a_corrected_bill() -> None:
    """Paid plans whose price went up: after a change that was not paid, the bill asks for what is left."""
    bruno, first = chosen(nth=1)
    due(bruno)
    pay(bruno, first.price)
    told = applications.of_cast(cast.BRUNO)
    told.people[0].incomes[0].cents += 4_000_00
    enrollment.reconsider(household=bruno, determination=walks.answer(bruno, told))
    due(bruno)
    more = billed(bruno)["owed"]
    assert more > 0
    choose(bruno, nth=4)
    due(bruno)
    assert billed(bruno)["owed"] > more
    with at(date(2025, 12, 24)):
        withdraw_unpaid(household=bruno, today=date(2025, 12, 24))
        due(bruno)
    says = billed(bruno)
    assert says["owed"] == more == queries.owed(bruno, "health")
    assert says["due_on"] == "2026-01-23" and not says["is_first"]
    assert len(says["adjustments"]) == 1 and says["adjustments"][0]["cents"] < 0


def test_withdrawn_with_nothing_owed_is_no_bill() -> None:
    bruno, _policy = chosen()
    due(bruno)
    with at(date(2025, 12, 24)):
        withdraw_unpaid(household=bruno, today=date(2025, 12, 24))
        due(bruno)
        assert Bill.objects.count() == 1
        assert queries.owed(bruno, "health") == 0
        again = choose(bruno, starts=walks.FEBRUARY, key="again")
        due(bruno)
    says = billed(bruno)
    assert (says["month"], says["due_on"], says["owed"]) == ("2026-02-01", "2026-01-23", again.price)
    assert says["last_balance"] + says["adjusted"] == 0


def test_after_the_last_day_no_bill_asks_for_a_first_payment() -> None:
    bruno, _policy = chosen()
    with at(date(2025, 12, 24)):
        due(bruno)
    assert not Bill.objects.exists()


def test_several_plans_on_one_bill() -> None:
    evans = walks.determined(cast.EVANS)
    edith, earl = walks.persons(evans)
    one, two = walks.plans(evans, [edith])[0], walks.plans(evans, [earl])[1]
    policies = walks.choose(evans, (one, [edith]), (two, [earl]), key="k")
    due(evans)
    says = billed(evans)
    assert says["owed"] == sum(each.price for each in policies)
    assert says["people"] == ["Edith Evans", "Earl Evans"]
    assert one.plan.name in says["plan"] and two.plan.name in says["plan"]
    assert says["subsidy"] is None
    assert sum("a month." in message for message in says["messages"]) == 2


def test_dental_has_a_bill_of_its_own() -> None:
    bruno, _health = chosen()
    dental = choose(bruno, kind="dental")
    due(bruno, "health")
    due(bruno, "dental")
    assert billed(bruno, "dental")["owed"] == dental.price
    assert billed(bruno, "dental")["credit"] == 0


@pytest.mark.parametrize("family", [cast.BRUNO, cast.CARLA, cast.EVANS], ids=lambda family: family.email)
def test_on_paper_and_on_the_page(family: cast.Family) -> None:
    """A changed choice with a part paid has the most lines: it is one sheet of paper with its coupon all the same."""
    household, _policy = chosen(family)
    due(household)
    pay(household, 1_00)
    choose(household, nth=3)
    due(household)
    bill = Bill.objects.latest("pk")
    assert b"<xmpTPg:NPages>1<" in paper.printed(bill, how_to_pay=HOW_TO_PAY)
    page = BillPage(bill)
    assert page.lines[-1].cents == bill.owed or page.lines[-1].cents == bill.content["credit_left"]
    assert not any("{" in line.label for line in page.lines)
    assert "{" not in page.title + page.start + page.this_is_for + "".join(bill.content["messages"])


def test_the_worker_charges_and_bills_once() -> None:
    chosen()
    event = Event.objects.get(kind="enrollment.chosen")
    task = app.tasks["openhix.billing.jobs.charge_the_choice"]
    task.func(event=event.pk)
    before = Transfer.objects.count()
    task.func(event=event.pk)
    assert (Bill.objects.count(), Transfer.objects.count()) == (1, before)


def test_the_worker_takes_the_charge_back() -> None:
    bruno, _policy = chosen()
    due(bruno)
    with at(date(2025, 12, 24)):
        withdraw_unpaid(household=bruno, today=date(2025, 12, 24))
        event = Event.objects.get(kind="enrollment.withdrawn")
        app.tasks["openhix.billing.jobs.take_the_charge_back"].func(event=event.pk)
    assert queries.balance(bruno, "health") == 0
    last = queries.ledger(bruno, "health")[-1]
    assert last.why == "The first payment had not arrived by December 23, 2025." and last.who == "system"
    with override("en"):
        assert "taken back" in queries.ledger(bruno, "health")[-1].what
