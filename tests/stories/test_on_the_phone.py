"""Told of other exchanges: the person on the phone could not see what billing had done, or why.

Here staff find the household by what a caller can tell, and one page shows every movement of its money with who, when
and why, beside everything else that happened; their own look at it stands there too.
"""

from __future__ import annotations

import html
import re

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import reverse

from openhix.people import actions as people
from openhix.people.models import Account
from openhix.people.tests import cast
from tests.stories.town import DECEMBER_24, JANUARY, NEW_YEAR, Town, Walker


@pytest.fixture
def staff(town: Town) -> Client:
    """Somebody on the phone, who has given the second factor."""
    people.add_staff(email="staff@example.com")
    Account.objects.filter(email="staff@example.com").update(password_is_temporary=False)
    account = Account.objects.get(email="staff@example.com")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    client = Client()
    client.force_login(account, "allauth.account.auth_backends.AuthenticationBackend")
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(account.pk)
    session.save()
    return client


def text_of(answer: object) -> str:
    """What a page says, without its markup."""
    content = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", content)).split())


def page_of(staff: Client, walker: Walker) -> str:
    return text_of(staff.get(reverse("staff-household", args=[walker.household.member_id])))


@pytest.mark.parametrize("told", ["carla castillo", "11/3/1971", "9903", "219-09-9903", "Castillo 11/3/1971"])
def test_the_caller_is_found_by_what_they_can_tell(town: Town, staff: Client, told: str) -> None:
    carla, bruno = town.family(cast.CARLA), town.family(cast.BRUNO)
    for walker in (carla, bruno):
        walker.applies()
    found = text_of(staff.post(reverse("staff"), {"text": told}))
    assert "Carla Castillo" in found
    assert "Bruno" not in found


def test_everything_that_billing_did_and_why(town: Town, staff: Client) -> None:
    """Paid; a dearer plan chosen and not paid for; charged and taken back in the night: each line says why."""
    carla = town.family(cast.CARLA)
    carla.applies()
    first = carla.chooses()
    carla.pays()
    second = carla.chooses(3)
    town.night(DECEMBER_24)
    said = page_of(staff, carla)
    assert "Health: nothing owed" in said
    for why in (
        "The household chose it.",
        "It was paid online from a bank account.",
        "A choice that waits for its payment is charged in its place.",
        "The first payment had not arrived by December 23, 2025.",
        "What was chosen in its place has ended, so it is charged again.",
    ):
        assert why in said, why
    assert f"Paid on November 15, 2025: ${first.price / 100:,.2f}." in said
    assert "The choice ended on December 24, 2025: the whole first payment was not here by December 23, 2025." in said
    for policy in (first, second):
        assert f"= ${policy.price / 100:,.2f} a month" in said
    assert "carla@example.com (resident)" in said  # who paid
    assert "Carla Castillo: January 1, 2026 to December 31, 2026" in said


def test_the_look_itself_stands_in_the_history(town: Town, staff: Client) -> None:
    carla = town.family(cast.CARLA)
    carla.applies()
    before = carla.history().count("people.household_looked_at")
    assert "staff@example.com (staff)" in page_of(staff, carla)
    assert carla.history().count("people.household_looked_at") == before + 1


def test_a_wrong_birth_date_is_put_right_while_the_caller_waits(town: Town, staff: Client) -> None:
    carla = town.family(cast.CARLA)
    told = carla.answers()
    told.people[0].birth_date = told.people[0].birth_date.replace(year=1993)  # type: ignore[union-attr]
    carla.applies(told)
    carla.chooses()
    carla.pays()
    address = reverse("staff-correct", args=[carla.household.member_id, "p1"])
    typed = {"first_name": "Carla", "last_name": "Castillo", "birth_date": "11/3/1971", "reason": "phone"}
    assert staff.post(address, typed).status_code == 302
    town.drain()
    assert str(carla.persons[0].birth_date) == "1971-11-03"
    assert carla.covered() == [("Carla", JANUARY, NEW_YEAR)]
    assert "1993" in page_of(staff, carla)  # what it was before
