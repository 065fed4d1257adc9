"""Bills, the account's activity, and paying."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from openhix.billing import actions, paper, queries, words
from openhix.billing.actions import OwedChanged
from openhix.billing.bill_page import BillPage
from openhix.billing.forms import PayForm, is_key_of, remember, typed_before
from openhix.billing.models import Bill, Payment
from openhix.billing.rules import arrival
from openhix.billing.shown import AccountShown, Paying
from openhix.correspondence.views import pdf_response
from openhix.enrollment.models import Kind
from openhix.kernel import clock
from openhix.people.access import ResidentRequest, get_own, resident


@require_safe
@resident
def bills_page(request: ResidentRequest) -> HttpResponse:
    return render(request, "billing/bills.html", {"accounts": AccountShown.of(request.household)})


@require_safe
@resident
def bill_page(request: ResidentRequest, pk: int) -> HttpResponse:
    """As it was sent, in the language in which it was sent."""
    bill = get_own(Bill, request, pk=pk)
    (outcome,) = [each for each in queries.outcomes(request.household, clock.today()) if each.bill == bill]
    page = {"bill": BillPage(bill), "outcome": outcome, "state": words.state_of_bill(outcome)}
    return render(request, "billing/bill.html", page)


@require_safe
@resident
def bill_pdf(request: ResidentRequest, pk: int) -> HttpResponse:
    bill = get_own(Bill, request, pk=pk)
    with override(bill.content["language"]):
        how_to_pay = request.build_absolute_uri(reverse("how-to-pay"))
    return pdf_response(paper.printed(bill, how_to_pay=how_to_pay), name=f"bill-{bill.pk}.pdf")


@require_safe
@resident
def payments_page(request: ResidentRequest) -> HttpResponse:
    """Everything that was charged and paid, and what is owed."""
    return render(request, "billing/payments.html", {"accounts": AccountShown.of(request.household)})


@require_safe
@resident
def payment_page(request: ResidentRequest, pk: int) -> HttpResponse:
    payment = get_own(Payment, request, pk=pk)
    account = queries.account(request.household, payment.kind)
    day = arrival.counts_on(payment.submitted_at)
    page = {
        "payment": payment,
        "paying": Paying(request.household, account, day),
        "counts_on": day,
        "account": words.bank_account(payment.bank_account),
    }
    return render(request, "billing/payment.html", page)


@require_safe
def how_to_pay_page(request: HttpRequest) -> HttpResponse:
    return render(request, "billing/how_to_pay.html")


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def pay_page(request: ResidentRequest, kind: str) -> HttpResponse:
    """From which account and how much. What is due is charged and billed first; what was typed goes to be checked."""
    paying = _paying(request, kind)
    typed = request.POST if request.method == "POST" else typed_before(request, request.GET.get("change", ""))
    form = PayForm(typed, household=request.household, owed=paying.account.owed)
    if typed is not None and paying.account.owed and form.is_valid() and request.method == "POST":
        remember(request, form)
        return redirect("pay-check", kind=kind, key=form.form_key)
    return render(request, "billing/pay.html", {"form": form, "paying": paying})


@require_http_methods(["GET", "HEAD", "POST"])
@resident
def check_page(request: ResidentRequest, kind: str, key: str) -> HttpResponse:
    """Look at the payment, then send it. Sent before, from this page or after going back to it: it is that payment.

    What was typed is gone with its session: then it begins with the form. A key of nobody's or another's is not there.
    """
    before = queries.payment_with(request.household, key)
    if before is not None:
        return redirect("payment", pk=before.pk)
    if not is_key_of(request.household, key):
        raise Http404("no form of this household")
    paying = _paying(request, kind)
    form = PayForm(typed_before(request, key), household=request.household, owed=paying.account.owed)
    if not paying.account.owed or not form.is_valid() or form.bank is None:
        return redirect("pay", kind=kind)
    has_changed = request.method == "POST" and request.POST.get("shown") != str(paying.account.owed)
    if request.method == "POST" and not has_changed:
        with suppress(OwedChanged):  # in the moment since it was read: the page is shown anew
            return redirect("payment", pk=_paid(request, paying, form).pk)
    page = {"form": form, "paying": paying, "does": paying.does(form.cents), "has_changed": has_changed}
    return render(request, "billing/check.html", page)


def _paying(request: ResidentRequest, kind: str) -> Paying:
    """The account, after what is due was charged and billed. Raises Http404."""
    if kind not in Kind.values:
        raise Http404("neither health nor dental")
    actions.charge(household=request.household, kind=kind)
    actions.bill(household=request.household, kind=kind)
    return Paying(request.household, queries.account(request.household, kind), clock.today())


def _paid(request: ResidentRequest, paying: Paying, form: PayForm) -> Payment:
    assert form.bank is not None  # the form is valid
    return actions.pay(
        household=request.household,
        account=request.user,
        kind=paying.account.kind,
        cents=form.cents,
        bank=form.bank,
        key=form.form_key,
        shown=paying.account.owed,
    )
