"""The walk from sign-up to paid; the pages that people come back to, beside an empty view; bills beside Typst alone."""

from __future__ import annotations

import io
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from contextlib import redirect_stdout
from dataclasses import replace
from typing import TYPE_CHECKING

from bench.report import Figure, seconds
from openhix.site.cli.exchange import exchange

if TYPE_CHECKING:
    from django.test import Client

    from openhix.people.models import Account, Household

PAGES = {"dashboard": "/dashboard/", "plan page": "/plans/health/1/?shop=health"}
REQUESTS = 20
BILLS = 20
CHANGES = 5  # of an application, and of the plan: a page asks no more of the database for a longer story
ALLAUTH = "allauth.account.auth_backends.AuthenticationBackend"


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="openhix-bench-") as home:
        os.environ["OPENHIX_HOME"] = home
        os.environ["OPENHIX_RATE_LIMITS"] = "0"
        for command in ("migrate", "prepare", "demo"):
            subprocess.run([sys.executable, "-m", "openhix.site.cli", command], check=True, capture_output=True)
        with exchange():
            from django.conf import settings

            settings.ALLOWED_HOSTS = ["testserver"]
            settings.ROOT_URLCONF = "bench.urls"
            with redirect_stdout(io.StringIO()):  # the demonstration announces its e-mails
                return [_walks(), *_pages(), _bills()]


def _walks() -> Figure:
    """Five accounts are opened and confirmed by the pages; five households walk to coverage by the pages' actions."""
    from django.contrib.auth.hashers import make_password

    from openhix.desk import demonstration
    from openhix.desk.families import FAMILIES
    from openhix.history.worker import work

    def walk() -> None:
        for _ in FAMILIES:
            _sign_up()
        demonstration.walk(lambda: work(until_empty=True))

    taken, password = seconds(walk, times=3) / len(FAMILIES), seconds(lambda: make_password("a password"))
    return Figure(
        "sign-up to paid",
        f"{1 / taken:.1f} walks/s",
        f"password hash alone: {1 / password:.0f}/s",
        f"1/{taken / password:.1f}",
        "",
    )


def _sign_up() -> None:
    from django.test import Client

    from openhix.correspondence.models import Email

    client = Client()
    address = f"{secrets.token_hex(6)}@example.org"
    client.post("/account/sign-up/", {"email": address, "password1": secrets.token_urlsafe(16)})
    [link] = re.findall(r"https?://[^/]+(/\S+)", Email.objects.latest("pk").body)
    if client.post(link).status_code != 302:
        raise SystemExit("the e-mail's link does not confirm the account")


def _pages() -> list[Figure]:
    """As somebody with a plan sees them."""
    from django.test import Client

    from openhix.people.models import Account

    account = Account.objects.filter(email__startswith="carla.").latest("pk")
    client = Client()
    client.force_login(account, ALLAUTH)
    empty = _rate(client, "/empty/")
    reached = {name: _rate(client, path) for name, path in PAGES.items()}
    before = {name: _queries(client, path) for name, path in PAGES.items()}
    for nth in range(CHANGES):
        _change(account, nth)
    after = {name: _queries(client, path) for name, path in PAGES.items()}
    if before != after:
        raise SystemExit(f"a longer story takes more queries: {before}, then {after}")
    return [
        Figure(
            f"{name}, {before[name]} queries",
            f"{rate:,.0f}/s",
            f"empty view: {empty:,.0f}/s",
            f"1/{empty / rate:.1f}",
            "as many queries for a longer story",
        )
        for name, rate in reached.items()
    ]


def _rate(client: Client, path: str) -> float:
    """Pages a second."""

    def work() -> None:
        for _ in range(REQUESTS):
            _get(client, path)

    return REQUESTS / seconds(work)


def _get(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")


def _queries(client: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        _get(client, path)
    return len(asked)


def _change(account: Account, nth: int) -> None:
    """One more version of the application, with its answer; one more choice of plans, with its bill."""
    from openhix.application import actions as application
    from openhix.application import queries as applications
    from openhix.enrollment import actions as enrollment
    from openhix.enrollment.basket import Group
    from openhix.enrollment.counter import Counters
    from openhix.history.worker import work
    from openhix.kernel import clock
    from openhix.people import queries as people

    household: Household | None = people.household_of(account)
    assert household is not None
    draft = application.change(household=household, account=account)
    answers = applications.answers_of(draft)
    answers.people[0].incomes[0].cents += 100_00
    answers.rights_accepted = True
    draft = application.save(household=household, account=account, revision=draft.revision, answers=answers)
    application.submit(household=household, account=account, revision=draft.revision, signature=answers.people[0].name)
    work(until_empty=True)
    counter = Counters.of(household, clock.today()).open["health"]
    group = Group(counter.usual_groups[0])
    plan = counter.offers([group], 1, enrollment.ALL)[nth].plan.id
    enrollment.choose(
        household=household,
        account=account,
        kind=counter.kind,
        selections=counter.selections([replace(group, plan=plan)]),
        plan_year=counter.starts.year,
        key=secrets.token_urlsafe(16),
    )
    work(until_empty=True)


def _bills() -> Figure:
    """PDF/UA from the record to the bytes, beside a Typst compiler that is handed the same inputs."""
    import typst

    from openhix.billing import paper
    from openhix.billing.models import Bill
    from openhix.correspondence import coupon, pdf
    from openhix.correspondence.labels import labels

    address = "https://example.org/how-to-pay/"
    ids = list(Bill.objects.order_by("-pk").values_list("pk", flat=True)[:BILLS])
    compiler = typst.Compiler(
        root=str(pdf.PAPER),
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(pdf.FONTS)]),
    )

    def inputs(pk: int) -> dict[str, str]:
        data = paper.data(Bill.objects.get(pk=pk), how_to_pay=address)
        told = {"data": json.dumps(data), "labels": json.dumps(labels("bill", data["language"]))}
        return told | coupon.codes(data)

    ready = [inputs(pk) for pk in ids]

    def alone() -> None:
        for each in ready:
            compiler.compile(str(pdf.PAPER / "bill.typ"), format="pdf", sys_inputs=each, pdf_standards=pdf.STANDARD)

    def ours() -> None:
        for pk in ids:
            paper.printed(Bill.objects.get(pk=pk), how_to_pay=address)

    least, taken = seconds(alone) / len(ids), seconds(ours) / len(ids)
    return Figure(
        "bill as PDF/UA",
        f"{1 / taken:.0f}/s",
        f"Typst alone: {1 / least:.0f}/s",
        f"1/{taken / least:.2f}",
        "",
    )
