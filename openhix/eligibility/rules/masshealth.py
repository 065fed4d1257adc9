"""MassHealth: which coverage type a person can have, and on what ground.

From the age of 65 other rules apply, which are not here, but for parents of children at home and for pregnancies.
"""

# ruff: noqa: E501
import numpy as np

from openhix.eligibility.rules.immigration import StatusGroup
from openhix.eligibility.rules.income_standards import AgeGroup
from openhix.eligibility.rules.masshealth_income import within
from openhix.eligibility.rules.people import PERSON
from openhix.kernel.codes import Code, first_of
from openhix.kernel.facts import Bools, Ints, rule
from openhix.kernel.story import YES_NO, _
from openhix.law.tables import Law


class Coverage(Code):
    NONE = 0, _("not eligible for MassHealth")
    STANDARD = 1, _("MassHealth Standard")
    CAREPLUS = 2, _("MassHealth CarePlus")
    FAMILY_ASSISTANCE = 3, _("MassHealth Family Assistance")
    COMMONHEALTH = 4, _("MassHealth CommonHealth")
    NOT_ASKED = 5, _("no help was asked for")
    OTHER_RULES = 6, _("decided by MassHealth's rules for people of 65 and older")


class Considered(Code):
    """Whether MassHealth and what is beside it are looked at for a person, and if not, why."""

    YES = 0, _("looked at")
    NOT_ASKED = 1, _("no help was asked for")
    NOT_APPLYING = 2, _("does not apply for coverage")
    NOT_RESIDENT = 3, _("does not live in Massachusetts")
    INCARCERATED = 4, _("in jail or prison")


@rule(
    PERSON,
    cites="45 CFR 155.310(b); 130 CMR 502.001; 130 CMR 503.002; 130 CMR 503.003",
    unit=Considered,
    says={
        Considered.NOT_ASKED: _("You did not ask for help paying, so MassHealth was not looked at."),
        Considered.NOT_APPLYING: _("This person does not apply for coverage, so MassHealth was not looked at."),
        Considered.NOT_RESIDENT: _("MassHealth is for people who live in Massachusetts, and this person does not."),
        Considered.INCARCERATED: _(
            "MassHealth does not cover people in jail or prison, but for stays in a hospital and the time just before release. Call us when this person is about to be released."
        ),
    },
    because={each: () for each in Considered},
)
def considered(seeks_help: Bools, applying: Bools, resident: Bools, incarcerated: Bools) -> Ints:
    return first_of(
        [~seeks_help, ~applying, ~resident, incarcerated],
        [
            Considered.NOT_ASKED,
            Considered.NOT_APPLYING,
            Considered.NOT_RESIDENT,
            Considered.INCARCERATED,
        ],
        default=Considered.YES,
    )


@rule(PERSON, cites="130 CMR 505.002(H)", unit=YES_NO)
def foster_care_opens_standard(age: Ints, former_foster_care: Bools, status_group: Ints, law: Law) -> Bools:
    """Whether foster care until 18, with Medicaid then, opens Standard without an income limit.

    Citizens and qualified noncitizens to the 26th birthday, others who are lawfully present to the 21st. Who had no
    Medicaid at 18 has it to the 21st birthday only; that is not asked apart.
    """
    limits = law.masshealth
    under = first_of(
        [status_group == StatusGroup.FULL, status_group == StatusGroup.LAWFUL],
        [limits.foster_care_under, limits.foster_care_lawful_under],
        default=0,
    )
    return former_foster_care & (age >= limits.foster_care_from) & (age < under)


@rule(PERSON, cites="130 CMR 505.004", unit=YES_NO)
def commonhealth_without_limit(age_group: Ints, disabled: Bools, status_group: Ints) -> Bools:
    """Disabled adults and young adults, citizens or qualified; disabled children but of other statuses.

    No hours of work are asked for (text of 13 February 2026; assumed for 2025).
    """
    as_adult = (age_group <= AgeGroup.ADULT) & (status_group == StatusGroup.FULL)
    as_child = (age_group <= AgeGroup.CHILD) & (status_group <= StatusGroup.PRUCOL)
    return disabled & (as_adult | as_child)


class Ground(Code):
    """On what the answer about MassHealth rests."""

    NOT_CONSIDERED = 0, _("MassHealth was not looked at")
    FOSTER_CARE = 1, _("foster care until the age of 18")
    STANDARD = 2, _("income within the limit of Standard")
    STANDARD_DISABLED = 3, _("disability, and income within the limit of Standard")
    COMMONHEALTH_CHILD = 4, _("disability of a child")
    COMMONHEALTH = 5, _("disability, and income above the limit of Standard")
    COMMONHEALTH_PRUCOL = 6, _("disability, and income within the limit of CommonHealth")
    CAREPLUS = 7, _("income within the limit of CarePlus")
    FAMILY_ASSISTANCE_CHILD = 8, _("income within the limit of Family Assistance for children")
    FAMILY_ASSISTANCE_PRUCOL = 9, _("income within the limit of Family Assistance")
    FAMILY_ASSISTANCE_DISABLED = 10, _("disability, and income within the limit of Family Assistance")
    STANDARD_BY_CONNECTOR = 11, _("income within the limit of Standard, as the Health Connector counts")
    CAREPLUS_BY_CONNECTOR = 12, _("income within the limit of CarePlus, as the Health Connector counts")
    FAMILY_ASSISTANCE_BY_CONNECTOR = (
        13,
        _("income within the limit of Family Assistance, as the Health Connector counts"),
    )
    OTHER_RULES = 14, _("the rules for people of 65 and older")
    HAS_COVERAGE = 15, _("has other health coverage")
    HAS_OFFER = 16, _("a job offers affordable coverage")
    MEDICARE = 17, _("has Medicare")
    INCOME = 18, _("income above the limit")
    INCOME_DISABLED = 19, _("income above the limit for a disability")
    STATUS = 20, _("immigration status")
    COMMONHEALTH_BY_CONNECTOR = 21, _("income within the limit of CommonHealth, as the Health Connector counts")


COVERAGE = {
    Ground.FOSTER_CARE: Coverage.STANDARD,
    Ground.STANDARD: Coverage.STANDARD,
    Ground.STANDARD_DISABLED: Coverage.STANDARD,
    Ground.COMMONHEALTH_CHILD: Coverage.COMMONHEALTH,
    Ground.COMMONHEALTH: Coverage.COMMONHEALTH,
    Ground.COMMONHEALTH_PRUCOL: Coverage.COMMONHEALTH,
    Ground.CAREPLUS: Coverage.CAREPLUS,
    Ground.FAMILY_ASSISTANCE_CHILD: Coverage.FAMILY_ASSISTANCE,
    Ground.FAMILY_ASSISTANCE_PRUCOL: Coverage.FAMILY_ASSISTANCE,
    Ground.FAMILY_ASSISTANCE_DISABLED: Coverage.FAMILY_ASSISTANCE,
    Ground.STANDARD_BY_CONNECTOR: Coverage.STANDARD,
    Ground.COMMONHEALTH_BY_CONNECTOR: Coverage.COMMONHEALTH,
    Ground.CAREPLUS_BY_CONNECTOR: Coverage.CAREPLUS,
    Ground.FAMILY_ASSISTANCE_BY_CONNECTOR: Coverage.FAMILY_ASSISTANCE,
    Ground.OTHER_RULES: Coverage.OTHER_RULES,
}


@rule(PERSON, cites="130 CMR 505.001(A); 130 CMR 506.007", unit=Ground)
def open_ground(
    foster_care_opens_standard: Bools,
    commonhealth_without_limit: Bools,
    compared_magi_income: Ints,
    compared_magi_guideline: Ints,
    compared_disabled_income: Ints,
    compared_disabled_guideline: Ints,
    standard_limit_tested: Ints,
    disabled_limit_tested: Ints,
    commonhealth_limit_tested: Ints,
    careplus_limit_tested: Ints,
    family_assistance_limit_tested: Ints,
    disabled_assistance_limit_tested: Ints,
    is_child: Bools,
) -> Ints:
    """The first coverage type that is open: Standard, CommonHealth, CarePlus, Family Assistance; 0: none is."""

    def by_magi(limit: Ints) -> Bools:
        return within(compared_magi_income, limit, compared_magi_guideline)

    def by_disability(limit: Ints) -> Bools:
        return within(compared_disabled_income, limit, compared_disabled_guideline)

    assistance = by_magi(family_assistance_limit_tested)
    grounds = {
        Ground.FOSTER_CARE: foster_care_opens_standard,
        Ground.STANDARD: by_magi(standard_limit_tested),
        Ground.STANDARD_DISABLED: by_disability(disabled_limit_tested),
        Ground.COMMONHEALTH_CHILD: commonhealth_without_limit & is_child,
        Ground.COMMONHEALTH: commonhealth_without_limit,
        Ground.COMMONHEALTH_PRUCOL: by_magi(commonhealth_limit_tested),
        Ground.CAREPLUS: by_magi(careplus_limit_tested),
        Ground.FAMILY_ASSISTANCE_CHILD: assistance & is_child,
        Ground.FAMILY_ASSISTANCE_PRUCOL: assistance,
        Ground.FAMILY_ASSISTANCE_DISABLED: by_disability(disabled_assistance_limit_tested),
    }
    return first_of(list(grounds.values()), list(grounds), default=Ground.NOT_CONSIDERED)


@rule(PERSON, cites="130 CMR 506.007(D); 42 CFR 435.603(i)", unit=Ground)
def connector_ground(
    below_by_connector_rules: Bools,
    standard_limit: Ints,
    commonhealth_limit: Ints,
    careplus_limit: Ints,
    family_assistance_limit: Ints,
    disabled_assistance_limit: Ints,
) -> Ints:
    """The first coverage type for those who are below 100% as the exchange counts; 0: none.

    So nobody falls between the two ways of counting. No limit is below 100%, so every type that the person's group has
    is open.
    """
    assistance = np.maximum(family_assistance_limit, disabled_assistance_limit)
    return first_of(
        [~below_by_connector_rules, standard_limit > 0, commonhealth_limit > 0, careplus_limit > 0, assistance > 0],
        [
            Ground.NOT_CONSIDERED,
            Ground.STANDARD_BY_CONNECTOR,
            Ground.COMMONHEALTH_BY_CONNECTOR,
            Ground.CAREPLUS_BY_CONNECTOR,
            Ground.FAMILY_ASSISTANCE_BY_CONNECTOR,
        ],
        default=Ground.NOT_CONSIDERED,
    )


@rule(PERSON, cites="130 CMR 505.001; 130 CMR 505.005(B), (D), (F); 130 CMR 505.008(A)", unit=Ground)
def closed_ground(
    age_group: Ints,
    is_uninsured: Bools,
    uninsured_assistance_limit: Ints,
    family_assistance_limit: Ints,
    compared_magi_income: Ints,
    compared_magi_guideline: Ints,
    masshealth_limit: Ints,
    disabled_assistance_limit: Ints,
    status_group: Ints,
    law: Law,
) -> Ints:
    """What stands in the way of someone to whom no coverage type is open."""
    is_closed = uninsured_assistance_limit > family_assistance_limit
    would_be_open = is_closed & (
        within(compared_magi_income, uninsured_assistance_limit + law.masshealth.disregard, compared_magi_guideline)
        | (masshealth_limit == 0)
    )
    return first_of(
        [
            age_group == AgeGroup.SENIOR,
            would_be_open & ~is_uninsured,
            would_be_open,
            masshealth_limit > 0,
            disabled_assistance_limit > 0,
            status_group == StatusGroup.FULL,
        ],
        [
            Ground.OTHER_RULES,
            Ground.HAS_COVERAGE,
            Ground.HAS_OFFER,
            Ground.INCOME,
            Ground.INCOME_DISABLED,
            Ground.MEDICARE,
        ],
        default=Ground.STATUS,
    )


BY_MAGI = ("masshealth_fpl", "standard_limit")
BY_DISABILITY = ("disabled", "disabled_adult_fpl", "status_group")
BY_CONNECTOR = ("masshealth_fpl", "fpl_percent", "status_group")


@rule(
    PERSON,
    cites="130 CMR 505.002, 505.004, 505.005, 505.008",
    unit=Ground,
    says={
        Ground.FOSTER_CARE: _(
            "This person was in foster care and on MassHealth at 18, and can have MassHealth Standard whatever the income."
        ),
        Ground.STANDARD: _(
            "At {masshealth_fpl} of the poverty level this person can have MassHealth Standard: the limit for this age and situation is {standard_limit_tested}."
        ),
        Ground.STANDARD_DISABLED: _(
            "At {disabled_adult_fpl} of the poverty level this person can have MassHealth Standard: the limit for adults with a disability is {disabled_limit_tested}."
        ),
        Ground.COMMONHEALTH_CHILD: _(
            "With a disability this child can have MassHealth CommonHealth, which has no income limit. MassHealth may ask for a monthly premium."
        ),
        Ground.COMMONHEALTH: _(
            "At {disabled_adult_fpl} of the poverty level this person is above the limit of MassHealth Standard for adults with a disability, {disabled_limit_tested}, and can have MassHealth CommonHealth, which has no income limit. MassHealth may ask for a monthly premium."
        ),
        Ground.COMMONHEALTH_PRUCOL: _(
            "At {masshealth_fpl} of the poverty level this person with a disability can have MassHealth CommonHealth: the limit for this age and status is {commonhealth_limit_tested}."
        ),
        Ground.CAREPLUS: _(
            "At {masshealth_fpl} of the poverty level this person can have MassHealth CarePlus: the limit for adults is {careplus_limit_tested}."
        ),
        Ground.FAMILY_ASSISTANCE_CHILD: _(
            "At {masshealth_fpl} of the poverty level this child can have MassHealth Family Assistance: the limit for children is {family_assistance_limit_tested}. MassHealth may ask for a monthly premium."
        ),
        Ground.FAMILY_ASSISTANCE_PRUCOL: _(
            "At {masshealth_fpl} of the poverty level this person can have MassHealth Family Assistance: the limit for this age and status is {family_assistance_limit_tested}. MassHealth may ask for a monthly premium."
        ),
        Ground.FAMILY_ASSISTANCE_DISABLED: _(
            "At {disabled_adult_fpl} of the poverty level this person can have MassHealth Family Assistance: the limit with a disability and this status is {disabled_assistance_limit_tested}."
        ),
        Ground.STANDARD_BY_CONNECTOR: _(
            "As the Health Connector counts income, your tax household is at {fpl_percent}, below {credit_from}. MassHealth then counts the same way, and this person can have MassHealth Standard."
        ),
        Ground.COMMONHEALTH_BY_CONNECTOR: _(
            "As the Health Connector counts income, your tax household is at {fpl_percent}, below {credit_from}. MassHealth then counts the same way, and this person can have MassHealth CommonHealth."
        ),
        Ground.CAREPLUS_BY_CONNECTOR: _(
            "As the Health Connector counts income, your tax household is at {fpl_percent}, below {credit_from}. MassHealth then counts the same way, and this person can have MassHealth CarePlus."
        ),
        Ground.FAMILY_ASSISTANCE_BY_CONNECTOR: _(
            "As the Health Connector counts income, your tax household is at {fpl_percent}, below {credit_from}. MassHealth then counts the same way, and this person can have MassHealth Family Assistance."
        ),
        Ground.OTHER_RULES: _(
            "From the age of 65 MassHealth goes by other rules, which this estimate does not know. Call us, or apply to find out."
        ),
        Ground.HAS_COVERAGE: _(
            "MassHealth Family Assistance is for people who have no other health coverage. This person's coverage: {other_coverage}. If it comes from a job, ask MassHealth if it can help pay for it."
        ),
        Ground.HAS_OFFER: _(
            "MassHealth Family Assistance is for people who cannot get affordable coverage from a job, and this person can."
        ),
        Ground.MEDICARE: _(
            "MassHealth CarePlus is not for people with Medicare. MassHealth can help people with low incomes pay for Medicare: call MassHealth to ask."
        ),
        Ground.INCOME: _(
            "At {masshealth_fpl} of the poverty level this person cannot have MassHealth: the limit for this age and situation is {masshealth_limit}."
        ),
        Ground.INCOME_DISABLED: _(
            "At {disabled_adult_fpl} of the poverty level this person cannot have MassHealth Family Assistance: the limit with a disability and this status is {disabled_assistance_limit_tested}."
        ),
        Ground.STATUS: _("With this immigration status full MassHealth coverage is not open to this person."),
    },
    because={
        Ground.NOT_CONSIDERED: ("considered",),
        Ground.FOSTER_CARE: ("foster_care_opens_standard",),
        Ground.STANDARD: BY_MAGI,
        Ground.STANDARD_DISABLED: BY_DISABILITY,
        Ground.COMMONHEALTH_CHILD: ("disabled", "masshealth_fpl", "status_group"),
        Ground.COMMONHEALTH: BY_DISABILITY,
        Ground.COMMONHEALTH_PRUCOL: ("disabled", "masshealth_fpl", "status_group"),
        Ground.CAREPLUS: ("masshealth_fpl", "age", "status_group", "other_coverage"),
        Ground.FAMILY_ASSISTANCE_CHILD: ("masshealth_fpl", "age", "status_group", "other_coverage"),
        Ground.FAMILY_ASSISTANCE_PRUCOL: ("masshealth_fpl", "family_assistance_limit"),
        Ground.FAMILY_ASSISTANCE_DISABLED: BY_DISABILITY,
        Ground.STANDARD_BY_CONNECTOR: BY_CONNECTOR,
        Ground.COMMONHEALTH_BY_CONNECTOR: BY_CONNECTOR,
        Ground.CAREPLUS_BY_CONNECTOR: BY_CONNECTOR,
        Ground.FAMILY_ASSISTANCE_BY_CONNECTOR: BY_CONNECTOR,
        Ground.OTHER_RULES: ("age",),
        Ground.HAS_COVERAGE: ("masshealth_fpl", "other_coverage", "status_group"),
        Ground.HAS_OFFER: ("masshealth_fpl", "family_assistance_limit"),
        Ground.MEDICARE: ("other_coverage",),
        Ground.INCOME: BY_MAGI,
        Ground.INCOME_DISABLED: BY_DISABILITY,
        Ground.STATUS: ("age", "status_group"),
    },
)
def masshealth_ground(
    considered: Ints,
    open_ground: Ints,
    connector_ground: Ints,
    closed_ground: Ints,
    age: Ints,
    disabled: Bools,
    status_group: Ints,
    other_coverage: Ints,
    foster_care_opens_standard: Bools,
    masshealth_fpl: Ints,
    disabled_adult_fpl: Ints,
    fpl_percent: Ints,
    credit_from: Ints,
    standard_limit: Ints,
    family_assistance_limit: Ints,
    standard_limit_tested: Ints,
    disabled_limit_tested: Ints,
    careplus_limit_tested: Ints,
    commonhealth_limit_tested: Ints,
    family_assistance_limit_tested: Ints,
    disabled_assistance_limit_tested: Ints,
    masshealth_limit: Ints,
) -> Ints:
    """The coverage type by MassHealth's own count, else by the exchange's, else why there is none.

    All but the first four are told, not asked.
    """
    found = np.where(open_ground > 0, open_ground, np.where(connector_ground > 0, connector_ground, closed_ground))
    return np.where(considered == Considered.YES, found, int(Ground.NOT_CONSIDERED))


COVERAGE_OF = np.array([int(COVERAGE.get(each, Coverage.NONE)) for each in Ground], dtype=np.int64)


@rule(PERSON, cites="130 CMR 505.001(A)", unit=Coverage)
def masshealth(masshealth_ground: Ints, considered: Ints) -> Ints:
    """The fullest coverage type; its ground has the sentence."""
    was_not_asked = (considered == Considered.NOT_ASKED) | (considered == Considered.NOT_APPLYING)
    return np.where(was_not_asked, int(Coverage.NOT_ASKED), COVERAGE_OF[masshealth_ground])


@rule(PERSON, cites="26 USC 36B(c)(2)(B)", unit=YES_NO)
def has_masshealth(masshealth: Ints) -> Bools:
    """Whether a coverage type is open that is full coverage and so stands in the way of a credit."""
    return (masshealth > Coverage.NONE) & (masshealth < Coverage.NOT_ASKED)
