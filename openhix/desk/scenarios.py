"""The staff's pages about scenarios: two laws over the households of the exchange, who gains and who loses."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_http_methods, require_safe

from openhix.desk.forms import CompareLaws
from openhix.desk.page import page
from openhix.eligibility.comparison import of_the_exchange, shown
from openhix.eligibility.comparison.sums import GAINS, LOSES, SAME, Comparison
from openhix.kernel import cents
from openhix.law.tables import MissingLaw, scenario_of, scenarios
from openhix.people.access import StaffRequest, staff
from openhix.plans.shelf import NoShelf

SHOWN = 20


@require_http_methods(["GET", "POST"])
@staff
def scenarios_page(request: StaffRequest) -> HttpResponse:
    """What scenarios there are, what was compared, and the form for another comparison."""
    form = CompareLaws(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = of_the_exchange.start(**form.cleaned_data, who=f"account {request.user.pk}")
            return redirect("staff-compared", pk=row.pk)
        except (MissingLaw, NoShelf) as missing:
            form.add_error("month", str(missing))
    known = [scenario_of(name) for name in scenarios()]
    return page(request, "scenarios", {"form": form, "scenarios": known, "made": of_the_exchange.latest(SHOWN)})


@require_safe
@staff
def compared_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One comparison; while it is made, how far it has come."""
    row = of_the_exchange.one(pk)
    if row is None:
        raise Http404("no such comparison")
    context: dict[str, object] = {"row": row, "making": row.ended_at is None}
    if row.ended_at is not None and not row.stopped_by and row.result is not None:
        context.update(_shown(Comparison.from_data(row.result)))
    return page(request, "compared_progress" if request.headers.get("HX-Request") else "compared", context)


def _shown(found: Comparison) -> dict[str, object]:
    year = int(found.month[:4])
    tables = [
        {
            "title": title,
            "rows": [
                {
                    "label": shown.label(key, row[key], year),
                    "people": [f"{row[name]:,}" for name in ("people_before", "people_after", "gain", "lose")],
                    "money": [cents.dollars(row[name]) for name in shown.MONEY],
                }
                for row in found.by(key).iter_rows(named=True)
            ],
        }
        for key, title in zip(shown.TABLES, ("Program", "Plan type", "Region"), strict=True)
    ]
    moves = [
        (shown.label("program", one, year), shown.label("program", other, year), f"{people:,}")
        for one, other, people in found.moves().iter_rows()
    ]
    return {
        "found": found,
        "gain": found.people(GAINS),
        "same": found.people(SAME),
        "lose": found.people(LOSES),
        "scenarios": [scenario_of(name) for name in dict.fromkeys((found.before, found.after))],
        "picture": mark_safe(shown.picture(found)),  # escaped where it is made
        "tables": tables,
        "moves": moves,
    }
