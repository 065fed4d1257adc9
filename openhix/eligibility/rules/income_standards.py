"""MassHealth's income limits: for each coverage type the highest among the groups that the person belongs to.

A limit of 0 means that the coverage type is not open to the person, whatever the income. Percentages are hundredths
of a percent of the guideline. Breast or cervical cancer, HIV, the year after a pregnancy, clients of the Department of
Mental Health and the medically frail have limits of their own (130 CMR 505.002(F), (G), (I), (J), 505.005(E)): they
are not asked about.
"""

import numpy as np

from openhix.eligibility.rules.immigration import StatusGroup
from openhix.eligibility.rules.people import PERSON, OtherCoverage
from openhix.kernel.codes import Code
from openhix.kernel.facts import Bools, Ints, rule
from openhix.kernel.story import HUNDREDTHS, YES_NO, _
from openhix.law.tables import Law


class AgeGroup(Code):
    """By completed years on the first day of the coverage month."""

    INFANT = 0, _("under 1 year old")
    CHILD = 1, _("1 to 18 years old")
    YOUNG_ADULT = 2, _("19 or 20 years old")
    ADULT = 3, _("21 to 64 years old")
    SENIOR = 4, _("65 or older")


@rule(PERSON, cites="130 CMR 501.001; 130 CMR 505.002(B)", unit=AgeGroup)
def age_group(age: Ints, law: Law) -> Ints:
    limits = law.masshealth
    past = (limits.infant_under, limits.child_under, limits.young_adult_under, limits.adult_under)
    return np.sum([age >= each for each in past], axis=0)


def _by_age(age_group: Ints, *, infant: int, child: int, young_adult: int, adult: int = 0) -> Ints:
    return np.asarray(np.array([infant, child, young_adult, adult, 0])[age_group])


@rule(PERSON, cites="130 CMR 505.002(B), (C), (D); 42 CFR 435.603(j)(3)", unit=HUNDREDTHS)
def standard_limit(age_group: Ints, expecting: Ints, is_parent: Bools, status_group: Ints, law: Law) -> Ints:
    """Of MassHealth Standard, by the MAGI household.

    Pregnant people of any status; children and young adults who are lawfully present; parents and caretakers, citizens
    or qualified, at any age: for them 65 and older too count by tax rules.
    """
    limits = law.masshealth
    by_age = _by_age(age_group, infant=limits.infant, child=limits.child, young_adult=limits.young_adult)
    as_young = np.where(status_group <= StatusGroup.LAWFUL, by_age, 0)
    as_parent = np.where(is_parent & (status_group == StatusGroup.FULL), limits.parent, 0)
    as_pregnant = np.where(expecting > 0, limits.pregnant, 0)
    return np.maximum(np.maximum(as_young, as_parent), as_pregnant)


@rule(PERSON, cites="130 CMR 505.002(E)", unit=HUNDREDTHS)
def disabled_limit(age_group: Ints, disabled: Bools, status_group: Ints, law: Law) -> Ints:
    """Of MassHealth Standard for disabled adults, citizens or qualified, by the disabled adult household."""
    is_adult = (age_group == AgeGroup.YOUNG_ADULT) | (age_group == AgeGroup.ADULT)
    return np.where(disabled & is_adult & (status_group == StatusGroup.FULL), law.masshealth.disabled_adult, 0)


@rule(PERSON, cites="130 CMR 505.008(A)", unit=HUNDREDTHS)
def careplus_limit(age_group: Ints, status_group: Ints, other_coverage: Ints, law: Law) -> Ints:
    """Of CarePlus: 21 to 64, citizens or qualified, without Medicare. Other coverage does not matter."""
    is_adult = (age_group == AgeGroup.ADULT) & (status_group == StatusGroup.FULL)
    return np.where(is_adult & (other_coverage != OtherCoverage.MEDICARE), law.masshealth.careplus_adult, 0)


@rule(PERSON, cites="130 CMR 505.004", unit=HUNDREDTHS)
def commonhealth_limit(age_group: Ints, disabled: Bools, status_group: Ints, law: Law) -> Ints:
    """Of CommonHealth for young adults who are PRUCOL. For all others it has no income limit."""
    is_young_prucol = (age_group == AgeGroup.YOUNG_ADULT) & (status_group == StatusGroup.PRUCOL)
    return np.where(disabled & is_young_prucol, law.masshealth.commonhealth_young_adult, 0)


@rule(PERSON, cites="130 CMR 505.005(B), (D)", unit=YES_NO)
def is_uninsured(other_coverage: Ints) -> Bools:
    return other_coverage == OtherCoverage.NONE


@rule(PERSON, cites="130 CMR 505.005(B), (D)", unit=HUNDREDTHS)
def uninsured_assistance_limit(age_group: Ints, status_group: Ints, law: Law) -> Ints:
    """Of Family Assistance for those with no other coverage: children but of other statuses, and PRUCOL to 64."""
    limits = law.masshealth
    child, adult = limits.family_assistance_child, limits.family_assistance_adult
    of_prucol = _by_age(age_group, infant=child, child=child, young_adult=adult, adult=adult)
    is_child = age_group <= AgeGroup.CHILD
    return np.where(
        (status_group == StatusGroup.PRUCOL) | (is_child & (status_group <= StatusGroup.LAWFUL)), of_prucol, 0
    )


@rule(PERSON, cites="130 CMR 505.005(C)", unit=HUNDREDTHS)
def young_assistance_limit(age_group: Ints, status_group: Ints, law: Law) -> Ints:
    """Of Family Assistance for PRUCOL children and young adults, whatever other coverage they have."""
    limits = law.masshealth
    young = limits.family_assistance_young
    by_age = _by_age(age_group, infant=limits.family_assistance_infant, child=young, young_adult=young)
    return np.where(status_group == StatusGroup.PRUCOL, by_age, 0)


@rule(PERSON, cites="130 CMR 505.005(B), (C), (D)", unit=HUNDREDTHS)
def family_assistance_limit(
    uninsured_assistance_limit: Ints,
    young_assistance_limit: Ints,
    is_uninsured: Bools,
    is_child: Bools,
    employer_offer_affordable: Bools,
) -> Ints:
    """Of Family Assistance, by the MAGI household.

    A job's offer does not close it to a child, since MassHealth may pay for the job's plan; an affordable one does to
    adults (affordable as for a tax credit: assumed). Doubt: coverage that a child already has closes it here, though
    MassHealth may find that it helps to pay for that very coverage (premium assistance), which it looks into case by
    case.
    """
    has_no_other = is_uninsured & (is_child | ~employer_offer_affordable)
    return np.where(
        has_no_other, np.maximum(uninsured_assistance_limit, young_assistance_limit), young_assistance_limit
    )


@rule(PERSON, cites="130 CMR 505.005(F)", unit=HUNDREDTHS)
def disabled_assistance_limit(age_group: Ints, disabled: Bools, status_group: Ints, law: Law) -> Ints:
    """Of Family Assistance for disabled people who are barred, lawfully present or PRUCOL, by the disabled adult
    household. No test of other coverage was read for them."""
    is_meant = (status_group == StatusGroup.LAWFUL) | (status_group == StatusGroup.PRUCOL)
    return np.where(disabled & is_meant & (age_group != AgeGroup.SENIOR), law.masshealth.family_assistance_disabled, 0)


@rule(PERSON, cites="130 CMR 505.006", unit=HUNDREDTHS)
def limited_limit(age_group: Ints, status_group: Ints, law: Law) -> Ints:
    """Of Limited: PRUCOL and other statuses to 64; those who are barred or lawfully present from 21 to 64."""
    limits = law.masshealth
    by_age = _by_age(
        age_group,
        infant=limits.limited_infant,
        child=limits.limited_child,
        young_adult=limits.limited_young_adult,
        adult=limits.limited_adult,
    )
    is_lawful_adult = (status_group == StatusGroup.LAWFUL) & (age_group == AgeGroup.ADULT)
    return np.where((status_group >= StatusGroup.PRUCOL) | is_lawful_adult, by_age, 0)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def highest_limit(
    standard_limit: Ints,
    disabled_limit: Ints,
    careplus_limit: Ints,
    commonhealth_limit: Ints,
    family_assistance_limit: Ints,
    disabled_assistance_limit: Ints,
    limited_limit: Ints,
) -> Ints:
    """The highest income limit of all coverage types that are open to the person.

    A type stays in the comparison though a fuller one shuts it out (a child under 150% could have Family Assistance
    but for Standard). CommonHealth without a limit has no income standard, and takes no part.
    """
    by_magi = np.maximum(np.maximum(standard_limit, careplus_limit), np.maximum(family_assistance_limit, limited_limit))
    return np.maximum(np.maximum(by_magi, disabled_limit), np.maximum(commonhealth_limit, disabled_assistance_limit))


def _with_points(limit: Ints, limit_of_type: Ints, highest_limit: Ints, law: Law) -> Ints:
    """The five points, where the coverage type's limit is the highest; types with equal limits all have them."""
    return np.where((limit > 0) & (limit_of_type >= highest_limit), limit + law.masshealth.disregard, limit)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def standard_limit_tested(standard_limit: Ints, disabled_limit: Ints, highest_limit: Ints, law: Law) -> Ints:
    """Standard's limit, with the five points where it is the type with the highest."""
    return _with_points(standard_limit, np.maximum(standard_limit, disabled_limit), highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def disabled_limit_tested(standard_limit: Ints, disabled_limit: Ints, highest_limit: Ints, law: Law) -> Ints:
    return _with_points(disabled_limit, np.maximum(standard_limit, disabled_limit), highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def careplus_limit_tested(careplus_limit: Ints, highest_limit: Ints, law: Law) -> Ints:
    return _with_points(careplus_limit, careplus_limit, highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def commonhealth_limit_tested(commonhealth_limit: Ints, highest_limit: Ints, law: Law) -> Ints:
    return _with_points(commonhealth_limit, commonhealth_limit, highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def family_assistance_limit_tested(
    family_assistance_limit: Ints, disabled_assistance_limit: Ints, highest_limit: Ints, law: Law
) -> Ints:
    of_type = np.maximum(family_assistance_limit, disabled_assistance_limit)
    return _with_points(family_assistance_limit, of_type, highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def disabled_assistance_limit_tested(
    family_assistance_limit: Ints, disabled_assistance_limit: Ints, highest_limit: Ints, law: Law
) -> Ints:
    of_type = np.maximum(family_assistance_limit, disabled_assistance_limit)
    return _with_points(disabled_assistance_limit, of_type, highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def limited_limit_tested(limited_limit: Ints, highest_limit: Ints, law: Law) -> Ints:
    return _with_points(limited_limit, limited_limit, highest_limit, law)


@rule(PERSON, cites="130 CMR 506.007(A)(3)", unit=HUNDREDTHS)
def masshealth_limit(
    standard_limit_tested: Ints, careplus_limit_tested: Ints, family_assistance_limit_tested: Ints
) -> Ints:
    """The highest percentage of the MAGI household at which full MassHealth is open, the five points included."""
    return np.maximum(np.maximum(standard_limit_tested, careplus_limit_tested), family_assistance_limit_tested)
