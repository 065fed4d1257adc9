"""Tax returns and the credit: who must file, with whom, and who has it through somebody else."""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.people import NOBODY, OUTSIDE, PERSON, TAX_HOUSEHOLD, TaxRole
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Ints, Members, any_of, rule
from openhix.kernel.story import YES_NO, _


@rule(PERSON, cites="26 CFR 1.36B-2(b)(3)", unit=YES_NO)
def is_claimed_outside(claimed_by: Ints) -> Bools:
    return np.asarray(claimed_by == OUTSIDE)


@rule(PERSON, cites="26 USC 7703; 26 CFR 1.36B-2(b)(2)(i)", unit=YES_NO)
def is_joint_filer(tax_role: Ints) -> Bools:
    return np.asarray(tax_role == TaxRole.JOINT_FILER)


@rule(TAX_HOUSEHOLD, cites="26 CFR 1.36B-2(b)(2)(i)", unit=YES_NO)
def is_joint_return(is_joint_filer: Members) -> Bools:
    return any_of(is_joint_filer)


@rule(PERSON, cites="26 USC 36B(c)(1)(C); 26 CFR 1.36B-2(b)(2)", unit=YES_NO)
def files_apart(
    files: Bools, tax_role: Ints, spouse: Ints, is_joint_return: Bools, separate_return_excused: Bools
) -> Bools:
    """Is married, files without the spouse, and has no excuse: abuse, abandonment, or the right to file as head of
    household, who counts as not married (26 USC 7703(b))."""
    is_apart = (tax_role == TaxRole.SEPARATE_FILER) | (files & (spouse != NOBODY) & ~is_joint_return)
    return is_apart & ~separate_return_excused


class Filing(Code):
    """Whether a tax household can have a credit by how it files."""

    NOT_ASKED = 0, _("no help was asked for")
    FILES = 1, _("files a tax return")
    NOT_FILING = 2, _("files no tax return")
    CLAIMED_OUTSIDE = 3, _("is claimed by someone outside the household")
    APART = 4, _("is married and files separately")


@rule(
    TAX_HOUSEHOLD,
    cites="26 CFR 1.36B-2(b)(2), (3); 45 CFR 155.305(f)(4); 45 CFR 155.310(d)(2)(ii)",
    unit=Filing,
    says={
        Filing.NOT_FILING: _(
            "Tax credits and ConnectorCare are for people on a tax return, and nobody files one here. By filing a return for the year, or being claimed on one, this person could get help."
        ),
        Filing.CLAIMED_OUTSIDE: _(
            "Someone who is not on this application claims this person on a tax return. Tax credits and ConnectorCare can only come through the one who claims, who can apply together with this person."
        ),
        Filing.APART: _(
            "Married people must file their tax return together to get tax credits or ConnectorCare, and you file apart. If you do so because of abuse, or because your spouse left you, or if you can file as head of household, tell us: then you could get help."
        ),
    },
    because={each: () for each in Filing},
)
def filing(is_claimed_outside: Members, files_return: Bools, files_apart: Members, seeks_help: Bools) -> Ints:
    """One who files apart takes the credit from everyone on the return."""
    return first_of(
        [~seeks_help, any_of(is_claimed_outside), ~files_return, any_of(files_apart)],
        [Filing.NOT_ASKED, Filing.CLAIMED_OUTSIDE, Filing.NOT_FILING, Filing.APART],
        default=Filing.FILES,
    )
