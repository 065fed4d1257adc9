"""The pages: what is typed is checked, kept and never shown whole; a form sent twice pays once."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from openhix.billing import queries
from openhix.billing.models import BankAccount, Bill, Payment, Transfer
from openhix.billing.tests.payers import BANK, at, choose, chosen, due, pay, with_a_debt
from openhix.enrollment.queries import plan_of
from openhix.enrollment.tests import walks
from openhix.kernel import cents
from openhix.people import queries as people
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

TYPED = {
    "account": "new",
    "holder": "Bruno Barros",
    "type": "checking",
    "routing_number": "011000015",
    "number": "000-123-456-789",
    "amount": "owed",
    "other": "",
}


def browser(household: Household) -> Client:
    client = Client()
    client.force_login(people.accounts_of(household)[0], "allauth.account.auth_backends.AuthenticationBackend")
    return client


def hidden(page: Any) -> dict[str, str]:
    """What the page's form carries."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def key_of(check: Any) -> str:
    return str(check.request["PATH_INFO"]).strip("/").rpartition("/")[2]


def text(page: Any) -> str:
    return page.content.decode()


def checked(client: Client, path: str = "/pay/health/", **typed: str) -> Any:
    """The page on which a payment is checked, after the form was filled in; the form again where it cannot be."""
    form = client.get(path)
    return client.post(path, {**hidden(form), **TYPED, **typed}, follow=True)


def confirmed(client: Client, check: Any) -> Any:
    """The payment, after it was checked."""
    return client.post(check.request["PATH_INFO"], hidden(check), follow=True)


def test_a_payment_from_the_form_to_the_coverage() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    form = client.get("/pay/health/")
    assert "$152.00" in text(form) and "December 23, 2025" in text(form)
    assert Bill.objects.get().owed == 152_00  # charged and billed before the worker came to it
    check = client.post("/pay/health/", {**hidden(form), **TYPED}, follow=True)
    assert "Check your payment" in text(check)
    assert "Checking account ending in 6789" in text(check)
    assert "It completes your enrollment: you are covered from January 1, 2026." in text(check)
    assert BANK.number not in text(check) and "123456789" not in text(check)
    assert not Payment.objects.exists() and not BankAccount.objects.exists()
    done = confirmed(client, check)
    assert "We received your payment" in text(done)
    assert "Covered from January 1, 2026" in text(done)
    for again in (confirmed(client, check), client.get(check.request["PATH_INFO"], follow=True)):
        assert again.redirect_chain == done.redirect_chain
    assert Payment.objects.count() == Transfer.objects.filter(why="payment").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"routing_number": ""}, "Enter the routing number of your bank"),
        ({"routing_number": "011000016"}, "Enter the routing number of your bank"),
        ({"routing_number": "000000000"}, "Enter the routing number of your bank"),
        ({"routing_number": "٠١١٠٠٠٠١٥"}, "Enter the routing number of your bank"),
        ({"number": ""}, "Enter the account number"),
        ({"number": "12"}, "Enter the account number"),
        ({"number": "1" * 5000}, "Enter the account number"),
        ({"number": "12345678x"}, "Enter the account number"),
        ({"number": "4111 1111 1111 1111"}, "This looks like the number of a card"),
        ({"routing_number": "4111111111111111"}, "This looks like the number of a card"),
        ({"holder": "  "}, "Enter the name of the account&#x27;s holder."),
        ({"holder": "x" * 101}, "This name is too long"),
        ({"holder": "a\x00b"}, "Null characters are not allowed"),
        ({"type": ""}, "Choose checking or savings."),
        ({"type": "crypto"}, "Choose checking or savings."),
        ({"amount": ""}, "Choose how much to pay."),
        ({"amount": "everything"}, "Choose how much to pay."),
        ({"amount": "other", "other": ""}, "Enter an amount above zero"),
        ({"amount": "other", "other": "0.00"}, "Enter an amount above zero"),
        ({"amount": "other", "other": "-5"}, "Enter an amount above zero"),
        ({"amount": "other", "other": "1e3"}, "Enter an amount above zero"),
        ({"amount": "other", "other": "12.345"}, "Enter an amount above zero"),
        ({"amount": "other", "other": "100000.01"}, "One payment is at most $100,000.00."),
        ({"account": "12345"}, "Enter the account number"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(typed: dict[str, str], said: str) -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    page = checked(client, **({"number": "", **typed} if "account" in typed else typed))
    assert said in text(page)
    assert "<title>Error: Pay for your health plan" in text(page)
    assert not Payment.objects.exists()


def test_a_number_that_was_typed_is_kept_and_not_shown() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    wrong = checked(client, holder="")
    assert "We have the account number that ends in 6789." in text(wrong)
    assert "123456789" not in text(wrong) and "123-456-789" not in text(wrong)
    right = client.post("/pay/health/", {**hidden(wrong), **TYPED, "number": ""}, follow=True)
    assert "Checking account ending in 6789" in text(right)
    change = client.get(f"/pay/health/?change={key_of(right)}")
    assert "We have the account number that ends in 6789." in text(change)
    assert 'value="Bruno Barros"' in text(change)


def test_what_is_being_checked_is_sealed_in_the_session() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    check = checked(client)
    kept = str(dict(client.session))
    assert key_of(check) in kept
    assert "Barros" not in kept and "011000015" not in kept and "6789" not in kept


def test_a_payment_that_this_session_has_not_typed_begins_with_the_form() -> None:
    bruno, _policy = chosen()
    check = checked(browser(bruno))
    elsewhere = browser(bruno).get(check.request["PATH_INFO"], follow=True)
    assert elsewhere.redirect_chain == [("/pay/health/", 302)]
    assert not Payment.objects.exists()


def test_a_payment_of_another_household_is_not_there() -> None:
    """Whether it is still being checked or has been made; nor is a key that no page of ours has made."""
    bruno, _policy = chosen()
    carla, _other = chosen(cast.CARLA)
    client = browser(bruno)
    check = checked(client)
    address = check.request["PATH_INFO"]
    for path in (address, f"/pay/dental/{key_of(check)}/", "/pay/health/0123456789abcdef0123456789abcdef/"):
        assert browser(carla).get(path).status_code == browser(carla).post(path, hidden(check)).status_code == 404
    confirmed(client, check)
    assert browser(carla).get(address).status_code == 404
    assert client.get("/pay/health/0123456789abcdef0123456789abcdef/").status_code == 404


def test_a_card_is_not_kept() -> None:
    bruno, _policy = chosen()
    page = checked(browser(bruno), number="4111111111111111")
    assert "4111" not in text(page)
    assert "ends in" not in text(page)


def test_a_number_kept_for_another_household_is_not_taken() -> None:
    bruno, _policy = chosen()
    carla, _other = chosen(cast.CARLA)
    theirs = hidden(checked(browser(bruno), holder=""))["kept"]
    page = checked(browser(carla), number="", kept=theirs)
    assert "Enter the account number" in text(page)


@pytest.mark.parametrize("kept", ["x", "ü", "gAAAAA", "\x00"])
def test_a_spoiled_number_is_none(kept: str) -> None:
    bruno, _policy = chosen()
    assert "Enter the account number" in text(checked(browser(bruno), number="", kept=kept))


@pytest.mark.parametrize("key", ["", "x", "\x00", "0" * 10_000])
def test_a_key_that_no_page_made_is_replaced(key: str) -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    check = checked(client, key=key)
    made = key_of(check)
    assert made != key and re.fullmatch("[0-9a-f]{32}", made)
    confirmed(client, check)
    assert Payment.objects.get().key == made


def test_a_saved_account_pays_again() -> None:
    bruno, _policy = chosen()
    pay(bruno, 52_00)
    client = browser(bruno)
    form = client.get("/pay/health/")
    assert "Checking account ending in 6789" in text(form) and BANK.number not in text(form)
    saved = {"account": str(BankAccount.objects.get().pk), "amount": "owed"}
    check = client.post("/pay/health/", {**hidden(form), **saved}, follow=True)
    confirmed(client, check)
    assert walks.statuses(bruno) == ["complete"]
    assert BankAccount.objects.count() == 1


def test_a_saved_account_of_another_household_is_none() -> None:
    bruno, _policy = chosen()
    carla, _other = chosen(cast.CARLA)
    pay(bruno, 52_00)
    pay(carla, 1_00)
    theirs = BankAccount.objects.get(household=bruno)
    assert "Choose a bank account." in text(checked(browser(carla), account=str(theirs.pk)))


def test_a_part_of_it() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    check = checked(client, amount="other", other="$100")
    assert "not complete until we receive the other $52.00 too, by December 23, 2025." in text(check)
    done = confirmed(client, check)
    assert "Not complete until we receive your payment by December 23, 2025" in text(done)
    assert "$52.00" in text(done) and "Pay the rest" in text(done)


def test_what_stands_until_a_change_is_paid() -> None:
    bruno, first = chosen()
    pay(bruno, first.price, key="a")
    choose(bruno, nth=3)
    client = browser(bruno)
    says = f"Your paid plan stands until this is paid: {plan_of(first).name}. If it is not paid by December 23, 2025,"
    assert says in text(client.get("/pay/health/"))
    part = confirmed(client, checked(client, amount="other", other="1", account="new"))
    assert says in text(part)


def test_a_first_month_is_paid_though_more_is_owed() -> None:
    bruno, debt = with_a_debt()
    with at(date(2026, 1, 10)):
        change = choose(bruno, nth=3, starts=walks.FEBRUARY)
        client = browser(bruno)
        check = checked(client, amount="other", other=f"{change.price / 100:.2f}", account="new")
    assert "It completes your enrollment: you are covered from February 1, 2026." in text(check)
    assert f"You still owe {cents.dollars(debt)} after it." in text(check)


def test_more_than_is_owed_stays_as_a_credit() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    check = checked(client, amount="other", other="200")
    assert "$48.00 more than you owe stays on your account as a credit." in text(check)
    done = confirmed(client, check)
    assert "Credit on your account" in text(done) and "$48.00" in text(done)


def test_two_tabs_pay_once() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    one, other = checked(client), checked(client)
    confirmed(client, one)
    second = confirmed(client, other)
    assert "There is nothing to pay now." in text(second)
    assert Payment.objects.count() == 1


def test_what_is_owed_changes_while_the_page_is_open() -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    check = checked(client)
    pay(bruno, 52_00)
    again = confirmed(client, check)
    assert "What you owe has changed" in text(again) and "$100.00" in text(again)
    assert Payment.objects.count() == 1
    confirmed(client, again)
    assert queries.balance(bruno, "health") == 0


def test_after_the_last_day_the_page_says_what_a_payment_does() -> None:
    bruno, _policy = chosen()
    due(bruno)
    with at(date(2025, 12, 24)):
        client = browser(bruno)
        check = checked(client)
        says = "The last day to pay for this plan was December 23, 2025. A payment now does not start it."
        assert says in text(check)
        assert says in text(client.get("/pay/health/"))
        done = confirmed(client, check)
        assert says in text(done)
    assert walks.covered(bruno) == []


@pytest.mark.parametrize(
    "path", ["/pay/vision/", "/pay/health2/", "/bills/999999/", "/bills/999999.pdf", "/payments/999999/"]
)
def test_what_is_not_there(path: str) -> None:
    assert browser(cast.household()).get(f"/{path}").status_code == 404


def test_pages_of_a_household_with_nothing() -> None:
    client = browser(cast.household())
    assert "There are no bills yet." in text(client.get("/bills/"))
    assert "Nothing has been charged or paid yet." in text(client.get("/payments/"))
    assert "There is nothing to pay now." in text(client.get("/pay/dental/"))
    assert "There is nothing to pay now." in text(client.post("/pay/health/", TYPED))


def test_a_plan_without_a_premium_asks_for_nothing() -> None:
    ana = walks.determined(cast.ANA)
    everyone = walks.persons(ana)
    free = walks.plans(ana, everyone)[0]
    walks.choose(ana, (free, everyone), key="k")
    page = browser(ana).get("/pay/health/")
    assert "There is nothing to pay now." in text(page)
    assert "Covered from January 1, 2026" in text(page)
    assert not Bill.objects.exists()


def test_the_activity_tells_every_movement() -> None:
    bruno, first = chosen()
    due(bruno)
    pay(bruno, first.price)
    choose(bruno, nth=3)
    due(bruno)
    page = text(browser(bruno).get("/payments/"))
    for said in ("Premium: ", "Premium taken back: ", "Tax credit: ", "ConnectorCare subsidy taken back: "):
        assert said in page
    assert "Payment from checking account ending in 6789" in page
    assert page.count("<tr role") == 1 + Transfer.objects.count()


@pytest.mark.parametrize("language", ["es", "pt"])
def test_the_pages_in_other_languages(language: str) -> None:
    bruno, _policy = chosen()
    client = browser(bruno)
    for path in ("bills/", "payments/", "pay/health/", "how-to-pay/"):
        page = client.get(f"/{language}/{path}")
        assert page.status_code == 200
        assert f'<html lang="{language}">' in text(page)


def test_how_to_pay_is_for_everybody() -> None:
    page = text(Client().get("/how-to-pay/"))
    for part in ("1-877-623-6765", "TTY: 711", "P.O. Box 412612", "Boston, MA 02241-2612", "PayPal"):
        assert part in page


def test_reading_a_page_costs_the_same_however_much_was_posted(django_assert_max_num_queries: Any) -> None:
    bruno, _policy = chosen()
    due(bruno)
    client = browser(bruno)
    client.get("/payments/")
    for at_ in range(6):
        pay(bruno, 1_00, key=str(at_))
    with django_assert_max_num_queries(24):
        client.get("/payments/")
