"""A web process is killed at every row that it writes while somebody submits, chooses or pays: nothing is half done,
and the same form sent again finishes it once. A worker that is killed loses no job."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from openhix.application import actions as application
from openhix.application import queries as applications
from openhix.billing.models import Bill, Payment, Transfer
from openhix.eligibility.models import Determination
from openhix.enrollment.models import Policy
from openhix.kernel import clock
from openhix.people import queries as people
from openhix.people.models import Account
from openhix.people.tests import cast
from openhix.verification import actions as proofs
from openhix.verification import queries as verification
from openhix.verification.models import Evidence, Paper, Reply, Review
from openhix.verification.tests.households import DOUBLE, PDF
from tests.kill.death import killed_at, left_behind
from tests.stories.town import JANUARY, NEW_YEAR, Town, Walker

pytestmark = pytest.mark.usefixtures("armed")

MOST_STEPS = 200


def killed_at_every_step(act: Callable[[], object]) -> int:
    """At how many rows it was killed, leaving nothing each time; the last time it was not, and has done its work."""
    before = left_behind()
    for nth in range(1, MOST_STEPS):
        if not killed_at(nth, act):
            return nth - 1
        assert left_behind() == before, f"half done after row {nth}"
    raise AssertionError("there is no end to it")


def quiet(walker: Walker) -> Walker:
    """The same household, whose jobs are left in the queue."""
    return Walker(walker.family, walker.household, lambda: None)


def test_submit(town: Town) -> None:
    diallo = town.family(cast.DIALLO)
    household, account = diallo.household, people.accounts_of(diallo.household)[0]
    draft = application.begin(household=household, account=account)
    draft = application.save(household=household, account=account, revision=draft.revision, answers=diallo.answers())

    def submit() -> object:
        return application.submit(
            household=household, account=account, revision=draft.revision, signature="Aïssatou Diallo"
        )

    assert killed_at_every_step(submit) > len(diallo.family.members)
    [version] = applications.versions(household)
    assert submit() == version
    town.drain()
    assert Determination.objects.count() == 1
    assert diallo.found()["Fatou"] == "masshealth_family_assistance"


def test_choose(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    bruno.chooses(1)
    steps = killed_at_every_step(lambda: quiet(bruno).chooses(key="form"))
    assert steps > 4
    quiet(bruno).chooses(key="form")
    town.drain()
    assert bruno.statuses() == ["withdrawn", "waiting"]
    assert bruno.owes() == Policy.objects.latest("pk").price


def test_pay(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = bruno.chooses()
    steps = killed_at_every_step(lambda: quiet(bruno).pays(policy.price, key="form"))
    assert steps > 6
    quiet(bruno).pays(policy.price, key="form")
    town.drain()
    assert Payment.objects.count() == Transfer.objects.filter(why="payment").count() == 1
    assert bruno.covered() == [("Bruno", JANUARY, NEW_YEAR)]
    assert bruno.balance() == 0


def test_pay_before_anything_was_charged(town: Town) -> None:
    """Then the payment posts what is due, takes the money and begins the coverage: still all or nothing."""
    bruno = town.family(cast.BRUNO)
    bruno.applies()
    policy = quiet(bruno).chooses()
    assert killed_at_every_step(lambda: quiet(bruno).pays(policy.price, key="form")) > 9
    town.drain()
    assert bruno.covered() == [("Bruno", JANUARY, NEW_YEAR)]
    assert (bruno.balance(), Bill.objects.count()) == (0, 0)


def test_send_a_paper_and_accept_it(town: Town) -> None:
    bruno = town.family(cast.BRUNO)
    told = bruno.answers()
    told.people[0].ssn = DOUBLE
    bruno.applies(told)
    [account], [proof] = people.accounts_of(bruno.household), verification.owed(bruno.household, clock.today())

    def send() -> Paper:
        return proofs.send_paper(proof=proof, name="stub.pdf", file=PDF, account=account)

    assert killed_at_every_step(send) > 3
    paper = send()
    staff = Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)
    assert killed_at_every_step(lambda: proofs.accept(proof=proof, account=staff, up_to=paper)) > 4
    town.drain()
    assert (Paper.objects.count(), Review.objects.count(), Evidence.objects.filter(by="staff").count()) == (1, 1, 1)
    assert bruno.letters()[2:] == ["verification.proof_accepted"]


def test_a_worker_that_is_killed_while_it_asks_data_services_asks_for_papers_once(town: Town) -> None:
    for nth in range(1, MOST_STEPS, 9):
        bruno = town.family(cast.BRUNO, email=f"bruno{nth}@example.com")
        told = bruno.answers()
        told.people[0].ssn = DOUBLE
        quiet(bruno).applies(told)
        was_killed = killed_at(nth, town.drain)
        _take_up_again(town)
        assert sorted(bruno.letters()) == ["eligibility.result", "verification.proofs_needed"]
        assert Reply.objects.filter(inquiry__household=bruno.household).count() == 5
        if not was_killed:
            break
    assert nth > 9


def test_a_worker_that_is_killed_at_any_row_loses_nothing(town: Town) -> None:
    """From the signed application to the bill; the jobs that died are taken up again."""
    for nth in range(1, MOST_STEPS, 6):
        bruno = town.family(cast.namesakes(cast.BRUNO, f"bruno{nth}@example.com"))
        quiet(bruno).applies(bruno.answers())
        was_killed = killed_at(nth, town.drain)
        _take_up_again(town)
        assert bruno.found() == {"Bruno": "connectorcare"}
        assert Determination.objects.filter(household=bruno.household).count() == 1
        assert bruno.letters() == ["eligibility.result"]
        if not was_killed:
            break
    assert nth > 6


def test_a_worker_that_is_killed_while_it_bills_bills_once(town: Town) -> None:
    for nth in range(1, MOST_STEPS, 2):
        bruno = town.family(cast.namesakes(cast.BRUNO, f"bruno{nth}@example.com"))
        bruno.applies(bruno.answers())
        policy = quiet(bruno).chooses()
        was_killed = killed_at(nth, town.drain)
        _take_up_again(town)
        assert Bill.objects.filter(household=bruno.household).count() == 1
        assert bruno.owes() == bruno.bill().owed == policy.price
        if not was_killed:
            break
    assert nth > 4


def _take_up_again(town: Town) -> None:
    """A minute later the queue hands out again what died with its worker."""
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
    with suppress(AlreadyEnqueued):  # the queue may have thought of it by itself
        app.tasks["openhix.history.jobs.take_up_again"].defer(timestamp=0)
    town.drain()
    assert not ProcrastinateJob.objects.filter(status__in=("todo", "doing", "failed")).exists()
