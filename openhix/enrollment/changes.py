"""The page on which a household reports what happened, and reads what that opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openhix.application import queries as applications
from openhix.enrollment import actions, labels, queries, telling
from openhix.enrollment.forms import ReportChange
from openhix.enrollment.models import Kind, SpecialEnrollment
from openhix.enrollment.queries import Opening
from openhix.enrollment.rules.periods import NotOpened
from openhix.kernel import clock
from openhix.law.special_enrollment import Opener, SpecialEnrollments
from openhix.law.tables import OpenEnrollment, Proofs
from openhix.people import queries as people
from openhix.people.access import ResidentRequest, resident
from openhix.people.models import Household, Person
from openhix.shopping import calendar


@dataclass(frozen=True)
class Told:
    """One time to choose a plan, in words: what happened, whether one still can, and from which days."""

    special: SpecialEnrollment
    today: date

    @property
    def what(self) -> str:
        return labels.event(self.special.event)

    @property
    def is_open(self) -> bool:
        return self.special.closed_at is None and self.special.opens <= self.today <= self.special.ends

    @property
    def says(self) -> str:
        return telling.special(self.special, self.today)

    @property
    def days(self) -> list[str]:
        return [telling.opening(each) for each in queries.openings_of(self.special)] if self.is_open else []

    @property
    def papers(self) -> str:
        """What is still to be proved; empty where nothing is."""
        proof = self.special.proof
        owed = self.special.closed_at is None and proof is not None and proof.withdrawn_at is None
        return _(labels.PAPERS[self.special.event]) if owed else ""


class Changes:
    """What the page shows of a household today."""

    def __init__(self, household: Household, today: date) -> None:
        self.today = today
        year = calendar.plan_year(today)
        self.enrollment = OpenEnrollment.for_year(year)
        self.is_open = self.enrollment.is_open(today)
        self.days = Proofs.for_year(year).days
        self.told = [Told(each, today) for each in queries.special_enrollments(household)]
        self.openings: Sequence[Opening] = queries.openings(household, Kind.HEALTH, today, year)

    @property
    def papers(self) -> list[tuple[str, str]]:
        """Which papers prove which event."""
        return [(labels.event(code), _(says)) for code, says in labels.PAPERS.items()]


def events_told(today: date) -> list[str]:
    """What a household can tell, in the order of the page."""
    law = SpecialEnrollments.for_year(today.year).events
    told = {code for code, each in law.items() if Opener.TOLD in each.opened_by and each.is_active(today)}
    return [code for code in labels.EVENTS if code in told]


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def changes_page(request: ResidentRequest) -> HttpResponse:
    """Report what happened. Sent twice it is one."""
    today = clock.today()
    there = _people(request.household)
    form = ReportChange(request.POST if request.method == "POST" else None, told=events_told(today), people=there)
    if there and form.is_bound and form.is_valid() and _reported(request, form):
        return redirect("changes")
    return render(
        request,
        "enrollment/changes.html",
        {"form": form, "changes": Changes(request.household, today), "applied": bool(there)},
    )


def _reported(request: ResidentRequest, form: ReportChange) -> bool:
    """Whether it opens a time to choose; why not stands in the form."""
    told = form.cleaned_data
    try:
        actions.report(
            household=request.household,
            account=request.user,
            event=told["event"],
            person=form.people[told["person"]],
            event_day=told["day"] or clock.today(),
            covered_before=form.covered,
        )
    except NotOpened as why:
        form.refuse(why)
        return False
    return True


def _people(household: Household) -> list[Person]:
    """Everyone on the application that counts; nobody before one was sent in."""
    keys = applications.keys(household)
    return [each for each in people.people_of(household) if each.key in keys]
