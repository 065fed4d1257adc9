"""The second factor: staff cannot work without it, residents may use it, and it is sealed in the database."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from openhix.people import access, actions
from openhix.people.models import Account
from openhix.people.tests import cast
from openhix.people.tests.test_accounts import sign_in, text

pytestmark = pytest.mark.django_db

STAFF = "staff@example.com"


def code_of(secret: str) -> str:
    [counter] = list(totp.yield_hotp_counters_from_time())[:1]
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def staff_page(client: Any) -> Any:
    """What a page for staff answers in this client's session: "seen", or where one is sent, or 404."""
    client.get(reverse("about"))  # the session as it is
    request = RequestFactory().get("/staff/")
    request.session = client.session
    account = client.session.get("_auth_user_id")
    request.user = Account.objects.get(pk=account) if account else AnonymousUser()
    try:
        response = access.staff(lambda request: HttpResponse("seen"))(request)
    except Http404:
        return 404
    return response.get("Location") or response.content.decode()


def enrolled(client: Any, password: str) -> str:
    """A staff member's first day: own password, authenticator. The authenticator's secret."""
    response = sign_in(client, STAFF, password)
    assert response.url == reverse("account_change_password")
    assert "oldpassword" not in text(client.get(response.url))  # it was just given
    response = client.post(response.url, {"password1": cast.PASSWORD, "password2": cast.PASSWORD})
    assert response.url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:" not in text(page), "the content security policy refuses such pictures"
    assert "<svg" in text(page)
    response = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert response.url == reverse("mfa_view_recovery_codes")
    return str(secret)


def test_staff_choose_a_password_then_a_second_factor_then_work(client: Any) -> None:
    password = actions.add_staff(email=STAFF)
    sign_in(client, STAFF, password)
    assert staff_page(client) == reverse("account_change_password")
    client = Client()
    enrolled(client, password)
    assert staff_page(client) == "seen"
    assert len(client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]) == 10


def test_the_password_that_was_made_for_somebody_is_not_kept(client: Any) -> None:
    password = actions.add_staff(email=STAFF)
    sign_in(client, STAFF, password)
    page = client.post(reverse("account_change_password"), {"password1": password, "password2": password})
    assert "Choose another password than the one that was made for you." in text(page)
    assert staff_page(client) == reverse("account_change_password")


def test_a_password_is_asked_for_again_five_minutes_later_and_then_once(client: Any) -> None:
    cast.account()
    sign_in(client, "ana@example.com")
    app = reverse("mfa_activate_totp")
    assert client.get(app).status_code == 200
    later(client)
    assert client.get(app).url == f"{reverse('account_reauthenticate')}?next={quote(app, safe='')}"
    assert client.post(reverse("account_reauthenticate"), {"password": "a wrong password"}).status_code == 200
    assert client.get(app).status_code == 302
    assert client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD, "next": app}).url == app
    assert client.get(app).status_code == 200


def test_a_password_that_was_just_changed_is_not_asked_for_again(client: Any) -> None:
    cast.account()
    sign_in(client, "ana@example.com")
    later(client)
    new = {"password1": "another long password", "password2": "another long password"}
    refused = client.post(reverse("account_change_password"), {**new, "oldpassword": "a wrong password"})
    assert "This is not your password." in text(refused)
    assert client.get(reverse("mfa_activate_totp")).status_code == 302
    client.post(reverse("account_change_password"), {**new, "oldpassword": cast.PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def later(client: Any) -> None:
    """Five minutes have passed since whatever was given in this session."""
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 301
    session.save()


def test_a_password_alone_is_not_enough_for_staff(client: Any) -> None:
    secret = enrolled(Client(), actions.add_staff(email=STAFF))
    assert sign_in(client, STAFF).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert "This code is not right" in text(client.post(reverse("mfa_authenticate"), {"code": "000000"}))
    cache.clear()  # as if half a minute had passed since the code of enrolment
    assert client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}).url == reverse("staff")
    assert staff_page(client) == "seen"


def test_a_code_is_good_once(client: Any) -> None:
    secret = enrolled(Client(), actions.add_staff(email=STAFF))
    sign_in(client, STAFF)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert staff_page(client) == "seen"
    client = Client()
    sign_in(client, STAFF)
    assert "used before" in text(client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}))


def test_a_session_without_the_second_factor_is_sent_to_give_it(client: Any) -> None:
    enrolled(Client(), actions.add_staff(email=STAFF))
    client.force_login(Account.objects.get(email=STAFF))
    assert str(staff_page(client)).startswith(reverse("mfa_reauthenticate"))


def test_a_recovery_code_is_a_second_factor_once(client: Any) -> None:
    enrolled(Client(), actions.add_staff(email=STAFF))
    codes = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()
    sign_in(client, STAFF)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert staff_page(client) == "seen"
    again = Client()
    sign_in(again, STAFF)
    assert again.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code == 200


def test_staff_cannot_turn_it_off(client: Any) -> None:
    enrolled(client, actions.add_staff(email=STAFF))
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_resident_may_use_one_and_turn_it_off(client: Any, django_capture_on_commit_callbacks: Any) -> None:
    cast.account()
    sign_in(client, "ana@example.com")
    page = client.get(reverse("mfa_activate_totp"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    assert {message.subject for message in mail.outbox} >= {"Your authenticator app is on"}
    assert sign_in(Client(), "ana@example.com").url == reverse("mfa_authenticate")
    client.post(reverse("mfa_deactivate_totp"))
    assert mail.outbox[-1].subject == "Your authenticator app is off"
    assert sign_in(Client(), "ana@example.com").url == reverse("dashboard")


def test_residents_and_visitors_do_not_see_staff_pages(client: Any) -> None:
    assert str(staff_page(client)).startswith(reverse("account_login"))
    cast.account()
    sign_in(client, "ana@example.com")
    assert staff_page(client) == 404


def test_the_secret_is_sealed_in_the_database(client: Any) -> None:
    secret = enrolled(client, actions.add_staff(email=STAFF))
    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        assert all(secret not in kept for (kept,) in cursor.fetchall())


def test_a_lost_phone_is_a_new_password_and_a_new_enrolment(client: Any) -> None:
    enrolled(client, actions.add_staff(email=STAFF))
    with pytest.raises(actions.AlreadyThere):
        actions.add_staff(email=STAFF)
    password = actions.add_staff(email=STAFF, again=True)
    assert not Authenticator.objects.exists()
    enrolled(Client(), password)


def test_a_residents_account_does_not_become_staff() -> None:
    cast.account()
    with pytest.raises(actions.AlreadyThere):
        actions.add_staff(email="Ana@example.com", again=True)
