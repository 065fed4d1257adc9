"""An answer in sentences, for the page and the letter alike: what it costs, from when, what would change it."""

# ruff: noqa: E501
from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from openhix.application import queries as applications
from openhix.eligibility.models import Determination, Finding, TaxHousehold
from openhix.eligibility.rules.credit import Window
from openhix.eligibility.rules.filing import Filing
from openhix.eligibility.rules.marketplace import Access
from openhix.eligibility.rules.masshealth import Considered
from openhix.eligibility.rules.offers import Offer
from openhix.eligibility.rules.program import Program
from openhix.eligibility.settled import NOT_SHOWN
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
LIMITED = "limited_limit_tested"
NOT_ASKED = Figure(Considered.NOT_ASKED.label, WORDS)  # as a kept story has it
AFFORDABLE = [Figure(each.label, WORDS) for each in (Offer.OWN, Offer.FAMILY)]
ABOVE = Figure(Window.ABOVE.label, WORDS)
BELOW = Figure(Window.BELOW.label, WORDS)
# What a change other than of income would open, by what keeps a person from it in the story.
NO_PLAN = {
    Access.NOT_RESIDENT: marked("{names}: with a home in Massachusetts, MassHealth or a plan can be open."),
    Access.NOT_LAWFULLY_PRESENT: marked(
        "{names}: with another immigration status, a plan and help paying can be open."
    ),
    Access.INCARCERATED: marked("{names}: after jail or prison, MassHealth or a plan can be open."),
}
NO_HELP = {
    Filing.NOT_FILING: marked(
        "{names}: by filing a tax return for the year, or being claimed on one, there can be help paying."
    ),
    Filing.CLAIMED_OUTSIDE: marked(
        "{names}: by applying together with the one who claims them on a tax return, there can be help paying."
    ),
    Filing.APART: marked(
        "{names}: with one tax return for both spouses, or a reason that the law accepts for two, there can be help paying."
    ),
}


def day(value: date) -> str:
    return format_date(value, format="long", locale=Locale.parse(get_language() or "en"))


def local_day(moment: datetime) -> date:
    """The day in Massachusetts."""
    return moment.astimezone(clock.MASSACHUSETTS).date()


def beside(finding: Finding) -> str:
    """What stands beside the program: `MassHealth Limited, the Health Safety Net (full)`."""
    return finding.also_found.text(_) if finding.also_found else ""


def on_return(tax_household: TaxHousehold, findings: Sequence[Finding]) -> str:
    """Whose tax household it is: the names of its people, or "" where there is no other."""
    if len({each.tax_household for each in findings}) == 1:
        return ""
    return ", ".join(each.person.name for each in findings if each.tax_household == tax_household.number)


def answer(finding: Finding) -> str:
    """`ConnectorCare`, or that there is no answer yet."""
    text = finding.answer.text(_)
    return text[:1].upper() + text[1:]


def cost(finding: Finding, tax_households: Sequence[TaxHousehold]) -> str:
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
    own = next((each for each in tax_households if each.number == finding.tax_household), None)
    if program is Program.CREDIT_ONLY and own is not None and own.monthly_credit:
        credit = cents.dollars(own.monthly_credit)
        return _("The plan's premium, less the {credit} a month of tax credit that your household shares.").format(
            credit=credit
        )
    return _("The plan's full premium.")


def lacks_proof(finding: Finding) -> bool:
    """Whether the answer is not what it would be by what was told, since that was not shown in time."""
    return finding.told is not None and any(fact.name == NOT_SHOWN for fact in finding.told.walk())


def begins(finding: Finding) -> str:
    """From when, and what has to be done for it."""
    if finding.starts is None:
        return ""
    if not finding.buys_a_plan:
        return _("Begins on {day}.").format(day=day(finding.starts))
    return _("Can begin on {day}: choose a plan and pay its first bill by {last}.").format(
        day=day(finding.starts), last=day(_last_day_to_pay(finding.starts))
    )


def may_begin(finding: Finding, told_on: date) -> str:
    """The same where it is not known whether the person has a special time to choose: a letter outlives it."""
    if finding.starts is None or not finding.buys_a_plan or is_open_to_all(finding.starts, told_on):
        return begins(finding)
    return _(
        "Can begin on {day}, if a time to choose is open for you: choose a plan and pay its first bill by {last}."
    ).format(day=day(finding.starts), last=day(_last_day_to_pay(finding.starts)))


def is_open_to_all(starts: date, today: date) -> bool:
    """Whether it is open enrollment for the year in which coverage starts."""
    return Law(starts).open_enrollment.is_open(today)


def still_begins(finding: Finding, today: date) -> str:
    """The same for someone who reads it later: nothing once the day to pay by is over, the plans' page says what is
    open then."""
    is_over = finding.starts and finding.buys_a_plan and today > _last_day_to_pay(finding.starts)
    return "" if is_over else begins(finding)


def _last_day_to_pay(starts: date) -> date:
    return first_of_month_before(starts).replace(day=Law(starts).open_enrollment.payment_deadline_day)


def what_would_change(
    findings: Sequence[Finding], determination: Determination, tax_households: Sequence[TaxHousehold]
) -> list[str]:
    """The edges of these answers, in dollars a year for this household; people with the same sentence in one."""
    with_credit = {each.number for each in tax_households if each.monthly_credit}
    asks_for_help = applications.answers_of(determination.version).seeks_help
    said: dict[str, list[str]] = {}
    shared: dict[str, list[str]] = {}
    for each in findings:
        told = {fact.name: fact for fact in each.told.walk()} if each.told else {}
        name = each.person.name
        if lacks_proof(each):
            says = _("{names}: with the proof that we asked for, what you told us counts again.")
            said.setdefault(says, []).append(name)
        if "considered" in told and told["considered"].figure == NOT_ASKED:
            if asks_for_help:  # but of an income that was not shown
                continue
            shared[_("You did not ask for help paying. To see whether you can get it, change your application.")] = []
        elif told:
            for says in (*_of_masshealth(each, told), *_of_a_job(told), *_of_their_life(told)):
                said.setdefault(says, []).append(name)
            for says in _of_the_household(each, told, determination, each.tax_household in with_credit):
                shared.setdefault(says, []).append(name)
    if names := _disability_to_be_found(findings, determination):
        said[
            _(
                "{names}: the disability that you told us about counts once Social Security, MassHealth or the Commission for the Blind has found it. Then MassHealth can offer more. Ask MassHealth for the form."
            )
        ] = names
    people = [says.replace("{names}", ", ".join(names)) for says, names in said.items()]
    several = len({each.tax_household for each in findings}) > 1
    return [*people, *(f"{', '.join(names)}: {says}" if several and names else says for says, names in shared.items())]


def _of_the_household(
    finding: Finding, told: Mapping[str, Told], determination: Determination, has_credit: bool
) -> Iterator[str]:
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
    if has_credit:
        yield _("With more than {income} a year ({percent}) your household would get no tax credit.").format(**edge)
    elif "credit_window" in told and told["credit_window"].figure == ABOVE:
        yield _("With {income} a year or less ({percent}) your household could get help paying.").format(**edge)
    elif "credit_window" in told and told["credit_window"].figure == BELOW:
        income = cents.dollars(_value(told["credit_window"], "income_floor"))
        yield _("With {income} a year or more your household could get help paying.").format(income=income)


def _disability_to_be_found(findings: Sequence[Finding], determination: Determination) -> list[str]:
    """The names of those whose disability was told and not found yet, and whom MassHealth does not cover in full."""
    told = {each.key: each for each in applications.answers_of(determination.version).people}
    return [
        each.person.name
        for each in findings
        if each.told
        and (person := told[each.person.key]).disabled
        and not person.disability_found
        and each.program_found is not Program.MASSHEALTH_STANDARD
    ]


def _of_masshealth(finding: Finding, told: Mapping[str, Told]) -> Iterator[str]:
    """The sentence with a place for the names; none where no income changes the answer."""
    figures = {name: each.value for fact in told.values() for name, each in fact.figures.items()}
    limit = next((name for name in LIMITS_TOLD if name in figures), None)
    if limit is not None and finding.program_found is Program.MASSHEALTH_COMMONHEALTH:
        says = _("{names}: with a counted income of {income} a year or less ({percent}), MassHealth Standard is open.")
    elif limit is None:
        if LIMITED in figures:
            edge = _edge(int(figures["masshealth_guideline"]), int(figures[LIMITED]))
            yield _limited(finding).format(names="{names}", **edge)
        return
    elif finding.has_masshealth:
        says = _("{names}: with a counted income of more than {income} a year ({percent}), MassHealth changes.")
    else:
        says = _("{names}: with a counted income of {income} a year or less ({percent}), MassHealth is open.")
    yield says.format(names="{names}", **_edge(int(figures[LIMITS_TOLD[limit]]), int(figures[limit])))


def _of_a_job(told: Mapping[str, Told]) -> Iterator[str]:
    """An affordable offer takes help away; without it, or above this price, it does not."""
    if "offer_found" in told and told["offer_found"].figure in AFFORDABLE:
        price = cents.dollars(_value(told["affordable_offer"], "affordable_offer"))
        says = _("{names}: if the job's offer ends, or costs more than {price} a month, there can be help paying.")
        yield says.format(names="{names}", price=price)


def _of_their_life(told: Mapping[str, Told]) -> Iterator[str]:
    """Where a plan is closed, and where the income would leave room for help."""
    found = {name: each.figure for name, each in told.items()}
    if NOT_SHOWN not in told:
        yield from (_(says) for why, says in NO_PLAN.items() if found.get("plan_access") == Figure(why.label, WORDS))
    if found.get("credit_window") not in (ABOVE, BELOW):
        yield from (_(says) for why, says in NO_HELP.items() if found.get("filing") == Figure(why.label, WORDS))
    if "has_other_coverage" in told:
        yield _("{names}: if the other coverage ends, there can be help paying.")


def _limited(finding: Finding) -> str:
    if finding.program_found is Program.MASSHEALTH_LIMITED or "masshealth_limited" in finding.also:
        return _("{names}: with a counted income of more than {income} a year ({percent}), MassHealth Limited ends.")
    return _("{names}: with a counted income of {income} a year or less ({percent}), MassHealth Limited is open.")


def _edge(guideline: int, limit: int) -> dict[str, str]:
    """The highest yearly income that does not exceed the limit, in whole cents."""
    return {"income": cents.dollars(guideline * limit // percent.WHOLE), "percent": f"{percent.text(limit)}%"}


def _value(told: Told, name: str) -> int:
    return int(told.figures[name].value)
