"""The staff's page of a household's times to choose a health plan: what is open, to grant one, to refuse one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from openhix.application import queries as applications
from openhix.desk.forms import GrantTime, RefuseTime
from openhix.desk.page import page
from openhix.enrollment import actions, labels, queries, telling
from openhix.enrollment.models import SpecialEnrollment
from openhix.enrollment.rules.periods import NotOpened
from openhix.kernel import clock
from openhix.law.special_enrollment import Opener, SpecialEnrollments
from openhix.people import actions as people
from openhix.people import queries as known
from openhix.people.access import StaffRequest, staff
from openhix.people.models import Household, Person

DO: dict[str, Callable[..., SpecialEnrollment]] = {"grant": actions.grant, "refuse": actions.refuse}
AROSE = {"told": "Told by the household", "determined": "Opened by a determination", "staff": "Decided by staff"}
REASONS = {**labels.GRANTED, **labels.REFUSED}

Form = GrantTime | RefuseTime


@dataclass(frozen=True)
class Row:
    """One time to choose, in English, and the form to refuse it while it is not closed."""

    special: SpecialEnrollment
    today: date

    @property
    def what(self) -> str:
        with override("en"):
            return labels.event(self.special.event)

    @property
    def says(self) -> str:
        with override("en"):
            return telling.special(self.special, self.today)

    @property
    def arose(self) -> str:
        return AROSE[self.special.arose]

    @property
    def reasons(self) -> list[str]:
        with override("en"):
            return [_(REASONS[code]) for code in (self.special.why, self.special.closed_why) if code]


@require_http_methods(["GET", "POST"])
@staff
def special_page(request: StaffRequest, member_id: str) -> HttpResponse:
    """Each look is a row of the household's history, and each decision a letter."""
    household = _household(member_id)
    there = _people(household)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    forms = {each: _form(each, there, request.POST if each == do else None) for each in DO}
    if do in forms and forms[do].is_valid() and _decided(request, household, do, forms[do]):
        return redirect("staff-special", member_id=member_id)
    people.look(account=request.user, household=household)
    rows = [Row(each, clock.today()) for each in queries.special_enrollments(household)]
    context = {"household": household, "rows": rows, "forms": forms, "people": there, "refused": labels.REFUSED}
    return page(request, "special", context)


def _form(do: str, there: list[Person], data: QueryDict | None) -> Form:
    events = SpecialEnrollments.for_year(clock.today().year).events.values()
    with override("en"):
        granted = [(each.code, labels.event(each.code)) for each in events if Opener.STAFF in each.opened_by]
    form = (GrantTime if do == "grant" else RefuseTime)(data, auto_id=f"{do}-%s")
    form.offer(granted, there)
    return form


def _decided(request: StaffRequest, household: Household, do: str, form: Form) -> bool:
    """Whether it could be done; why not stands in the form."""
    try:
        DO[do](household=household, account=request.user, **form.cleaned_data)
    except actions.NoFirstDay:
        form.add_error(
            "first_day",
            "The law leaves the first day of coverage to the facts of a mistake or a hardship: enter it for these "
            "events, and leave it empty for all others.",
        )
        return False
    except NotOpened as why:
        with override("en"):
            form.add_error("event_day", _(labels.NOT_OPENED[why.reason]))
        return False
    messages.success(request, "Done. The household gets a letter about it.")
    return True


def _people(household: Household) -> list[Person]:
    """Everyone on the application that counts."""
    keys = applications.keys(household)
    return [each for each in known.people_of(household) if each.key in keys]


def _household(member_id: str) -> Household:
    household = known.household_with(member_id)
    if household is None:
        raise Http404("no household with this member id")
    return household
