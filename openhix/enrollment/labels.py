"""What a household is told when it cannot choose, marked for translation."""

from __future__ import annotations

from django.utils.translation import gettext

from openhix.kernel.story import _

CANNOT: dict[str, str] = {
    "nothing": _("Pick a plan first."),
    "people": _("Choose who is to be in each plan."),
    "twice": _("One person can be in one plan of a kind only. Choose anew who is in which plan."),
    "together": _(
        "Some of your people are in a paid plan together. Choose a plan for everyone of it, the same or another."
    ),
    "masshealth": _("Someone who has MassHealth cannot be in a health plan too. A dental plan is possible."),
    "program": _("Someone here cannot buy a health plan. Their results say why. A dental plan is possible."),
    "undecided": _("We do not know yet what someone qualifies for. That person can choose once we do."),
    "plan": _("This plan is not open to these people. Pick another one."),
    "share": _("Enter how much of the tax credit to use, from 0 to 100 percent."),
    "connectorcare": _("With a ConnectorCare plan all of the tax credit is used."),
    "price": _("What you see here has changed since you opened this page. Look at it again, then confirm."),
}


def why_not(reason: str) -> str:
    """The sentence of a CannotChoose, in the reader's language."""
    return gettext(CANNOT[reason])


SORTS: dict[str, str] = {
    "usual": _("ConnectorCare plans first"),
    "price": _("Lowest monthly price"),
    "deductible": _("Lowest deductible"),
}
