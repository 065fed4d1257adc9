"""The estimate's pages: the questions, the answer, one plan. Nothing that is asked or answered is stored."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_htmx.http import replace_url, reswap

from openhix.kernel import clock
from openhix.plans import queries as plans
from openhix.plans.shelf import NoShelf, UnknownPlan
from openhix.shopping.answer import Answer
from openhix.shopping.calendar import plan_year
from openhix.shopping.forms import EstimateForm, Filters, choices
from openhix.shopping.queries import Estimate, estimate
from openhix.shopping.sheet import PlanSheet

private = cache_control(no_store=True, private=True)  # incomes and ages stay out of shared and local caches


@require_safe
@private
def estimate_page(request: HttpRequest) -> HttpResponse:
    """The questions, and below complete ones the answer. htmx asks for the answer alone, as one types: while what is
    typed makes no sense, the answer before it stays."""
    today = clock.today()
    form = EstimateForm.read(request.GET, today=today)
    found = _estimate(form)
    partial = bool(request.headers.get("HX-Request"))
    answer = None if found is None else Answer(found, form, Filters.read(request.GET), today=today)
    if not partial:
        shown = {"form": form, "answer": answer, "plan_year": plan_year(today), **choices()}
        return render(request, "shopping/estimate.html", shown)
    address = f"{request.path}?{answer.query}" if answer else ""
    response = render(request, "shopping/redrawn.html", {"form": form, "answer": answer, "address": address})
    return replace_url(response, address) if answer else reswap(response, "none")


@require_safe
@private
def plan_page(request: HttpRequest, plan_id: str) -> HttpResponse:
    """One plan as this household would have it. Incomplete questions lead back to their page."""
    today = clock.today()
    form = EstimateForm.read(request.GET, today=today)
    found = _estimate(form)
    if found is None:
        return redirect(f"{reverse('estimate')}?{request.GET.urlencode()}")
    try:
        sheet = PlanSheet.of(found, plan_id)
    except UnknownPlan:
        raise Http404(plan_id) from None
    query = f"{form.query}&{Filters.read(request.GET).query}"
    return render(request, "shopping/plan.html", {"sheet": sheet, "query": query, "plan_year": plan_year(today)})


def _estimate(form: EstimateForm) -> Estimate | None:
    """The answer to a complete form; None, and an error in the form, where there is none."""
    asked = form.household
    if asked is None:
        return None
    year = asked.coverage_month.year
    try:
        shelf = plans.shelf(year=year)
    except NoShelf:
        form.errors["start"] = gettext("There are no plans of {year} here yet.").format(year=year)
        return None
    return estimate(
        people=asked.people,
        place=asked.place,
        income_cents=asked.income,
        coverage_month=asked.coverage_month,
        shelf=shelf,
        seeks_help=asked.wants_help,
    )
