"""The resident's pages that put several rooms together: the dashboard, and the results."""

from __future__ import annotations

import time

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from openhix.application import queries as applications
from openhix.application.models import Version
from openhix.desk.dashboard import Dashboard
from openhix.desk.results import Results
from openhix.eligibility import queries as eligibility
from openhix.eligibility.incomes.moved import moved
from openhix.eligibility.models import Determination
from openhix.kernel import clock
from openhix.people.access import ResidentRequest, resident

WAIT = 3.0  # seconds that the results page gives the worker before it shows progress
LOOK_EVERY = 0.1


@require_safe
@resident
def dashboard_page(request: ResidentRequest) -> HttpResponse:
    return render(request, "desk/dashboard.html", {"desk": Dashboard(request.household, clock.today())})


@require_safe
@resident
def results_page(request: ResidentRequest) -> HttpResponse:
    """What the household qualifies for, and what stands of it: chosen, covered, or still to be chosen.

    Right after submitting it waits for the worker, then asks again by itself: progress is renewed without JavaScript
    by the browser, with it by htmx, which loads the page when it is there. `income` moves the income of the picture:
    with htmx only the picture changes.
    """
    version = applications.latest(request.household)
    if version is None:
        begun = applications.draft_of(request.household) is not None
        return render(request, "desk/results/none.html", {"begun": begun})
    asked_again = bool(request.headers.get("HX-Request")) and "income" not in request.GET
    determination = _answer_to(version, seconds=0 if asked_again else WAIT)
    if determination is None:
        page = "waiting" if asked_again else "progress"
        before = eligibility.current(request.household)
        return render(request, f"desk/results/{page}.html", {"before": before})
    if asked_again:
        return HttpResponseClientRefresh()
    desk = Dashboard(request.household, clock.today())
    results, income = Results.of(determination, desk), moved(determination, request.GET)
    return render(request, "desk/results/page.html", {"results": results, "desk": desk, "moved": income})


def _answer_to(version: Version, *, seconds: float) -> Determination | None:
    """The determination of this version, as soon as it is there, or None when the time is over."""
    until = time.monotonic() + seconds
    while True:
        found = eligibility.current(version.application.household)
        if found is not None and found.version_id == version.pk:
            return found
        if time.monotonic() >= until:
            return None
        time.sleep(LOOK_EVERY)
