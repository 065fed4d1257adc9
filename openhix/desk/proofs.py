"""The staff's work on proofs: what waits for a decision, one proof with its papers, and the data services."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from openhix.correspondence import actions as correspondence
from openhix.correspondence.views import paper_response
from openhix.desk.forms import Decide, Extend
from openhix.desk.page import page
from openhix.desk.proof_story import ProofStory
from openhix.kernel import clock
from openhix.people import actions as people
from openhix.people.access import StaffRequest, staff
from openhix.verification import actions, queries
from openhix.verification.models import Proof, Review
from openhix.verification.words import ASKED_AGAIN, REFUSED

SHOWN = 100

Form = Decide | Extend
DECISIONS: dict[str, Callable[..., Review]] = {
    "accept": actions.accept,
    "refuse": actions.refuse,
    "ask_again": actions.ask_again,
    "extend": actions.extend,
}


@require_safe
@staff
def queue_page(request: StaffRequest) -> HttpResponse:
    """Papers that wait for a decision: those whose last day is nearest first, and of these the longest waiting."""
    waiting = queries.to_review(SHOWN)
    return page(request, "proofs", {"waiting": waiting, "shown": SHOWN, "today": clock.today()})


@require_safe
@staff
def services_page(request: StaffRequest) -> HttpResponse:
    """Data services that do not answer, and about whom; what was told counts meanwhile."""
    return page(request, "services", {"services": queries.services(), "waiting": queries.waiting_for_services(SHOWN)})


@require_http_methods(["GET", "POST"])
@staff
def proof_page(request: StaffRequest, pk: int) -> HttpResponse:
    """One proof: what was told, what others know, what was sent. Each look is a row of the household's history."""
    proof = queries.proofs().filter(pk=pk).first()
    if proof is None:
        raise Http404("no such proof")
    story = ProofStory(proof)
    do = request.POST.get("do", "") if request.method == "POST" else ""
    forms = {each: _form(each, story, request.POST if each == do else None) for each in DECISIONS}
    if do in forms and forms[do].is_valid() and _decide(request, proof, do, forms[do]):
        return redirect("staff-proofs")
    people.look(account=request.user, household=proof.household)
    return page(request, "proof", {"story": story, "proof": proof, "forms": forms})


def _form(do: str, story: ProofStory, data: QueryDict | None) -> Form:
    if do == "extend":
        return Extend(data, auto_id="extend-%s")
    return Decide(do, story.last_paper, {"refuse": REFUSED, "ask_again": ASKED_AGAIN}.get(do), data)


def _decide(request: StaffRequest, proof: Proof, do: str, form: Form) -> bool:
    """Whether it could be done; why not stands in the form."""
    try:
        DECISIONS[do](proof=proof, account=request.user, **form.cleaned_data)
    except actions.NotOwed:
        form.add_error(None, "This was decided meanwhile, or is no longer owed. Look at what the page says now.")
        return False
    except actions.TooLong as refused:
        form.add_error("until", f"Choose a day after the last one and not after {refused.latest:%m/%d/%Y}.")
        return False
    messages.success(request, "Done. The household gets a letter about it.")
    return True


@require_safe
@staff
def paper_page(request: StaffRequest, pk: int, paper: int) -> HttpResponse:
    """The paper itself. Each look is a row of history."""
    found = queries.paper(pk, paper)
    if found is None:
        raise Http404("no such paper for this proof")
    correspondence.look_at(document=found.document, account=request.user)
    return paper_response(found.document)
