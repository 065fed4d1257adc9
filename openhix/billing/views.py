"""Bills, the account's activity, and paying."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from openhix.billing import actions, paper, queries, words
from openhix.billing.actions import OwedChanged
from openhix.billing.bill_page import BillPage
from openhix.billing.forms import PayForm
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
    return render(request, "billing/bill.html", {"bill": BillPage(get_own(Bill, request, pk=pk))})


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
    """From which account and how much; then a page to check it; then it is paid. What is due is charged first."""
    if kind not in Kind.values:
        raise Http404("neither health nor dental")
    typed = request.POST if request.method == "POST" else None
    actions.charge(household=request.household, kind=kind)
    actions.bill(household=request.household, kind=kind)
    paying = Paying(request.household, queries.account(request.household, kind), clock.today())
    form = PayForm(typed, household=request.household, owed=paying.account.owed)
    before = queries.payment_with(request.household, form.form_key)
    if before is not None:
        return redirect("payment", pk=before.pk)
    page = {"form": form, "paying": paying}
    if typed is None or not paying.account.owed or not form.is_valid() or typed.get("do") == "change":
        return render(request, "billing/pay.html", page)
    has_changed = typed.get("shown", "") != str(paying.account.owed)
    if typed.get("do") != "pay" or has_changed:
        return render(request, "billing/confirm.html", {**page, **_to_check(form, paying), "has_changed": has_changed})
    return _paid(request, paying, form)


def _to_check(form: PayForm, paying: Paying) -> dict[str, object]:
    """What the page says of a payment before it is made, and what it carries."""
    assert form.bank is not None  # the form is valid
    carried = [each for each in form if each.name != "number"]
    return {"fields": carried, "account": form.from_account, "does": paying.does(form.cents)}


def _paid(request: ResidentRequest, paying: Paying, form: PayForm) -> HttpResponse:
    assert form.bank is not None  # the form is valid
    try:
        payment = actions.pay(
            household=request.household,
            account=request.user,
            kind=paying.account.kind,
            cents=form.cents,
            bank=form.bank,
            key=form.form_key,
            shown=paying.account.owed,
        )
    except OwedChanged:  # in the moment since it was read
        return redirect("pay", kind=paying.account.kind)
    return redirect("payment", pk=payment.pk)
