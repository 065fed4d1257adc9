"""The letter of the result: each person's program, the help, what is still owed, why, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from openhix.correspondence import content
from openhix.correspondence.content import Block
from openhix.eligibility import words
from openhix.eligibility.models import Determination, Finding, TaxHousehold
from openhix.eligibility.queries import Change
from openhix.eligibility.telling import Reason
from openhix.kernel import cents
from openhix.verification.models import Proof
from openhix.verification.words import proof_of

CALL = "1-877-623-6765"


def text(
    determination: Determination,
    *,
    findings: Sequence[Finding],
    tax_households: Sequence[TaxHousehold],
    changes: Sequence[Change],
    proofs: Sequence[Proof],
    language: str,
) -> tuple[str, list[Block]]:
    """Subject and blocks, in the language of the household."""
    applying = [each for each in findings if each.applying]
    told_on = words.local_day(determination.made_at)
    with override(language):
        subject = _("Your results: what you qualify for") if not changes else _("Your results have changed")
        blocks = [
            content.paragraph(
                _("We looked at your application of {day}.").format(
                    day=words.day(words.local_day(determination.version.submitted_at))
                )
            ),
            _results(applying, tax_households, told_on),
            *_beside(applying),
            *(block for each in tax_households for block in _help(each, words.on_return(each, findings))),
            *_changed(determination, changes),
            *_undecided(applying),
            *_proofs(proofs),
            *_next(applying, proofs, told_on),
            *_why(applying),
            *_edges(words.what_would_change(applying, determination, tax_households)),
            *_rights(),
        ]
    return subject, blocks


def _results(applying: Sequence[Finding], tax_households: Sequence[TaxHousehold], told_on: date) -> Block:
    return content.table(
        caption=_("What each person may have"),
        head=[_("Person"), _("Program"), _("Cost"), _("From when")],
        rows=[
            [
                each.person.name,
                f"{words.answer(each)} ({each.plan_type})" if each.plan_type else words.answer(each),
                words.cost(each, tax_households) or "—",
                words.may_begin(each, told_on) or "—",
            ]
            for each in applying
        ],
    )


def _beside(applying: Sequence[Finding]) -> list[Block]:
    """What a person has beside the program."""
    said = [f"{each.person.name}: {words.beside(each)}" for each in applying if each.also]
    return [content.heading(_("What also helps")), content.items(said)] if said else []


def _help(household: TaxHousehold, names: str) -> list[Block]:
    if household.monthly_credit is None:
        return []
    rows = [
        (label, cents.dollars(amount))
        for label, amount in (
            (_("Benchmark plan, each month"), household.benchmark_premium),
            (_("What you are expected to pay, each month"), household.expected_contribution),
        )
        if amount is not None
    ]
    total = (_("Tax credit for your household, each month"), cents.dollars(household.monthly_credit))
    title = _("Tax credit of {names}").format(names=names) if names else _("Your tax credit")
    return [content.heading(title), content.figures(rows, total=total)]


def _changed(determination: Determination, changes: Sequence[Change]) -> list[Block]:
    if not changes:
        return []
    rows = [
        [
            each.person.name if each.person else _("Your household"),
            _(each.what),
            each.before.text(_) if each.before else "—",
            each.after.text(_) if each.after else "—",
        ]
        for each in changes
    ]
    head = [_("Who"), _("What"), _("Before"), _("Now")]
    table = content.table(caption=_("What has changed"), head=head, rows=rows)
    return [content.heading(_("What has changed")), *_by_law(determination), table]


def _by_law(determination: Determination) -> list[Block]:
    """Why somebody gets this letter who told us nothing new."""
    before = determination.supersedes
    if before is None or before.version_id != determination.version_id or before.law == determination.law:
        return []
    return [
        content.paragraph(
            _(
                "The rules or their amounts have changed, so we looked at your application again. The first table of "
                "this letter says from when your results count."
            )
        )
    ]


def _undecided(applying: Sequence[Finding]) -> list[Block]:
    waiting = [each for each in applying if each.undecided]
    if not waiting:
        return []
    return [
        content.heading(_("Not decided yet")),
        content.paragraph(
            _("Our staff look at these answers and write to you. You need not do anything, unless they ask.")
        ),
        content.items([f"{each.person.name}: {_(limit.label)}" for each in waiting for limit in each.limits]),
    ]


def _proofs(proofs: Sequence[Proof]) -> list[Block]:
    if not proofs:
        return []
    return [
        content.heading(_("Proof that we still need")),
        content.paragraph(_("If you qualify, you can be covered while we wait. Our letter tells which papers count.")),
        content.table(
            caption=_("Proof that we still need"),
            head=[_("Person"), _("What"), _("Last day")],
            rows=[[each.person.name, proof_of(each.claim), words.day(each.due_on)] for each in proofs],
        ),
    ]


def _next(applying: Sequence[Finding], proofs: Sequence[Proof], told_on: date) -> list[Block]:
    steps = [_("Send the proof that we still need.")] if proofs else []
    if any(words.lacks_proof(each) for each in applying):
        steps.append(_("Send the proof that did not come in time. Once we accept it, what you told us counts again."))
    if starts := [each.starts for each in applying if each.buys_a_plan and each.starts]:
        steps.append(_choose(min(starts), told_on))
    if any(each.has_masshealth for each in applying):
        steps.append(_("MassHealth writes to those who have it about their card and their health plan."))
    # 956 CMR 12.09(2)
    steps.append(_("Tell us within 30 days when your income, household, address or other coverage changes."))
    return [content.heading(_("What to do next")), content.items(steps, ordered=True)]


def _choose(starts: date, told_on: date) -> str:
    if words.is_open_to_all(starts, told_on):
        return _("Choose a plan, and pay its first bill in time.")
    return _(
        "Sign in to see if a time to choose is open for you. If it is, choose a plan, and pay its first bill in time."
    )


def _why(applying: Sequence[Finding]) -> list[Block]:
    blocks = [content.heading(_("Why"))] if any(each.told for each in applying) else []
    for each in applying:
        if told := each.told:
            blocks += [content.heading(each.person.name), _story(Reason.of(told, _))]
    return blocks


def _story(reason: Reason) -> Block:
    return content.story(reason.sentence, law=reason.cites, because=[_reason(each) for each in reason.because])


def _reason(reason: Reason) -> Block:
    told = _story(reason)
    told.pop("type")
    return told


def _edges(edges: Sequence[str]) -> list[Block]:
    return [content.heading(_("What would change this")), content.items(edges)] if edges else []


def _rights() -> list[Block]:
    """45 CFR 155.520(b), 956 CMR 12.13: 60 days from the day on which the letter arrives."""
    return [
        content.heading(_("If you think that this is wrong")),
        content.paragraph(
            _("You can appeal within {days} days of getting this letter. Call {phone} to ask how.").format(
                days=60, phone=CALL
            )
        ),
    ]
