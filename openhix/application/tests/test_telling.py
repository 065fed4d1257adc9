"""What a version changed, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from openhix.application import actions, queries, told
from openhix.application.answers import Answers, Income, IncomeSource, Period
from openhix.application.telling import Difference, differences
from openhix.application.tests.households import child, family, signed

pytestmark = pytest.mark.django_db


def changed(change: Callable[[Answers], None]) -> list[Difference]:
    """What is told when a family of four has changed its application so."""
    account, household, before = signed(family())
    draft = actions.change(household=household, account=account)
    answers = queries.answers_of(draft)
    change(answers)
    answers.rights_accepted = True
    draft = actions.save(household=household, account=account, revision=draft.revision, answers=answers)
    after = actions.submit(
        household=household, account=account, revision=draft.revision, signature=answers.people[0].name
    )
    with translation.override("en"):
        return differences(before, after)


def test_a_name_is_told_once_and_dates_are_written_out() -> None:
    def correct(answers: Answers) -> None:
        answers.people[0].first_name = "Anna"
        answers.people[2].birth_date = date(2018, 5, 2)

    assert [(each.of, each.before, each.after) for each in changed(correct)] == [
        ("Anna Silva, Name", "Ana Silva", "Anna Silva"),
        ("Clara Silva, Who this is: Birth date", "May 1, 2018", "May 2, 2018"),
    ]


@pytest.mark.parametrize("language, home", [("es", "Dirección de la casa"), ("pt", "Endereço de casa")])
def test_where_somebody_lives_is_not_called_like_the_front_page(language: str, home: str) -> None:
    with translation.override(language):
        labels = [line.label for part in told.sections(family())[0].parts for line in part.lines]
    assert home in labels


def test_what_is_new_had_nothing_before() -> None:
    told = changed(lambda answers: answers.people[1].incomes.append(Income(IncomeSource.JOB, 100_00, Period.WEEK)))
    assert [(each.of, each.before, each.after) for each in told] == [
        ("Bruno Silva, Income: Income", "None", "—"),
        ("Bruno Silva, Income: For a year, less deductions", "$0.00", "$5,200.00"),
        ("Bruno Silva, Income: Job", "—", "$100.00 each week"),
    ]


def test_whoever_joined_is_told_with_all_answers_and_whoever_left_too() -> None:
    def swap(answers: Answers) -> None:
        answers.remove("p4")
        answers.add(child(answers.next_key, "Eva"))

    told = changed(swap)
    assert all(each.after == "—" for each in told if each.of.startswith("Davi Silva"))
    assert all(each.before == "—" for each in told if each.of.startswith("Eva Silva"))
    assert {each.of.split(",")[0] for each in told} >= {"Davi Silva", "Eva Silva"}


def test_nothing_is_told_of_what_stayed() -> None:
    assert changed(lambda answers: None) == []
