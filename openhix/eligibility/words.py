"""An answer in sentences, for the page and the letter alike: what it costs, from when, what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhix.eligibility.models import Determination, Finding
from openhix.eligibility.rules.program import Program
from openhix.kernel import cents, clock, percent
from openhix.kernel.periods import first_of_month_before
from openhix.kernel.story import Told
from openhix.law.tables import Law


def day(value: date) -> str:
    return format_date(value, format="long", locale=Locale.parse(get_language() or "en"))


def local_day(moment: datetime) -> date:
    """The day in Massachusetts."""
    return moment.astimezone(clock.MASSACHUSETTS).date()


def answer(finding: Finding) -> str:
    """`ConnectorCare`, or that there is no answer yet."""
    return finding.answer.text(_)


def cost(finding: Finding, determination: Determination) -> str:
    """What the person pays each month, as far as the plan does not decide it."""
    program = finding.program_found
    if program is None:
        return ""
    if program is Program.MASSHEALTH_FAMILY_ASSISTANCE:
        return _("A low monthly premium, or none, by income.")
    if finding.has_masshealth:
        return _("No monthly premium.")
    if finding.contribution is not None:
        return _("{price} a month in the lowest-cost ConnectorCare plan.").format(
            price=cents.dollars(finding.contribution)
        )
    if program is Program.CREDIT_ONLY and determination.monthly_credit:
        credit = cents.dollars(determination.monthly_credit)
        return _("The plan's premium, less the {credit} a month of tax credit that your household shares.").format(
            credit=credit
        )
    return _("The plan's full premium.")


def begins(finding: Finding) -> str:
    """From when, and what has to be done for it."""
    if finding.starts is None:
        return ""
    if finding.has_masshealth:
        return _("Begins on {day}.").format(day=day(finding.starts))
    deadline = Law(finding.starts).open_enrollment.payment_deadline_day
    return _("Can begin on {day}: choose a plan and pay its first bill by {last}.").format(
        day=day(finding.starts), last=day(first_of_month_before(finding.starts).replace(day=deadline))
    )


def what_would_change(findings: Sequence[Finding], determination: Determination) -> list[str]:
    """The edges of these answers, in dollars a year for this household, as the stories tell them; each once."""
    said = [sentence for each in findings if each.program for sentence in _edges(each, determination)]
    return list(dict.fromkeys(said))


def _edges(finding: Finding, determination: Determination) -> Iterator[str]:
    told = {each.name: each for each in finding.told.walk()} if finding.told else {}
    law = Law(determination.coverage_month)
    if "masshealth_guideline" not in told:
        yield _("You did not ask for help paying. To see whether you can get it, change your application.")
        return
    yield from _masshealth_edge(finding, told)
    if "poverty_guideline" not in told:
        return
    guideline = _value(told["poverty_guideline"], "poverty_guideline")
    for each in law.connectorcare.plan_types:
        if each.code == finding.plan_type:
            yield _("ConnectorCare: this plan type is for incomes up to {income} a year ({percent}).").format(
                **_edge(guideline, each.to)
            )
    if law.credit_window.maximum is None:
        return
    edge = _edge(guideline, law.credit_window.maximum)
    if determination.monthly_credit is not None:
        yield _("With more than {income} a year ({percent}) your household would get no tax credit.").format(**edge)
    else:
        yield _("With {income} a year or less ({percent}) your household could get help paying.").format(**edge)


def _masshealth_edge(finding: Finding, told: Mapping[str, Told]) -> Iterator[str]:
    guideline = _value(told["masshealth_guideline"], "masshealth_guideline")
    figures = told["masshealth"].figures
    limits = [each.value for name, each in figures.items() if name.endswith(("limit_tested", "masshealth_limit"))]
    if not limits or not limits[0]:
        return
    edge = {**_edge(guideline, limits[0]), "name": finding.person.name}
    if finding.has_masshealth:
        yield _("{name}: with a counted income of more than {income} a year ({percent}), MassHealth changes.").format(
            **edge
        )
    else:
        yield _("{name}: with a counted income of {income} a year or less ({percent}), MassHealth is open.").format(
            **edge
        )


def _edge(guideline: int, limit: int) -> dict[str, str]:
    """The highest yearly income that does not exceed the limit, in whole cents."""
    return {"income": cents.dollars(guideline * limit // percent.WHOLE), "percent": f"{percent.text(limit)}%"}


def _value(told: Told, name: str) -> int:
    return int(told.figures[name].value)
