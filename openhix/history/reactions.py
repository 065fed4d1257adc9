"""How an earlier room is heard by later ones: these declare, in their `jobs.py`, what they do when something happens.

    @on("plans.shelf_loaded")
    def forget_old_prices(event: Event) -> None: ...

The queue may deliver a reaction twice; it takes effect once, since its effect and its key are written together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from django.db import IntegrityError, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from openhix.history.models import Effect, Event

__all__ = ["Event", "enqueue", "on"]

Reaction = Callable[[Event], None]

AGAIN = RetryStrategy(max_attempts=5, exponential_wait=4)  # after 4, 16, 64, 256 and 1024 seconds

_declared: dict[str, list[str]] = defaultdict(list)


def on(*kinds: str) -> Callable[[Reaction], Reaction]:
    """Declare a reaction to every event of these kinds. It runs in a worker, inside one transaction."""

    def declare(reaction: Reaction) -> Reaction:
        name = f"{reaction.__module__}.{reaction.__qualname__}"

        @app.task(name=name, retry=AGAIN)
        def once(event: int) -> None:
            with transaction.atomic():
                if _is_first(event, name):
                    reaction(Event.objects.get(pk=event))

        for kind in kinds:
            _declared[kind].append(name)
        return reaction

    return declare


def enqueue(event: Event) -> None:
    """Queue every reaction to this event. Those to one subject run one after another."""
    for name in _declared[event.kind]:
        app.tasks[name].configure(lock=f"{event.subject_kind}:{event.subject_id}").defer(event=event.pk)


def _is_first(event: int, reaction: str) -> bool:
    """Whether this delivery is the one that counts; one under way at the same time is waited for."""
    try:
        with transaction.atomic():
            Effect.objects.create(event_id=event, reaction=reaction)
    except IntegrityError:
        return False
    return True
