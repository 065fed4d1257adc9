"""The staff's pages: find a household, its whole story, a correction, who is not decided yet, the clock."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from openhix.application import actions as applications
from openhix.application import queries as told_before
from openhix.correspondence import queries as correspondence
from openhix.desk import alike
from openhix.desk.forms import Correct, Find, MoveClock
from openhix.desk.page import page
from openhix.desk.story import Story
from openhix.desk.words import REASONS, nightly
from openhix.history import moving
from openhix.history import queries as history
from openhix.kernel import clock
from openhix.people import actions as people
from openhix.people import queries
from openhix.people.access import StaffRequest, staff
from openhix.people.models import Household, Person

NIGHTS_SHOWN = 12


@require_http_methods(["GET", "POST"])
@staff
def find_page(request: StaffRequest) -> HttpResponse:
    """What is typed is sent by POST: names and numbers stand in no address, and so in no log."""
    form = Find(request.POST or None)
    found = _found(form) if form.is_valid() else None
    return page(request, "find", {"form": form, "found": found, "most": queries.MOST_FOUND})


def _found(form: Find) -> list[Person] | None:
    """None where what is typed cannot be read; why stands in the form."""
    try:
        return queries.search(form.cleaned_data["text"])
    except queries.NotReadable as term:
        form.add_error(
            "text",
            f"{term} cannot be read. A birth date is written 2/28/1985; a member ID has 12 digits, a Social Security "
            "number 9, or type its last 4.",
        )
        return None


@require_safe
@staff
def household_page(request: StaffRequest, member_id: str) -> HttpResponse:
    """Everything about one household. Each look is a row of its history."""
    household = _household(member_id)
    people.look(account=request.user, household=household)
    return page(request, "household", {"story": Story(household)})


@require_safe
@staff
def letter_page(request: StaffRequest, member_id: str, pk: int) -> HttpResponse:
    """What was written to them, in the language in which it was sent."""
    household = _household(member_id)
    letter = correspondence.letters_of(household).filter(pk=pk).first()
    if letter is None:
        raise Http404("no such letter of this household")
    people.look(account=request.user, household=household)
    return page(request, "letter", {"letter": letter, "household": household})


@require_http_methods(["GET", "POST"])
@staff
def correct_page(request: StaffRequest, member_id: str, key: str) -> HttpResponse:
    """Who somebody is, put right: their application is answered anew."""
    household = _household(member_id)
    person = next((each for each in queries.people_of(household) if each.key == key), None)
    if person is None:
        raise Http404("nobody of this key")
    now = {name: getattr(person, name) for name in ("first_name", "last_name")}
    form = Correct(request.POST or None, initial={**now, "birth_date": person.birth_date.strftime("%m/%d/%Y")})
    there = key in told_before.keys(household)
    if request.method == "POST" and there and form.is_valid() and _correct(request, household, key, form):
        messages.success(request, f"{person.name} is corrected. The application is being answered anew.")
        return redirect("staff-household", member_id=member_id)
    if request.method == "GET":
        people.look(account=request.user, household=household)
    return page(request, "correct", {"form": form, "person": person, "household": household, "there": there})


def _correct(request: StaffRequest, household: Household, key: str, form: Correct) -> bool:
    """Whether it could be done; why not stands in the form."""
    told = form.cleaned_data
    try:
        applications.correct_person(
            household=household,
            account=request.user,
            key=key,
            first_name=told["first_name"],
            last_name=told["last_name"],
            birth_date=told["birth_date"],
            why=f"A person was corrected by staff. {REASONS[told['reason']]}",
        )
    except applications.Incomplete as refused:
        for fault in refused.faults:
            field = fault.field if fault.field in form.fields and fault.person == key else None
            says = _(fault.says).format(**fault.names)
            form.add_error(field, says if field else f"With this the application would not be complete: {says}")
        return False
    except applications.NothingChanged:
        form.add_error("first_name", "The application says all of this already: change what is wrong.")
        return False
    return True


@require_safe
@staff
def undecided_page(request: StaffRequest) -> HttpResponse:
    return page(request, "undecided", {"waiting": alike.undecided()})


@require_http_methods(["GET", "POST"])
@staff
def clock_page(request: StaffRequest) -> HttpResponse:
    """Where the clock of the demonstration stands, and how far a move has come; it renews itself while it moves."""
    tomorrow = clock.today() + timedelta(days=1)
    form = MoveClock(request.POST or None, initial={"to": tomorrow.strftime("%m/%d/%Y")})
    if request.method == "POST" and settings.DEMONSTRATION and form.is_valid():
        try:
            moving.start(to=form.cleaned_data["to"], who=f"account {request.user.pk}")
            return redirect("staff-clock")
        except moving.CannotMove as refused:
            form.add_error("to", str(refused))
    move = moving.latest()
    context = {
        "form": form,
        "demonstration": settings.DEMONSTRATION,
        "now": clock.now(),
        "move": move,
        "moving": move is not None and move.ended_at is None,
        "waiting": moving.waiting_jobs(),
        "nights": [(night.day, nightly(night.name)) for night in history.latest_nights(NIGHTS_SHOWN)],
    }
    return page(request, "clock_progress" if request.headers.get("HX-Request") else "clock", context)


def _household(member_id: str) -> Household:
    household = queries.household_with(member_id)
    if household is None:
        raise Http404("no household with this member id")
    return household
