from __future__ import annotations

from openhix.application.models import Version
from openhix.history.models import Event
from openhix.history.reactions import on
from openhix.verification import actions


@on("application.submitted")
def ask_for_proofs(event: Event) -> None:
    version = Version.objects.select_related("application__household").get(pk=event.payload["version"])
    actions.ask_for_proofs(version=version)
