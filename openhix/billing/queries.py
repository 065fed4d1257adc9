"""Reading the books of a household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, Sum

from openhix.billing.models import Bill, Payment, Transfer
from openhix.billing.rules.charges import Charge
from openhix.people.models import Household


def transfers(household: Household, kind: str) -> list[Transfer]:
    """Every movement of one kind, in the order in which they were posted."""
    return list(Transfer.objects.filter(household=household, kind=kind).order_by("pk"))


def charged(posted: Iterable[Transfer]) -> dict[Charge, int]:
    """What the household has been charged so far, by what for; cents. A credit and a subsidy count as they stand."""
    so_far: dict[Charge, int] = defaultdict(int)
    for each in posted:
        if each.policy_id is None or each.month is None:
            continue
        forward = (each.from_book == Transfer.Book.HOUSEHOLD) == (each.why == Transfer.Why.PREMIUM)
        so_far[Charge(each.policy_id, each.month, each.why)] += each.cents if forward else -each.cents
    return dict(so_far)


def balance(household: Household, kind: str) -> int:
    """What came in less what went out of the household's account: below zero it owes, above it has money left."""
    here = Transfer.Book.HOUSEHOLD
    sums = Transfer.objects.filter(household=household, kind=kind).aggregate(
        came=Sum("cents", filter=Q(to_book=here)), went=Sum("cents", filter=Q(from_book=here))
    )
    return int(sums["came"] or 0) - int(sums["went"] or 0)


def owed(household: Household, kind: str) -> int:
    """Cents that the household still has to pay; never below zero."""
    return max(-balance(household, kind), 0)


def bills(household: Household) -> list[Bill]:
    """The newest first."""
    return list(Bill.objects.filter(household=household).select_related("policy").order_by("-pk"))


def latest_bill(household: Household, kind: str) -> Bill | None:
    return Bill.objects.filter(household=household, kind=kind).order_by("-pk").first()


def payments(household: Household, since: date | None = None) -> list[Payment]:
    found = Payment.objects.filter(household=household).select_related("bank_account").order_by("-pk")
    return list(found if since is None else found.filter(submitted_at__date__gte=since))
