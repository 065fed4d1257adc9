"""An answer in sentences, for the page and the letter alike: what it costs, from when, what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openhix.eligibility.models import Determination, Finding
from openhix.eligibility.rules.masshealth import Considered
from openhix.eligibility.rules.program import Program
from openhix.kernel import cents, clock, percent
from openhix.kernel.periods import first_of_month_before
from openhix.kernel.story import WORDS, Figure, Told
from openhix.law.tables import Law

# The figures in which the story of MassHealth tells the limit that was tested, and the poverty level that goes with it.
LIMITS_TOLD = {
    "standard_limit_tested": "masshealth_guideline",
    "careplus_limit_tested": "masshealth_guideline",
    "family_assistance_limit_tested": "masshealth_guideline",
    "commonhealth_limit_tested": "masshealth_guideline",
    "masshealth_limit": "masshealth_guideline",
    "disabled_limit_tested": "disabled_adult_guideline",
    "disabled_assistance_limit_tested": "disabled_adult_guideline",
}
NOT_ASKED = Figure(Considered.NOT_ASKED.label, WORDS)  # as a kept story has it


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
    if program in (None, Program.NONE):
        return ""
    if program in (Program.MASSHEALTH_FAMILY_ASSISTANCE, Program.MASSHEALTH_COMMONHEALTH):
        return _("A low monthly premium, or none, by income.")
    if program is Program.CMSP:
        return _("No monthly premium up to 300% of the poverty level, a premium above it.")
    if not finding.buys_a_plan:
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
    if not finding.buys_a_plan:
        return _("Begins on {day}.").format(day=day(finding.starts))
    return _("Can begin on {day}: choose a plan and pay its first bill by {last}.").format(
        day=day(finding.starts), last=day(_last_day_to_pay(finding.starts))
    )


def still_begins(finding: Finding, today: date) -> str:
    """The same for someone who reads it later: nothing once the day to pay by is over, the plans' page says what is
    open then."""
    is_over = finding.starts and finding.buys_a_plan and today > _last_day_to_pay(finding.starts)
    return "" if is_over else begins(finding)


def _last_day_to_pay(starts: date) -> date:
    return first_of_month_before(starts).replace(day=Law(starts).open_enrollment.payment_deadline_day)


def what_would_change(findings: Sequence[Finding], determination: Determination) -> list[str]:
    """The edges of these answers, in dollars a year for this household; people with the same edge in one sentence."""
    said: dict[tuple[str, int], list[str]] = {}
    shared: dict[str, None] = {}
    for each in findings:
        told = {fact.name: fact for fact in each.told.walk()} if each.told else {}
        if "considered" in told and told["considered"].figure == NOT_ASKED:
            shared[_("You did not ask for help paying. To see whether you can get it, change your application.")] = None
        elif told:
            masshealth = _masshealth_edge(each, told)
            if masshealth:
                said.setdefault(masshealth, []).append(each.person.name)
            shared.update(dict.fromkeys(_household_edges(each, told, determination)))
    people = [says.replace("{names}", ", ".join(names)) for (says, _limit), names in said.items()]
    return [*people, *shared]


def _household_edges(finding: Finding, told: Mapping[str, Told], determination: Determination) -> Iterator[str]:
    """Where the plan type and the credit end; it does not concern those who have MassHealth."""
    if finding.has_masshealth or "poverty_guideline" not in told:
        return
    law = Law(determination.coverage_month)
    guideline = _value(told["poverty_guideline"], "poverty_guideline")
    for each in law.connectorcare.plan_types:
        if each.code == finding.plan_type:
            yield _("ConnectorCare Plan Type {type} is for incomes up to {income} a year ({percent}).").format(
                type=each.code, **_edge(guideline, each.to)
            )
    if law.credit_window.maximum is None:
        return
    edge = _edge(guideline, law.credit_window.maximum)
    if determination.monthly_credit is not None:
        yield _("With more than {income} a year ({percent}) your household would get no tax credit.").format(**edge)
    else:
        yield _("With {income} a year or less ({percent}) your household could get help paying.").format(**edge)


def _masshealth_edge(finding: Finding, told: Mapping[str, Told]) -> tuple[str, int] | None:
    """The sentence with a place for the names, and the limit; None where no income changes the answer."""
    if finding.program_found is Program.MASSHEALTH_COMMONHEALTH:
        return None
    figures = {name: each.value for fact in told.values() for name, each in fact.figures.items()}
    limit = next((name for name in LIMITS_TOLD if name in figures), None)
    if limit is None:
        return None
    if finding.has_masshealth:
        says = _("{names}: with a counted income of more than {income} a year ({percent}), MassHealth changes.")
    else:
        says = _("{names}: with a counted income of {income} a year or less ({percent}), MassHealth is open.")
    edge = _edge(int(figures[LIMITS_TOLD[limit]]), int(figures[limit]))
    return says.format(names="{names}", **edge), int(figures[limit])


def _edge(guideline: int, limit: int) -> dict[str, str]:
    """The highest yearly income that does not exceed the limit, in whole cents."""
    return {"income": cents.dollars(guideline * limit // percent.WHOLE), "percent": f"{percent.text(limit)}%"}


def _value(told: Told, name: str) -> int:
    return int(told.figures[name].value)
