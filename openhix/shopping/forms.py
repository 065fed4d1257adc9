"""What a person typed to get an estimate: read tolerantly, kept as typed, refused with a sentence beside the field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import ngettext

from openhix.eligibility.rules.people import TaxRole
from openhix.kernel import cents
from openhix.kernel.periods import parse_month
from openhix.plans import geography
from openhix.plans.geography import Geography, Place
from openhix.plans.plan import METALS, Kind
from openhix.shopping.calendar import coverage_months
from openhix.shopping.queries import EstimatePerson

MOST_PEOPLE = 20
MOST_BABIES = 8
OLDEST = 120
LONGEST = 60  # characters kept of any field; what is longer is never right

WHO = {  # what one chooses: (role on the tax return, the words)
    "filer": (TaxRole.FILER, marked("Files the tax return")),
    "spouse": (TaxRole.JOINT_FILER, marked("Spouse, filing jointly")),
    "child": (TaxRole.DEPENDENT, marked("Child claimed as a dependent")),
    "other": (TaxRole.DEPENDENT, marked("Someone else claimed as a dependent")),
}
PERIODS = {  # payments a year, and the words
    "week": (52, marked("each week")),
    "two_weeks": (26, marked("every two weeks")),
    "month": (12, marked("each month")),
    "year": (1, marked("each year")),
}

T = TypeVar("T")


class Refused(ValueError):
    """What was typed cannot be used; the message is the sentence to show beside the field."""


@dataclass
class Person:
    """One person as typed; `number` counts from 1."""

    number: int
    age: str = ""
    who: str = ""
    expecting: str = "0"
    new: bool = False
    age_error: str = ""
    who_error: str = ""
    expecting_error: str = ""


@dataclass(frozen=True)
class Household:
    """What was asked, read and found good. Income is annual cents; 0 where no help is wanted."""

    people: tuple[EstimatePerson, ...]
    place: Place
    coverage_month: date
    wants_help: bool
    income: int


@dataclass
class EstimateForm:
    """The form as typed, with its errors by the field's id in the order of the page.

    `household` is there only when all was asked for and nothing is wrong. A form that was not sent yet, or sent to
    add or take away a person, shows no errors but those of the place.
    """

    months: tuple[date, ...]
    zip: str = ""
    county: str = ""
    start: str = ""
    help: str = "yes"
    income: str = ""
    per: str = "year"
    people: list[Person] = field(default_factory=list)
    counties: tuple[str, ...] = ()
    removed: bool = False
    errors: dict[str, str] = field(default_factory=dict)
    household: Household | None = None

    @classmethod
    def read(cls, typed: QueryDict, *, today: date) -> EstimateForm:
        def text(name: str, otherwise: str = "") -> str:
            return kept(typed.get(name, otherwise))

        form = cls(
            months=coverage_months(today),
            zip=text("zip"),
            county=text("county"),
            start=text("start"),
            help="no" if typed.get("help") == "no" else "yes",
            income=text("income"),
            per=text("per", "year"),
            people=people_typed(typed),
        )
        change = typed.get("do", "")
        too_many = len(typed.getlist("age")) > MOST_PEOPLE or (change == "add" and len(form.people) == MOST_PEOPLE)
        if change:
            form.people = changed(form.people, change)
            form.removed = change.startswith("remove-")
        form._check(sent="age" in typed and not change, too_many=too_many)
        return form

    def _check(self, *, sent: bool, too_many: bool) -> None:
        place = self._tried("zip", self._place) if self.zip or sent else None
        month = self._tried("start", lambda: month_of(self.start, self.months)) if self.start or sent else None
        if too_many:
            sentence = _("This page can work out an estimate for up to {number} people.")
            self.errors["people"] = sentence.format(number=MOST_PEOPLE)
        if not sent:
            self.errors.pop("county", None)
            return
        people = self._people()
        wants_help = self.help == "yes"
        income = self._tried("income", lambda: annual_income(self.income, self.per)) if wants_help else 0
        if not self.errors and place is not None and month is not None and income is not None:
            self.household = Household(people, place, month, wants_help, income)

    def _tried(self, name: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Refused as refused:
            self.errors.setdefault(name, str(refused))
        return None

    def _place(self) -> Place | None:
        if not self.zip:
            raise Refused(_("Enter your ZIP code: five digits, such as 02118."))
        places = Geography.shipped(self.months[0].year)
        try:
            choices = tuple(place.county for place in places.of_zip(self.zip))
            self.counties = choices if len(choices) > 1 else ()
            return places.find(self.zip, self.county if self.counties else None)
        except (geography.CountyNeeded, geography.WrongCounty):
            self.errors["county"] = _("Choose your county: this ZIP code lies in more than one.")
            return None
        except geography.OutsideMassachusetts:
            raise Refused(_("This ZIP code is not in Massachusetts. Enter the ZIP code of a home there.")) from None
        except geography.UnknownZip:
            raise Refused(_("We do not know this ZIP code. Check it, or enter one nearby.")) from None
        except geography.NotAZip:
            raise Refused(_("Enter your ZIP code: five digits, such as 02118.")) from None

    def _people(self) -> tuple[EstimatePerson, ...]:
        """Everyone, as far as they could be read; what is wrong stands beside each field."""
        read = [self._person(person) for person in self.people]
        if not any(person.who == "filer" for person in self.people):
            self._blame(self.people[0], "who", _("Choose who files the tax return: one person must."))
        for who, sentence in (
            ("filer", _("Only one person can be the one who files. A spouse files jointly.")),
            ("spouse", _("Only one spouse can file jointly.")),
        ):
            for person in [each for each in self.people if each.who == who][1:]:
                self._blame(person, "who", sentence)
        return tuple(person for person in read if person is not None)

    def _person(self, typed: Person) -> EstimatePerson | None:
        age = whole(typed.age, OLDEST)
        babies = whole(typed.expecting or "0", MOST_BABIES)
        if age is None:
            self._blame(typed, "age", _("Enter an age from 0 to 120. Use 0 for a baby under 1."))
        if typed.who not in WHO:
            self._blame(typed, "who", _("Choose one of the answers in the list."))
        if babies is None:
            self._blame(typed, "expecting", _("Choose one of the answers in the list."))
        if age is None or babies is None or typed.who not in WHO:
            return None
        role, _words = WHO[typed.who]
        return EstimatePerson(age=age, tax_role=role, is_child=typed.who == "child", expecting=babies)

    def _blame(self, person: Person, name: str, sentence: str) -> None:
        setattr(person, f"{name}_error", sentence)
        whose = _("Person {number}").format(number=person.number)
        self.errors.setdefault(f"{name}-{person.number}", f"{whose}: {sentence}")

    @property
    def query(self) -> str:
        """All that was typed, as a query string, so that any page can be linked to with the same household."""
        fields = [("zip", self.zip), ("county", self.county), ("start", self.start), ("help", self.help)]
        fields = [(name, value) for name, value in (*fields, ("income", self.income), ("per", self.per)) if value]
        for person in self.people:
            fields += [("age", person.age), ("who", person.who), ("expecting", person.expecting)]
        return urlencode(fields)

    @property
    def error(self) -> dict[str, str]:
        """The errors of the fields that stand once on the page, for its template."""
        return {name: sentence for name, sentence in self.errors.items() if "-" not in name}


Choices = tuple[tuple[str, str], ...]


def choices() -> dict[str, Choices]:
    """The answers of the form's lists, (value, words in the reader's language)."""
    babies = (
        (each, ngettext("Yes, {number} baby", "Yes, {number} babies", each)) for each in range(1, MOST_BABIES + 1)
    )
    return {
        "who": tuple((value, _(words)) for value, (_role, words) in WHO.items()),
        "periods": tuple((value, _(words)) for value, (_times, words) in PERIODS.items()),
        "babies": (("0", _("No")), *((str(number), words.format(number=number)) for number, words in babies)),
    }


@dataclass(frozen=True)
class Filters:
    """Which of the plans to show; what makes no sense filters nothing. `page` counts from 1."""

    kind: Kind
    metal: str
    carrier: str
    page: int

    @classmethod
    def read(cls, typed: QueryDict) -> Filters:
        kind: Kind = "dental" if typed.get("kind") == "dental" else "health"
        metal = typed.get("metal", "")
        return cls(
            kind=kind,
            metal=metal if metal in METALS[kind] else "",
            carrier=kept(typed.get("carrier", "")),
            page=max(whole(typed.get("page", ""), 999) or 1, 1),
        )

    @property
    def query(self) -> str:
        fields = [("kind", self.kind), ("metal", self.metal), ("carrier", self.carrier)]
        return urlencode([(name, value) for name, value in fields if value])


def kept(text: str) -> str:
    """What is shown again of a text: printable, and cut where it is longer than any right answer."""
    plain = "".join(each for each in text[: 4 * LONGEST] if each.isprintable()).strip()
    return plain if len(plain) <= LONGEST else plain[:LONGEST] + "…"


def whole(text: str, most: int) -> int | None:
    """A whole number from 0 to `most`, or None."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        return None
    return int(text) if int(text) <= most else None


def month_of(text: str, months: tuple[date, ...]) -> date:
    try:
        month = parse_month(text)
    except ValueError:
        month = None
    if month not in months:
        raise Refused(_("Choose one of the start dates in the list."))
    return month


def annual_income(text: str, per: str) -> int:
    """Cents a year of an amount a period: 52 weeks, 26 times two weeks, 12 months."""
    if not text:
        raise Refused(_("Enter your household's income before taxes. Enter 0 if there is none."))
    if per not in PERIODS:
        raise Refused(_("Choose how often the income comes."))
    try:
        income = cents.parse(text) * PERIODS[per][0]
    except cents.TooMuch:
        income = cents.LARGEST + 1
    except cents.NotMoney:
        raise Refused(_("Enter the income in dollars, such as 52000 or $1,234.56.")) from None
    if income > cents.LARGEST:
        raise Refused(_("An income can be at most $10,000,000,000 a year. Check the number."))
    return income


def people_typed(typed: QueryDict) -> list[Person]:
    ages = typed.getlist("age")[:MOST_PEOPLE] or [""]
    who, expecting = typed.getlist("who"), typed.getlist("expecting")
    return [
        Person(
            number=index + 1,
            age=kept(age),
            who=kept(who[index]) if index < len(who) else usual(index),
            expecting=kept(expecting[index]) if index < len(expecting) else "0",
        )
        for index, age in enumerate(ages)
    ]


def usual(index: int) -> str:
    """Who a person most often is: the first files, the second is the spouse, the others are children."""
    return ("filer", "spouse")[index] if index < 2 else "child"


def changed(people: list[Person], change: str) -> list[Person]:
    """One more person, or one less (`add`, `remove-2`); anything else changes nothing. One always stays."""
    if change == "add" and len(people) < MOST_PEOPLE:
        return [*people, Person(number=len(people) + 1, who=usual(len(people)), new=True)]
    gone = whole(change.removeprefix("remove-"), MOST_PEOPLE) if change.startswith("remove-") else None
    stay = [person for person in people if person.number != gone]
    if len(stay) in (0, len(people)):
        return people
    for number, person in enumerate(stay, start=1):
        person.number = number
    return stay
