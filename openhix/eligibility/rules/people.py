"""Who and what the rules speak of: households, tax households, persons, pairs, and what only they can tell.

Who is kin to whom, and who claims whom, is told by position: the place of a person in the household, from 0. A parent
is a natural, adoptive or step-parent (42 CFR 435.603(b)). Everyone of a household lives together.
"""

from openhix.kernel.codes import Code
from openhix.kernel.facts import Entity, Input
from openhix.kernel.story import CENTS, COUNT, DATE, YES_NO, _

# A household applies and lives together. A tax household is one tax return, or one person who is on no return of this
# household. A pair is one person looking at one other of the household (or at himself): whom does mine count?
HOUSEHOLD = Entity("household")
TAX_HOUSEHOLD = Entity("tax household", part_of=HOUSEHOLD)
PERSON = Entity("person", part_of=TAX_HOUSEHOLD)
PAIR = Entity("pair", part_of=PERSON)

NOBODY = -1  # no position: there is no such person, or not in this household
OUTSIDE = -2  # the position of someone who claims a person from outside the household


class TaxRole(Code):
    FILER = 1, _("files the tax return")
    JOINT_FILER = 2, _("files jointly as the spouse")
    DEPENDENT = 3, _("is claimed as a dependent")
    SEPARATE_FILER = 4, _("is married and files separately")
    NOT_FILING = 5, _("does not file and is not claimed")


class Immigration(Code):
    """Citizenship or immigration status, as 130 CMR 504.003 groups it."""

    CITIZEN = 1, _("a U.S. citizen or national")
    QUALIFIED = 2, _("a qualified noncitizen")
    QUALIFIED_BARRED = 3, _("a qualified noncitizen for less than five years")
    LAWFULLY_PRESENT = 4, _("lawfully present in another way")
    PRUCOL = 5, _("known to immigration authorities and not being removed (PRUCOL)")
    OTHER = 6, _("another immigration status, or none")


class OtherCoverage(Code):
    """Health coverage that the person has; an offer from a job that was not taken is told by its price."""

    NONE = 0, _("no other health coverage")
    MEDICARE = 1, _("Medicare")
    TRICARE = 2, _("TRICARE")
    VA = 3, _("health care of Veterans Affairs")
    OTHER = 4, _("other health coverage")


place = Input(HOUSEHOLD)  # row in the geography's places
rating_area = Input(HOUSEHOLD, COUNT)  # 1 to 7
seeks_help = Input(HOUSEHOLD, YES_NO)
return_number = Input(TAX_HOUSEHOLD)  # tells the tax households of one household apart

birth_date = Input(PERSON, DATE)
position = Input(PERSON)  # place in the household as it was told, from 0
tax_role = Input(PERSON, TaxRole)
claimed_by = Input(PERSON)  # position, NOBODY or OUTSIDE
spouse = Input(PERSON)  # position or NOBODY
first_parent = Input(PERSON)  # position or NOBODY
second_parent = Input(PERSON)  # position or NOBODY; of one parent alone it is the first
expecting = Input(PERSON, COUNT)  # children expected
annual_income = Input(PERSON, CENTS)
unearned_income = Input(
    PERSON, CENTS
)  # the part of it that is neither from work nor benefits of Social Security; unknown: none
social_security = Input(
    PERSON, CENTS
)  # the part of the annual income that is benefits of Social Security; unknown: none
monthly_income = Input(PERSON, CENTS)  # of the month of the answer; unknown: a twelfth of the annual income
applying = Input(PERSON, YES_NO)
immigration = Input(PERSON, Immigration)
resident = Input(PERSON, YES_NO)
incarcerated = Input(PERSON, YES_NO)
disabled = Input(PERSON, YES_NO)
former_foster_care = Input(PERSON, YES_NO)
tribal_member = Input(PERSON, YES_NO)
caretaker = Input(PERSON, YES_NO)  # a relative who takes care of a child under 19 of whom no parent lives here
employer_offer = Input(PERSON, CENTS)  # a month, for the employee in the cheapest plan that qualifies; unknown: none
employer_family_offer = Input(PERSON, CENTS)  # the same for the whole family
other_coverage = Input(PERSON, OtherCoverage)
separate_return_excused = Input(PERSON, YES_NO)  # abuse, abandonment, or head of household: 26 CFR 1.36B-2(b)(2)
