"""The results page's picture: what the household would have with another income, which the reader may type."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from openhix.eligibility import queries
from openhix.eligibility.given import households_of
from openhix.eligibility.incomes.picture import Picture
from openhix.eligibility.models import Determination
from openhix.kernel import cents
from openhix.law.tables import Law
from openhix.plans import queries as plans

LONGEST = 20


@dataclass(frozen=True)
class Moved:
    """The picture, and the field beside it as it was typed. `error` says what is wrong with it."""

    picture: Picture
    typed: str
    error: str


def moved(determination: Determination, typed: QueryDict) -> Moved | None:
    """None where income decides nothing: no help was asked for, or staff still look at somebody."""
    findings = queries.findings(determination)
    facts = determination.given["facts"]
    if any(each.undecided for each in findings) or not facts or not all(facts["seeks_help"]):
        return None
    keys = determination.given["people"]
    applying = {each.person.key for each in findings if each.applying}
    month = determination.coverage_month
    found = queries.determine(households=households_of(facts), law=Law(month), shelf=plans.shelf(year=month.year))
    text = typed.get("income", "").strip()[:LONGEST]
    income, error = _read(text)
    names = {each.person.key: each.person.name for each in findings}
    picture = Picture(
        found,
        [names[key] for key in keys],
        translate=_,
        applying=[row for row, key in enumerate(keys) if key in applying],
        moved=income,
    )
    return (
        Moved(picture, text or cents.plain(picture.incomes.own).removesuffix(".00"), error) if picture.strips else None
    )


def _read(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    try:
        return cents.parse(text), ""
    except cents.NotMoney:
        return None, _("Enter the income in dollars, such as 52000 or $1,234.56.")
