"""The dashboard: what to do next at each station of the walk, and as many queries for a long story as for a short."""

from __future__ import annotations

import html
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import OnDay
from openhix.application import actions as application
from openhix.billing import actions as billing
from openhix.billing.tests.payers import with_a_debt
from openhix.correspondence import actions as letters
from openhix.desk.dashboard import Dashboard
from openhix.desk.next_step import Next
from openhix.desk.tests import walks
from openhix.eligibility.tests import applications
from openhix.enrollment import actions as enrollment
from openhix.enrollment import queries as chosen
from openhix.enrollment.tests import walks as choosing
from openhix.enrollment.tests.walks import answer, determined
from openhix.kernel import clock
from openhix.people.models import Household
from openhix.people.tests import cast

DECEMBER_24 = date(2025, 12, 24)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shelf_2026")]


def client(household: Household) -> Client:
    browser = Client()
    browser.force_login(walks.account(household), "allauth.account.auth_backends.AuthenticationBackend")
    return browser


def page(household: Household, prefix: str = "") -> str:
    response = client(household).get(f"{prefix}/dashboard/")
    assert response.status_code == 200
    return response.content.decode()


def night(household: Household) -> None:
    """What the jobs of 24 December do."""
    enrollment.withdraw_unpaid(household=household, today=DECEMBER_24)
    for kind in ("health", "dental"):
        billing.charge(household=household, kind=kind)


def step(household: Household) -> Next:
    return Dashboard(household, clock.today()).next


def test_before_applying_one_thing_is_to_do() -> None:
    household = cast.household()
    assert step(household) is Next.APPLY
    assert "Apply once for MassHealth" in page(household)
    application.begin(household=household, account=walks.account(household))
    assert step(household) is Next.FINISH
    assert "Go on with your application" in page(household)


def test_sent_in_and_not_answered_yet() -> None:
    household = cast.household()
    applications.apply(household, applications.of_cast(cast.ANA))
    assert step(household) is Next.WAIT
    assert "We are working on the answer" in page(household)


def test_from_the_answer_to_the_coverage() -> None:
    household = determined(cast.BRUNO)
    assert step(household) is Next.CHOOSE
    assert "ConnectorCare 3B" in page(household)
    walks.choose(household, key="k1")
    assert step(household) is Next.PAY
    said = page(household)
    assert "Pay $152.00 by December 23, 2025 to be covered from January 1, 2026." in said
    assert "Not complete until we receive your payment by December 23, 2025" in said
    assert 'href="/pay/health/"' in said
    walks.pay(household)
    assert step(household) is Next.NOTHING
    assert "Covered from January 1, 2026" in page(household)


def test_a_part_of_the_money_is_not_all_of_it() -> None:
    household = walks.chosen()
    walks.pay(household, cents=5_200)
    assert step(household) is Next.PAY
    assert "Pay $100.00 by December 23, 2025" in page(household)


def test_chosen_and_not_billed_yet_waits_for_the_bill() -> None:
    household = determined(cast.BRUNO)
    who = choosing.persons(household)
    offer = next(each for each in choosing.plans(household, who) if each.price)
    choosing.choose(household, (offer, who), key="k1")
    assert step(household) is Next.BILL
    assert "Your bill is on its way" in page(household)


def test_unpaid_on_the_24th_one_chooses_anew_and_after_open_enrollment_it_is_closed(
    on_day: OnDay,
) -> None:
    household = walks.chosen()
    on_day(DECEMBER_24)
    assert step(household) is Next.CHOOSE
    assert '$152.00</span><br><span class="quiet">Not paid in full by December 23, 2025.' in page(household)
    night(household)
    assert step(household) is Next.CHOOSE
    said = page(household)
    assert said.count("Ended on December 24, 2025: not paid in full by December 23, 2025") == 2  # to do, and coverage
    assert "pay its first bill by January 23, 2026 to be covered from February 1, 2026" in said
    assert "The choice ended on December 24, 2025" in said  # beside its bill
    on_day(date(2026, 1, 24))
    assert step(household) is Next.CLOSED
    said = page(household)
    assert "Health plans can be chosen during open enrollment." in said
    assert said.count("Ended on December 24, 2025") == 2


def test_what_was_not_paid_is_not_told_once_something_else_is_chosen(on_day: OnDay) -> None:
    household = walks.chosen()
    on_day(DECEMBER_24)
    night(household)
    walks.choose(household, key="k2", starts=choosing.FEBRUARY)
    said = page(household)
    assert "Pay $152.00 by January 23, 2026 to be covered from February 1, 2026." in said
    assert "not paid in full" not in said
    assert "The choice ended on December 24, 2025" in said  # beside its bill


def test_a_paid_plan_stands_until_its_change_is_paid(on_day: OnDay) -> None:
    """What is left, until when, which plan stands meanwhile, and that only the change ends otherwise."""
    household = walks.chosen()
    walks.pay(household)
    [change] = walks.choose(household, key="k2", nth=3)
    paid, new = chosen.complete(household, "health")[0].policy, change
    left = f"${(new.price - paid.price) / 100:.2f}"
    said = html.unescape(page(household))
    assert f"Pay {left} by December 23, 2025 to change to {chosen.plan_of(new).name} from January 1, 2026." in said
    assert f"Until then your paid plan stands: {chosen.plan_of(paid).name}." in said
    assert "only the change ends" in said
    assert "Paid on November 15, 2025: $152.00." in said and f"{left} still to pay by December 23, 2025." in said
    on_day(DECEMBER_24)
    night(household)
    assert step(household) is Next.NOTHING
    said = page(household)
    assert "Covered from January 1, 2026" in said
    assert "You can change your plan from February 1, 2026: choose again" in said


def test_a_dental_plan_that_was_not_paid_does_not_stand_because_a_health_plan_does(
    on_day: OnDay,
) -> None:
    household = walks.chosen()
    walks.pay(household)
    walks.choose(household, kind="dental", key="k2")
    on_day(DECEMBER_24)
    night(household)
    assert step(household) is Next.NOTHING
    said = page(household)
    assert "You can be covered from February 1, 2026: choose a plan again and pay its first bill by January" in said
    assert "You can change your plan" not in said
    assert 'href="/plans/">See your plans</a>' in said and "Nothing. Tell us" not in said


def test_each_kind_of_plan_that_waits_is_to_be_paid() -> None:
    household = walks.chosen()
    walks.choose(household, kind="dental", key="k2")
    said = page(household)
    assert said.count("by December 23, 2025 to be covered from January 1, 2026.") == 2
    assert step(household) is Next.PAY


def test_an_older_debt_is_told_apart_from_the_first_month(on_day: OnDay) -> None:
    household, debt = with_a_debt()
    on_day(date(2026, 1, 10))
    [change] = walks.choose(household, key="k2", nth=3, starts=choosing.FEBRUARY)
    said = page(household)
    assert f"Pay ${change.price / 100:.2f} by January 23, 2026" in said
    assert f"Besides, you owe ${debt / 100:.2f} from before." in said


def test_a_family_with_a_child_in_masshealth_and_one_at_full_price() -> None:
    diallo = page(determined(cast.DIALLO))
    assert "MassHealth Family Assistance" in diallo
    assert "ConnectorCare 3A" in diallo
    assert "Health Connector plan at full price" in page(determined(cast.EVANS))


def test_a_change_that_was_begun_is_not_forgotten() -> None:
    household = walks.chosen()
    walks.pay(household)
    application.change(household=household, account=walks.account(household))
    assert step(household) is Next.CHANGE
    assert "You began a change that is not sent in yet." in page(household)


@pytest.mark.parametrize(("prefix", "language"), [("", "en"), ("/es", "es"), ("/pt", "pt")])
def test_it_is_there_in_three_languages(prefix: str, language: str) -> None:
    assert f'<html lang="{language}">' in page(walks.chosen(), prefix)


def queries(household: Household) -> int:
    browser = client(household)
    with CaptureQueriesContext(
        connection,
    ) as made:
        assert browser.get("/dashboard/").status_code == 200
    return len(made)


def test_a_long_story_takes_as_many_queries_as_a_short_one() -> None:
    short, long = walks.chosen(cast.BRUNO), walks.chosen(cast.EVANS)
    walks.pay(short, key="p1")
    walks.choose(short, kind="dental", key="dental")
    walks.pay(long, key="p2")
    for number in range(3):
        told = applications.of_cast(cast.EVANS)
        told.people[0].incomes[0].cents += 100_00 * (number + 1)
        answer(long, told)
        walks.choose(long, key=f"again {number}")
        walks.choose(long, kind="dental", key=f"dental {number}")
        letters.send(
            household=long, kind="test.letter", subject="A letter", blocks=[{"type": "paragraph", "text": "x"}]
        )
    client(long).get("/dashboard/")  # the shelf is in memory
    assert queries(short) == queries(long) <= 40


def test_what_care_costs_members_of_a_tribe_stands_beside_their_plan() -> None:
    told = applications.of_cast(cast.BRUNO)
    told.people[0].tribal_member = True
    household = determined(cast.BRUNO, told)
    walks.choose(household, key="k1")
    assert "you pay nothing for care that the plan covers." in page(household)
    assert "não há nada a pagar pelo atendimento que o plano cobre." in page(household, "/pt")
    assert "tribe" not in page(walks.chosen(cast.ANA))
