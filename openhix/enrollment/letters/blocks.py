"""Parts that the letters of this room share."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.enrollment import care, queries, telling
from openhix.enrollment.models import Policy


def plans(policies: Iterable[Policy]) -> list[Block]:
    """Each plan with its carrier, its people, its price, and what care costs members of a tribe."""
    return [block for policy in policies for block in _plan(policy)]


def _plan(policy: Policy) -> list[Block]:
    plan = queries.plan_of(policy)
    lines, total = telling.price_lines(policy)
    return [
        content.heading(plan.name),
        content.paragraph(
            _("{carrier}. For {names}.").format(
                carrier=plan.carrier.name, names=telling.members(queries.standing(policy))
            )
        ),
        content.figures(lines, total=total),
        *([content.paragraph(costs)] if (costs := care.under(policy)) else []),
    ]


def the_law(citations: str) -> Block:
    return content.paragraph(_("The law: {law}").format(law=citations))
