from __future__ import annotations

from openhix.history.reactions import Event, on
from openhix.plans import actions


@on("plans.shelf_loaded")
def review(event: Event) -> None:
    actions.review_shelf(load=event.subject_id)
