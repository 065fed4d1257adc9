"""A town of households that walk through the exchange by the actions that its pages call, with its own queue.

ana = town.family(cast.ANA)
ana.applies()
ana.chooses()
town.night(DECEMBER_24)
assert ana.covered() == []
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from openhix.application.answers import Answers
from openhix.billing import actions as billing
from openhix.billing import queries as books
from openhix.billing.actions import BankDetails
from openhix.billing.models import Bill, Payment
from openhix.correspondence import queries as correspondence
from openhix.eligibility import queries as eligibility
from openhix.eligibility.tests import applications
from openhix.enrollment import queries as enrollment
from openhix.enrollment.models import Coverage, Policy, SpecialEnrollment
from openhix.enrollment.queries import Standing
from openhix.enrollment.rules.dates import EnrollmentClosed
from openhix.enrollment.tests import events, walks
from openhix.history import nightly
from openhix.history.models import Event
from openhix.kernel import clock
from openhix.law.tables import OpenEnrollment
from openhix.people import actions
from openhix.people import queries as people
from openhix.people.models import Household, Person
from openhix.people.tests import cast
from openhix.shopping.households import ShoppingHousehold

JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
NEW_YEAR = date(2027, 1, 1)
DECEMBER_22, DECEMBER_23, DECEMBER_24 = date(2025, 12, 22), date(2025, 12, 23), date(2025, 12, 24)
BANK = BankDetails("011000015", "000123456789", False, "Whoever Pays")

Span = tuple[str, date, date]  # whose coverage, its first day, the first day without


def stand_at(day: date, moment: time = time(12)) -> None:
    """Business time stands at this moment in Massachusetts."""
    clock.install(lambda: datetime.combine(day, moment, tzinfo=clock.MASSACHUSETTS))


@dataclass(frozen=True)
class Town:
    """`drain` does whatever is queued, until nothing is."""

    drain: Callable[[], None]

    def family(self, family: cast.Family, *, email: str = "", language: str = "en") -> Walker:
        """A household of the cast that has opened an account, and told nothing yet."""
        family = replace(family, email=email or family.email, language=language)
        return Walker(family, actions.open_household(account=cast.account(family)), self.drain)

    def night(self, day: date) -> None:
        """The clock moves on to this day, and the night's work is done."""
        stand_at(day, time(0, 4))
        nightly.run_due(day)
        self.drain()
        stand_at(day)


@dataclass(frozen=True)
class Walker:
    """One household on its way."""

    family: cast.Family
    household: Household
    drain: Callable[[], None]

    @property
    def persons(self) -> list[Person]:
        return people.people_of(self.household)

    def applies(self, told: Answers | None = None) -> None:
        """Applies, or changes its application; without answers, as its page in the cast says."""
        applications.apply(self.household, told or self.answers())
        self.drain()

    def answers(self) -> Answers:
        return applications.of_cast(self.family)

    def found(self) -> dict[str, str]:
        """What each person qualifies for, by first name; "" where nothing is decided."""
        answer = eligibility.current(self.household)
        assert answer is not None
        return {each.person.first_name: each.program for each in eligibility.findings(answer)}

    def chooses(
        self, nth: int = 0, *, kind: str = "health", who: Sequence[Person] = (), key: str = "", wait: bool = True
    ) -> Policy:
        """The nth plan from the cheapest that costs something, for everyone who may have it."""
        group = list(who) or self.buyers(kind)
        starts = self.first_day(kind)
        priced = [each for each in walks.plans(self.household, group, kind, starts) if each.price]
        key = key or f"{kind} {nth} {clock.now()}"
        (policy,) = walks.choose(self.household, (priced[nth], group), key=key, kind=kind)
        if wait:
            self.drain()
        return policy

    def buyers(self, kind: str = "health") -> list[Person]:
        counted = ShoppingHousehold.of(self.household, self.first_day(kind))
        return [each.person for each in counted.people if kind == "dental" or each.may_buy_health]

    def first_day(self, kind: str = "health") -> date:
        """The earliest from which a plan covers that is chosen now. Raises EnrollmentClosed."""
        there = enrollment.openings(self.household, kind, clock.today(), JANUARY.year)
        if not there:
            raise EnrollmentClosed(OpenEnrollment.for_year(JANUARY.year))
        return there[0].starts

    def tells(self, event: str, happened: date) -> SpecialEnrollment:
        """Reports what happened to its first person."""
        told = events.tell(self.household, event, happened)
        self.drain()
        return told

    def pays(self, cents: int | None = None, *, kind: str = "health", key: str = "") -> Payment:
        """All that it owes, unless it is told otherwise."""
        paid = billing.pay(
            household=self.household,
            account=people.accounts_of(self.household)[0],
            kind=kind,
            cents=self.owes(kind) if cents is None else cents,
            bank=BANK,
            key=key or f"{kind} {cents} {clock.now()}",
        )
        self.drain()
        return paid

    def owes(self, kind: str = "health") -> int:
        return books.owed(self.household, kind)

    def balance(self, kind: str = "health") -> int:
        return books.balance(self.household, kind)

    def bill(self, kind: str = "health") -> Bill:
        last = books.latest_bill(self.household, kind)
        assert last is not None
        return last

    def covered(self, kind: str = "health") -> list[Span]:
        """Everyone's days of coverage; what gave way to something else is left out."""
        spans = Coverage.objects.filter(person__household=self.household, kind=kind, superseded_at=None)
        found = spans.select_related("person").order_by("person", "days")
        return [(span.person.first_name, span.days.lower, span.days.upper) for span in found]

    def plans(self, on: date, kind: str = "health") -> dict[str, int]:
        """Who is covered on a day, by first name, and under which policy (its id)."""
        spans = Coverage.objects.filter(person__household=self.household, kind=kind, superseded_at=None)
        return {span.person.first_name: span.policy_id for span in spans.filter(days__contains=on)}

    def statuses(self, kind: str | None = None) -> list[str]:
        """Of each policy, the oldest first."""
        return walks.statuses(self.household, kind)

    def standings(self) -> list[Standing]:
        """Every policy with its people and steps, the newest first."""
        return enrollment.standings(self.household)

    def letters(self) -> list[str]:
        """The kinds of the letters sent, the oldest first."""
        return [letter.kind for letter in correspondence.letters_of(self.household)][::-1]

    def letter(self, kind: str) -> str:
        """All that the last letter of this kind says."""
        letter = correspondence.letters_of(self.household).filter(kind=kind)[0]
        return f"{letter.subject} {letter.content}"

    def history(self) -> list[str]:
        """The kinds of everything that happened to it, in order."""
        rows = Event.objects.filter(subject_kind="household", subject_id=self.household.pk).order_by("pk")
        return list(rows.values_list("kind", flat=True))
