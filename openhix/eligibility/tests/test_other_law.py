"""After the law, its figures or the rules have changed, the operator has households answered anew: each once."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from click.testing import CliRunner, Result
from procrastinate.contrib.django.models import ProcrastinateJob

from conftest import OnDay
from openhix.application.answers import Income, IncomeSource, Period
from openhix.correspondence.models import Letter
from openhix.eligibility import actions, fingerprint, jobs, other_law, queries
from openhix.eligibility.models import Determination
from openhix.eligibility.tests import applications
from openhix.history.models import Event
from openhix.law.tables import Law
from openhix.people.models import Household
from openhix.people.tests import cast
from openhix.site.cli import redetermine as command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

BEFORE = "0" * 64


def answered(
    monkeypatch: pytest.MonkeyPatch,
    family: cast.Family = cast.BRUNO,
    scenario: str = "current-law",
    dollars: int = 0,
) -> Household:
    """A household that a program with other rules answered; `dollars` a year."""
    household = cast.household(family)
    answers = applications.of_cast(family)
    if dollars:
        answers.people[0].incomes = [Income(IncomeSource.JOB, dollars * 100, Period.YEAR)]
    applications.apply(household, answers)
    with monkeypatch.context() as program:
        program.setattr(actions, "law_and_rules", lambda: BEFORE)
        program.setattr(actions, "Law", partial(Law, scenario=scenario))
        actions.determine(household=household, why="told")
    return household


def queued() -> list[tuple[dict[str, int], int]]:
    made = ProcrastinateJob.objects.filter(task_name="eligibility.redetermine")
    return list(made.order_by("pk").values_list("args", "priority"))


def results() -> list[Letter]:
    return list(Letter.objects.filter(kind="eligibility.result").order_by("pk"))


def test_the_same_answer_is_renewed_without_a_letter_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    household = answered(monkeypatch)
    before = queries.current(household)
    for _twice in range(2):
        jobs.redetermine.func(household=household.pk)
    made = queries.current(household)
    assert before is not None and made is not None
    assert (made.supersedes, made.version, made.why) == (before, before.version, actions.NEW_LAW)
    assert (before.law, made.law) == (BEFORE, fingerprint.law_and_rules())
    assert (Determination.objects.count(), len(results())) == (2, 1)
    assert Event.objects.filter(kind="eligibility.determined", why=actions.NEW_LAW).count() == 1


def test_who_is_answered_otherwise_gets_a_letter_that_says_why_what_and_from_when(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """460% of the poverty level: a credit under a law without the end at 400%."""
    english = replace(cast.BRUNO, language="en")
    household = answered(monkeypatch, english, scenario="enhanced-500", dollars=72_000)
    jobs.redetermine.func(household=household.pk)
    made = queries.current(household)
    assert made is not None
    first, second = results()
    assert "The rules or their amounts have changed" not in str(first.content)
    assert second.subject == "Your results have changed"
    said = str(second.content["blocks"])
    assert "The rules or their amounts have changed, so we looked at your application again." in said
    assert "Tax credit each month" in said
    assert [each.program for each in queries.findings(made)] == ["unsubsidized"]
    assert "Can begin on January 1, 2026" in said


def test_who_was_answered_under_this_law_is_left_alone() -> None:
    household = cast.household(cast.BRUNO)
    applications.apply(household, applications.of_cast(cast.BRUNO))
    assert actions.redetermine(household=household) is None  # the first answer is still to come
    actions.determine(household=household, why="told")
    assert actions.redetermine(household=household) is None
    assert (Determination.objects.count(), other_law.start(), queued()) == (1, 0, [])


def test_a_version_that_is_about_to_be_answered_is_left_to_that(monkeypatch: pytest.MonkeyPatch) -> None:
    household = answered(monkeypatch)
    applications.apply(household, applications.of_cast(cast.BRUNO))
    assert actions.redetermine(household=household) is None
    assert Determination.objects.count() == 1


def test_a_year_of_which_no_month_can_be_had_any_more_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, on_day: OnDay
) -> None:
    """Through November 23 December can be had."""
    household = answered(monkeypatch)
    on_day(date(2026, 11, 23))
    assert other_law.waiting() == 1
    on_day(date(2026, 11, 24))
    assert other_law.waiting() == 0
    assert actions.redetermine(household=household) is None


def test_each_household_is_a_job_behind_all_others_queued_part_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(other_law, "AT_ONCE", 1)
    homes = [answered(monkeypatch, family) for family in (cast.BRUNO, cast.ANA)]
    heard: list[int] = []
    assert other_law.start(heard.append) == 2
    assert heard == [1, 2]
    assert queued() == [({"household": each.pk}, jobs.BEHIND) for each in homes]


def test_the_command_counts_and_queues(monkeypatch: pytest.MonkeyPatch) -> None:
    answered(monkeypatch)
    dry = asked(monkeypatch, "--dry-run")
    assert dry.stdout == "1 household to be answered anew; nothing was queued.\n"
    assert (queued(), Determination.objects.count()) == ([], 1)
    said = asked(monkeypatch)
    assert said.stdout == "1 household queued to be answered anew.\n"
    assert asked(monkeypatch, "--json").stdout == '{"households": 1, "queued": true}\n'
    assert len(queued()) == 2


def asked(monkeypatch: pytest.MonkeyPatch, *options: str) -> Result:
    """The database of the tests runs already."""
    monkeypatch.setattr(command, "exchange", nullcontext)
    result = CliRunner().invoke(command.redetermine, options)
    assert result.exit_code == 0, result.output
    return result
