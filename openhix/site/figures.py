"""A year without law or plans is no accident of a page: residents are told that its figures are not in yet, staff and
the log which table lacks which year."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from openhix.law.tables import MissingLaw
from openhix.people.models import Account
from openhix.plans.shelf import NoShelf
from openhix.site.views import sorry

log = logging.getLogger(__name__)


class NotInYet:
    """Middleware: answers in place of a view that asked for what is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MissingLaw | NoShelf):
            return None
        log.error("%s", exception)
        is_staff = isinstance(request.user, Account) and request.user.is_staff
        return sorry(request, 503, detail=str(exception) if is_staff else "")
