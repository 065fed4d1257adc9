"""The account's own page, and the two pages that allauth leaves to us."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from openhix.people import actions, queries, typed
from openhix.people.access import signed_in
from openhix.people.models import LANGUAGES


@signed_in
@require_http_methods(["GET", "POST"])
def account_page(request: Any) -> HttpResponse:
    """The address, the language, and the ways to the password and the second factor."""
    if request.method == "POST":
        language = request.POST.get("language", "")
        if language in dict(LANGUAGES):
            actions.choose_language(account=request.user, language=language)
            return redirect(translate_url(reverse("account"), language))
        return redirect("account")
    household = queries.household_of(request.user)
    context = {"household": household, "languages": LANGUAGES, "second_factor": is_mfa_enabled(request.user)}
    return render(request, "people/account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def typed_before(request: HttpRequest) -> HttpResponse:
    """What was typed before the session ended: send it as it was, or forget it (that is what POST does)."""
    kept = typed.kept(request)
    if request.method == "POST":
        typed.forget(request)
        return redirect(kept.path if kept else "home")
    if kept is None:
        return redirect("home")
    return render(request, "people/typed_before.html", {"typed": kept})


def form_refused(request: Any, reason: str = "") -> HttpResponse:
    """For CSRF_FAILURE_VIEW: a form without this browser's token is refused.

    Sent from one of our own pages (a browser says so, and no other site can), its cookie is gone or was renewed in
    another tab: then what was typed is kept, but for the pages at the door, on which people type passwords.
    """
    guarded = hasattr(request.resolver_match.func, "who")
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if guarded and ours and (page := typed.keep(request)):
        return redirect(page)
    advice = _("This page had been open for too long. Go back to it, load it again, and send it once more.")
    context = {"title": _("We could not take this form"), "advice": advice, "status": 403}
    return render(request, "site/error.html", context, status=403)


class ChangePassword(PasswordChangeView):
    """Whoever has just chosen a password is not asked for it on the next page."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="password", reauthenticated=True)
        return response


class ActivateAuthenticator(ActivateTOTPView):
    """Whoever sets up an authenticator has given its code: the second factor of this session is done."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp", reauthenticated=True)
        return response
