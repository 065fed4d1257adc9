"""Somebody of one household who may be somebody of another: staff look at both, tell them apart, or answer anew."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from openhix.eligibility import actions, queries
from openhix.eligibility.models import Finding
from openhix.eligibility.rules.limits import Limit
from openhix.people import actions as people
from openhix.people import queries as known
from openhix.people.access import StaffRequest, staff
from openhix.people.models import Person

AGAIN = "Staff asked for the answer anew."


@require_http_methods(["GET", "POST"])
@staff
def alike_page(request: StaffRequest, member_id: str, key: str) -> HttpResponse:
    """The person beside those taken for the same. Each look is a row of the history of every household shown."""
    person = _person(member_id, key)
    others = queries.elsewhere([person])[person.pk]
    if request.method == "POST" and _done(request, person, others):
        return redirect("staff-household", member_id=member_id)
    for household in {each.household for each in (person, *others)}:
        people.look(account=request.user, household=household)
    context = {"person": person, "others": others, "household": person.household}
    with override("en"):
        return render(request, "desk/staff/alike.html", context)


def undecided() -> list[tuple[Finding, Sequence[Person]]]:
    """Who waits for staff, each with those of other households whom we take for the same."""
    waiting = queries.undecided()
    doubtful = [each.person for each in waiting if Limit.IDENTITY in each.limits]
    found = queries.elsewhere(doubtful)
    return [(each, found.get(each.person_id, ())) for each in waiting]


def _done(request: StaffRequest, person: Person, others: Sequence[Person]) -> bool:
    """Whether it could be done: only those who stood on the page are told apart."""
    shown = set(request.POST.getlist("other"))
    if request.POST.get("do") == "again":
        actions.determine(household=person.household, why=AGAIN)
        messages.success(request, "The application was answered anew.")
        return True
    if request.POST.get("do") != "different" or shown != {str(each.pk) for each in others}:
        messages.warning(request, "This has changed since you opened the page, so nothing was done. Look again.")
        return False
    found = [each.pk for each in others]
    actions.tell_apart(household=person.household, key=person.key, others=found, account=request.user)
    messages.success(request, f"{person.name} is told apart, and the application was answered anew.")
    return True


def _person(member_id: str, key: str) -> Person:
    """Somebody of a household that was answered, with the household. Raises Http404 for anybody else."""
    household = known.household_with(member_id)
    if household is None or queries.current(household) is None:
        raise Http404("no household with this member id was answered")
    for person in known.people_of(household):
        if person.key == key:
            person.household = household
            return person
    raise Http404("nobody of this key")
