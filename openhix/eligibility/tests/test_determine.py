"""`determine`: the five households of the cast to the cent, what is kept, told and superseded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.utils.translation import gettext, override
from procrastinate.contrib.django import app

from conftest import NOW, OnDay
from openhix.application.answers import Answers, EmployerOffer, Income, IncomeSource, Period
from openhix.correspondence import content
from openhix.correspondence.models import Letter
from openhix.eligibility import actions, queries
from openhix.eligibility.fingerprint import law_and_rules
from openhix.eligibility.models import Determination
from openhix.eligibility.telling import Reason
from openhix.eligibility.tests import applications
from openhix.history.models import Event
from openhix.kernel import clock
from openhix.people.models import Household
from openhix.people.tests import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]

JANUARY = date(2026, 1, 1)
NOVEMBER = date(2025, 11, 1)
WHY = "The household signed its application."

Line = tuple[str, str, int | None, date | None]  # program, plan type, contribution, first day


def determined(family: cast.Family = cast.ANA, told: Answers | None = None) -> Determination:
    household = cast.household(family)
    applications.apply(household, told or applications.of_cast(family))
    return actions.determine(household=household, why=WHY)


def again(household: Household, told: Answers) -> Determination:
    applications.apply(household, told)
    return actions.determine(household=household, why="The household changed its application.")


def found(determination: Determination) -> list[Line]:
    return [(each.program, each.plan_type, each.contribution, each.starts) for each in queries.findings(determination)]


# Percentage of the poverty level, benchmark, expected contribution and credit: those of 26 CFR 1.36B-3 by hand from the
# benchmark. Ana: 22,500 of 15,650 is 143.7699%, so 3.14 + 1.05 x 10.7699/17 = 3.81% of 22,500, a twelfth is 71.4375.
@pytest.mark.parametrize(
    ("family", "figures", "people"),
    [
        (cast.ANA, (14377, 493_39, 71_44, 421_95), [("connectorcare", "2A", 0, JANUARY)]),
        (cast.BRUNO, (27476, 504_07, 329_31, 174_76), [("connectorcare", "3B", 152_00, JANUARY)]),
        (cast.CARLA, (34505, 684_13, 448_20, 235_93), [("connectorcare", "3C", 235_00, JANUARY)]),
        (
            cast.DIALLO,
            (20638, 1012_10, 313_04, 699_06),
            [
                ("connectorcare", "3A", 103_00, JANUARY),
                ("connectorcare", "3A", 103_00, JANUARY),
                ("masshealth_family_assistance", "", None, NOVEMBER),
            ],
        ),
        (
            cast.EVANS,
            (40100, None, None, None),
            [("unsubsidized", "", None, JANUARY), ("unsubsidized", "", None, JANUARY)],
        ),
    ],
    ids=lambda value: value.email if isinstance(value, cast.Family) else "",
)
def test_the_cast(
    family: cast.Family, figures: tuple[int | None, ...], people: list[tuple[str, str, int | None, date]]
) -> None:
    made = determined(family)
    assert figures == applications.figures(made)
    assert found(made) == people
    assert made.coverage_month == JANUARY
    assert queries.undecided() == []


def test_what_is_kept() -> None:
    made = determined(cast.ANA)
    assert (made.why, made.made_at, made.law, made.supersedes) == (WHY, NOW, law_and_rules(), None)
    assert made.given["people"] == ["p1"]
    assert made.given["facts"]["annual_income"] == [22_500_00]
    assert made.given["facts"]["birth_date"] == ["1985-02-28"]
    event = Event.objects.get(kind="eligibility.determined")
    assert event.payload == {"determination": made.pk}
    assert (event.subject_kind, event.subject_id) == ("household", made.household_id)


def test_no_help_asked_for_is_the_full_price_without_figures() -> None:
    told = replace(applications.of_cast(cast.EVANS), seeks_help=False)
    made = determined(cast.EVANS, told)
    assert found(made) == [("unsubsidized", "", None, JANUARY)] * 2
    assert queries.tax_households(made) == []


def test_who_does_not_apply_counts_but_gets_no_program() -> None:
    told = applications.of_cast(cast.DIALLO)
    told.people[1].applying = False
    made = determined(cast.DIALLO, told)
    assert found(made)[1] == ("", "", None, None)
    assert [each.applying for each in queries.findings(made)] == [True, False, True]
    percent, benchmark, _expected, _credit = applications.figures(made)
    assert percent == 20638
    assert benchmark is not None and benchmark < 1012_10  # of one parent alone


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2025, 11, 1), JANUARY),
        (date(2025, 12, 23), JANUARY),
        (date(2025, 12, 24), date(2026, 2, 1)),
        (date(2026, 1, 23), date(2026, 2, 1)),
        (date(2026, 1, 24), date(2026, 3, 1)),
        (date(2026, 10, 31), date(2026, 12, 1)),
    ],
)
def test_the_coverage_month_is_the_first_that_can_still_be_had(
    today: date, month: date, business_day: BusinessDay
) -> None:
    household = cast.household(cast.ANA)
    applications.apply(household, applications.of_cast(cast.ANA))
    business_day(today)
    assert actions.determine(household=household, why=WHY).coverage_month == month


class BusinessDay:
    def __call__(self, day: date) -> None:
        clock.install(lambda: datetime(day.year, day.month, day.day, 12, tzinfo=clock.MASSACHUSETTS))


@pytest.fixture
def business_day() -> Iterator[BusinessDay]:
    yield BusinessDay()
    clock.install(lambda: NOW)


def test_without_an_application_there_is_nothing_to_determine() -> None:
    with pytest.raises(actions.NotApplied):
        actions.determine(household=cast.household(cast.ANA), why=WHY)
    assert not Determination.objects.exists()


def test_a_new_version_supersedes_and_says_what_changed() -> None:
    first = determined(cast.DIALLO)
    told = applications.of_cast(cast.DIALLO)
    told.people[0].incomes = [Income(IncomeSource.JOB, 63_000_00, Period.YEAR)]  # 80,000 dollars: 300.19%
    second = again(first.household, told)
    assert second.supersedes == first
    assert queries.current(first.household) == second
    assert [(each.person and each.person.key, each.what) for each in queries.changes(second)] == [
        ("p1", "ConnectorCare plan type"),
        ("p1", "Lowest monthly cost in ConnectorCare"),
        ("p1", "Also"),  # the Health Safety Net ends at 300%
        ("p2", "ConnectorCare plan type"),
        ("p2", "Lowest monthly cost in ConnectorCare"),
        ("p2", "Also"),
        (None, "Tax credit each month"),
    ]
    changed = queries.changes(second)[1]
    assert changed.before is not None and changed.after is not None
    assert (changed.before.text(), changed.after.text()) == ("$103.00", "$235.00")
    assert queries.changes(first) == []
    assert Letter.objects.latest("pk").subject == "Your results have changed"


def test_masshealth_goes_on_from_the_day_on_which_it_began(business_day: BusinessDay) -> None:
    first = determined(cast.DIALLO)
    business_day(date(2025, 12, 10))
    second = again(first.household, applications.of_cast(cast.DIALLO))
    assert [each.starts for each in queries.findings(second)] == [JANUARY, JANUARY, NOVEMBER]


def test_people_left_to_the_staff_are_listed_until_they_are_decided() -> None:
    told = applications.of_cast(cast.DIALLO)
    told.people[0].employer_offer = EmployerOffer()  # at a price that is not known
    first = determined(cast.DIALLO, told)
    assert found(first)[:2] == [("", "", None, None)] * 2
    assert [(each.person.key, each.undecided) for each in queries.undecided()] == [
        ("p1", ["employer_offer"]),
        ("p2", ["employer_offer"]),  # whom the job may cover too
        ("p3", ["employer_offer"]),
    ]
    assert queries.credits(first) == {}
    again(first.household, applications.of_cast(cast.DIALLO))
    assert queries.undecided() == []


@pytest.mark.parametrize(
    ("claim", "of", "rest"),
    [
        ("income", 1, [True, True]),  # of one, on the return of both
        ("residence", 0, [True, True]),
        ("citizenship", 1, [False, True]),
    ],
)
def test_what_rests_on_a_word_is_marked(claim: str, of: int, rest: list[bool]) -> None:
    told = applications.of_cast(cast.EVANS)
    told.people[of].unproven = [claim]
    assert [each.unproven for each in queries.findings(determined(cast.EVANS, told))] == rest


def test_a_reaction_delivered_twice_takes_effect_once() -> None:
    household = cast.household(cast.ANA)
    applications.apply(household, applications.of_cast(cast.ANA))
    event = Event.objects.get(kind="application.submitted")
    task = app.tasks["openhix.eligibility.jobs.answer_the_application"]
    task.func(event=event.pk)
    task.func(event=event.pk)
    assert Determination.objects.count() == 1
    assert Letter.objects.filter(kind="eligibility.result").count() == 1


def test_a_version_that_was_followed_by_another_is_not_answered() -> None:
    household = cast.household(cast.ANA)
    told = applications.of_cast(cast.ANA)
    applications.apply(household, told)
    told.people[0].incomes = []
    latest = applications.apply(household, told)
    for event in Event.objects.filter(kind="application.submitted"):
        app.tasks["openhix.eligibility.jobs.answer_the_application"].func(event=event.pk)
    assert Determination.objects.get().version == latest


@pytest.mark.parametrize("language", ["en", "es", "pt"])
@pytest.mark.parametrize("family", cast.CAST, ids=lambda family: family.email)
def test_stories_and_letters_have_no_placeholder_left(family: cast.Family, language: str) -> None:
    household = cast.household(replace(family, language=language))
    applications.apply(household, applications.of_cast(family))
    made = actions.determine(household=household, why=WHY)
    with override(language):
        for finding in queries.findings(made):
            assert finding.told is not None
            assert_whole(Reason.of(finding.told, gettext))
    letter = Letter.objects.get(kind="eligibility.result")
    content.check(letter.content["blocks"])
    assert "{" not in letter.subject + texts(letter.content["blocks"])


def assert_whole(reason: Reason) -> None:
    assert reason.sentence and not {"{", "}"} & set(reason.sentence)
    for each in reason.because:
        assert_whole(each)


def texts(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(texts(each) for each in value.values())
    return " ".join(texts(each) for each in value) if isinstance(value, list) else str(value)


def test_the_letter_says_program_help_costs_day_proofs_and_edges() -> None:
    from openhix.verification.actions import ask_for_proofs

    household = cast.household(cast.ANA)
    told = applications.of_cast(cast.ANA)
    told.people[0].unproven = ["income"]
    ask_for_proofs(version=applications.apply(household, told))
    actions.determine(household=household, why=WHY)
    said = texts(Letter.objects.get(kind="eligibility.result").content["blocks"])
    for part in (
        "ConnectorCare (2A)",
        "$0.00 a month in the lowest-cost ConnectorCare plan.",
        "Can begin on January 1, 2026: choose a plan and pay its first bill by December 23, 2025.",
        "$493.39",
        "$421.95",
        "Proof of income February 13, 2026",
        "26 CFR 1.36B-3(d)",
        "ConnectorCare Plan Type 2A is for incomes up to $23,475.00 a year (150.00%).",
        "with a counted income of $21,597.00 a year or less (138.00%), MassHealth is open.",
    ):
        assert part in said


@pytest.mark.parametrize(
    ("language", "begins", "step"),
    [
        (
            "en",
            "Can begin on April 1, 2026, if a time to choose is open for you: choose a plan and pay its first bill by "
            "March 23, 2026.",
            "Sign in to see if a time to choose is open for you.",
        ),
        ("es", "Puede comenzar el 1 de abril de 2026, si hay un período abierto para que usted elija", "Inicie sesión"),
        ("pt", "Pode começar em 1 de abril de 2026, se houver um período aberto para você escolher", "Entre na sua"),
    ],
)
def test_after_open_enrollment_the_letter_promises_no_time_to_choose(
    on_day: OnDay, language: str, begins: str, step: str
) -> None:
    on_day(date(2026, 3, 5))
    household = cast.household(replace(cast.ANA, language=language))
    applications.apply(household, applications.of_cast(cast.ANA))
    actions.determine(household=household, why=WHY)
    said = texts(Letter.objects.get(kind="eligibility.result").content["blocks"])
    assert begins in said
    assert step in said


@pytest.mark.parametrize(("day", "promised"), [(date(2026, 1, 23), True), (date(2026, 1, 24), False)])
def test_on_the_last_day_of_open_enrollment_everybody_may_choose(on_day: OnDay, day: date, promised: bool) -> None:
    on_day(day)
    household = cast.household(cast.ANA)
    applications.apply(household, applications.of_cast(cast.ANA))
    actions.determine(household=household, why=WHY)
    said = texts(Letter.objects.get(kind="eligibility.result").content["blocks"])
    assert ("Choose a plan, and pay its first bill in time." in said) == promised
    assert ("if a time to choose is open for you" in said) != promised


def test_an_answer_made_anew_sends_nobody_to_the_end_of_the_line(business_day: BusinessDay) -> None:
    ana, bruno = applications.of_cast(cast.ANA), applications.of_cast(cast.BRUNO)
    ana.people[0].employer_offer = bruno.people[0].employer_offer = EmployerOffer()
    first = determined(cast.ANA, ana)
    business_day(date(2025, 11, 20))
    determined(cast.BRUNO, bruno)
    business_day(date(2025, 12, 10))
    again(first.household, ana)
    waiting = queries.undecided()
    assert [each.person.first_name for each in waiting] == ["Ana", "Bruno"]
    assert [str(each.since.date()) for each in waiting] == ["2025-11-15", "2025-11-20"]  # type: ignore[attr-defined]
