"""A household's letters: the list, one to read, and the same on paper."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from openhix.correspondence import queries
from openhix.correspondence.models import Document, Letter
from openhix.people.access import ResidentRequest, get_own, resident


@require_safe
@resident
def letters_page(request: ResidentRequest) -> HttpResponse:
    return render(request, "correspondence/letters.html", {"letters": queries.letters_of(request.household)})


@require_safe
@resident
def letter_page(request: ResidentRequest, pk: int) -> HttpResponse:
    """As it was written, in the language in which it was sent."""
    return render(request, "correspondence/letter.html", {"letter": get_own(Letter, request, pk=pk)})


@require_safe
@resident
def letter_pdf(request: ResidentRequest, pk: int) -> HttpResponse:
    letter = get_own(Letter, request, pk=pk)
    return pdf_response(queries.printed(letter), name=f"letter-{letter.pk}.pdf")


def paper_response(document: Document) -> HttpResponse:
    """A paper that came in, to be looked at. Nothing in it may act: no script, no form, no other address."""
    return HttpResponse(
        document.content,
        content_type=document.kind,
        headers={
            "Content-Disposition": f'inline; filename="paper-{document.pk}.{_ENDINGS[document.kind]}"',
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )


_ENDINGS: dict[str, str] = {Document.Kind.PDF: "pdf", Document.Kind.JPEG: "jpg", Document.Kind.PNG: "png"}


def pdf_response(pdf: bytes, *, name: str) -> HttpResponse:
    """To be shown in the browser, and saved under `name`."""
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'}
    )
