"""Opening an account, getting in and out, and what a guess learns: nothing."""

from __future__ import annotations

import logging
import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import global_settings
from django.core import mail
from django.test import Client
from django.urls import reverse

from openhix.people.models import Account
from openhix.people.tests import cast

pytestmark = pytest.mark.django_db

NEW = {"email": "New.Person@Example.com", "password1": cast.PASSWORD}


def sign_in(client: Any, email: str, password: str = cast.PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def link(message: Any) -> str:
    """The path of the link in an e-mail."""
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found
    return found[1]


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("prefix, language", [("", "en"), ("/es", "es"), ("/pt", "pt")])
def test_an_account_is_opened_by_the_link_in_an_email(client: Any, prefix: str, language: str) -> None:
    response = client.post(f"{prefix}/account/sign-up/", {**NEW, "next": f"{prefix}/about/"})
    assert response.url == f"{prefix}/account/confirm/"
    account = Account.objects.get()
    assert (account.email, account.role, account.language) == ("new.person@example.com", "resident", language)
    assert "_auth_user_id" not in client.session
    [message] = mail.outbox
    assert message.to == ["new.person@example.com"]
    page = client.get(link(message))
    assert "new.person@example.com" in text(page)
    assert not EmailAddress.objects.get().verified, "looking at the link, as mail scanners do, confirms nothing"
    response = client.post(link(message))
    assert EmailAddress.objects.get().verified
    assert response.url == f"{prefix}/about/"
    assert client.get(reverse("account")).status_code == 200


def test_a_confirmed_address_signs_in_from_any_device(client: Any) -> None:
    client.post(reverse("account_signup"), NEW)
    Client().post(link(mail.outbox[0]))
    elsewhere = Client()
    assert sign_in(elsewhere, NEW["email"]).url == reverse("dashboard")


def test_an_unconfirmed_address_gets_the_link_and_no_further(client: Any) -> None:
    client.post(reverse("account_signup"), NEW)
    elsewhere = Client()
    assert sign_in(elsewhere, NEW["email"]).url == reverse("account_email_verification_sent")
    assert elsewhere.get(reverse("account")).status_code == 302


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"email": "", "password1": cast.PASSWORD}, "Enter your email address."),
        ({"email": "ana", "password1": cast.PASSWORD}, "Enter an email address in full"),
        ({"email": "a" * 250 + "@example.com", "password1": cast.PASSWORD}, "too long"),
        ({"email": "<script>@example.com", "password1": cast.PASSWORD}, "Enter an email address in full"),
        ({"email": "ana@example.com\0", "password1": cast.PASSWORD}, "Enter an email address in full"),
        ({"email": "ana@example.com", "password1": ""}, "Enter a password."),
        ({"email": "ana@example.com", "password1": "short"}, "Choose a longer password: at least 12 characters."),
        ({"email": "ana@example.com", "password1": "password1234"}, "Many people use this password"),
        ({"email": "ana.almeida@example.com", "password1": "ana.almeida1"}, "too much like your email address"),
        ({"email": "ana@example.com", "password1": "x" * 10_000}, "This password is too long"),
        ({"email": "ana@example.com", "password1": "correct\0horse battery"}, "Passwords cannot hold this character."),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client: Any, typed: dict[str, str], said: str) -> None:
    response = client.post(reverse("account_signup"), typed)
    assert response.status_code == 200
    assert said in text(response)
    assert 'id="summary"' in text(response)
    assert "<script>@" not in text(response)
    if typed["email"].isascii() and "<" not in typed["email"] and "\0" not in typed["email"] and typed["email"]:
        assert f'value="{typed["email"]}"' in text(response), "what was typed is lost"
    assert not Account.objects.exists()
    assert not mail.outbox


def test_signing_out_takes_a_click(client: Any) -> None:
    cast.account()
    sign_in(client, "ana@example.com")
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_is_chosen_anew(client: Any) -> None:
    cast.account()
    client.post(reverse("account_reset_password"), {"email": "ana@example.com"})
    page = client.get(link(mail.outbox[0]), follow=True)
    new = "another long password"
    done = client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert done.url == reverse("account_reset_password_from_key_done")
    assert sign_in(client, "ana@example.com").status_code == 200, "the old one still works"
    assert sign_in(client, "ana@example.com", new).status_code == 302
    assert client.get(link(mail.outbox[0])).status_code in (200, 302)
    assert "has been used" in text(Client().get(link(mail.outbox[0]), follow=True))


def test_a_closed_account_is_told_so_only_with_its_password(client: Any) -> None:
    account = cast.account()
    account.is_active = False
    account.save()
    assert "is not right" in text(sign_in(client, "ana@example.com", "a wrong password"))
    assert sign_in(client, "ana@example.com").url == reverse("account_inactive")


def test_the_next_page_is_never_somebody_elses(client: Any) -> None:
    cast.account()
    assert sign_in(client, "ana@example.com", next="https://evil.example/").url == reverse("dashboard")


# Guessing tells nothing


def same_but_for_tokens(response: Any, *emails: str) -> str:
    said = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text(response))
    for email in emails:
        said = said.replace(email, "EMAIL")
    return f"{response.status_code} {response.headers.get('Location')} {said}"


def test_a_wrong_password_and_an_unknown_address_look_the_same() -> None:
    cast.account()
    answers = {
        same_but_for_tokens(sign_in(Client(), email, "a wrong password"), email)
        for email in ("ana@example.com", "nobody@example.com")
    }
    assert len(answers) == 1


@pytest.mark.parametrize("confirmed", [True, False])
def test_signing_up_with_an_address_that_has_an_account_looks_the_same(confirmed: bool) -> None:
    cast.account()
    EmailAddress.objects.update(verified=confirmed)
    answers, pages = set(), set()
    for email in ("ana@example.com", "nobody@example.com"):
        visitor = Client()
        answers.add(same_but_for_tokens(visitor.post(reverse("account_signup"), {**NEW, "email": email})))
        pages.add(same_but_for_tokens(visitor.get(reverse("account_email_verification_sent")), email))
    assert len(answers) == len(pages) == 1
    assert Account.objects.count() == 2
    assert [message.to for message in mail.outbox] == [["ana@example.com"], ["nobody@example.com"]]
    assert Account.objects.get(email="ana@example.com").check_password(cast.PASSWORD)


def test_asking_for_a_new_password_looks_the_same() -> None:
    cast.account()
    answers = {
        same_but_for_tokens(Client().post(reverse("account_reset_password"), {"email": email}))
        for email in ("ana@example.com", "nobody@example.com")
    }
    assert len(answers) == 1
    assert len(mail.outbox) == 2


def test_an_answer_takes_as_long_for_an_address_that_has_no_account(settings: Any) -> None:
    """The password's hash is most of it; it is made either way."""
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    cast.account()

    def seconds(page: str, typed: dict[str, str]) -> float:
        began = time.perf_counter()
        Client().post(reverse(page), typed)
        return time.perf_counter() - began

    def quickest(page: str, email: str, **typed: str) -> float:
        return min(seconds(page, {key: email if value == "" else value for key, value in typed.items()}) for _ in "123")

    known = quickest("account_login", "ana@example.com", login="", password="wrong")
    unknown = quickest("account_login", "nobody@example.com", login="", password="wrong")
    assert 0.5 < known / unknown < 2
    assert sign_in(Client(), "ana@example.com").status_code == 302


# Lockout


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client: Any) -> None:
    cast.account()
    for _each in range(5):
        response = sign_in(client, "ana@example.com", "a wrong password")
    assert response.status_code == 429
    response = sign_in(Client(), "ANA@example.com")
    assert response.status_code == 429
    assert "nobody can sign in with it for 15 minutes" in text(response)


def test_an_address_without_an_account_is_locked_in_the_same_way() -> None:
    cast.account()
    seen = []
    for email in ("ana@example.com", "nobody@example.com"):
        seen.append([same_but_for_tokens(sign_in(Client(), email, "wrong"), email) for _ in range(7)])
    assert seen[0] == seen[1]


def test_a_new_password_opens_the_lock(client: Any) -> None:
    cast.account()
    for _each in range(5):
        sign_in(client, "ana@example.com", "a wrong password")
    client.post(reverse("account_reset_password"), {"email": "ana@example.com"})
    page = client.get(link(mail.outbox[0]), follow=True)
    new = "another long password"
    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})
    assert sign_in(Client(), "ana@example.com", new).status_code == 302


def test_the_right_password_forgets_the_wrong_ones_before_it() -> None:
    cast.account()
    for _each in range(3):
        for _again in range(4):
            assert sign_in(Client(), "ana@example.com", "a wrong password").status_code == 200
        assert sign_in(Client(), "ana@example.com").status_code == 302


def test_the_lock_opens_after_fifteen_minutes() -> None:
    from datetime import timedelta

    from axes.models import AccessAttempt
    from django.utils import timezone

    cast.account()
    for _each in range(5):
        sign_in(Client(), "ana@example.com", "a wrong password")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=14))
    assert sign_in(Client(), "ana@example.com").status_code == 429
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert sign_in(Client(), "ana@example.com").status_code == 302


def test_one_network_address_may_not_try_for_ever(client: Any, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip", "login_failed": None}
    for number in range(3):
        assert sign_in(client, f"{number}@example.com").status_code == 200
    response = sign_in(client, "4@example.com")
    assert response.status_code == 429
    assert "Wait a few minutes" in text(response)


# What is kept and what is said


def test_no_address_is_logged_or_kept_by_the_lock(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    from axes.models import AccessAttempt

    cast.account()
    with caplog.at_level(logging.DEBUG):
        for email in ("ana@example.com", "nobody@example.com"):
            for password in ("my secret guess",) * 6:
                sign_in(client, email, password, next="/account/?secret=1")
        sign_in(Client(), "bruno@example.com", cast.PASSWORD)
        client.post(reverse("account_signup"), {**NEW, "email": "nobody@example.com"})
        client.post(reverse("account_reset_password"), {"email": "ana@example.com"})
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert any("sign-in" in each for each in ours), "nothing was logged at all"
    kept = [str(vars(attempt)) for attempt in AccessAttempt.objects.all()]
    assert kept
    for each in (*ours, *kept):
        for told in ("ana@", "nobody@", "bruno@", "my secret guess", "127.0.0.1", "secret=1"):
            assert told not in each, f"{told} in {each}"
