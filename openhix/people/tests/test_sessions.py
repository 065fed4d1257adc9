"""Sessions end, and what was typed when one did is not lost, nor shown to anybody else."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse

from openhix.people import access, actions, sessions, typed
from openhix.people.models import Account
from openhix.people.tests import cast
from openhix.people.tests.test_accounts import sign_in, text
from openhix.site import urls

pytestmark = pytest.mark.django_db

received: list[Any] = []


@access.resident
def form_page(request: Any) -> HttpResponse:
    if request.method == "POST":
        received.append({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
    return HttpResponse(f"household {request.household.pk}")


class Addresses:
    urlpatterns = [path("a-form/", form_page), *urls.urlpatterns]


@pytest.fixture(autouse=True)
def a_form(settings: Any) -> None:
    settings.ROOT_URLCONF = Addresses
    received.clear()


SEND = {typed.SEND: "yes"}
AS_TYPED = {"name": ["Ana <b>"], "ssn": ["219-09-9901"], "child": ["one", "two"], "empty": [""]}
TYPED = {"name": "Ana <b>", "ssn": "219-09-9901", "child": ["one", "two"], "empty": ""}


def wait(client: Any, seconds: float) -> None:
    session = client.session
    for key in (sessions.BEGAN, sessions.SEEN):
        session[key] -= seconds
    session.save()


@pytest.fixture
def ana() -> Client:
    cast.account()
    client = Client()
    sign_in(client, "ana@example.com")
    assert client.get("/a-form/").status_code == 200
    return client


def test_a_resident_stays_signed_in_for_an_hour(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT - 5)
    assert ana.get("/a-form/").status_code == 200
    wait(ana, sessions.IDLE_RESIDENT - 5)
    assert ana.get("/a-form/").status_code == 200, "each click counts"
    wait(ana, sessions.IDLE_RESIDENT + 5)
    assert ana.get("/a-form/").url == "/account/sign-in/?next=%2Fa-form%2F"


def test_staff_stay_signed_in_for_half_an_hour() -> None:
    actions.add_staff(email="staff@example.com")
    client = Client()
    client.force_login(Account.objects.get())
    assert client.get(reverse("account")).status_code == 200
    wait(client, sessions.IDLE_STAFF - 5)
    assert client.get(reverse("account")).status_code == 200
    wait(client, sessions.IDLE_STAFF + 5)
    assert client.get(reverse("account")).status_code == 302


def test_nobody_stays_signed_in_for_more_than_twelve_hours(ana: Any) -> None:
    for _hour in range(14):
        wait(ana, 55 * 60)
        response = ana.get("/a-form/")
    assert response.status_code == 302


def test_the_cookie_is_for_us_alone_and_goes_with_the_window(ana: Any, settings: Any) -> None:
    cookie = ana.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]
    assert settings.SESSION_COOKIE_SECURE == settings.HTTPS


def test_what_was_typed_is_offered_after_signing_in(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    response = ana.post("/a-form/?step=2", TYPED)
    assert response.url == f"{reverse('account_login')}?next=%2Faccount%2Ftyped-before%2F"
    assert received == []
    assert "What you typed is kept: sign in, then send it." in text(ana.get(response.url))
    response = sign_in(ana, "ana@example.com", next=reverse("typed-before"))
    page = ana.get(response.url)
    assert 'action="/a-form/?step=2"' in text(page)
    assert "no-store" in page["Cache-Control"]
    assert ana.post("/a-form/?step=2", SEND).status_code == 200
    assert received == [AS_TYPED]
    assert ana.post("/a-form/?step=2", SEND).status_code == 200  # pressed twice: the form sees the same again
    assert received == [AS_TYPED] * 2


def test_the_page_that_offers_it_holds_nothing_of_it(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    ana.post("/a-form/", TYPED)
    sign_in(ana, "ana@example.com")
    page = text(ana.get(reverse("typed-before")))
    assert 'name="typed-before" value="yes"' in page
    assert not any(value in page for value in ("219-09-9901", "Ana &lt;b&gt;", 'name="ssn"', 'name="child"'))


def test_it_goes_to_its_own_page_alone(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    ana.post("/a-form/?step=2", TYPED)
    sign_in(ana, "ana@example.com")
    response = ana.post("/a-form/?step=3", SEND)
    assert (response.url, received) == ("/a-form/?step=3", [])
    assert "is gone now" in text(ana.get(reverse("account")))


def test_what_was_typed_is_sealed_meanwhile(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    ana.post("/a-form/", TYPED)
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert any(typed.KEPT in each for each in kept)
    assert not any("219-09-9901" in each for each in kept)


def test_somebody_else_at_the_same_computer_does_not_see_it(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    ana.post("/a-form/", TYPED)
    cast.account(cast.BRUNO)
    sign_in(ana, "bruno@example.com")
    assert ana.get(reverse("typed-before")).url == "/"
    ana.post(reverse("account_logout"))
    sign_in(ana, "ana@example.com")
    assert ana.get(reverse("typed-before")).url == "/"


def test_it_is_kept_for_half_an_hour(ana: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    ana.post("/a-form/", TYPED)
    later = time.time() + typed.LONGEST + 1
    sign_in(ana, "ana@example.com")
    monkeypatch.setattr(time, "time", lambda: later)
    assert ana.post("/a-form/", SEND).url == "/a-form/"
    assert received == []
    assert ana.get(reverse("typed-before")).url == "/"


def test_it_can_be_forgotten(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    ana.post("/a-form/?step=2", TYPED)
    sign_in(ana, "ana@example.com")
    assert ana.post(reverse("typed-before")).url == "/a-form/?step=2"
    assert ana.get(reverse("typed-before")).url == "/"


def test_it_is_kept_too_when_the_session_cookie_was_removed_while_typing(ana: Any) -> None:
    del ana.cookies["sessionid"]
    response = ana.post("/a-form/?step=2", TYPED)
    assert response.url == f"{reverse('account_login')}?next=%2Faccount%2Ftyped-before%2F"
    response = sign_in(ana, "ana@example.com", next=reverse("typed-before"))
    assert 'action="/a-form/?step=2"' in text(ana.get(response.url))
    ana.post("/a-form/?step=2", SEND)
    assert received == [AS_TYPED]


def test_of_a_removed_cookie_the_next_who_signs_in_may_see_it_and_nobody_after(ana: Any) -> None:
    del ana.cookies["sessionid"]
    ana.post("/a-form/", TYPED)
    cast.account(cast.BRUNO)
    sign_in(ana, "ana@example.com")
    ana.post(reverse("account_logout"))
    sign_in(ana, "bruno@example.com")
    assert ana.get(reverse("typed-before")).url == "/"
    ana.post("/a-form/", SEND)
    assert received == []


HERE = {"Origin": "http://testserver"}


@pytest.mark.parametrize("cookies", [("csrftoken",), ("csrftoken", "sessionid")], ids=["token", "every cookie"])
def test_it_is_kept_when_the_forms_own_cookie_is_gone_or_renewed_by_another_tab(ana: Any, cookies: tuple[str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ana.cookies
    for name in cookies:
        strict.cookies.pop(name, None)
    response = strict.post("/a-form/", {**TYPED, "csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    assert response.headers["Location"] == reverse("typed-before")
    assert received == []
    strict.handler.enforce_csrf_checks = False
    sign_in(strict, "ana@example.com")
    assert strict.get(reverse("typed-before")).status_code == 200
    strict.post("/a-form/", SEND)
    assert received == [AS_TYPED]


@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}, {"Origin": "null"}])
def test_a_form_from_elsewhere_is_refused_and_not_kept(ana: Any, headers: dict[str, str]) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ana.cookies
    response = strict.post("/a-form/", TYPED, headers=headers)
    assert response.status_code == 403
    assert "We could not take this form" in text(response)
    assert ana.get(reverse("typed-before")).url == "/"


def test_a_password_that_was_typed_at_the_door_is_not_kept() -> None:
    visitor = Client(enforce_csrf_checks=True)
    secrets = {"login": "ana@example.com", "password": cast.PASSWORD}
    assert visitor.post(reverse("account_login"), secrets, headers=HERE).status_code == 403
    assert not Session.objects.exists()


def test_what_is_longer_than_any_page_is_not_kept_and_it_is_said_that_it_was_not_saved() -> None:
    visitor = Client()
    page = visitor.post("/a-form/", {"name": "x" * typed.MOST}, follow=True)
    assert page.redirect_chain == [("/account/sign-in/?next=%2Fa-form%2F", 302)]
    assert "before we could save the last page" in text(page)


def test_htmx_is_sent_to_the_sign_in_page_as_a_whole(ana: Any) -> None:
    wait(ana, sessions.IDLE_RESIDENT + 5)
    response = ana.get("/a-form/", headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert response["HX-Redirect"].startswith("/account/sign-in/")


def test_own_records_alone(rf: Any) -> None:
    from django.http import Http404

    from openhix.people.models import Person

    mine, other = cast.household(), cast.household(cast.BRUNO)
    request = rf.get("/")
    request.household = mine
    me, them = (Person.objects.get(household=each) for each in (mine, other))
    assert access.get_own(Person, request, pk=me.pk) == me
    assert access.own(Person.objects.all(), request, me.pk) == me
    for pk in (them.pk, 0, -1, 10**30):
        with pytest.raises(Http404):
            access.get_own(Person, request, pk=pk)
