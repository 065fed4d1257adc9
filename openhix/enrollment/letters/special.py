"""Letters about a time to choose a health plan outside open enrollment: opened, refused, not proved."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.correspondence import actions as correspondence
from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.correspondence.models import Letter
from openhix.eligibility.words import day
from openhix.enrollment import labels, queries, telling
from openhix.enrollment.letters import blocks
from openhix.enrollment.models import Policy, SpecialEnrollment
from openhix.enrollment.queries import Status

PHONE = "1-877-623-6765"


def opened(*, special: SpecialEnrollment) -> Letter:
    """Why one can choose, until when, from which days a plan can cover, and what is to be proved."""
    with override(special.household.language):
        last = day(special.ends)
        text = [
            content.paragraph(_why(special)),
            content.important(
                _("Choose a health plan by {day}").format(day=last),
                _("Sign in and open the plans. After that day you have to wait until open enrollment."),
            ),
            *_days(special),
            *_proof(special),
            content.paragraph(
                _("Also change your application within 30 days if your income, household or address is different now.")
            ),
            blocks.the_law(f"{queries.event_of(special).cites}; 956 CMR 12.09(2), 12.10(1)"),
        ]
        subject = _("You can choose a health plan until {day}").format(day=last)
        return correspondence.send(
            household=special.household, kind="enrollment.special_opened", subject=subject, blocks=text
        )


def refused(*, special: SpecialEnrollment, reason: str, ended: Sequence[Policy]) -> Letter:
    """`reason` is a marked sentence. It can be appealed: 956 CMR 12.13."""
    with override(special.household.language):
        text = [
            content.paragraph(_why(special)),
            content.important(_("You cannot choose a health plan because of this"), _(reason)),
            *_ended(ended),
            *_appeal(),
            blocks.the_law(f"{queries.event_of(special).cites}; 956 CMR 12.10(1), 12.13"),
        ]
        subject = _("We cannot give you time to choose a health plan")
        return correspondence.send(
            household=special.household, kind="enrollment.special_refused", subject=subject, blocks=text
        )


def not_proved(*, special: SpecialEnrollment, ended: Sequence[Policy]) -> Letter:
    with override(special.household.language):
        text = [
            content.paragraph(_why(special)),
            content.important(
                _("We did not get proof of it in time"),
                _("Without proof you cannot choose a health plan because of this."),
            ),
            *_ended(ended),
            content.paragraph(
                _("If you have the proof now, send it and call {phone}: our staff look at it.").format(phone=PHONE)
            ),
            *_appeal(),
            blocks.the_law("45 CFR 155.315(f)(5), 155.420; 956 CMR 12.10(1), 12.13"),
        ]
        subject = _("Your time to choose a health plan has ended: no proof came")
        return correspondence.send(
            household=special.household, kind="enrollment.special_ended", subject=subject, blocks=text
        )


def _why(special: SpecialEnrollment) -> str:
    return _("{what}: {name}, {day}.").format(
        what=labels.event(special.event), name=special.person.name, day=day(special.event_day)
    )


def _days(special: SpecialEnrollment) -> list[Block]:
    return [
        content.heading(_("From when a plan can cover you")),
        content.items([telling.opening(each) for each in queries.openings_of(special)]),
    ]


def _proof(special: SpecialEnrollment) -> list[Block]:
    if special.proof is None:
        return []
    says = _("Send us {papers} by {day}. Until then what you told us counts. If we do not get it, the plan ends.")
    return [
        content.heading(_("What we need from you")),
        content.paragraph(says.format(papers=_(labels.PAPERS[special.event]), day=day(special.proof.due_on))),
    ]


def _ended(policies: Sequence[Policy]) -> list[Block]:
    """What becomes of the plans that were chosen because of it."""
    return [content.important(queries.plan_of(policy).name, _ends(policy)) for policy in policies]


def _ends(policy: Policy) -> str:
    standing = queries.standing(policy)
    people = telling.members(standing)
    if standing.status is Status.ENDED and standing.ends is not None:
        return _("{names}: the last day in this plan is {day}.").format(
            names=people, day=day(standing.ends - telling.ONE_DAY)
        )
    return _("{names}: the plan does not begin. What you paid and do not owe is credited to you.").format(names=people)


def _appeal() -> list[Block]:
    return [
        content.heading(_("If you think that this is wrong")),
        content.paragraph(
            _("You can appeal within {days} days of getting this letter. Call {phone} to ask how.").format(
                days=60, phone=PHONE
            )
        ),
    ]
