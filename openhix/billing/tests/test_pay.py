"""Paying: what is full completes, sent twice is once, and what counts on which day."""

from __future__ import annotations

from datetime import date, time

import pytest

from openhix.billing import actions, queries
from openhix.billing.actions import BadAmount, OwedChanged
from openhix.billing.models import BankAccount, Payment, Transfer
from openhix.billing.rules.bank_accounts import Refused
from openhix.billing.tests.payers import BANK, at, books, choose, chosen, due, pay, with_a_debt
from openhix.enrollment.actions import withdraw_unpaid
from openhix.enrollment.tests.walks import FEBRUARY, covered, statuses
from openhix.history.models import Event
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

DECEMBER_23, DECEMBER_24 = date(2025, 12, 23), date(2025, 12, 24)


def test_the_first_full_payment_completes() -> None:
    bruno, policy = chosen()
    due(bruno)
    assert queries.owed(bruno, "health") == policy.price == 152_00
    payment = pay(bruno, 152_00)
    assert queries.balance(bruno, "health") == 0
    assert covered(bruno) == [("Bruno", policy.pk, date(2026, 1, 1), date(2027, 1, 1))]
    event = Event.objects.get(kind="billing.payment_received")
    assert (event.who, event.payload) == (f"account {payment.submitted_by_id}", {"payment": payment.pk})
    assert books() == {
        "household": 0,
        "carrier": policy.premium,
        "treasury": -policy.credit,
        "commonwealth": -policy.subsidy,
        "bank": -152_00,
    }


def test_paying_before_the_worker_has_charged() -> None:
    bruno, _policy = chosen()
    pay(bruno, 152_00)
    assert statuses(bruno) == ["complete"]
    assert queries.owed(bruno, "health") == 0


def test_a_part_does_not_complete_and_the_rest_does() -> None:
    bruno, _policy = chosen()
    pay(bruno, 100_00, key="a")
    assert (statuses(bruno), queries.owed(bruno, "health")) == (["waiting"], 52_00)
    pay(bruno, 51_99, key="b")
    assert statuses(bruno) == ["waiting"]
    pay(bruno, 1, key="c")
    assert (statuses(bruno), queries.owed(bruno, "health")) == (["complete"], 0)


def test_the_same_key_again_is_the_same_payment() -> None:
    bruno, _policy = chosen()
    first = pay(bruno, 152_00)
    assert pay(bruno, 152_00) == first
    assert pay(bruno, 999_00) == first
    assert Payment.objects.count() == Transfer.objects.filter(why="payment").count() == 1


def test_a_key_of_another_household_is_another_payment() -> None:
    bruno, _policy = chosen()
    carla, _other = chosen(cast.CARLA)
    assert pay(bruno, 100_00) != pay(carla, 100_00)


def test_what_was_shown_is_still_owed() -> None:
    bruno, _policy = chosen()
    pay(bruno, 52_00, key="a", shown=152_00)
    with pytest.raises(OwedChanged) as caught:
        pay(bruno, 152_00, key="b", shown=152_00)
    assert caught.value.owed == 100_00
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("cents", [0, -1, 100_000_01])
def test_amounts_that_are_none(cents: int) -> None:
    bruno, _policy = chosen()
    with pytest.raises(BadAmount):
        pay(bruno, cents)
    assert not Payment.objects.exists()


def test_a_card_is_refused() -> None:
    bruno, _policy = chosen()
    account = people.accounts_of(bruno)[0]
    card = actions.BankDetails("011000015", "4111111111111111", False, "Bruno Barros")
    with pytest.raises(Refused) as caught:
        actions.pay(household=bruno, account=account, kind="health", cents=1, bank=card, key="k")
    assert (caught.value.field, caught.value.reason) == ("number", "card")
    assert not Payment.objects.exists() and not BankAccount.objects.exists()


def test_a_bank_account_is_kept_once_and_sealed() -> None:
    bruno, _policy = chosen()
    pay(bruno, 1_00, key="a")
    pay(bruno, 1_00, key="b")
    kept = BankAccount.objects.get()
    assert (kept.number, kept.last_four) == (BANK.number, "6789")
    account = people.accounts_of(bruno)[0]
    actions.pay(household=bruno, account=account, kind="health", cents=1_00, bank=kept, key="c")
    assert [each.bank_account for each in queries.payments(bruno)] == [kept] * 3


def test_a_bank_account_of_another_household_is_not_there() -> None:
    bruno, _policy = chosen()
    carla, _other = chosen(cast.CARLA)
    pay(bruno, 1_00)
    with pytest.raises(BankAccount.DoesNotExist):
        actions.pay(
            household=carla,
            account=people.accounts_of(carla)[0],
            kind="health",
            cents=1_00,
            bank=BankAccount.objects.get(),
            key="k",
        )


@pytest.mark.parametrize(
    ("day", "moment", "is_covered"),
    [
        (DECEMBER_23, time(23, 59, 59), True),
        (DECEMBER_24, time(0, 0), False),
        (DECEMBER_24, time(9, 0), False),
    ],
)
def test_until_the_last_minute_of_the_23rd(day: date, moment: time, is_covered: bool) -> None:
    bruno, _policy = chosen()
    with at(day, moment):
        pay(bruno, 152_00)
    assert statuses(bruno) == (["complete"] if is_covered else ["waiting"])
    assert Transfer.objects.get(why="payment").counts_on == day


def test_paid_too_late_it_stays_on_the_account_and_pays_for_the_next_choice() -> None:
    bruno, _policy = chosen()
    due(bruno)
    with at(DECEMBER_24):
        pay(bruno, 152_00)
        withdraw_unpaid(household=bruno, today=DECEMBER_24)
        due(bruno)
        assert (statuses(bruno), queries.balance(bruno, "health")) == (["withdrawn"], 152_00)
        choose(bruno, starts=FEBRUARY, key="again")
        due(bruno)
    assert statuses(bruno) == ["withdrawn", "complete"]
    assert covered(bruno)[0][2] == FEBRUARY
    assert queries.balance(bruno, "health") == 0


def test_money_that_was_there_in_time_counts_though_the_worker_is_late() -> None:
    """Paid for one plan on the 22nd, another that costs the same or less chosen on the 23rd, charged on the 24th."""
    bruno, _policy = chosen()
    with at(date(2025, 12, 22)):
        pay(bruno, 500_00)
    with at(DECEMBER_23, time(23, 58)):
        choose(bruno, nth=1)
    with at(DECEMBER_24, time(0, 5)):
        due(bruno)
    assert statuses(bruno) == ["withdrawn", "complete"]


def test_what_was_paid_counts_toward_the_plan_in_its_place() -> None:
    bruno, first = chosen()
    due(bruno)
    pay(bruno, first.price, key="a")
    second = choose(bruno, nth=3)
    due(bruno)
    assert second.price > first.price
    assert queries.owed(bruno, "health") == second.price - first.price
    assert covered(bruno)[0][1] == first.pk
    pay(bruno, second.price - first.price, key="b")
    assert covered(bruno) == [("Bruno", second.pk, date(2026, 1, 1), date(2027, 1, 1))]


def test_a_change_that_is_not_paid_ends_and_the_paid_plan_stands() -> None:
    bruno, first = chosen()
    pay(bruno, first.price, key="a")
    choose(bruno, nth=3)
    due(bruno)
    with at(DECEMBER_24):
        withdraw_unpaid(household=bruno, today=DECEMBER_24)
        due(bruno)
    assert queries.balance(bruno, "health") == 0
    assert covered(bruno) == [("Bruno", first.pk, date(2026, 1, 1), date(2027, 1, 1))]


def test_a_cheaper_plan_leaves_a_credit() -> None:
    bruno = chosen(nth=3)[0]
    dear = queries.account(bruno, "health").waiting[0].policy
    pay(bruno, dear.price, key="a")
    cheap = choose(bruno, nth=0)
    due(bruno)
    assert statuses(bruno) == ["withdrawn", "complete"]
    assert queries.balance(bruno, "health") == dear.price - cheap.price > 0


def test_health_and_dental_are_paid_on_their_own() -> None:
    bruno, health = chosen()
    dental = choose(bruno, kind="dental")
    due(bruno, "health")
    due(bruno, "dental")
    pay(bruno, health.price + dental.price, key="a")
    assert statuses(bruno, "dental") == ["waiting"]
    assert queries.balance(bruno, "health") == dental.price
    pay(bruno, dental.price, kind="dental", key="b")
    assert statuses(bruno, "dental") == ["complete"]


def test_an_older_debt_does_not_keep_a_choice_from_being_complete() -> None:
    bruno, debt = with_a_debt()
    assert debt > 0
    with at(date(2026, 1, 10)):
        change = choose(bruno, nth=3, starts=FEBRUARY)
        due(bruno)
        account = queries.account(bruno, "health")
        assert (account.owed, account.missing) == (change.price + debt, change.price)
        pay(bruno, change.price - 1, key="b")
        assert statuses(bruno)[-1] == "waiting"
        pay(bruno, 1, key="c")
    assert statuses(bruno)[-1] == "complete"
    assert queries.owed(bruno, "health") == debt


def test_what_paid_for_january_does_not_pay_for_february() -> None:
    bruno, first = chosen()
    pay(bruno, first.price, key="a")
    with at(date(2026, 1, 10)):
        change = choose(bruno, nth=3, starts=FEBRUARY)
        due(bruno)
        assert queries.account(bruno, "health").missing == change.price
    assert statuses(bruno) == ["complete", "waiting"]


def test_a_debt_for_a_health_plan_does_not_matter_to_a_dental_plan() -> None:
    bruno, debt = with_a_debt()
    dental = choose(bruno, kind="dental")
    due(bruno, "dental")
    pay(bruno, dental.price, kind="dental", key="b")
    assert statuses(bruno, "dental") == ["complete"]
    assert queries.owed(bruno, "health") == debt


def test_a_credit_on_the_dental_account_does_not_pay_for_a_health_plan() -> None:
    bruno, policy = chosen()
    dental = choose(bruno, kind="dental")
    pay(bruno, dental.price + policy.price, kind="dental", key="a")
    due(bruno)
    assert statuses(bruno, "health") == ["waiting"]
    assert queries.account(bruno, "health").missing == policy.price


def test_nothing_is_due_for_a_plan_without_a_premium() -> None:
    ana: Household = cast.household(cast.ANA)
    assert actions.charge(household=ana, kind="health") == []
    assert actions.bill(household=ana, kind="health") is None
