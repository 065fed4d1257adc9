"""Somebody who is signed in: the value of the cookie by which the site knows them."""

from __future__ import annotations

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from openhix.people import actions
from openhix.people import queries as people
from openhix.people.models import Account, Household

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def of_resident(household: Household) -> str:
    client = Client()
    client.force_login(people.accounts_of(household)[0], BACKEND)
    return client.cookies["sessionid"].value


def of_staff(email: str) -> str:
    """Of a new member of staff, who has given the second factor."""
    actions.add_staff(email=email)
    account = Account.objects.get(email=email)
    account.password_is_temporary = False
    account.save()
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(account, BACKEND)
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client.cookies["sessionid"].value
