"""A resident's proofs: what is owed, until when, what was sent, what we said; and sending papers."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from openhix.correspondence.papers import MOST, TOO_MANY, BadPaper, check_size, shown_name
from openhix.correspondence.uploads import takes_files
from openhix.correspondence.views import paper_response
from openhix.kernel import clock
from openhix.people.access import ResidentRequest, own, resident
from openhix.verification import actions, queries
from openhix.verification.cards import cards
from openhix.verification.models import Paper, Proof

Refused = tuple[str, str]  # the name of a file, and a sentence


@require_safe
@resident
def proofs_page(request: ResidentRequest) -> HttpResponse:
    shown = cards(queries.all_proofs(request.household), clock.today())
    return render(
        request,
        "verification/proofs.html",
        {
            "to_send": [each for each in shown if each.is_owed and not each.is_with_us],
            "with_us": [each for each in shown if each.is_with_us],
            "done": [each for each in shown if not each.is_owed],
        },
    )


@require_http_methods(["GET", "POST"])
@resident
@takes_files
def proof_page(request: ResidentRequest, pk: int) -> HttpResponse:
    """One proof, and the papers for it. Of several files those that we take are kept, and the others are named."""
    proof = own(queries.proofs(), request, pk=pk)
    refused: list[Refused] = []
    if request.method == "POST":
        refused, taken = _take(request, proof, request.FILES.getlist("papers"))
        if taken:
            says = ngettext("Your paper has arrived.", "{number} papers have arrived.", taken)
            messages.success(request, says.format(number=taken))
        if not refused:
            return redirect("proof", pk=pk)
    [card] = cards([proof], clock.today())
    return render(request, "verification/proof.html", {"card": card, "refused": refused, "most": MOST})


def _take(request: ResidentRequest, proof: Proof, files: Sequence[UploadedFile[bytes]]) -> tuple[list[Refused], int]:
    """Files that we do not take, and how many we have taken."""
    if not files:
        return [("", _("Choose the file of a paper, or take a picture of it."))], 0
    refused: list[Refused] = []
    for number, file in enumerate(files, start=1):
        name = shown_name(file.name or "")
        try:
            if number > MOST:
                raise BadPaper(TOO_MANY)
            check_size(file.size or 0)
            actions.send_paper(proof=proof, name=name, file=file.read(), account=request.user)
        except BadPaper as why:
            refused.append((name, _(str(why))))
        except actions.NothingOwed:
            refused.append((name, _("This proof is no longer needed. You need not send anything for it.")))
        except actions.SentBefore:
            refused.append((name, _("You sent this file before, and we looked at it. Send another paper.")))
    return refused, len(files) - len(refused)


@require_safe
@resident
def paper_page(request: ResidentRequest, pk: int) -> HttpResponse:
    """A paper as it was sent."""
    papers = Paper.objects.select_related("document")
    return paper_response(own(papers, request, pk=pk, household="proof__household").document)
