"""The letters of a health and a dental plan can be told apart by their titles, and a change from a first choice."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.utils.translation import override

from conftest import OnDay
from openhix.correspondence.queries import letters_of
from openhix.enrollment import labels, letters
from openhix.enrollment.letters.changed import Change
from openhix.enrollment.models import Policy
from openhix.enrollment.tests import events
from openhix.enrollment.tests.test_withdraw_unpaid import DAY_24
from openhix.enrollment.tests.walks import choose, determined, pay, persons, plans, standing
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


@pytest.fixture
def evans() -> Household:
    return determined(cast.EVANS)


def chosen(evans: Household, kind: str, at: int = 0) -> Policy:
    everyone = persons(evans)
    [policy] = choose(evans, (plans(evans, everyone, kind)[at], everyone), key=f"{kind} {at}", kind=kind)
    return policy


def title(evans: Household) -> str:
    return letters_of(evans)[0].subject


@pytest.mark.parametrize("kind", ["health", "dental"])
def test_every_title_names_the_kind_of_plan(evans: Household, kind: str, on_day: OnDay) -> None:
    name = kind.title()
    first = chosen(evans, kind)
    assert title(evans) == f"{name} plan: pay by December 23, 2025 to be covered from January 1, 2026"
    pay(evans, kind)
    assert title(evans) == f"Your {kind} coverage starts on January 1, 2026"
    change = chosen(evans, kind, at=1)
    assert title(evans) == f"Your choice of another {kind} plan from January 1, 2026"
    on_day(DAY_24)
    letters.choice_ended(household=evans, policies=[change], today=DAY_24)
    assert title(evans) == f"Your choice of a {kind} plan has ended"
    letters.changed(household=evans, changes=[Change(standing(first), None, (), first.starts)])
    assert title(evans) == f"Your {kind} coverage changes on January 1, 2026"


def test_the_letter_about_a_change_says_what_stands_and_how_to_change_later(evans: Household, on_day: OnDay) -> None:
    chosen(evans, "health")
    pay(evans)
    change = chosen(evans, "health", at=1)
    said = str(letters_of(evans)[0].content)
    assert "only this change ends" in said and "If nothing is left, the change is complete at once." in said
    on_day(DAY_24)
    letters.choice_ended(household=evans, policies=[change], today=DAY_24)
    said = str(letters_of(evans)[0].content)
    assert "Your paid plan stands" in said
    assert "You can change your plan from February 1, 2026: choose again and pay the first bill by January" in said


def test_after_open_enrollment_the_letter_about_a_change_tells_how_plans_are_changed_then(
    evans: Household, on_day: OnDay
) -> None:
    chosen(evans, "health")
    pay(evans)
    on_day(date(2026, 1, 10))
    [change] = choose(evans, (plans(evans, persons(evans))[1], persons(evans)), key="february")
    on_day(date(2026, 1, 24))
    letters.choice_ended(household=evans, policies=[change], today=date(2026, 1, 24))
    said = str(letters_of(evans)[0].content)
    assert "Your paid plan stands" in said
    assert "Until the next one you can change your health plan only after certain changes in your life." in said


def test_the_paid_plan_of_somebody_else_covers_nobody_whose_choice_ended(evans: Household, on_day: OnDay) -> None:
    edith, earl = persons(evans)
    choose(evans, (plans(evans, [edith])[0], [edith]), key="edith")
    pay(evans)
    [late] = choose(evans, (plans(evans, [earl])[0], [earl]), key="earl")
    on_day(DAY_24)
    letters.choice_ended(household=evans, policies=[late], today=DAY_24)
    said = str(letters_of(evans)[0].content)
    assert "These people are not covered by it." in said and "You can be covered from February 1, 2026" in said


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("es", ["Su elección de un plan de salud ha terminado", "Su elección de un plan dental ha terminado"]),
        ("pt", ["A sua escolha de um plano de saúde terminou", "A sua escolha de um plano odontológico terminou"]),
    ],
)
def test_the_kind_is_named_in_every_language(evans: Household, language: str, titles: list[str]) -> None:
    evans.language = language
    with override(language):
        for kind in ("health", "dental"):
            letters.choice_ended(household=evans, policies=[chosen(evans, kind)], today=DAY_24)
    ended = letters_of(evans).filter(kind="enrollment.choice_ended")
    assert [each.subject for each in ended][::-1] == titles


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        (
            "en",
            [
                "You can choose a health plan until May 9, 2026",
                "We cannot give you time to choose a health plan",
                "Your time to choose a health plan has ended: no proof came",
            ],
        ),
        (
            "es",
            [
                "Puede elegir un plan de salud hasta el 9 de mayo de 2026",
                "No podemos darle tiempo para elegir un plan de salud",
                "Su tiempo para elegir un plan de salud terminó: no llegó la prueba",
            ],
        ),
        (
            "pt",
            [
                "Você pode escolher um plano de saúde até 9 de maio de 2026",
                "Não podemos dar a você tempo para escolher um plano de saúde",
                "Seu prazo para escolher um plano de saúde terminou: a prova não chegou",
            ],
        ),
    ],
)
def test_what_a_change_in_life_opens_is_written_in_every_language(
    evans: Household, on_day: OnDay, language: str, titles: list[str]
) -> None:
    evans.language = language
    evans.save()
    on_day(date(2026, 3, 12))
    special = events.tell(evans)
    letters.refused(special=special, reason=labels.REFUSED["not_so"], ended=[])
    letters.not_proved(special=special, ended=[])
    written = letters_of(evans).filter(kind__startswith="enrollment.special").order_by("pk")
    assert [each.subject for each in written] == titles
    english = "You|Someone|health plan|papers|appeal"
    assert all(bool(re.search(english, str(each.content))) == (language == "en") for each in written)
