"""The books to be read: each movement with its sign, its reason and what was owed after it, posting by posting."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override

from openhix.billing import queries
from openhix.billing.ledger import by_posting
from openhix.billing.models import Transfer
from openhix.billing.tests.payers import at, choose, chosen, due, pay
from openhix.enrollment.actions import withdraw_unpaid
from openhix.enrollment.models import Policy
from openhix.people.models import Household

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def with_a_change_that_ended() -> tuple[Household, Policy, Policy]:
    """Chosen, paid; a dearer plan chosen and not paid for by the 23rd: four postings, a day apart."""
    bruno, first = chosen()
    due(bruno)
    with at(date(2025, 12, 1)):
        pay(bruno, first.price)
    with at(date(2025, 12, 2)):
        second = choose(bruno, nth=3)
        due(bruno)
    with at(date(2025, 12, 24)):
        withdraw_unpaid(household=bruno, today=date(2025, 12, 24))
        due(bruno)
    return bruno, first, second


def test_a_charge_raises_what_is_owed_and_a_payment_lowers_it() -> None:
    bruno, first = chosen()
    due(bruno)
    pay(bruno, first.price + 48_00)
    told = [(each.transfer.why, each.owed, each.owes) for each in queries.ledger(bruno, "health")]
    assert told == [
        ("premium", first.premium, first.premium),
        ("credit", -first.credit, first.premium - first.credit),
        ("subsidy", -first.subsidy, first.price),
        ("payment", -first.price - 48_00, -48_00),
    ]
    with override("en"):
        assert [each.owes_in_words for each in queries.ledger(bruno, "health")][2:] == ["$152.00 owed", "$48.00 credit"]


def test_each_line_says_why() -> None:
    bruno, first, second = with_a_change_that_ended()
    said = [
        (each.transfer.policy_id, each.why) for each in queries.ledger(bruno, "health") if each.transfer.why != "credit"
    ]
    assert list(dict.fromkeys(said)) == [
        (first.pk, "The household chose it."),
        (None, "It was paid online from a bank account."),
        (first.pk, "A choice that waits for its payment is charged in its place."),
        (second.pk, "The household chose it."),
        (first.pk, "What was chosen in its place has ended, so it is charged again."),
        (second.pk, "The first payment had not arrived by December 23, 2025."),
    ]


def test_what_was_posted_together_stays_together_in_the_order_of_a_bill() -> None:
    bruno, first, second = with_a_change_that_ended()
    postings = by_posting(queries.ledger(bruno, "health"))
    assert [each[-1].owes for each in postings] == [0, second.price - first.price, 0, first.price]
    assert [each.transfer.why for each in postings[-1]] == ["premium", "credit", "subsidy"]
    assert sum(map(len, postings)) == Transfer.objects.count()
