"""How a page for staff is answered."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from openhix.people.access import StaffRequest


def page(request: StaffRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """Staff pages are in English, under whatever address."""
    with override("en"):
        return render(request, f"desk/staff/{name}.html", context)
