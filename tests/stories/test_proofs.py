"""From the answer of a data service to the paper that proves it, or to the day after the last day: with the queue."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from openhix.application.answers import Answers
from openhix.application.models import Version
from openhix.eligibility import queries as eligibility
from openhix.eligibility.models import Determination
from openhix.history.models import Effect, Event
from openhix.people import queries as people
from openhix.people.models import Account
from openhix.people.tests import cast
from openhix.verification import actions, queries
from openhix.verification.models import Evidence, Proof, Reply
from openhix.verification.sources.interface import Income, Request, SocialSecurity
from openhix.verification.sources.simulated import Simulated
from openhix.verification.tests.households import DOUBLE, LATE_CONFIRMED, OUTAGE, PDF
from tests.stories.test_twelve_households import page_in
from tests.stories.town import Town, Walker, stand_at

NOVEMBER_15 = date(2025, 11, 15)
LAST_DAY = date(2026, 2, 13)


def applied(town: Town, ssn: str, *, language: str = "en") -> Walker:
    """Bruno, who tells of $43,000, with this number."""
    bruno = town.family(cast.BRUNO, language=language)
    told = bruno.answers()
    told.people[0].ssn = ssn
    bruno.applies(told)
    return bruno


def proof_of(walker: Walker) -> Proof:
    [proof] = queries.standing(walker.household)
    return proof


def rests_on_a_word(walker: Walker) -> bool:
    answer = eligibility.current(walker.household)
    assert answer is not None
    return any(each.unproven for each in eligibility.findings(answer))


def staff() -> Account:
    return Account.objects.create(email="staff@example.org", role=Account.Role.STAFF)


def test_an_ordinary_household_is_confirmed_and_has_one_answer_and_one_letter(town: Town) -> None:
    bruno = applied(town, "219099902")
    assert bruno.letters() == ["eligibility.result"]
    assert Determination.objects.count() == 1
    assert not rests_on_a_word(bruno)
    assert set(Evidence.objects.values_list("finding", flat=True)) == {"verified"}


def test_the_answer_waits_for_nobody_and_says_what_it_rests_on(town: Town) -> None:
    bruno = applied(town, DOUBLE)
    assert bruno.found() == {"Bruno": "connectorcare"}
    assert bruno.letters() == ["eligibility.result", "verification.proofs_needed"]
    assert proof_of(bruno).due_on == LAST_DAY
    assert rests_on_a_word(bruno)
    first, second = Determination.objects.order_by("pk")
    assert (second.supersedes, second.why) == (first, "The application makes claims that are still to be proved.")


def test_a_paper_proves_it_and_the_answer_stands_on_more_than_a_word(town: Town) -> None:
    bruno = applied(town, DOUBLE)
    [account] = people.accounts_of(bruno.household)
    proof = proof_of(bruno)
    paper = actions.send_paper(proof=proof, name="stub.pdf", file=PDF, account=account)
    actions.accept(proof=proof, account=staff(), up_to=paper)
    town.drain()
    assert not rests_on_a_word(bruno)
    assert bruno.letters()[2:] == ["verification.proof_accepted"]
    assert bruno.found() == {"Bruno": "connectorcare"}


def test_on_the_day_after_the_last_day_what_others_know_counts(town: Town) -> None:
    """$86,000 are 549.52% of the poverty level: no help in 2026. Reminders came 30 and 7 days before."""
    bruno = applied(town, DOUBLE)
    for day in (date(2026, 1, 14), date(2026, 2, 6), LAST_DAY):
        town.night(day)
    assert bruno.letters()[2:] == ["verification.proofs_reminder"] * 2
    assert bruno.found() == {"Bruno": "connectorcare"}
    town.night(LAST_DAY + timedelta(days=1))
    assert bruno.letters()[4:] == ["verification.proofs_expired", "eligibility.result"]
    assert bruno.found() == {"Bruno": "unsubsidized"}
    answer = eligibility.current(bruno.household)
    assert answer is not None
    [figures] = eligibility.tax_households(answer)
    assert (figures.fpl_percent, answer.why) == (549_52, "No proof came in time.")
    assert not rests_on_a_word(bruno)


def test_a_paper_that_comes_late_still_counts(town: Town) -> None:
    bruno = applied(town, DOUBLE)
    town.night(LAST_DAY)
    town.night(LAST_DAY + timedelta(days=1))
    [account] = people.accounts_of(bruno.household)
    paper = actions.send_paper(proof=proof_of(bruno), name="stub.pdf", file=PDF, account=account)
    actions.accept(proof=proof_of(bruno), account=staff(), up_to=paper)
    town.drain()
    assert bruno.found() == {"Bruno": "connectorcare"}


def test_an_outage_holds_nobody_up_and_papers_are_asked_for_after_a_day(town: Town) -> None:
    bruno = applied(town, OUTAGE)
    assert bruno.found() == {"Bruno": "connectorcare"}
    assert bruno.letters() == ["eligibility.result"]
    assert [each.is_out for each in queries.services()].count(True) == 5
    town.night(NOVEMBER_15 + timedelta(days=1))
    stand_at(NOVEMBER_15 + timedelta(days=1), time(13))
    app.tasks["verification.ask_again"].defer(timestamp=0)
    town.drain()
    assert {proof.claim for proof in queries.standing(bruno.household)} == {
        *("identity", "citizenship", "income", "other_coverage"),
    }
    assert rests_on_a_word(bruno)


def test_a_late_answer_takes_the_letter_back(town: Town) -> None:
    bruno = applied(town, LATE_CONFIRMED)
    for days in (1, 2, 3):
        town.night(NOVEMBER_15 + timedelta(days=days))
        stand_at(NOVEMBER_15 + timedelta(days=days), time(12, 30))
        app.tasks["verification.ask_again"].defer(timestamp=0)
        town.drain()
    assert bruno.letters()[1:] == ["verification.proofs_needed", "verification.no_longer_needed"]
    assert not rests_on_a_word(bruno)


def test_a_household_hears_of_it_in_its_language(town: Town) -> None:
    bruno = applied(town, DOUBLE, language="es")
    for day in (date(2026, 1, 14), LAST_DAY, LAST_DAY + timedelta(days=1)):
        town.night(day)
    for kind in ("proofs_needed", "proofs_reminder", "proofs_expired"):
        letter = bruno.letter(f"verification.{kind}")
        assert "prueba" in letter.casefold() and "proof" not in letter.casefold()


def test_everything_delivered_twice_takes_effect_once(town: Town) -> None:
    """Reactions, calls, and the jobs of the night."""
    bruno = applied(town, DOUBLE)
    for day in (date(2026, 2, 6), LAST_DAY + timedelta(days=1)):
        town.night(day)
    before = (bruno.letters(), bruno.history(), Reply.objects.count(), Evidence.objects.count())
    for job in ProcrastinateJob.objects.filter(task_name__startswith="verification.").order_by("pk"):
        app.tasks[job.task_name].defer(**job.args)
    for effect in Effect.objects.all():
        app.tasks[effect.reaction].defer(event=effect.event_id)
    town.drain()
    assert (bruno.letters(), bruno.history(), Reply.objects.count(), Evidence.objects.count()) == before


class Watched(Simulated):
    """Notes whether a call is made inside a transaction."""

    inside: list[bool] = []

    def __init__(self, answers: Answers) -> None:
        super().__init__(answers)

    def social_security(self, request: Request) -> SocialSecurity:
        from django.db import connection

        self.inside.append(connection.in_atomic_block)
        return super().social_security(request)


class Broken(Simulated):
    def social_security(self, request: Request) -> SocialSecurity:
        raise ValueError(f"no such person: {request.last_name} {request.ssn}")

    def tax_returns(self, request: Request) -> Income:
        return "forty-three thousand"  # type: ignore[return-value]


def test_no_call_is_made_inside_a_transaction(town: Town, settings: object) -> None:
    settings.DATA_SERVICES = f"{__name__}.Watched"  # type: ignore[attr-defined]
    applied(town, "219099902")
    assert Watched.inside == [False]


def test_a_connection_that_fails_in_its_own_way_is_no_answer_and_tells_the_log_nothing(
    town: Town, settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.DATA_SERVICES = f"{__name__}.Broken"  # type: ignore[attr-defined]
    bruno = applied(town, "219099902")
    assert bruno.found() == {"Bruno": "connectorcare"}
    for service in ("social_security", "tax_returns"):
        assert set(Reply.objects.filter(inquiry__service=service).values_list("how", flat=True)) == {"broken"}
    assert "ValueError" in caplog.text
    assert "Barros" not in caplog.text and "219099902" not in caplog.text


def test_what_was_asked_of_a_version_that_has_gone_is_not_asked_again(town: Town) -> None:
    bruno = applied(town, OUTAGE)
    told = bruno.answers()
    bruno.applies(told)
    asked = Reply.objects.count()
    town.night(NOVEMBER_15 + timedelta(days=1))
    assert Reply.objects.count() == asked
    assert Version.objects.count() == 2
    assert not Event.objects.filter(kind="verification.proofs_asked").exists()


def test_who_did_not_show_it_reads_what_counts_instead_and_what_to_do(town: Town) -> None:
    bruno = applied(town, DOUBLE)
    town.night(LAST_DAY + timedelta(days=1))
    says = "Until it is here, the income counts that other agencies know: $86,000.00 a year."
    page, letter = page_in("en", bruno.household), bruno.letter("eligibility.result")
    assert says in page and says in letter
    assert "Bruno Barros: with the proof that we asked for, what you told us counts again." in page
    do = "Send the proof that did not come in time. Once we accept it, what you told us counts again."
    assert do in page and do in letter
    assert "Hasta que llegue, cuentan los ingresos que conocen otras agencias: $86,000.00 al año." in page_in(
        "es", bruno.household
    )


def test_a_citizen_without_proof_is_not_told_of_an_immigration_status_that_nobody_told(town: Town) -> None:
    bruno = applied(town, "078051101")
    town.night(LAST_DAY + timedelta(days=1))
    page = page_in("en", bruno.household)
    assert "this person counts as someone whose status is not known." in page
    assert "With this immigration status" in page and "with another immigration status" not in page


def test_an_income_that_nobody_knows_is_not_taken_for_a_household_that_asked_for_no_help(town: Town) -> None:
    bruno = applied(town, OUTAGE)
    town.night(NOVEMBER_15 + timedelta(days=2))
    town.night(LAST_DAY + timedelta(days=4))
    page = page_in("en", bruno.household)
    assert "your application counts as one that does not ask for help paying." in page
    assert "To see whether you can get it, change your application." not in page
