"""Who may see what. Every page of a later room is `@resident` or `@staff`, or its address is named in `PUBLIC`.

    @resident                                         @staff
    def bill_page(request, pk):                       def household_page(request, member_id): ...
        bill = get_own(Bill, request, pk=pk)

tests/test_who_may_see.py opens every address as everybody and fails on one that says nothing of itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from openhix.people import actions, typed
from openhix.people.models import Account, Household

View = Callable[..., HttpResponse]
M = TypeVar("M", bound=Model)

# Addresses, by name, that need no account, and those with which one gets into an account or out of it.
PUBLIC = frozenset(
    {
        *("home", "about", "how", "help", "accessibility", "choose-language", "estimate", "plan", "how-to-pay"),
        *("account_login", "account_logout", "account_signup", "account_inactive"),
        *("account_email_verification_sent", "account_confirm_email"),
        *("account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
        "mfa_authenticate",
        *("api", "api-document", "api-counties", "api-estimates", "api-determinations", "api-nothing"),
        "inbox",  # in the demonstration alone
        "health",  # says ok or not, no more
        "metrics",  # asks for itself: this machine, or a token
    }
)


class ResidentRequest(HttpRequest):
    """What a view behind `@resident` is given."""

    user: Account
    household: Household


class StaffRequest(HttpRequest):
    """What a view behind `@staff` is given."""

    user: Account


def signed_in(view: View) -> View:
    """For any account, staff without a second factor too: only for the pages of the account itself."""
    return _guarded(view, "signed_in", lambda request: None if request.user.is_authenticated else sign_in(request))


def resident(view: View) -> View:
    """For a resident; `request.household` is theirs, opened at first use. Others sign in; staff get a 404."""

    def refuse(request: Any) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return sign_in(request)
        if request.user.is_staff:
            raise Http404("a staff account has no household")
        request.household = actions.open_household(account=request.user)
        return None

    return _guarded(view, "resident", refuse)


def staff(view: View) -> View:
    """For staff who gave their second factor in this session. Nobody signs in first, as does staff that is not done
    with its own password and second factor; residents get a 404."""

    def refuse(request: Any) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return sign_in(request)
        if not request.user.is_staff:
            raise Http404("for staff")
        step = next_step(request)
        return HttpResponseRedirect(step) if step else None

    return _guarded(view, "staff", refuse)


def _guarded(view: View, who: str, refuse: Callable[[Any], HttpResponse | None]) -> View:
    @wraps(view)
    def guarded(request: Any, *args: Any, **named: Any) -> HttpResponse:
        response = refuse(request) or typed.give_back(request) or view(request, *args, **named)
        add_never_cache_headers(response)
        response["Cache-Control"] = "no-store, private"
        return response

    guarded.who = who  # type: ignore[attr-defined]
    return guarded


def get_own(model: type[M], request: Any, **lookup: Any) -> M:
    """The household's own record, such as `get_own(Letter, request, pk=pk)`. Raises Http404 for anybody else's."""
    return own(model._default_manager.all(), request, **lookup)


def own(records: QuerySet[M], request: Any, pk: int | None = None, *, household: str = "household", **lookup: Any) -> M:
    """The one of `records` that is of `request.household`; `household` is the path to it, such as "policy__household".

    Raises Http404 where there is none, and for anybody else's: the answer does not tell which.
    """
    if pk is not None:
        lookup["pk"] = pk
    record = records.filter(**{household: request.household}, **lookup).first()
    if record is None:
        raise Http404("no such record of this household")
    return record


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back here. What was typed in a form is kept meanwhile: see typed.py."""
    here = typed.keep(request) or request.get_full_path()
    address = f"{reverse('account_login')}?{urlencode({'next': here})}"
    response = HttpResponseRedirect(address)
    if request.headers.get("HX-Request"):
        response = HttpResponse()  # type: ignore[assignment]
        response["HX-Redirect"] = address
    return response


def has_second_factor(request: HttpRequest) -> bool:
    """Whether an authenticator or recovery code was given in this session, for this account."""
    user = request.user
    return user.is_authenticated and any(
        record.get("method") == "mfa" for record in get_authentication_records(request, user)
    )


def next_step(request: Any) -> str | None:
    """Where a staff account has to go before it may work: its own password, then its second factor."""
    account = request.user
    if account.password_is_temporary:
        return reverse("account_change_password")
    if not Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        return reverse("mfa_activate_totp")
    if not has_second_factor(request):
        return f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}"
    return None
