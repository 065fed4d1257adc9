from __future__ import annotations

from openhix.application import queries as applications
from openhix.application.models import Version
from openhix.correspondence import actions as correspondence
from openhix.history.models import Event
from openhix.history.reactions import on
from openhix.verification import actions, envelope


@on("application.submitted")
def write_to_the_address_applied_with(event: Event) -> None:
    """Before any letter about the application is written. One that was changed meanwhile has nothing more to say."""
    version = _version(event)
    household = version.application.household
    if applications.latest(household) == version:
        correspondence.keep_address(household=household, lines=envelope.lines(version))


@on("application.submitted")
def ask_for_proofs(event: Event) -> None:
    actions.ask_for_proofs(version=_version(event))


def _version(event: Event) -> Version:
    return Version.objects.select_related("application__household").get(pk=event.payload["version"])
