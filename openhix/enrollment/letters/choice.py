"""The letter about a choice that waits for its first payment: what was chosen, what it costs, until when to pay."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.correspondence import actions as correspondence
from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.correspondence.models import Letter
from openhix.eligibility.words import day
from openhix.enrollment import queries, telling
from openhix.enrollment.letters import blocks
from openhix.enrollment.models import Kind, Policy
from openhix.enrollment.queries import Standing
from openhix.kernel import cents
from openhix.people.models import Household


def choice(*, household: Household, policies: Sequence[Policy], new_price: bool = False) -> Letter:
    """`new_price`: the household did not choose anew; what it chose is priced anew."""
    waiting = [queries.standing(policy) for policy in policies]
    paid = queries.stand_until_paid(waiting, queries.complete(household, policies[0].kind))
    with override(household.language):
        text = [
            _opening(policies, new_price),
            *blocks.plans(policies),
            _what_is_left(policies) if paid else _pay(policies),
            *_meanwhile(policies, paid),
            blocks.the_law("956 CMR 12.10(2), 12.12(1); 45 CFR 155.400(e)"),
        ]
        return correspondence.send(
            household=household, kind="enrollment.choice", subject=_subject(policies[0], paid), blocks=text
        )


def _subject(policy: Policy, paid: Sequence[Standing]) -> str:
    if policy.kind == Kind.HEALTH and paid:
        says = _("Your choice of another health plan from {first}")
    elif policy.kind == Kind.HEALTH:
        says = _("Health plan: pay by {last} to be covered from {first}")
    elif paid:
        says = _("Your choice of another dental plan from {first}")
    else:
        says = _("Dental plan: pay by {last} to be covered from {first}")
    return says.format(last=day(policy.pay_by), first=day(policy.starts))


def _opening(policies: Sequence[Policy], new_price: bool) -> Block:
    if new_price:
        return content.paragraph(
            _("What your household qualifies for has changed. Your choice stands, and this is what it costs now.")
        )
    return content.paragraph(_("You chose the following. Check that it is right."))


def _pay(policies: Sequence[Policy]) -> Block:
    total = cents.dollars(sum(policy.price for policy in policies))
    return content.important(
        _("Not complete until we receive your payment"),
        _("The first month is {total} in all. Pay what your bill says by {last}, to be covered from {first}.").format(
            total=total, last=day(policies[0].pay_by), first=day(policies[0].starts)
        ),
    )


def _what_is_left(policies: Sequence[Policy]) -> Block:
    """Of a change: what was paid for the other plan may be enough."""
    return content.important(
        _("What you paid for your other plan counts"),
        _("Your bill says what is left to pay by {last}. If nothing is left, the change is complete at once.").format(
            last=day(policies[0].pay_by)
        ),
    )


def _meanwhile(policies: Sequence[Policy], paid: Sequence[Standing]) -> list[Block]:
    """What stands until this is paid, and until when another plan can be chosen."""
    said = []
    if paid:
        said.append(telling.meanwhile(paid, policies[0].pay_by))
    said.append(_("You can change your choice until {last}.").format(last=day(policies[0].pay_by)))
    return [content.paragraph(each) for each in said]
