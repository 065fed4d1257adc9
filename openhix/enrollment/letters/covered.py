"""The letter that says who is covered, by which plan and from when."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.correspondence import actions as correspondence
from openhix.correspondence import content
from openhix.correspondence.models import Letter
from openhix.eligibility.words import day
from openhix.enrollment.letters import blocks
from openhix.enrollment.models import Kind, Policy
from openhix.people.models import Household


def covered(*, household: Household, policies: Sequence[Policy]) -> Letter:
    first = policies[0]
    with override(household.language):
        if first.kind == Kind.HEALTH:
            subject = _("Your health coverage starts on {day}").format(day=day(first.starts))
        else:
            subject = _("Your dental coverage starts on {day}").format(day=day(first.starts))
        text = [
            content.paragraph(_("Your enrollment is complete. You have nothing more to do for this month.")),
            *blocks.plans(policies),
            content.heading(_("What comes next")),
            content.items(
                [
                    _("The insurer sends an identification card for each person, usually within two weeks."),
                    _("Each month's premium is due by the 23rd of the month before."),
                    _("Tell us when your income, your household or your address changes."),
                ]
            ),
            blocks.the_law("956 CMR 12.10(2), 12.12(1)"),
        ]
        return correspondence.send(household=household, kind="enrollment.covered", subject=subject, blocks=text)
