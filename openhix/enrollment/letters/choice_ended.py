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
from openhix.enrollment.rules import dates
from openhix.law.tables import Law
from openhix.people.models import Household


def choice_ended(*, household: Household, policies: Sequence[Policy], today: date, unpaid: bool = True) -> Letter:
    """`unpaid`: the payment did not come in time; otherwise these people may no longer have these plans."""
    with override(household.language):
        subject = _("Your choice of a plan has ended")
        text = [
            content.paragraph(_why(policies, unpaid)),
            content.items([_plan(policy) for policy in policies]),
            *_stands(household, policies[0].kind),
            content.heading(_("What you can do")),
            content.paragraph(_next(policies[0], today) if unpaid else _look_at_the_results()),
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


def _stands(household: Household, kind: str) -> list[Block]:
    """The paid plans, which this does not touch."""
    paid = queries.complete(household, kind)
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


def _next(policy: Policy, today: date) -> str:
    enrollment = Law(date(policy.plan_year, 1, 1)).open_enrollment
    try:
        starts = dates.first_day(chosen_on=today, kind=policy.kind, enrollment=enrollment)
    except dates.EnrollmentClosed as closed:
        if policy.kind == Kind.HEALTH:
            return _(
                "Open enrollment ended on {day}. Until the next one you can choose a health plan only after certain "
                "changes in your life, such as losing other coverage. Call us about it. MassHealth and dental plans "
                "are open all year."
            ).format(day=day(closed.ended))
        return _("No month of this year is left. You can choose a plan for the next year.")
    return _("You can be covered from {first}: choose a plan again and pay its first bill by {last}.").format(
        first=day(starts), last=day(dates.pay_by(starts=starts, enrollment=enrollment))
    )
