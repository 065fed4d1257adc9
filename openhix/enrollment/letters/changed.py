"""The letter that says how a new answer about eligibility changes plans that are paid for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.correspondence import actions as correspondence
from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.correspondence.models import Letter
from openhix.eligibility.words import day
from openhix.enrollment import care, queries, telling
from openhix.enrollment.letters import blocks
from openhix.enrollment.models import Kind, Policy
from openhix.enrollment.queries import Standing
from openhix.kernel import cents
from openhix.people.models import Household, Person


@dataclass(frozen=True)
class Change:
    """What becomes of a paid policy from a day on: who leaves it, and the one that goes on in its place, if any."""

    old: Standing
    new: Policy | None
    leaving: tuple[Person, ...]
    on: date


def changed(*, household: Household, changes: Sequence[Change]) -> Letter:
    with override(household.language):
        if changes[0].old.policy.kind == Kind.HEALTH:
            subject = _("Your health coverage changes on {day}").format(day=day(changes[0].on))
        else:
            subject = _("Your dental coverage changes on {day}").format(day=day(changes[0].on))
        text = [
            content.paragraph(_("We have a new answer about what your household qualifies for. It changes your plan.")),
            *(block for change in changes for block in _change(change)),
            content.heading(_("If you think that this is wrong")),
            content.paragraph(
                _("If your application is not right, change it. You can also call us, or ask for a hearing.")
            ),
            blocks.the_law("45 CFR 155.330(f), 155.430(b); 956 CMR 12.04"),
        ]
        return correspondence.send(household=household, kind="enrollment.changed", subject=subject, blocks=text)


def _change(change: Change) -> list[Block]:
    policy = change.old.policy
    said: list[Block] = [content.heading(queries.plan_of(policy).name)]
    if change.leaving:
        said.append(content.important(_("Who is no longer in this plan"), _leaving(change)))
    if change.new is None:
        return said
    if change.new.price != policy.price:
        prices = {
            "before": cents.dollars(policy.price),
            "after": cents.dollars(change.new.price),
            "day": day(change.on),
        }
        said.append(content.paragraph(_("From {day} you pay {after} a month instead of {before}.").format(**prices)))
    lines, total = telling.price_lines(change.new)
    said.append(
        content.paragraph(_("It goes on for {names}.").format(names=telling.members(queries.standing(change.new))))
    )
    said.append(content.figures(lines, total=total))
    costs = care.since(change.new, policy)
    return [*said, content.paragraph(costs)] if costs else said


def _leaving(change: Change) -> str:
    people = telling.names(person.name for person in change.leaving)
    if change.on <= change.old.policy.starts:
        return _("{names}: the plan does not begin. What you paid and do not owe is credited to you.").format(
            names=people
        )
    return _("{names}: the last day in this plan is {day}.").format(
        names=people, day=day(change.on - timedelta(days=1))
    )
