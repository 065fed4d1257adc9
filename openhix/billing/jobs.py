from __future__ import annotations

from openhix.billing import actions
from openhix.enrollment.models import Policy
from openhix.history.models import Event
from openhix.history.reactions import on


@on("enrollment.chosen")
def charge_the_choice(event: Event) -> None:
    _bring_up_to_date(event)


@on("enrollment.withdrawn")
def take_the_charge_back(event: Event) -> None:
    _bring_up_to_date(event)


@on("enrollment.changed", "enrollment.ended")
def charge_the_change(event: Event) -> None:
    _bring_up_to_date(event)


def _bring_up_to_date(event: Event) -> None:
    """Charge the difference, or take it back; a bill follows when something is owed."""
    policy = Policy.objects.select_related("household").get(pk=event.payload["policy"])
    actions.charge(household=policy.household, kind=policy.kind)
    actions.bill(household=policy.household, kind=policy.kind)
