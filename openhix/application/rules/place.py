"""Where the household lives and gets its mail."""

# ruff: noqa: E501
from __future__ import annotations

import re
from collections.abc import Iterator

from openhix.application.answers import Address, Answers
from openhix.application.rules.steps import Fault, Step
from openhix.kernel.story import _
from openhix.plans import geography
from openhix.plans.geography import Geography

# The states, territories and military post offices to which the Postal Service delivers.
STATES: list[str] = (  # noqa: SIM905
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY AS GU MP PR VI AA AE AP"
).split()

_ZIP = re.compile(r"\d{5}(-\d{4})?", re.ASCII)


def faults(answers: Answers) -> Iterator[Fault]:
    """45 CFR 155.305(a)(3): one lives in the state. The county decides the price where a ZIP code lies in two."""
    for field, says in _home(answers):
        yield Fault(Step.ADDRESS, field, says)
    if answers.no_fixed_address and answers.mailing is None:
        yield Fault(Step.ADDRESS, "mail", _("Give an address where mail reaches you, since you have no fixed home."))
    if answers.mailing is not None:
        for field, says in _mailing(answers.mailing):
            yield Fault(Step.ADDRESS, f"mail_{field}", says)


def counties(zip: str, year: int) -> tuple[str, ...]:
    """The counties to choose from where a ZIP code lies in more than one, else none."""
    try:
        found = Geography.shipped(year).of_zip(zip)
    except geography.NotFound:
        return ()
    return tuple(each.county for each in found) if len(found) > 1 else ()


def _home(answers: Answers) -> Iterator[tuple[str, str]]:
    home = answers.home
    if not home.street and not answers.no_fixed_address:
        yield "street", _("Enter the street and number of your home, or say that you have no fixed address.")
    if not home.city:
        yield "city", _("Enter the city or town.")
    try:
        Geography.shipped(answers.plan_year).find(home.zip, home.county or None)
    except (geography.CountyNeeded, geography.WrongCounty):
        yield "county", _("Choose your county: this ZIP code lies in more than one.")
    except geography.OutsideMassachusetts:
        yield (
            "zip",
            _(
                "This ZIP code is not in Massachusetts. Enter the ZIP code of a home there. If you live elsewhere now, call 1-877-623-6765: what you have here ends, and another state may cover you."
            ),
        )
    except geography.UnknownZip:
        yield "zip", _("We do not know this ZIP code. Check it, or enter one nearby.")
    except geography.NotAZip:
        yield "zip", _("Enter your ZIP code: five digits, such as 02118.")


def _mailing(mailing: Address) -> Iterator[tuple[str, str]]:
    if not mailing.street:
        yield "street", _("Enter the street and number, or the post office box.")
    if not mailing.city:
        yield "city", _("Enter the city or town.")
    if mailing.state not in STATES:
        yield "state", _("Choose a state.")
    if not _ZIP.fullmatch(mailing.zip):
        yield "zip", _("Enter a ZIP code: five digits, such as 02118.")
