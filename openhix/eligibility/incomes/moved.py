"""The results page's picture: what the household would have with another income, which the reader may type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from openhix.eligibility import queries
from openhix.eligibility.given import households_of
from openhix.eligibility.incomes.picture import Picture
from openhix.eligibility.models import Determination, Finding
from openhix.eligibility.rules.people import PERSON, TaxRole
from openhix.kernel import cents
from openhix.kernel.facts import Facts
from openhix.law.tables import Law
from openhix.plans import queries as plans

LONGEST = 20


@dataclass(frozen=True)
class Moved:
    """The picture, and the field beside it as it was typed. `error` says what is wrong with it; `whose` names the
    people of the tax household where there are others."""

    picture: Picture
    typed: str
    error: str
    whose: str


def moved(determination: Determination, typed: QueryDict) -> Moved | None:
    """None where income decides nothing: no help was asked for, or staff still look at somebody."""
    findings = {each.person.key: each for each in queries.findings(determination)}
    facts = determination.given["facts"]
    if any(each.undecided for each in findings.values()) or not facts or not all(facts["seeks_help"]):
        return None
    month = determination.coverage_month
    households = households_of(facts)
    found = queries.determine(households=households, law=Law(month), shelf=plans.shelf(year=month.year))
    people = [findings[determination.given["people"][at]] for at in households.given_as]  # by row
    number = _whose_income(found, people)
    if number is None:
        return None
    text = typed.get("income", "").strip()[:LONGEST]
    income, error = _read(text)
    picture = Picture(
        found,
        [each.person.name for each in people],
        translate=_,
        applying=[row for row, each in enumerate(people) if each.applying],
        moved=income,
        tax_household=number,
    )
    if not picture.strips or not any(each.benchmark for each in picture.incomes.points):  # nobody could have a plan
        return None
    returns = found.population.groups[PERSON]
    whose = [each.person.name for row, each in enumerate(people) if returns[row] == number]
    shown = text or cents.plain(picture.incomes.own).removesuffix(".00")
    return Moved(picture, shown, error, ", ".join(whose) if len(whose) < len(people) else "")


def _whose_income(found: Facts, people: Sequence[Finding]) -> int | None:
    """The tax household whose income is moved: the first in which somebody applies and has an income of one's own to
    tell, those who file before the others."""
    returns, roles = found.population.groups[PERSON], found["tax_role"].values
    earn = {int(returns[row]) for row, role in enumerate(roles) if role != TaxRole.DEPENDENT}
    numbers = [int(returns[row]) for row, each in enumerate(people) if each.applying and int(returns[row]) in earn]
    files = found["files_return"].values
    return min(numbers, key=lambda number: (not files[number], number), default=None)


def _read(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    try:
        return cents.parse(text), ""
    except cents.TooMuch:
        return None, _("An income can be at most $10,000,000,000 a year. Check the number.")
    except cents.NotMoney:
        return None, _("Enter the income in dollars, such as 52000 or $1,234.56.")
