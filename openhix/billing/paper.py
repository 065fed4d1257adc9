"""What stands on a bill: the data of `correspondence/paper/bill.typ`, whose top tells its shape, kept as it was sent.

Two of its fields are added when it is printed: the bill's own number, and the address of the how-to-pay page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.billing.models import Bill
from openhix.billing.rules.bill import Adjustment, Lines
from openhix.billing.words import month
from openhix.correspondence import pdf
from openhix.correspondence import queries as correspondence
from openhix.eligibility.words import day
from openhix.enrollment import queries as chosen
from openhix.enrollment import telling
from openhix.enrollment.queries import Standing, Status
from openhix.kernel import cents
from openhix.people import queries as people
from openhix.people.models import Household


def content(
    household: Household,
    lines: Lines,
    asked: Sequence[Standing],
    standings: Mapping[int, Standing],
    *,
    last: Bill | None,
    dated: date,
    due_on: date,
) -> dict[str, Any]:
    """The bill in the household's language. `asked`: the policies of its first lines; `standings`: all, by id."""
    with override(household.language):
        primary = people.people_of(household)[0].name
        plans = [chosen.plan_of(each.policy) for each in asked]
        policy = asked[0].policy
        is_connectorcare = any(each.policy.plan_type for each in asked)
        return {
            "language": household.language,
            "dated": dated.isoformat(),
            "member_id": household.member_id,
            "primary_member": primary,
            "address": correspondence.mailing_address(household) or [primary],
            "kind": policy.kind,
            "insurer": "; ".join(dict.fromkeys(plan.carrier.name for plan in plans)),
            "plan": "; ".join(plan.name for plan in plans),
            "people": list(dict.fromkeys(member.person.name for each in asked for member in each.members)),
            "month": (lines.month or policy.starts).isoformat(),
            "is_first": any(each.status is Status.WAITING for each in asked),
            "premium": lines.premium,
            "credit": lines.credit,
            "subsidy": lines.subsidy if is_connectorcare else None,
            "price": lines.price,
            "last_balance": lines.last_balance,
            "payments_from": last.dated.isoformat() if last else None,
            "payments_to": dated.isoformat(),
            "payments": [{"on": on.isoformat(), "cents": amount} for on, amount in lines.payments],
            "due_from_last": lines.due_from_last,
            "fees": [],
            "adjustments": [{"label": adjustment(each, standings), "cents": each.cents} for each in lines.adjustments],
            "adjusted": lines.adjusted,
            "owed": lines.owed,
            "credit_left": lines.credit_left,
            "due_on": due_on.isoformat(),
            "messages": messages(asked, standings.values(), due_on),
            "illustrative": any(plan.illustrative for plan in plans),
        }


def adjustment(each: Adjustment, standings: Mapping[int, Standing]) -> str:
    if each.policy is None or each.month is None:
        return _("Payment returned by the bank")
    plan = chosen.plan_of(standings[each.policy].policy).name
    says = _("Charge taken back: {plan}, {month}") if each.cents < 0 else _("Charged again: {plan}, {month}")
    return says.format(plan=plan, month=month(each.month))


def messages(asked: Sequence[Standing], standings: Iterable[Standing], due_on: date) -> list[str]:
    """What the household should know about its account, in its language. Few words: the coupon is on the same page."""
    said = []
    if any(each.status is Status.WAITING for each in asked):
        says = _(
            "Not complete until we receive your payment. You can change your choice until {last}: what you paid counts."
        )
        said.append(says.format(last=day(due_on)))
        paid = chosen.stand_until_paid(asked, standings)
        if paid:
            plans = telling.names(chosen.plan_of(each.policy).name for each in paid)
            said.append(_("Until then your paid plan stands: {plans}.").format(plans=plans))
    return said + ([_one_of_several(each) for each in asked] if len(asked) > 1 else [])


def _one_of_several(standing: Standing) -> str:
    return _("{plan}, for {names}: {price} a month.").format(
        plan=chosen.plan_of(standing.policy).name,
        names=telling.members(standing),
        price=cents.dollars(standing.policy.price),
    )


def data(bill: Bill, *, how_to_pay: str) -> dict[str, Any]:
    """The template's data. `how_to_pay`: the whole address to which the QR code leads."""
    return {**bill.content, "number": str(bill.pk), "how_to_pay": how_to_pay}


def printed(bill: Bill, *, how_to_pay: str) -> bytes:
    """The bill as PDF/UA. What was sent does not change, so it prints the same at any time."""
    return pdf.render("bill", data(bill, how_to_pay=how_to_pay))
