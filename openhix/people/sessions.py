"""Sessions end: staff's after 30 minutes without a click, residents' after an hour, all of them after twelve hours.

Real time, not the demonstration's. The cookie itself goes with the browser's window.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse

from openhix.people import typed

IDLE_STAFF = 30 * 60  # seconds
IDLE_RESIDENT = 60 * 60
LONGEST = 12 * 60 * 60
EXACT = 60  # seconds: how exactly the last click is remembered

BEGAN, SEEN, STAFF = "session_began", "session_seen", "session_staff"


def end_idle(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware, after Django's for sessions and accounts."""

    def handle(request: Any) -> HttpResponse:
        session = request.session
        if SESSION_KEY in session:
            now = time.time()
            if SEEN not in session:
                session.update({BEGAN: now, SEEN: now, STAFF: request.user.is_staff})
            idle = IDLE_STAFF if session[STAFF] else IDLE_RESIDENT
            if now - session[SEEN] > idle or now - session[BEGAN] > LONGEST:
                was = request.user.pk
                logout(request)
                request.session[typed.WAS] = was
            elif now - session[SEEN] > EXACT:
                session[SEEN] = now
        return get_response(request)

    return handle
