"""The household's shopping pages: who is in which plan, the plans, the review, and what was chosen."""

from __future__ import annotations

import re
import secrets

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import replace_url

from openhix.enrollment import actions, care, queries
from openhix.enrollment.actions import CannotChoose, Wish
from openhix.enrollment.basket import STARTS, Basket
from openhix.enrollment.counter import Counters
from openhix.enrollment.labels import why_not
from openhix.enrollment.models import Kind
from openhix.enrollment.pages import Choosing, Chosen, Listing
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.kernel import clock
from openhix.people.access import ResidentRequest, resident
from openhix.shopping.households import NothingToShop
from openhix.shopping.sheet import PlanSheet

KEY = re.compile(r"[\w-]{16,64}", re.ASCII)


@require_safe
@resident
def plans_page(request: ResidentRequest) -> HttpResponse:
    """The type of coverage, who is in which plan, and what each group picked."""
    try:
        counters, basket = _read(request, request.GET)
    except NothingToShop:
        return render(request, "enrollment/apply_first.html")
    if basket.arranged:
        return HttpResponseRedirect(_back(basket))
    return render(request, "enrollment/choosing.html", {"choosing": Choosing(counters, basket, clock.today())})


@require_safe
@resident
def listing_page(request: ResidentRequest, kind: str, number: int) -> HttpResponse:
    """The plans that are open to one group, at its price. htmx asks for the plans alone."""
    listing = _listing(request, kind, number)
    if isinstance(listing, HttpResponse):
        return listing
    if not request.headers.get("HX-Request"):
        return render(request, "enrollment/listing.html", {"listing": listing})
    return replace_url(
        render(request, "enrollment/offers.html", {"listing": listing}), f"{request.path}?{listing.query}"
    )


@require_safe
@resident
def sheet_page(request: ResidentRequest, kind: str, number: int, plan_id: str) -> HttpResponse:
    """One plan as this group would have it."""
    listing = _listing(request, kind, number)
    if isinstance(listing, HttpResponse):
        return listing
    offer = listing.offer(plan_id)
    if offer is None:
        raise Http404(plan_id)
    shoppers = [listing.counter.shopping.people[at] for at in offer.people]
    people: list[tuple[int | str, int, int]] = [
        (shopper.person.name, shopper.age, premium) for shopper, premium in zip(shoppers, offer.premiums, strict=True)
    ]
    sheet = PlanSheet.for_people(offer, people, law=listing.counter.shopping.law)
    told = care.of_offer(offer, listing.counter.shopping.people)
    return render(request, "enrollment/sheet.html", {"listing": listing, "sheet": sheet, "care": told})


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def review_page(request: ResidentRequest) -> HttpResponse:
    """Everything that was picked, with the prices; confirmed here, once, however often it is sent."""
    if request.method == "POST":
        return _confirm(request)
    try:
        counters, basket = _read(request, request.GET)
    except NothingToShop:
        return redirect("plans")
    return _review(request, counters, basket, key=secrets.token_urlsafe(24))


@require_safe
@resident
def chosen_page(request: ResidentRequest, key: str) -> HttpResponse:
    """What was chosen, what is due and until when."""
    standing = queries.chosen_together(request.household, key)
    if not standing:
        raise Http404("no such choice of this household")
    complete = [each for kind in Kind.values for each in queries.complete(request.household, kind)]
    return render(request, "enrollment/chosen.html", {"chosen": Chosen(standing, complete, clock.today())})


def _confirm(request: ResidentRequest) -> HttpResponse:
    key = request.POST.get("key", "")
    if not KEY.fullmatch(key):
        return redirect("plans")
    if queries.chosen_together(request.household, key):
        return redirect("chosen", key=key)
    picked = request.POST.get("picked", "")
    try:
        counters, basket = _read(request, QueryDict(picked))
    except NothingToShop:
        return redirect("plans")
    try:
        if basket.query != picked:
            raise CannotChoose("price")  # somebody or a kind of plans is no longer to be chosen
        policies = actions.choose_all(
            household=request.household,
            account=request.user,
            wishes=_wishes(request, counters, basket),
            plan_year=counters.plan_year,
            key=key,
        )
    except CannotChoose as cannot:
        return _review(request, counters, basket, key=key, error=why_not(cannot.reason))
    except EnrollmentClosed:
        return HttpResponseRedirect(_back(basket))
    made = [policy.choice for policy in policies]
    stands = key if key in made else made[0]  # where it changes nothing, an earlier choice, or what our answer made
    return redirect("chosen", key=stands) if KEY.fullmatch(stands) else redirect("plans")


def _wishes(request: HttpRequest, counters: Counters, basket: Basket) -> list[Wish]:
    """Raises CannotChoose where nothing is picked, or the price that was shown is missing."""
    wishes = []
    for kind in [kind for kind in basket.kinds if basket.groups[kind]]:
        groups = basket.groups[kind]
        agreed = request.POST.get(f"agreed-{kind}", "")
        if not (agreed.isascii() and agreed.isdecimal() and len(agreed) < 10):
            raise CannotChoose("price")
        counter = counters.open[kind]
        share = counter.share(groups, basket.share)
        wishes.append(Wish(kind, tuple(counter.selections(groups)), share, int(agreed), counter.starts))
    if not wishes:
        raise CannotChoose("nothing")
    return wishes


def _review(request: HttpRequest, counters: Counters, basket: Basket, *, key: str, error: str = "") -> HttpResponse:
    choosing = Choosing(counters, basket, clock.today())
    if not choosing.full:
        return HttpResponseRedirect(_back(basket))
    problems = [("use", why_not("share"))] if basket.use_error else []
    if error:
        problems.append(("confirm", error))
    return render(request, "enrollment/review.html", {"choosing": choosing, "key": key, "problems": problems})


def _listing(request: ResidentRequest, kind: str, number: int) -> Listing | HttpResponse:
    """Where there is no such group, back to who is in which plan."""
    try:
        counters, basket = _read(request, request.GET)
    except NothingToShop:
        return redirect("plans")
    if kind not in basket.kinds or not 1 <= number <= len(basket.groups[kind]):
        return HttpResponseRedirect(_back(basket))
    return Listing(counters.open[kind], basket, number, request.GET)


def _read(request: ResidentRequest, typed: QueryDict) -> tuple[Counters, Basket]:
    counters = Counters.of(request.household, clock.today(), typed.get(STARTS, ""))
    return counters, Basket.read(typed, counters.usual, counters.starts)


def _back(basket: Basket) -> str:
    return f"{reverse('plans')}?{basket.query}"
