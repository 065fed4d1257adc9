"""The same thing done twice at once is done once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from openhix.people import actions
from openhix.people.models import Account, Household
from openhix.people.tests import cast

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(do: Callable[[], Any], times: int = 3) -> list[Any]:
    start, done = Barrier(times), []

    def one() -> None:
        start.wait()
        try:
            done.append(do())
        finally:
            connection.close()

    threads = [Thread(target=one) for _each in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def test_a_sign_up_that_is_sent_twice_makes_one_account() -> None:
    new = {"email": "twice@example.com", "password1": cast.PASSWORD}
    answers = at_once(lambda: Client().post("/account/sign-up/", new))
    assert [(answer.status_code, answer.headers["Location"]) for answer in answers] == [(302, "/account/confirm/")] * 3
    assert Account.objects.count() == 1


def test_two_tabs_open_one_household() -> None:
    account = cast.account()
    opened = at_once(lambda: actions.open_household(account=account))
    assert {household.pk for household in opened} == {Household.objects.get().pk}
    assert len(opened) == 3
