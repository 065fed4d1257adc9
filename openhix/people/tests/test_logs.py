"""The log does not say what nobody should read there."""

from __future__ import annotations

import logging
import sys
from logging.config import DictConfigurator
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from openhix.people.models import Account
from openhix.people.tests import cast


def line_of(message: str, *args: Any, error: bool = False) -> str:
    """The line that the console would show: by the formatter that LOGGING names."""
    told: dict[str, Any] = settings.LOGGING
    formatter = DictConfigurator(told).configure_formatter(dict(told["formatters"]["line"]))
    exc_info = sys.exc_info() if error else None
    return str(formatter.format(logging.LogRecord("gunicorn.access", 20, "", 0, message, args, exc_info)))


@pytest.mark.parametrize(
    "path",
    ["/account/password/new/2-cz1abc-0123456789abcdef/", "/es/account/confirm/Mg:1xVNCx:jeeYW7Wx0vLmFvGx5KGntL/"],
)
def test_a_link_that_opens_an_account_is_not_logged(path: str) -> None:
    line = line_of("GET %s 302 9 ms", path)
    assert "0123456789" not in line and "jeeYW" not in line
    assert "/account/" in line and "302 9 ms" in line


def test_whose_household_staff_look_at_is_not_logged() -> None:
    line = line_of("GET %s 200 9 ms", "/staff/households/648738557699/people/p1/")
    assert line.endswith("GET /staff/households/.../people/p1/ 200 9 ms")


@pytest.mark.django_db
def test_a_row_that_the_database_quotes_is_not_logged() -> None:
    cast.account()
    try:
        with transaction.atomic():
            Account.objects.create_user(cast.ANA.email)
    except IntegrityError:
        line = line_of("Internal Server Error", error=True)
    assert "duplicate key value" in line
    assert "ana@example.com" not in line
