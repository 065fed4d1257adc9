"""Every address of the exchange, opened by everybody: who may see what.

A new address gets a line in `ADDRESSES`, or the first test fails: its name, who is let in, and, where the address
names a record, a function that makes one for the owner's household and returns what the address needs.

    Address("bill", OWNER, lambda scene: {"pk": bill_of(scene.household).pk}),
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from openhix.application import actions as applications
from openhix.billing.forms import PayForm
from openhix.billing.tests import payers
from openhix.correspondence import actions as letters
from openhix.eligibility.comparison import of_the_exchange
from openhix.eligibility.models import ComparedLaws
from openhix.enrollment.tests import walks
from openhix.people import access, actions
from openhix.people import queries as people
from openhix.people.models import Account, Household
from openhix.people.tests import cast
from openhix.verification.tests import owing

pytestmark = pytest.mark.django_db

LET_IN, SIGN_IN, STEP, NOT_FOUND = "let in", "sign in", "second factor", "404"
NOT_HERE = "405"  # looking at what can only be sent, or sending to what can only be looked at

ROLES = ("nobody", "other member", "owner", "staff without second factor", "staff")
EVERYBODY = (LET_IN,) * 5
SIGNED_IN = (SIGN_IN, LET_IN, LET_IN, LET_IN, LET_IN)
RESIDENTS = (SIGN_IN, LET_IN, LET_IN, NOT_FOUND, NOT_FOUND)  # each sees what is theirs
OWNER = (SIGN_IN, NOT_FOUND, LET_IN, NOT_FOUND, NOT_FOUND)  # the address names a record of the owner's
STAFF = (SIGN_IN, NOT_FOUND, NOT_FOUND, STEP, LET_IN)
LED_ON = (LET_IN, LET_IN, LET_IN, STEP, LET_IN)  # the way in: whoever is in already goes on from there
NOWHERE = (NOT_FOUND,) * 5  # outside the demonstration

MARKED = {
    None: {EVERYBODY, LED_ON, NOWHERE},
    "signed_in": {SIGNED_IN},
    "resident": {RESIDENTS, OWNER},
    "staff": {STAFF},
}


class Scene:
    """The owner, with a household that has whatever an address asks for, another member, and staff."""

    def __init__(self) -> None:
        actions.open_household(account=cast.account(cast.BRUNO))
        actions.add_staff(email="staff@example.com")
        Account.objects.filter(email="staff@example.com").update(password_is_temporary=False)
        TOTP.activate(account("staff@example.com"), "JBSWY3DPEHPK3PXP")

    @cached_property
    def household(self) -> Household:
        """The owner's, with its people; an address may need one that has come further, and put it here."""
        return cast.household(cast.ANA)

    def client(self, role: str) -> Client:
        client = Client()
        if role == "nobody":
            return client
        people.accounts_of(self.household)
        addresses = {"owner": cast.ANA.email, "other member": cast.BRUNO.email}
        user = account(addresses.get(role, "staff@example.com"))
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        if role == "staff":
            session = client.session
            session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
            session["account_authentication_methods_user"] = str(user.pk)
            session.save()
        return client


def account(email: str) -> Account:
    return Account.objects.get(email=email)


@dataclass(frozen=True)
class Address:
    name: str
    answers: tuple[str, ...]
    needs: Callable[[Scene], dict[str, Any]] = field(default=lambda scene: {})


def letter(scene: Scene) -> dict[str, Any]:
    sent = letters.send(
        household=scene.household,
        kind="eligibility.result",
        subject="A letter",
        blocks=[{"type": "paragraph", "text": "For the owner alone."}],
    )
    return {"pk": sent.pk}


def second_factors(scene: Scene) -> dict[str, Any]:
    people.accounts_of(scene.household)
    for each in Account.objects.all():
        if not Authenticator.objects.filter(user=each, type="totp").exists():
            TOTP.activate(each, "JBSWY3DPEHPK3PXP")
        RecoveryCodes.activate(each)
    return {}


def a_person(scene: Scene) -> dict[str, Any]:
    applications.begin(household=scene.household, account=people.accounts_of(scene.household)[0])
    return {"step": "people", "person": "p1"}


def choice(scene: Scene) -> dict[str, Any]:
    scene.household = walks.determined(cast.ANA)
    return {"key": payers.choose(scene.household, key="a-choice-of-the-owner").choice}


def staff_person(scene: Scene) -> dict[str, Any]:
    actions.keep_person(
        household=scene.household,
        key="p1",
        first_name="Ana",
        last_name="Almeida",
        birth_date=date(1985, 2, 28),
        ssn=None,
    )
    return {"member_id": scene.household.member_id, "key": "p1"}


def answered_person(scene: Scene) -> dict[str, Any]:
    scene.household = walks.determined(cast.ANA)
    return {"member_id": scene.household.member_id, "key": "p1"}


def proof(scene: Scene) -> dict[str, Any]:
    scene.household, owed = owing.proof(cast.ANA)
    return {"pk": owed.pk}


def compared_laws() -> ComparedLaws:
    return of_the_exchange.start(before="current-law", after="enhanced-500", month=date(2026, 1, 1), who="test")


def proof_paper(scene: Scene) -> dict[str, Any]:
    scene.household, owed = owing.proof(cast.ANA)
    return {"pk": owing.paper(scene.household, owed).pk}


def staff_paper(scene: Scene) -> dict[str, Any]:
    scene.household, owed = owing.proof(cast.ANA)
    return {"pk": owed.pk, "paper": owing.paper(scene.household, owed).pk}


ADDRESSES = (
    # The shell and the estimate
    Address("home", EVERYBODY),
    Address("about", EVERYBODY),
    Address("how", EVERYBODY),
    Address("help", EVERYBODY),
    Address("accessibility", EVERYBODY),
    # The public API
    Address("api", EVERYBODY),
    Address("api-document", EVERYBODY),
    Address("api-counties", EVERYBODY, lambda scene: {"zipcode": "02118"}),
    Address("api-estimates", EVERYBODY),
    Address("api-determinations", EVERYBODY),
    Address("api-nothing", NOWHERE, lambda scene: {"rest": "nothing"}),
    Address("choose-language", EVERYBODY, lambda scene: {"code": "es"}),
    Address("estimate", EVERYBODY),
    Address("plan", EVERYBODY, lambda scene: {"plan_id": "x"}),
    Address("inbox", NOWHERE),
    Address("health", EVERYBODY),
    Address("metrics", EVERYBODY),  # on this machine: the rest in openhix/site/tests/test_watching.py
    # Accounts
    Address("account_login", LED_ON),
    Address("account_logout", EVERYBODY),
    Address("account_signup", LED_ON),
    Address("account_inactive", EVERYBODY),
    Address("account_email_verification_sent", EVERYBODY),
    Address("account_confirm_email", EVERYBODY, lambda scene: {"key": "x"}),
    Address("account_reset_password", EVERYBODY),
    Address("account_reset_password_done", EVERYBODY),
    Address("account_reset_password_from_key", EVERYBODY, lambda scene: {"uidb36": "1", "key": "x"}),
    Address("account_reset_password_from_key_done", EVERYBODY),
    Address("mfa_authenticate", EVERYBODY),
    Address("account", SIGNED_IN),
    Address("typed-before", SIGNED_IN),
    Address("account_change_password", SIGNED_IN),
    Address("account_reauthenticate", SIGNED_IN),
    Address("mfa_index", SIGNED_IN),
    Address("mfa_reauthenticate", SIGNED_IN),
    Address("mfa_activate_totp", SIGNED_IN),
    Address("mfa_deactivate_totp", SIGNED_IN, second_factors),
    Address("mfa_view_recovery_codes", SIGNED_IN, second_factors),
    Address("mfa_generate_recovery_codes", SIGNED_IN),
    # Letters
    Address("letters", RESIDENTS),
    Address("letter", OWNER, letter),
    Address("letter-pdf", OWNER, letter),
    # The application
    Address("application", RESIDENTS),
    Address("application-begin", RESIDENTS),
    Address("application-change", RESIDENTS),
    Address("application-throw-away", RESIDENTS),
    Address("application-add-person", RESIDENTS),
    Address("application-remove-person", RESIDENTS, lambda scene: {"person": "p1"}),
    Address("application-review", RESIDENTS),
    Address("application-sign", RESIDENTS),
    Address("application-page", RESIDENTS, lambda scene: {"step": "address"}),
    Address("application-person-page", RESIDENTS, a_person),
    # Proofs
    Address("proofs", RESIDENTS),
    Address("proof", OWNER, proof),
    Address("proof-paper", OWNER, proof_paper),
    # The result
    Address("results", RESIDENTS),
    # Changes in life, and choosing
    Address("changes", RESIDENTS),
    Address("plans", RESIDENTS),
    Address("plans-review", RESIDENTS),
    Address("plans-for", RESIDENTS, lambda scene: {"kind": "health", "number": 1}),
    Address("plan-for", RESIDENTS, lambda scene: {"kind": "health", "number": 1, "plan_id": "x"}),
    Address("chosen", OWNER, choice),
    # Bills and payments
    Address("bills", RESIDENTS),
    Address("bill", OWNER, lambda scene: {"pk": payers.a_bill(scene.household).pk}),
    Address("bill-pdf", OWNER, lambda scene: {"pk": payers.a_bill(scene.household).pk}),
    Address("payments", RESIDENTS),
    Address("payment", OWNER, lambda scene: {"pk": payers.a_payment(scene.household).pk}),
    Address("pay", RESIDENTS, lambda scene: {"kind": "health"}),
    Address(
        "pay-check", OWNER, lambda scene: {"kind": "health", "key": PayForm(household=scene.household, owed=1).form_key}
    ),
    Address("how-to-pay", EVERYBODY),
    # The desk
    Address("dashboard", RESIDENTS),
    Address("staff", STAFF),
    Address("staff-household", STAFF, lambda scene: {"member_id": scene.household.member_id}),
    Address("staff-correct", STAFF, staff_person),
    Address("staff-alike", STAFF, answered_person),
    Address("staff-special", STAFF, lambda scene: {"member_id": scene.household.member_id}),
    Address("staff-letter", STAFF, lambda scene: {"member_id": scene.household.member_id, **letter(scene)}),
    Address("staff-proofs", STAFF),
    Address("staff-proof", STAFF, proof),
    Address("staff-paper", STAFF, staff_paper),
    Address("staff-services", STAFF),
    Address("staff-undecided", STAFF),
    Address("staff-scenarios", STAFF),
    Address("staff-compared", STAFF, lambda scene: {"pk": compared_laws().pk}),
    Address("staff-clock", STAFF),
)


def patterns(resolver: Any) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each)
        else:
            yield each


def test_every_address_has_its_line() -> None:
    """Who fails here has made an address, or taken one away: say in ADDRESSES who may see it."""
    assert sorted(address.name for address in ADDRESSES) == sorted(str(each.name) for each in patterns(get_resolver()))


def test_every_address_says_itself_who_may_see_it() -> None:
    """`@resident` or `@staff` on its view, or its name among the public ones: then the answers follow."""
    lines = {address.name: address.answers for address in ADDRESSES}
    for each in patterns(get_resolver()):
        marked = getattr(each.callback, "who", None)
        assert marked or each.name in access.PUBLIC, f"{each.name}: neither marked nor public"
        assert not (marked and each.name in access.PUBLIC), f"{each.name}: marked and public"
        assert lines[str(each.name)] in MARKED[marked], f"{each.name}: its line says something else than its view"


def answered(response: Any) -> str:
    to = response.headers.get("Location", "")
    if to.startswith((f"{reverse('account_login')}?", f"{reverse('account_reauthenticate')}?")):
        return SIGN_IN if to.startswith(reverse("account_login")) else LET_IN
    if to.startswith(f"{reverse('mfa_reauthenticate')}?next=") and "second-factor" not in to.partition("?")[2]:
        return STEP
    if response.status_code in (404, 405):
        return {404: NOT_FOUND, 405: NOT_HERE}[response.status_code]
    assert response.status_code < 500
    return LET_IN


@pytest.mark.usefixtures("shelf_2026")
@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_who_may_see(address: Address) -> None:
    """Whoever is refused is refused what they send, too."""
    scene = Scene()
    needs = address.needs(scene)
    path = reverse(address.name, kwargs=needs)
    looked, sent = {}, {}
    for role in ROLES:
        looked[role] = answered(scene.client(role).get(path))
        sent[role] = answered(scene.client(role).post(path, {"name": "value"}))
    expected = dict(zip(ROLES, address.answers, strict=True))
    for role in ROLES:
        assert looked[role] in (expected[role], NOT_HERE), role
        assert sent[role] in (expected[role], NOT_HERE) or expected[role] == LET_IN, role
    for language in ("es", "pt"):  # no language is a way around
        with translation.override(language):
            assert answered(Client().get(reverse(address.name, kwargs=needs))) == looked["nobody"], language
    assert LET_IN not in expected.values() or LET_IN in {*looked.values(), *sent.values()}


def untold(response: Any, pk: str) -> str:
    """A page without the record's number, which stands in its own address, and without its tokens."""
    said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(rf"(?<=/){pk}\b", "", said)


@pytest.mark.usefixtures("shelf_2026")
@pytest.mark.parametrize("address", [each for each in ADDRESSES if each.answers == OWNER], ids=lambda each: each.name)
def test_what_is_anothers_and_what_is_not_there_look_the_same(address: Address) -> None:
    scene = Scene()
    kwargs = address.needs(scene)
    other = scene.client("other member")
    theirs = other.get(reverse(address.name, kwargs=kwargs))
    *_what, (name, theirs_is) = kwargs.items()
    none = "987654321"
    nothing = other.get(reverse(address.name, kwargs={**kwargs, name: none}))
    assert (theirs.status_code, untold(theirs, str(theirs_is))) == (nothing.status_code, untold(nothing, none))
