"""The letter that says that a choice ended before it began, why, what stands, and how to have the next month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

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
from openhix.people.models import Household


def choice_ended(*, household: Household, policies: Sequence[Policy], today: date, unpaid: bool = True) -> Letter:
    """`unpaid`: the payment did not come in time; otherwise these people may no longer have these plans."""
    ended = [queries.standing(policy) for policy in policies]
    paid = queries.stand_until_paid(ended, queries.complete(household, policies[0].kind))
    with override(household.language):
        if policies[0].kind == Kind.HEALTH:
            subject = _("Your choice of a health plan has ended")
        else:
            subject = _("Your choice of a dental plan has ended")
        text = [
            content.paragraph(_why(policies, unpaid)),
            content.items([_plan(policy) for policy in policies]),
            *_stands(paid),
            content.heading(_("What you can do")),
            content.paragraph(
                telling.once_more(policies[0], today, stands=bool(paid)) if unpaid else _look_at_the_results()
            ),
            blocks.the_law("956 CMR 12.10(2), 12.12(1)" if unpaid else "956 CMR 12.04; 45 CFR 155.305"),
        ]
        return correspondence.send(household=household, kind="enrollment.choice_ended", subject=subject, blocks=text)


def _why(policies: Sequence[Policy], unpaid: bool) -> str:
    if unpaid:
        return _("We did not receive the whole first payment by {day}. This choice has ended:").format(
            day=day(policies[0].pay_by)
        )
    return _("What your household qualifies for or where it lives has changed. This choice has ended:")


def _plan(policy: Policy) -> str:
    return _("{plan}, for {names}, from {day}").format(
        plan=queries.plan_of(policy).name, names=telling.members(queries.standing(policy)), day=day(policy.starts)
    )


def _stands(paid: Sequence[Standing]) -> list[Block]:
    """The paid plans of these people, which this does not touch."""
    if not paid:
        return [content.paragraph(_("These people are not covered by it."))]
    plans = telling.names(queries.plan_of(each.policy).name for each in paid)
    return [
        content.important(
            _("Your paid plan stands"), _("Nothing changes for {plans}: it goes on as it was.").format(plans=plans)
        )
    ]


def _look_at_the_results() -> str:
    return _("Your results say what each person can have now. For those who can have a plan, you can choose again.")
