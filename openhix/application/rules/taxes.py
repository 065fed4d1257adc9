"""Who files with whom and who may be claimed: what must be true of tax returns, and which returns there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from openhix.application.answers import Answers, PersonAnswers, TaxRole
from openhix.application.rules.steps import Fault, Step
from openhix.application.rules.ties import are_married, may_be_married, partner
from openhix.kernel.story import _

OUTSIDE = "outside"
OUTSIDE_PARENT = "outside_parent"
CLAIMED_ELSEWHERE = (OUTSIDE, OUTSIDE_PARENT)  # by someone who is not on the application
FILERS = (TaxRole.FILER, TaxRole.JOINT_FILER, TaxRole.SEPARATE_FILER)


@dataclass(frozen=True)
class TaxReturn:
    """One tax return: the keys of who files it (two when jointly) and of whom they claim."""

    filers: tuple[str, ...]
    dependents: tuple[str, ...]


def tax_returns(answers: Answers) -> list[TaxReturn]:
    """The returns of an application without faults, in the order of its people. People on none are left out."""
    joint = {
        other.key: person.key
        for person in answers.people
        if person.tax_role == TaxRole.JOINT_FILER and (other := partner(person, answers)) is not None
    }
    returns = []
    for person in answers.people:
        if person.tax_role not in (TaxRole.FILER, TaxRole.SEPARATE_FILER):
            continue
        filers = (person.key, joint[person.key]) if person.key in joint else (person.key,)
        claimed = tuple(
            each.key for each in answers.people if each.tax_role == TaxRole.DEPENDENT and each.claimed_by in filers
        )
        returns.append(TaxReturn(filers, claimed))
    return returns


def faults(answers: Answers) -> Iterator[Fault]:
    """Everything about tax returns that is missing or cannot be, one fault for a person."""
    for person in answers.people:
        says, other = _fault(person, answers)
        if says:
            names = {"name": person.called, "other": other.called if other else ""}
            yield Fault(Step.TAXES, f"tax-{person.key}", says, names=names)


def _fault(person: PersonAnswers, answers: Answers) -> tuple[str, PersonAnswers | None]:
    if person.tax_role is None:
        return _("Choose how {name} appears on tax returns."), None
    if person.tax_role == TaxRole.DEPENDENT:
        return _dependent(person, answers)
    if person.tax_role == TaxRole.JOINT_FILER or person.files_with:
        return _joint(person, answers)
    return "", None


def _dependent(person: PersonAnswers, answers: Answers) -> tuple[str, PersonAnswers | None]:
    """26 USC 152(b)(1): a dependent has no dependents. 26 USC 152(c)(2), (d)(2): a spouse is never one."""
    if person.claimed_by in CLAIMED_ELSEWHERE:
        return "", None
    claimant = next((each for each in answers.people if each.key == person.claimed_by), None)
    if claimant is None or claimant is person:
        return _("Choose who claims {name} as a dependent."), None
    if are_married(person, claimant):
        return _("{name} and {other} are married: a spouse cannot be claimed as a dependent."), claimant
    if claimant.tax_role == TaxRole.DEPENDENT:
        return _("{other} is a dependent too, so {other} cannot claim {name}."), claimant
    if claimant.tax_role not in FILERS:
        return _("{other} must file a tax return to claim {name}."), claimant
    return "", None


def _joint(person: PersonAnswers, answers: Answers) -> tuple[str, PersonAnswers | None]:
    """26 USC 6013(a): two who are married to each other may make one return together."""
    other = partner(person, answers)
    if other is None or other is person:
        return _("Choose with whom {name} files jointly."), None
    if partner(other, answers) not in (person, None) or {person.tax_role, other.tax_role} != {
        TaxRole.FILER,
        TaxRole.JOINT_FILER,
    }:
        return _("{other} must also be shown as filing jointly with {name}."), other
    if not may_be_married(person, other):
        return _("Only two people who are married to each other can file jointly."), other
    return "", None
