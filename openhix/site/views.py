"""The pages of the shell: home, the choice of language, and what to say when something went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import activate, check_for_language, get_language_from_path, get_language_from_request
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.views.decorators.cache import never_cache

from openhix.kernel import clock
from openhix.law.tables import important_dates
from openhix.shopping.calendar import coverage_months, plan_year

WHAT_HAPPENS = {
    "open_enrollment_starts": marked("Open enrollment begins. Anyone can apply, renew or choose a new plan."),
    "payment_due": marked(
        "Choose a plan and pay its first premium by this day, so that coverage starts with the new plan year."
    ),
    "coverage_starts": marked("First day of coverage in the new plan year."),
    "open_enrollment_ends": marked("Last day of open enrollment."),
}


@dataclass(frozen=True)
class ImportantDate:
    """A line of the calendar on the home page; `next` is the first that has not passed."""

    when: date
    what: str
    past: bool
    next: bool


def calendar(today: date) -> list[ImportantDate]:
    days = important_dates(plan_year(today))
    upcoming = min((day for _key, day in days if day >= today), default=None)
    return [ImportantDate(day, WHAT_HAPPENS[key], day < today, day == upcoming) for key, day in days]


def home(request: HttpRequest) -> HttpResponse:
    """The front door. Without a language in the address it leads to the one chosen before, or the browser's."""
    if request.path_info == "/":
        language = get_language_from_request(request)
        if language != settings.LANGUAGE_CODE:
            response: HttpResponse = HttpResponseRedirect(in_language(request.get_full_path(), language))
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
            return response
    today = clock.today()
    year = plan_year(today)
    shown = {"today": today, "dates": calendar(today), "months": coverage_months(today), "plan_year": year}
    response = render(request, "site/home.html", shown)
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


def in_language(page: str, code: str) -> str:
    """The address of the same page in another language; English has no prefix."""
    prefix = get_language_from_path(page)
    plain = page.removeprefix(f"/{prefix}") if prefix else page
    return plain if code == settings.LANGUAGE_CODE else f"/{code}{plain}"


@never_cache
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language for a year and show the same page, with its query string, in it."""
    if not check_for_language(code) or code not in dict(settings.LANGUAGES):
        raise Http404(code)
    page = request.GET.get("page", "/")
    if not page.startswith("/") or not url_has_allowed_host_and_scheme(page, allowed_hosts=None):
        page = "/"
    response = HttpResponseRedirect(in_language(page, code))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=365 * 24 * 60 * 60,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return sorry(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return sorry(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return sorry(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return sorry(request, 500)


def sorry(request: HttpRequest, status: int, detail: str = "") -> HttpResponse:
    """An error page in the language of the address. On our own errors it asks neither the clock nor the database.

    `detail` is a sentence in English for staff.
    """
    activate(get_language_from_path(request.path_info) or settings.LANGUAGE_CODE)
    title, advice = {
        400: (_("We could not read that request"), _("Go back, check what you typed, and try again.")),
        403: (_("You may not see this page"), _("If you think that you should, call us.")),
        404: (_("We cannot find that page"), _("Check the address, or start again from the home page.")),
        500: (
            _("Something went wrong on our side"),
            _("Nothing that you typed was stored. Try again in a moment, or call us."),
        ),
        503: (
            _("The new year's figures are not in yet"),
            _("We cannot work out this page without them. Try again in a few days. If you need coverage now, call us."),
        ),
    }[status]
    context: dict[str, object] = {"status": status, "title": title, "advice": advice, "detail": detail}
    if status == 500:
        context["user"] = None  # whoever it is: the database may be what failed
    return render(request, "site/error.html", context, status=status)
