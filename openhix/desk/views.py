"""The resident's dashboard: every room's part of one household on one page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openhix.desk.dashboard import Dashboard
from openhix.kernel import clock
from openhix.people.access import ResidentRequest, resident


@require_safe
@resident
def dashboard_page(request: ResidentRequest) -> HttpResponse:
    return render(request, "desk/dashboard.html", {"desk": Dashboard(request.household, clock.today())})
