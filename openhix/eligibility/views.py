from __future__ import annotations

import time

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from openhix.application import queries as applications
from openhix.application.models import Version
from openhix.eligibility import queries
from openhix.eligibility.models import Determination
from openhix.eligibility.moved import moved
from openhix.eligibility.results import Results
from openhix.people.access import ResidentRequest, resident

WAIT = 3.0  # seconds that the page gives the worker before it shows progress
LOOK_EVERY = 0.1


@require_safe
@resident
def results_page(request: ResidentRequest) -> HttpResponse:
    """What the household qualifies for. Right after submitting it waits for the worker, then asks again by itself.

    Progress is renewed without JavaScript by the browser, with it by htmx, which loads the page when it is there.
    `income` moves the income of the picture: with htmx only the picture changes.
    """
    version = applications.latest(request.household)
    if version is None:
        return render(request, "eligibility/none.html", {"begun": applications.draft_of(request.household) is not None})
    asked_again = bool(request.headers.get("HX-Request")) and "income" not in request.GET
    determination = _answer_to(version, seconds=0 if asked_again else WAIT)
    if determination is None:
        page = "eligibility/waiting.html" if asked_again else "eligibility/progress.html"
        return render(request, page, {"before": queries.current(request.household)})
    if asked_again:
        return HttpResponseClientRefresh()
    shown = {"results": Results.of(determination), "moved": moved(determination, request.GET)}
    return render(request, "eligibility/results.html", shown)


def _answer_to(version: Version, *, seconds: float) -> Determination | None:
    """The determination of this version, as soon as it is there, or None when the time is over."""
    until = time.monotonic() + seconds
    while True:
        found = queries.current(version.application.household)
        if found is not None and found.version_id == version.pk:
            return found
        if time.monotonic() >= until:
            return None
        time.sleep(LOOK_EVERY)
