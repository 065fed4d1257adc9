"""A policy in words: where it stands, what it costs, whom it covers. For pages and letters, in the active language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _

from openhix.eligibility.words import day
from openhix.enrollment import labels
from openhix.enrollment.models import Kind, Policy, SpecialEnrollment
from openhix.enrollment.queries import Opening, Standing, Status, openings, plan_of
from openhix.enrollment.rules import periods
from openhix.kernel import cents
from openhix.law.tables import Law

ONE_DAY = timedelta(days=1)


def status(standing: Standing, today: date) -> str:
    """`Covered from January 1, 2026` and the like: what the dashboard says of a policy."""
    policy = standing.policy
    if standing.status is Status.WAITING:
        if today > policy.pay_by:
            return _("Not complete: no payment by {day}").format(day=day(policy.pay_by))
        return _("Not complete until we receive your payment by {day}").format(day=day(policy.pay_by))
    if standing.lapsed_on is not None:
        return _("Ended on {day}: not paid in full by {last}").format(
            day=day(standing.lapsed_on), last=day(policy.pay_by)
        )
    if standing.status is Status.WITHDRAWN:
        return _("Ended before it began")
    if standing.ends is None:
        return _("Covered from {day}").format(day=day(policy.starts))
    last = day(standing.ends - ONE_DAY)
    if today < standing.ends:
        return _("Covered until {day}, then it ends").format(day=last)
    return _("Ended on {day}").format(day=last)


def meanwhile(stands: Iterable[Standing], last: date) -> str:
    """What holds until a change is paid for: the paid plans stand, and only the change can end. Empty without any."""
    plans = names(plan_of(each.policy).name for each in stands)
    if not plans:
        return ""
    says = _("Your paid plan stands until this is paid: {plans}. If it is not paid by {last}, only this change ends.")
    return says.format(plans=plans, last=day(last))


def once_more(policy: Policy, today: date, *, stands: bool) -> str:
    """How to have after all what was not paid for in time. `stands`: its people are in a paid plan."""
    there = openings(policy.household, policy.kind, today, policy.plan_year)
    if not there:
        ended = Law(date(policy.plan_year, 1, 1)).open_enrollment.end
        if policy.kind == Kind.HEALTH and stands:
            return _(
                "Open enrollment ended on {day}. Until the next one you can change your health plan only after certain "
                "changes in your life. Tell us about it under Report a change."
            ).format(day=day(ended))
        if policy.kind == Kind.HEALTH:
            return _(
                "Open enrollment ended on {day}. Until the next one you can choose a health plan only after certain "
                "changes in your life, such as losing other coverage. Tell us about it under Report a change. "
                "MassHealth and dental plans are open all year."
            ).format(day=day(ended))
        return _("No month of this year is left. You can choose a plan for the next year.")
    if stands:
        says = _("You can change your plan from {first}: choose again and pay the first bill by {last}.")
    else:
        says = _("You can be covered from {first}: choose a plan again and pay its first bill by {last}.")
    return says.format(first=day(there[0].starts), last=day(there[0].pay_by))


def opening(each: Opening) -> str:
    """`From April 1, 2026, if the first payment is here by March 23, 2026`"""
    is_the_day = each.special is not None and each.starts == each.special.event_day and each.special.first_day is None
    if is_the_day:
        says = _(
            "From {first}, the day on which the child came, if the first payment is here by {last}. A tax credit, if "
            "you get one, begins on {credit}"
        )
        return says.format(
            first=day(each.starts), last=day(each.pay_by), credit=day(periods.credit_begins(each.starts))
        )
    says = _("From {first}, if the first payment is here by {last}")
    return says.format(first=day(each.starts), last=day(each.pay_by))


def special(each: SpecialEnrollment, today: date) -> str:
    """Whether one can choose because of it."""
    if each.closed_because == SpecialEnrollment.Because.REFUSED:
        return _("We decided that you cannot choose a health plan because of this. Our letter says why.")
    if each.closed_because:
        return _("You can no longer choose a health plan because of this: no proof came in time.")
    if today < each.opens:
        return _("You can choose a health plan from {first} to {last}.").format(
            first=day(each.opens), last=day(each.ends)
        )
    if today > each.ends:
        return _("You could choose a health plan because of this until {last}.").format(last=day(each.ends))
    return _("You can choose a health plan until {last}.").format(last=day(each.ends))


def period(there: Sequence[Opening]) -> str:
    """Which time to choose a health plan is open, and until when; empty where none is."""
    if not there:
        return ""
    first = max(there, key=lambda each: each.closes)
    if first.special is None:
        return _("Open enrollment: you can choose a health plan until {last}.").format(last=day(first.closes))
    return _("{what}: you can choose a health plan until {last}.").format(
        what=labels.event(first.special.event), last=day(first.closes)
    )


def names(people: Iterable[str]) -> str:
    """`Ana`, `Ana and Bruno`, `Ana, Bruno and Carla`."""
    every = list(people)
    if len(every) < 2:
        return "".join(every)
    return _("{some} and {last}").format(some=", ".join(every[:-1]), last=every[-1])


def members(standing: Standing) -> str:
    return names(member.person.name for member in standing.members)


def price_lines(policy: Policy) -> tuple[list[tuple[str, str]], tuple[str, str]]:
    """The lines from the premium to what the household pays, and the last one, each with its amount of a month."""
    lines = [(_("Premium"), cents.dollars(policy.premium))]
    if policy.credit:
        lines.append((_("Tax credit"), cents.dollars(-policy.credit)))
    if policy.subsidy:
        lines.append((_("ConnectorCare subsidy of the state"), cents.dollars(-policy.subsidy)))
    return lines, (_("You pay each month"), cents.dollars(policy.price))
