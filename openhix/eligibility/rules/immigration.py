"""Immigration status: with which one may buy a plan or have a tax credit, and how MassHealth groups statuses."""

# ruff: noqa: E501
from collections.abc import Collection

import numpy as np

from openhix.eligibility.rules.people import PERSON, Immigration
from openhix.kernel.codes import Code
from openhix.kernel.facts import Bools, Ints, rule
from openhix.kernel.story import YES_NO, _
from openhix.law.tables import Law


def _among(immigration: Ints, statuses: Collection[str]) -> Bools:
    is_open = np.zeros(max(Immigration) + 1, dtype=np.bool_)
    is_open[[int(each) for each in Immigration if each.code in statuses]] = True
    return np.asarray(is_open[immigration])


@rule(
    PERSON,
    cites="45 CFR 155.305(a)(1); 45 CFR 155.20",
    unit=YES_NO,
    says={
        False: _(
            "A Health Connector plan is for people who are lawfully present in the United States. This person's status: {immigration}."
        ),
    },
)
def lawfully_present(immigration: Ints, law: Law) -> Bools:
    """Whether the status is one with which a plan can be bought."""
    return _among(immigration, law.lawful_presence.may_buy)


@rule(
    PERSON,
    cites="26 USC 36B(e)(2)",
    unit=YES_NO,
    says={False: _("A tax credit is not for people with this immigration status: {immigration}.")},
)
def has_credit_status(immigration: Ints, law: Law) -> Bools:
    """Whether the status is one with which a tax credit can be had."""
    return _among(immigration, law.lawful_presence.credit)


class StatusGroup(Code):
    """What MassHealth makes of a status; everyone up to and with LAWFUL is a citizen or lawfully present."""

    FULL = 1, _("a citizen or a qualified noncitizen")
    LAWFUL = 2, _("lawfully present, without all that a qualified noncitizen has")
    PRUCOL = 3, _("known to immigration authorities and not being removed (PRUCOL)")
    OTHER = 4, _("another immigration status, or none")


@rule(
    PERSON,
    cites="130 CMR 504.002; 130 CMR 504.003",
    unit=StatusGroup,
    says={
        StatusGroup.LAWFUL: _(
            "This person's status: {immigration}. With it MassHealth covers children, people under 21 and pregnant people as it covers citizens, and other adults in an emergency."
        ),
        StatusGroup.PRUCOL: _(
            "This person's status: {immigration}. With it MassHealth offers Family Assistance, and Standard in a pregnancy."
        ),
        StatusGroup.OTHER: _(
            "This person's status: {immigration}. With it MassHealth covers a pregnancy, and emergencies."
        ),
    },
)
def status_group(immigration: Ints) -> Ints:
    """People barred for five years stand with those who are lawfully present in another way."""
    lawful = (Immigration.QUALIFIED_BARRED, Immigration.LAWFULLY_PRESENT)
    groups = np.full(max(Immigration) + 1, int(StatusGroup.OTHER))
    groups[[int(Immigration.CITIZEN), int(Immigration.QUALIFIED)]] = StatusGroup.FULL
    groups[[int(each) for each in lawful]] = StatusGroup.LAWFUL
    groups[int(Immigration.PRUCOL)] = StatusGroup.PRUCOL
    return np.asarray(groups[immigration])
